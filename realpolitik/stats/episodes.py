"""When words and deeds parted: windows of a gap that chance hardly makes.

All windows of 1 to 12 months are tried at once, and the largest is held
against the largest of flat series with the same memory and the same reports
(max-T, Westfall and Young 1993). Nobody picks a window.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, ndtri

from realpolitik.constants import (
    EPISODE_CAUTION,
    EPISODE_DRAWS,
    FDR,
    LONGEST_EPISODE,
    MOST_EPISODES,
    MOST_PERSISTENCE,
)
from realpolitik.stats.arrays import Bools, Floats, tails
from realpolitik.stats.phases import divide, levels, memories, signal
from realpolitik.stats.series import Series


@dataclass(frozen=True, slots=True)
class Episode:
    """A window of months (`end` not included) whose mean gap differs from the baseline.

    `gap` is that difference with its interval, in the unit of the series; `p`
    the chance that a flat series of this length and memory holds, anywhere, a
    window so far out.
    """

    start: int
    end: int
    gap: tuple[float, float, float]
    p: float


@dataclass(frozen=True, eq=False, slots=True)
class Told:
    """How one of the tones of a gap is told: acts a month, and the share of cooperation expected.

    A hostile dyad has few cooperative acts, whose log is skewed and unsure; a
    normal error of one size for all months would take that for episodes.
    `scale` is what one unit of tone adds to the gap.
    """

    acts: Floats
    share: Floats
    prior: float
    scale: float

    @classmethod
    def of(cls, tone: Series, scale: float) -> Told:
        """Acts as independent reports; shares by the phases of this tone alone."""
        made = signal([tone])
        breaks = divide(made.tone, made.precision, made.penalty)
        level = levels(made.tone, made.precision, breaks)[:, 0]
        return cls(tone.n / tone.design, expit(level), tone.prior, scale)

    @property
    def variance(self) -> Floats:
        """Variance of the reports, in the unit of the gap; infinite in months without acts."""
        with np.errstate(divide="ignore"):
            found = 1 / ((self.acts + 1) * self.share * (1 - self.share))
        return np.where(self.acts > 0, self.scale**2 * found, np.inf)

    def errors(self, rng: np.random.Generator, draws: int) -> Floats:
        """What the reports add to the true gap, shape (draws, months)."""
        whole = np.maximum(np.round(self.acts), 1.0)
        drawn = rng.binomial(whole.astype(np.int64), self.share, (draws, len(whole)))
        c = drawn * (self.acts / whole)
        tone = np.log((c + self.prior) / (self.acts - c + 1 - self.prior))
        return np.asarray(self.scale * (tone - logit(self.share)))


@dataclass(frozen=True, eq=False, slots=True)
class Gaps:
    """The gap of successive months: value, variance of its reports, and which months have one.

    Without a `baseline` a dyad is held against its own. With one, that of other
    dyads, `between` is the variance of their levels around it. `told` says how
    the tones are told; without it the error of the reports is normal.
    """

    value: Floats
    variance: Floats
    seen: Bools
    baseline: float | None = None
    between: float = 0.0
    told: tuple[Told, ...] = ()

    @classmethod
    def between_tones(
        cls,
        value: Floats,
        told: tuple[Told, Told],
        baseline: float | None = None,
        between: float = 0.0,
    ) -> Gaps:
        """The gap of two tones, in the months that hold acts of both."""
        seen = np.asarray((told[0].acts > 0) & (told[1].acts > 0))
        variance = np.where(seen, told[0].variance + told[1].variance, 0.0)
        return cls(value, variance, seen, baseline, between, told)

    def errors(self, free: Bools, rng: np.random.Generator, draws: int) -> Floats:
        """What the reports of the free months add to the true gap, shape (draws, months)."""
        if not self.told:
            spread = np.sqrt(np.where(free, self.variance, 0.0))
            return rng.standard_normal((draws, len(spread))) * spread
        return np.where(free, sum(one.errors(rng, draws) for one in self.told), 0.0)


@dataclass(frozen=True, eq=False, slots=True)
class _Fit:
    """Level, process variance and persistence outside the extreme window; one element a series."""

    middle: Floats
    process: Floats
    persistence: Floats


@dataclass(frozen=True, eq=False, slots=True)
class _Rule:
    """How windows of one record are scored: weights by month, and which windows may be.

    `products` holds, by lag, the sums over windows of the products of the weights of months
    that far apart, shape (lags, lengths, months); `told` that of the errors of the reports.
    """

    weights: Floats
    products: Floats
    told: Floats
    usable: Floats

    @classmethod
    def of(cls, weights: Floats, variance: Floats, free: Bools) -> _Rule:
        """The rule of these weights."""
        size = len(weights)
        products = np.zeros((LONGEST_EPISODE, LONGEST_EPISODE, size))
        for lag in range(LONGEST_EPISODE):
            apart = np.zeros(size)
            apart[: size - lag] = weights[: size - lag] * weights[lag:]
            # A window of L months holds L - lag pairs of months that far apart.
            pairs = _windows(apart)[: LONGEST_EPISODE - lag]
            products[lag, lag:] = pairs * (2.0 if lag else 1.0)
        return cls(weights, products, _windows(weights**2 * variance), _usable(free))

    def spread(self, fit: _Fit, between: float) -> Floats:
        """SD of the sum over each window of flat series so fitted, shape (..., lengths, months)."""
        memory = fit.persistence[..., None] ** np.arange(LONGEST_EPISODE)
        flat = fit.process[..., None, None] * np.tensordot(memory, self.products, 1)
        whole = _windows(self.weights) ** 2
        return np.asarray(np.sqrt(flat + self.told + between * whole))

    def scores(self, away: Floats, fit: _Fit, between: float) -> Floats:
        """How far out each window lies, in SD; 0 where it may not be."""
        spread = self.spread(fit, between)
        usable = (self.usable > 0) & (spread > 0)
        return np.asarray(np.where(
            usable, np.abs(_windows(self.weights * away)) / np.where(usable, spread, 1.0), 0.0
        ))  # fmt: skip


def scan(
    of: Gaps, rng: np.random.Generator, draws: int = EPISODE_DRAWS
) -> tuple[float, tuple[Episode, ...]]:
    """The p-value of the largest window, and the episodes whose own p is small, in order of time.

    Level and memory are fitted outside the largest window and outside what was
    found before; after each find the rest is scanned again. The p-value is
    what control of the false discovery rate over dyads takes (`labels.adjusted`);
    it is 1 where there are too few months to scan.
    """
    free = of.seen.copy()
    found: list[Episode] = []
    first = 1.0
    for turn in range(MOST_EPISODES):
        one = _largest(of, free, rng, draws)
        first = one.p if one is not None and turn == 0 else first
        if one is None or one.p > FDR:
            break
        found.append(one)
        free[one.start : one.end] = False
    return first, tuple(sorted(found, key=lambda one: one.start))


def _largest(of: Gaps, free: Bools, rng: np.random.Generator, draws: int) -> Episode | None:
    """The window furthest out among the free months; None where too few are left.

    Flat series with the memory and the reports of the one at hand are fitted and scored
    just as it is, so that the error of telling its level and memory is in both.
    """
    if free.sum() < 2 * LONGEST_EPISODE:
        return None
    variance = np.where(free, of.variance, 0.0)
    seen = _fitted(of.value, variance, free)
    true = _unbiased(of, seen, free, rng, draws)
    rule = _Rule.of(np.where(free, 1 / (variance + true.process), 0.0), variance, free)
    away = _away(of, of.value, seen, free)
    scores = rule.scores(away, seen, of.between)
    length, start = np.unravel_index(int(np.argmax(scores)), scores.shape)
    flat = _flat(of, true, free, rng, draws)
    if of.baseline is not None:
        flat += of.baseline + np.sqrt(of.between) * rng.standard_normal((draws, 1))
    again = _fitted(flat, variance, free)
    chance = rule.scores(_away(of, flat, again, free), again, of.between).max(axis=(1, 2))
    beyond = (1 + np.sum(chance >= scores[length, start])) / (1 + draws)
    p = min(1.0, EPISODE_CAUTION * float(beyond))
    end = int(start + length + 1)
    total = float(rule.weights[start:end].sum())
    mean = float((rule.weights * away)[start:end].sum()) / total
    spread = rule.spread(true, of.between)[length, start]
    reach = float(ndtri(tails()[1]) * spread) / total
    return Episode(int(start), end, (mean, mean - reach, mean + reach), p)


def _away(of: Gaps, values: Floats, fit: _Fit, free: Bools) -> Floats:
    """Distance of each free month from the level it is held against."""
    level = fit.middle[..., None] if of.baseline is None else of.baseline
    return np.where(free, values - level, 0.0)


def _windows(values: Floats) -> Floats:
    """Sums over all windows, shape (..., lengths, months): a window starts at its month.

    Windows that run over the end are cut off there.
    """
    size = values.shape[-1]
    sums = np.concatenate([np.zeros((*values.shape[:-1], 1)), np.cumsum(values, axis=-1)], axis=-1)
    ends = np.minimum(np.arange(size)[None, :] + np.arange(1, LONGEST_EPISODE + 1)[:, None], size)
    return np.asarray(sums[..., ends] - sums[..., None, :size])


def _unbiased(of: Gaps, seen: _Fit, free: Bools, rng: np.random.Generator, draws: int) -> _Fit:
    """The fit, less what fitting outside the extreme window takes from a series."""
    again = _fitted(_flat(of, seen, free, rng, draws), np.where(free, of.variance, 0.0), free)
    return _Fit(
        seen.middle,
        seen.process * seen.process / again.process.mean(),
        np.clip(2 * seen.persistence - again.persistence.mean(), 0.0, MOST_PERSISTENCE),
    )


def _fitted(values: Floats, variance: Floats, free: Bools) -> _Fit:
    """Fits of series that lie along the last axis."""
    known = np.where(free, values, np.nan)
    spread = np.nanvar(known, axis=-1, keepdims=True)
    w = np.where(free, 1 / (variance + spread), 0.0)
    median = np.nanmedian(known, axis=-1, keepdims=True)
    away = np.where(free, values - median, 0.0)
    held = np.sqrt(np.maximum(_longest(w), w.max(axis=-1, keepdims=True)))
    start = np.argmax(np.abs(_longest(w * away)) / held, axis=-1)[..., None]
    month = np.arange(values.shape[-1])
    outside = free & ((month < start) | (month >= start + LONGEST_EPISODE))
    w = np.where(outside, w, 0.0)
    middle = np.sum(w * away, axis=-1, keepdims=True) / w.sum(axis=-1, keepdims=True)
    process, persistence = memories(away - middle, variance, outside)
    return _Fit((median + middle)[..., 0], process, persistence)


def _longest(values: Floats) -> Floats:
    """Sums over the longest window from each month on."""
    return np.asarray(_windows(values)[..., -1, :])


def _flat(of: Gaps, fit: _Fit, free: Bools, rng: np.random.Generator, draws: int) -> Floats:
    """Reported gaps without any episode around 0, shape (draws, months)."""
    made = rng.standard_normal((draws, len(free))) * np.sqrt(fit.process)
    shrink = np.sqrt(1 - fit.persistence**2)
    for t in range(1, len(free)):
        made[:, t] = fit.persistence * made[:, t - 1] + shrink * made[:, t]
    return made + of.errors(free, rng, draws)


def _usable(free: Bools) -> Floats:
    """1 for windows inside the record that begin and end with a free month and hold half of them."""
    size = len(free)
    starts = np.arange(size)[None, :]
    last = starts + np.arange(LONGEST_EPISODE)[:, None]
    held = _windows(free.astype(np.float64)) >= (last - starts + 1) / 2
    ends = np.where(last < size, free[np.minimum(last, size - 1)], False)
    return np.asarray(held & ends & free[starts], dtype=np.float64)
