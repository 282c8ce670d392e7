"""When words and deeds parted: windows of a gap that chance hardly makes.

All windows of 1 to 12 months are tried at once, and the largest is held
against the largest of flat series with the same memory and the same reports
(max-T, Westfall and Young 1993). Nobody picks a window.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from realpolitik.constants import (
    EPISODE_DRAWS,
    FDR,
    LONGEST_EPISODE,
    MOST_EPISODES,
    MOST_PERSISTENCE,
)
from realpolitik.stats.arrays import Bools, Floats, tails
from realpolitik.stats.phases import memories


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
class Gaps:
    """The gap of successive months: value, variance of its reports, and which months have one.

    Without a `baseline` a dyad is held against its own. With one, that of other
    dyads, `between` is the variance of their levels around it.
    """

    value: Floats
    variance: Floats
    seen: Bools
    baseline: float | None = None
    between: float = 0.0


@dataclass(frozen=True, eq=False, slots=True)
class _Null:
    """Flat series like the one at hand: its level, weights by month, and sums over windows.

    `spread` has shape (lengths, months); `largest` is the largest score of each flat series.
    """

    middle: float
    weights: Floats
    spread: Floats
    largest: Floats


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
    """The window furthest out among the free months; None where too few are left."""
    if free.sum() < 2 * LONGEST_EPISODE:
        return None
    null = _null(of, free, rng, draws)
    away = np.where(free, of.value - null.middle, 0.0)
    scores = np.abs(_windows(null.weights * away)) / null.spread
    length, start = np.unravel_index(int(np.argmax(scores)), scores.shape)
    end = int(start + length + 1)
    total = float(null.weights[start:end].sum())
    mean = float((null.weights * away)[start:end].sum()) / total
    reach = float(ndtri(tails()[1]) * null.spread[length, start]) / total
    p = float((1 + np.sum(null.largest >= scores[length, start])) / (1 + draws))
    return Episode(int(start), end, (mean, mean - reach, mean + reach), p)


def _windows(values: Floats) -> Floats:
    """Sums over all windows, shape (..., lengths, months): a window starts at its month.

    Windows that run over the end are cut off there.
    """
    size = values.shape[-1]
    sums = np.concatenate([np.zeros((*values.shape[:-1], 1)), np.cumsum(values, axis=-1)], axis=-1)
    ends = np.minimum(np.arange(size)[None, :] + np.arange(1, LONGEST_EPISODE + 1)[:, None], size)
    return np.asarray(sums[..., ends] - sums[..., None, :size])


def _null(of: Gaps, free: Bools, rng: np.random.Generator, draws: int) -> _Null:
    """Flat series with the memory of the one at hand, and with the error of telling it.

    Leaving out the extreme window makes a series look calmer than it is. The
    same fit of series simulated from the first fit shows by how much, and how
    far a fit strays; both are given to the flat series.
    """
    variance = np.where(free, of.variance, 0.0)
    middle, process, persistence, _ = _fitted(of.value, variance, free)
    first = _flat(np.full(draws, process), np.full(draws, persistence), variance, rng)
    _, again, kept, outside = _fitted(first, variance, free)
    process = process * process / again
    persistence = np.clip(2 * persistence - kept, 0.0, MOST_PERSISTENCE)
    flat = _flat(process, persistence, variance, rng)
    weights = np.where(free, 1 / (variance + float(np.mean(process))), 0.0)
    if of.baseline is None:
        inside = weights * outside
        flat -= np.sum(flat * inside, axis=1, keepdims=True) / inside.sum(axis=1, keepdims=True)
    else:
        middle = np.asarray(of.baseline)
        flat += np.sqrt(of.between) * rng.standard_normal((draws, 1))
    sums = _windows(weights * flat)
    spread = _usable(free) * np.sqrt(np.mean(sums * sums, axis=0))
    spread = np.where(spread > 0, spread, np.inf)
    return _Null(float(middle), weights, spread, np.max(np.abs(sums) / spread, axis=(1, 2)))


def _fitted(values: Floats, variance: Floats, free: Bools) -> tuple[Floats, Floats, Floats, Bools]:
    """Level, process variance and persistence outside the extreme window, and which months these are.

    Values lie along the last axis.
    """
    known = np.where(free, values, np.nan)
    spread = np.nanvar(known, axis=-1, keepdims=True)
    w = np.where(free, 1 / (variance + spread), 0.0)
    away = np.where(free, values - np.nanmedian(known, axis=-1, keepdims=True), 0.0)
    held = np.sqrt(np.maximum(_longest(w), w.max(axis=-1, keepdims=True)))
    start = np.argmax(np.abs(_longest(w * away)) / held, axis=-1)[..., None]
    month = np.arange(values.shape[-1])
    outside = free & ((month < start) | (month >= start + LONGEST_EPISODE))
    w = np.where(outside, w, 0.0)
    middle = np.sum(w * away, axis=-1, keepdims=True) / w.sum(axis=-1, keepdims=True)
    process, persistence = memories(away - middle, variance, outside)
    return (values - away + middle)[..., int(np.argmax(free))], process, persistence, outside


def _longest(values: Floats) -> Floats:
    """Sums over the longest window from each month on."""
    return np.asarray(_windows(values)[..., -1, :])


def _flat(
    process: Floats, persistence: Floats, variance: Floats, rng: np.random.Generator
) -> Floats:
    """Series without any episode, shape (draws, months)."""
    step = rng.standard_normal((len(process), len(variance))) * np.sqrt(process)[:, None]
    shrink = np.sqrt(1 - persistence**2)
    made = step.copy()
    for t in range(1, len(variance)):
        made[:, t] = persistence * made[:, t - 1] + shrink * step[:, t]
    return made + rng.standard_normal(made.shape) * np.sqrt(variance)


def _usable(free: Bools) -> Floats:
    """1 for windows inside the record that begin and end with a free month and hold half of them."""
    size = len(free)
    starts = np.arange(size)[None, :]
    last = starts + np.arange(LONGEST_EPISODE)[:, None]
    held = _windows(free.astype(np.float64)) >= (last - starts + 1) / 2
    ends = np.where(last < size, free[np.minimum(last, size - 1)], False)
    return np.asarray(held & ends & free[starts], dtype=np.float64)
