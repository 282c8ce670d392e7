"""The dyads that a dyad is held against, and how sure their middle and spread are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr, ndtri

from realpolitik.constants import (
    DRAWS,
    LEVEL,
    MAD_TO_SD,
    REFERENCE_DEEDS,
    REFERENCE_DYADS,
    REFERENCE_WORDS,
)
from realpolitik.stats.arrays import Bools, Floats, Ints, floats, median_deviation, stream
from realpolitik.stats.surprise import Line, fit_line
from realpolitik.stats.tone import Sums, design_effects, tone

CHUNK = 200_000  # numbers at a time: what stays in a processor's cache
NEAR = 1e-4  # residual SD; a replicate's line need not be closer, its own error is larger


def reference_members(words: Sums, deeds: Sums) -> Bools:
    """Which dyads have acts enough to be held against: 50 words and 15 deeds."""
    return (words.n >= REFERENCE_WORDS) & (deeds.n >= REFERENCE_DEEDS)


@dataclass(frozen=True, eq=False, slots=True)
class Yardstick:
    """Middle and spread of the reference tones, and the line of deeds on words.

    Each array has one element a sample of dyads: the set itself, or its
    bootstrap replicates. `gaps` and `surprises` are those of the reference
    dyads, sorted along the last axis; `tail` says how much wider than a normal
    one the distribution of the surprises is, at its outer 5 %, and is at least 1.
    """

    middle_words: Floats
    spread_words: Floats
    middle_deeds: Floats
    spread_deeds: Floats
    line: Line
    gaps: Floats
    surprises: Floats
    tail: Floats

    def z_words(self, tone_words: Floats) -> Floats:
        """Tones of words in reference SDs from the reference middle."""
        return (tone_words - self.middle_words) / self.spread_words

    def z_deeds(self, tone_deeds: Floats) -> Floats:
        """Tones of deeds in reference SDs from the reference middle."""
        return (tone_deeds - self.middle_deeds) / self.spread_deeds

    def surprise_p(self, surprise: Floats) -> Floats:
        """How often a dyad that is like the reference has as large a surprise, either way.

        The normal tail, stretched to fit the reference dyads: tones of few acts
        scatter more than others, so that all together are not quite normal.
        """
        return np.asarray(2 * ndtr(-np.abs(surprise) / self.tail))

    def surprise(self, tone_words: Floats, tone_deeds: Floats) -> Floats:
        """Tone of deeds against what the line gives for these words, in residual SDs."""
        return (tone_deeds - self.line.predict(tone_words)) / self.line.residual_sd


@dataclass(frozen=True, eq=False)
class Reference:
    """Tones of words and deeds of the reference dyads, same source and period.

    The order of the dyads has no bearing on any result. The bootstrap over
    dyads is drawn once, at first use, from `seed`, and serves every dyad held
    against this reference. Without `refit` its replicates keep the line of the
    whole set: enough, and quicker, where only gaps are asked for.
    """

    words: Floats
    deeds: Floats
    seed: int = 0
    draws: int = DRAWS
    refit: bool = True

    def __post_init__(self) -> None:
        order = np.lexsort((self.deeds, self.words))
        object.__setattr__(self, "words", self.words[order])
        object.__setattr__(self, "deeds", self.deeds[order])

    @classmethod
    def of(
        cls, words: Sums, deeds: Sums, seed: int = 0, draws: int = DRAWS, refit: bool = True
    ) -> Reference:
        """The reference among these dyads: those with acts enough, at their tones."""
        keep = reference_members(words, deeds)
        words, deeds = words[keep], deeds[keep]
        d_words, d_deeds = design_effects(words, deeds)
        return cls(tone(words, d_words), tone(deeds, d_deeds), seed, draws, refit)

    @property
    def missing(self) -> str | None:
        """What this reference lacks to be one, as a sentence; None where it is sound."""
        if len(self.words) < REFERENCE_DYADS:
            return (
                f"The reference set has {len(self.words)} dyads; {REFERENCE_DYADS} are needed, "
                f"each with {REFERENCE_WORDS} words and {REFERENCE_DEEDS} deeds."
            )
        if not (self.itself.spread_words > 0 and self.itself.spread_deeds > 0):
            return "The reference dyads do not differ in tone, so there is no scale to measure by."
        return None

    @cached_property
    def itself(self) -> Yardstick:
        """The yardstick that the set itself gives."""
        return measure(self.words, self.deeds, fit_line(self.words, self.deeds))

    @cached_property
    def replicates(self) -> Yardstick:
        """The yardsticks of the bootstrap replicates, one a draw."""
        size = len(self.words)
        rows = max(1, CHUNK // size)
        rng = stream(self.seed, 0)
        parts = [
            self._replicate(rng.integers(0, size, (min(rows, self.draws - first), size)))
            for first in range(0, self.draws, rows)
        ]
        return _stacked(parts)

    def _replicate(self, chosen: Ints) -> Yardstick:
        words, deeds = self.words[chosen], self.deeds[chosen]
        if self.refit:
            return measure(words, deeds, fit_line(words, deeds, self.itself.line, NEAR))
        line, rows = self.itself.line, words.shape[:-1]
        fixed = (np.broadcast_to(x, rows) for x in (line.intercept, line.slope, line.residual_sd))
        return measure(words, deeds, Line(*fixed))


def measure(words: Floats, deeds: Floats, line: Line) -> Yardstick:
    """The yardstick of samples of dyads that lie along the last axis."""
    middle_words, spread_words = _middle_and_sd(words)
    middle_deeds, spread_deeds = _middle_and_sd(deeds)
    with np.errstate(divide="ignore", invalid="ignore"):
        z_words = (words - middle_words[..., None]) / spread_words[..., None]
        z_deeds = (deeds - middle_deeds[..., None]) / spread_deeds[..., None]
        # As `Yardstick.surprise` computes it, to the last bit: a member ties with itself.
        usual = line.intercept[..., None] + line.slope[..., None] * words
        surprises = (deeds - usual) / line.residual_sd[..., None]
    gaps = np.sort(z_deeds - z_words, axis=-1)
    return Yardstick(
        middle_words, spread_words, middle_deeds, spread_deeds,
        line, gaps, np.sort(surprises, axis=-1), _tail(surprises),
    )  # fmt: skip


def percentile(ordered: Floats, values: Floats) -> Floats:
    """Where values stand among ordered rows, 0 to 100, ties counted half.

    `ordered` holds sorted numbers along its last axis, one row a value.
    """
    size = ordered.shape[-1]
    below = _count(ordered, values, or_equal=False)
    next_up = _at(ordered, np.minimum(below, size - 1))
    tied = bool(np.any((next_up == values) & (below < size)))
    upto = _count(ordered, values, or_equal=True) if tied else below
    return np.where(np.isnan(values), np.nan, (below + upto) * (50.0 / size))


def _count(ordered: Floats, values: Floats, or_equal: bool) -> Ints:
    # Bisection in all rows at once, for numpy.searchsorted takes one row at a time.
    size = ordered.shape[-1]
    found = np.zeros(values.shape, dtype=np.int64)
    step = 1 << (size.bit_length() - 1)
    while step:
        probe = np.minimum(found + step, size)
        at = _at(ordered, probe - 1)
        fits = (at <= values) if or_equal else (at < values)
        found = np.where(fits & (found + step <= size), probe, found)
        step >>= 1
    return found


def _at(ordered: Floats, column: Ints) -> Floats:
    rows = np.arange(column.size).reshape(column.shape) * ordered.shape[-1]
    return floats(ordered.reshape(-1)[rows + column])


def _tail(surprises: Floats) -> Floats:
    outer = np.quantile(np.abs(surprises), LEVEL, axis=-1)
    return np.asarray(np.maximum(1.0, outer / ndtri((1 + LEVEL) / 2)))


def _middle_and_sd(values: Floats) -> tuple[Floats, Floats]:
    middle, spread = median_deviation(values)
    return middle, MAD_TO_SD * spread


def _stacked(parts: list[Yardstick]) -> Yardstick:
    def column(read: Callable[[Yardstick], Floats]) -> Floats:
        return np.concatenate([read(part) for part in parts])

    return Yardstick(
        column(lambda part: part.middle_words),
        column(lambda part: part.spread_words),
        column(lambda part: part.middle_deeds),
        column(lambda part: part.spread_deeds),
        Line(
            column(lambda part: part.line.intercept),
            column(lambda part: part.line.slope),
            column(lambda part: part.line.residual_sd),
        ),
        column(lambda part: part.gaps),
        column(lambda part: part.surprises),
        column(lambda part: part.tail),
    )
