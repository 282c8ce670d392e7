"""Module 1: does the interval of a tone cover, and does volume leave the tone alone?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from scipy.special import expit
from scipy.stats import beta

from realpolitik.constants import JEFFREYS
from realpolitik.stats.arrays import Floats
from realpolitik.stats.gap import say_do_gap
from realpolitik.stats.reference import Reference
from realpolitik.stats.tone import Sums, design_effects, tone, tone_interval
from validation.bars import Bar, bar
from validation.simulate import Clusters, clusters, correlated_tones, dyads_of_any_size

MODULE = "1 gap"
SIZES = ((20, 8), (60, 20), (150, 50), (400, 100))  # clusters of words, of deeds
CORRELATIONS = (0.0, 0.4)
REPEATS = (0.0, 2.0)
MIDDLE = 0.5  # words lean to cooperation, deeds to conflict, by as much


def interval_bars(dyads: int, seed: int, low: float = 0.93, high: float = 0.97) -> Iterator[Bar]:
    """Coverage of 95 % intervals in 16 settings, for words and for deeds; and of naive ones."""
    rng = np.random.default_rng(seed)
    covered: list[float] = []
    naive: list[float] = []
    for size, correlation, repeats in product(SIZES, CORRELATIONS, REPEATS):
        ours, theirs = _coverage(dyads, size, correlation, repeats, rng)
        covered += ours
        naive += theirs if repeats else []
    yield bar(MODULE, "coverage of 95 % intervals of tone", covered, low, high)
    yield bar(MODULE, "the same, binomial on repeated reports (must fail)", naive, high=0.8)


def _coverage(
    dyads: int,
    size: tuple[int, int],
    correlation: float,
    repeats: float,
    rng: np.random.Generator,
) -> tuple[list[float], list[float]]:
    truths = [rng.normal(mean, 1.0, dyads) for mean in (MIDDLE, -MIDDLE)]
    words, deeds = (
        clusters(truth, each, correlation, rng).repeated(repeats, rng).sums
        for truth, each in zip(truths, size, strict=True)
    )
    d = design_effects(words, deeds)
    sums = (words, deeds)
    ours = [_covers(sums[i], d[i], truths[i]) for i in (0, 1)]
    return ours, [_binomial_covers(sums[i], truths[i]) for i in (0, 1)]


def _covers(s: Sums, d: Floats, truth: Floats) -> float:
    interval = tone_interval(s, d)
    return float(np.mean((interval.lower <= truth) & (truth <= interval.upper)))


def _binomial_covers(s: Sums, truth: Floats) -> float:
    a, b = s.c + JEFFREYS, s.n - s.c + JEFFREYS
    p = expit(truth)
    return float(np.mean((beta.ppf(0.025, a, b) <= p) & (p <= beta.ppf(0.975, a, b))))


def invariance_bars(dyads: int, seed: int) -> Iterator[Bar]:
    """How far media volume, repeats and selective coverage move the tones."""
    rng = np.random.default_rng(seed)
    words = clusters(rng.normal(MIDDLE, 1.0, dyads), 400, 0.2, rng)
    deeds = clusters(rng.normal(-MIDDLE, 1.0, dyads), 100, 0.2, rng)
    before = _tones(words, deeds)
    loud = Clusters(words.cooperation * 10, words.conflict * 10)
    moved = _tones(loud, deeds.covered(0.5, 0.5, 0.0, rng))
    yield bar(
        MODULE, "mean shift of tones: words x10, deeds x1/2", _shift(before, moved), *_within(0.05)
    )
    moved = _tones(words.repeated(2.0, rng), deeds.repeated(2.0, rng))
    yield bar(
        MODULE, "mean shift of tones: reports repeated", _shift(before, moved), *_within(0.05)
    )
    moved = _tones(words.covered(0.8, 0.4, 0.0, rng), deeds.covered(0.8, 0.4, 0.0, rng))
    off = [shift - np.log(2) for shift in _shift(before, moved)]
    yield bar(MODULE, "mean shift minus log ratio of selective coverage", off, *_within(0.02))


def _tones(words: Clusters, deeds: Clusters) -> tuple[Floats, Floats]:
    sums = words.sums, deeds.sums
    d = design_effects(*sums)
    return tone(sums[0], d[0]), tone(sums[1], d[1])


def _shift(before: tuple[Floats, Floats], after: tuple[Floats, Floats]) -> list[float]:
    return [float(np.nanmean(new - old)) for old, new in zip(before, after, strict=True)]


def _within(limit: float) -> tuple[float, float]:
    return -limit, limit


def scale_bars(dyads: int, seed: int) -> Iterator[Bar]:
    """How far the gap of one dyad moves when each of its counts is ten times as large."""
    rng = np.random.default_rng(seed)
    tones = correlated_tones(dyads, 0.42, rng)
    words = dyads_of_any_size(tones[:, 0], rng.integers(60, 400, dyads), rng)
    deeds = dyads_of_any_size(tones[:, 1], rng.integers(20, 100, dyads), rng)
    reference = Reference.of(words, deeds, draws=2)
    keys = range(dyads)
    once = say_do_gap(words, deeds, keys, reference).gap.point
    tenfold = say_do_gap(louder(words, 10), louder(deeds, 10), keys, reference).gap.point
    moved = np.abs(tenfold - once)
    yield bar(MODULE, "shift of the gap, all counts x10, worst dyad", [moved.max()], high=0.05)


def louder(s: Sums, times: float) -> Sums:
    """The same clusters, each with so many times the acts."""
    square = times * times
    return Sums(s.n * times, s.c * times, s.nn * square, s.cn * square, s.cc * square, s.clusters)
