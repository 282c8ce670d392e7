"""Words that a coder files as deeds, and how many would change the answer.

Words outnumber deeds, so a small share of them filed as deeds makes up much
of the deeds. Leakage is the share of all true words so filed, alike for
cooperative and conflictual ones; the words that remain keep their tone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from realpolitik.constants import JEFFREYS
from realpolitik.stats.arrays import Floats, floats
from realpolitik.stats.reference import measure
from realpolitik.stats.surprise import Line
from realpolitik.stats.tone import Sums, design_effects, tone

# Steps of 2 %, so that linear interpolation within one is far below the error of a count.
GRID: Floats = np.concatenate([[0.0], np.geomspace(1e-5, 0.999, 560)])
BLOCK = 64


@dataclass(frozen=True, eq=False, slots=True)
class Tipping:
    """The smallest leakage that tips the answer, and what happens there, one element a dyad.

    `leakage` is in (0, 1], nan where words or deeds are missing. `what` is
    `sign` (the gap changes sign), `no cooperation` or `no conflict` (none of
    the deeds of that side is left), `nothing` (never; leakage 1), or `missing`.
    """

    leakage: Floats
    what: NDArray[np.str_]


def leaked(words: ArrayLike, leakage: ArrayLike) -> Floats:
    """Words filed as deeds, given those still filed as words and the share that leaks (< 1)."""
    share = floats(leakage)
    return floats(words) * share / (1 - share)


def corrected_tone(words: Sums, deeds: Sums, d: ArrayLike, leakage: ArrayLike) -> Floats:
    """Tone of the deeds that remain once leaked words are taken out.

    `d` is the design effect of the deeds as coded. Arguments broadcast. A side
    from which more is taken than it holds is left with none.
    """
    cooperation = np.maximum(deeds.c - leaked(words.c, leakage), 0.0) / floats(d) + JEFFREYS
    gone = leaked(words.n - words.c, leakage)
    conflict = np.maximum(deeds.n - deeds.c - gone, 0.0) / floats(d) + JEFFREYS
    return floats(np.log(cooperation) - np.log(conflict))


def tipping_leakage(
    words: Sums, deeds: Sums, reference_words: Sums, reference_deeds: Sums
) -> Tipping:
    """The leakage at which the gap changes sign or one side of the deeds runs out.

    All sums are one-dimensional. The reference dyads leak the same share as
    the dyad, so their middle and spread move with it. A change of sign is
    looked for up to the leakage at which a side of the deeds has run out in
    half of them: beyond, there is no reference left, and so much cannot leak.
    """
    d_words, d_deeds = design_effects(words, deeds)
    tone_words = tone(words, d_words)
    empty, side = _exhaustion(words, deeds)
    sign = np.ones_like(empty)
    by = _LeakingReference(reference_words, reference_deeds)
    for first in range(0, len(words), BLOCK):
        rows = slice(first, first + BLOCK)
        signed = by.signed_gap(words[rows], deeds[rows], d_deeds[rows], tone_words[rows])
        sign[rows] = _first_change(signed)
    value = np.minimum(sign, empty)
    what = np.where(sign < empty, "sign", np.where(value < 1, side, "nothing"))
    missing = np.isnan(tone_words) | np.isnan(d_deeds)
    return Tipping(np.where(missing, np.nan, value), np.where(missing, "missing", what))


def _exhaustion(words: Sums, deeds: Sums) -> tuple[Floats, NDArray[np.str_]]:
    """Leakage at which the first side of the deeds runs out, and which side it is."""
    sides = [
        np.where(in_deeds > 0, in_deeds / np.where(in_deeds > 0, in_deeds + in_words, 1.0), 1.0)
        for in_words, in_deeds in ((words.c, deeds.c), (words.n - words.c, deeds.n - deeds.c))
    ]
    side = np.where(sides[0] <= sides[1], "no cooperation", "no conflict")
    return np.minimum(sides[0], sides[1]), side


class _LeakingReference:
    """Middle and spread of the reference dyads at each leakage of the grid."""

    def __init__(self, words: Sums, deeds: Sums) -> None:
        d_words, d_deeds = design_effects(words, deeds)
        tones = corrected_tone(words, deeds, d_deeds, GRID[:, None])
        unused = np.zeros(len(GRID))
        said = np.broadcast_to(tone(words, d_words), tones.shape)
        self.by = measure(said, tones, Line(unused, unused, unused + 1))
        self.borne = np.median(_exhaustion(words, deeds)[0]) >= GRID

    def signed_gap(self, words: Sums, deeds: Sums, d: Floats, tone_words: Floats) -> Floats:
        """The gap times the spread of deeds (which may vanish), a row a dyad, a column a leakage."""
        corrected = corrected_tone(words[:, None], deeds[:, None], d[:, None], GRID)
        z_words = self.by.z_words(tone_words[:, None])
        signed = corrected - self.by.middle_deeds - self.by.spread_deeds * z_words
        return np.where(self.borne, signed, signed[:, :1])


def _first_change(signed: Floats) -> Floats:
    start = signed[:, :1]
    changed = np.sign(signed) != np.sign(start)
    after = np.argmax(changed, axis=1)
    rows = np.arange(len(signed))
    before = np.maximum(after - 1, 0)
    low, high = signed[rows, before], signed[rows, after]
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(changed.any(axis=1), low / (low - high), 0.0)
    crossing = GRID[before] + part * (GRID[after] - GRID[before])
    return np.where(changed.any(axis=1), np.maximum(crossing, GRID[1]), 1.0)
