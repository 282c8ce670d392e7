"""Module 1: is leakage of words into deeds undone, and is the tipping leakage right?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from realpolitik.stats.arrays import Floats
from realpolitik.stats.leakage import corrected_tone, leaked, tipping_leakage
from realpolitik.stats.tone import Sums
from validation.bars import Bar, bar

MODULE = "1 gap"
LEAKAGES = (0.0, 0.01, 0.02, 0.05, 0.1)
WORDS, DEEDS = 5000.0, 800.0
REFERENCE = 200


def leakage_bars(dyads: int, seed: int) -> Iterator[Bar]:
    """Bias left after correction, and the ratio of found to planted tipping leakage."""
    rng = np.random.default_rng(seed)
    yield bar(MODULE, "bias of tone of deeds after correction", _bias(dyads, rng), -0.1, 0.1)
    yield bar(
        MODULE, "bias without correction, leakage 5 and 10 % (must fail)", _raw(dyads, rng), low=0.1
    )
    yield bar(
        MODULE, "tipping leakage over truth: a side runs out", _runs_out(dyads, rng), 0.9, 1.1
    )
    yield bar(MODULE, "tipping leakage over truth: the sign turns", _turns(rng), 0.9, 1.1)


def single_acts(n: ArrayLike, c: ArrayLike) -> Sums:
    """Sums of acts that each are a cluster of their own."""
    return Sums.of(n, c, n, c, c, n)


def _leak(
    tones: tuple[Floats, Floats], share: float, rng: np.random.Generator
) -> tuple[Sums, Sums]:
    """Coded words and deeds, once the share of words has been filed as deeds."""
    said, done = (
        rng.binomial(int(size), expit(tone)).astype(np.float64)
        for size, tone in zip((WORDS, DEEDS), tones, strict=True)
    )
    gone = rng.binomial(said.astype(int), share), rng.binomial((WORDS - said).astype(int), share)
    words = single_acts(WORDS - gone[0] - gone[1], said - gone[0])
    return words, single_acts(DEEDS + gone[0] + gone[1], done + gone[0])


def _tones(dyads: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    return rng.normal(0.5, 1.0, dyads), rng.normal(-0.5, 1.0, dyads)


def _bias(dyads: int, rng: np.random.Generator) -> list[float]:
    return [_mean_error(dyads, share, share, rng) for share in LEAKAGES]


def _raw(dyads: int, rng: np.random.Generator) -> list[float]:
    return [_mean_error(dyads, share, 0.0, rng) for share in (0.05, 0.1)]


def _mean_error(dyads: int, share: float, assumed: float, rng: np.random.Generator) -> float:
    tones = _tones(dyads, rng)
    words, deeds = _leak(tones, share, rng)
    return float(np.mean(corrected_tone(words, deeds, 1.0, assumed) - tones[1]))


def _reference(share: float, rng: np.random.Generator) -> tuple[Sums, Sums]:
    return _leak(_tones(REFERENCE, rng), share, rng)


def _runs_out(dyads: int, rng: np.random.Generator) -> list[float]:
    """Dyads of hostile deeds whose only cooperative ones are leaked words."""
    ratios = []
    for share in LEAKAGES[1:]:
        tones = np.full(dyads, 1.0), np.full(dyads, -40.0)
        words, deeds = _leak(tones, share, rng)
        found = tipping_leakage(words, deeds, *_reference(share, rng))
        ratios.append(float(np.median(found.leakage) / share))
    return ratios


def _turns(rng: np.random.Generator) -> list[float]:
    """Dyads made to have no gap at all once the planted leakage is taken out."""
    return [float(np.median(_turning(share, rng) / share)) for share in LEAKAGES[1:]]


def _turning(share: float, rng: np.random.Generator, dyads: int = 50) -> Floats:
    words, deeds = _reference(share, rng)
    clean = corrected_tone(words, deeds, 1.0, share)
    said = np.log(words.c + 0.5) - np.log(words.n - words.c + 0.5)
    z = rng.normal(-1.0, 0.3, dyads)
    tones = (_at(said, z), _at(clean, z))
    counts = [expit(tone) for tone in tones]
    # More words a deed than the reference has, so that leakage moves the dyad more.
    spoken = single_acts(np.full(dyads, 5 * WORDS), 5 * WORDS * counts[0])
    gone = leaked(spoken.c, share), leaked(spoken.n - spoken.c, share)
    done = single_acts(DEEDS + gone[0] + gone[1], DEEDS * counts[1] + gone[0])
    return tipping_leakage(spoken, done, words, deeds).leakage


def _at(tones: Floats, z: Floats) -> Floats:
    middle = np.median(tones)
    return np.asarray(middle + z * 1.4826 * np.median(np.abs(tones - middle)))
