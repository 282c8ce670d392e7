"""When a level changed: the best division of one or several series into phases.

The division is exact (the optimum that PELT finds too, Killick et al. 2012),
under a penalty that knows how slowly a series forgets: without that, every
slow wave is a change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from realpolitik.constants import FIRST_PASS, LEAST_PHASE, MOST_PERSISTENCE
from realpolitik.stats.answer import stationary
from realpolitik.stats.arrays import Bools, Floats, Ints, floats, tails
from realpolitik.stats.series import Series


@dataclass(frozen=True, eq=False, slots=True)
class Memory:
    """How a series moves around its level.

    `process` is its variance beyond that of the reports, `persistence` the
    correlation of one period with the next, from 0 to 0.9.
    """

    process: float
    persistence: float

    @property
    def long_run(self) -> float:
        """Long-run variance of the process."""
        return self.process * (1 + self.persistence) / (1 - self.persistence)


def memory(residuals: Floats, variance: Floats, used: Bools) -> Memory:
    """Memory of residuals whose reports have a known variance, over the periods `used`."""
    process, persistence = memories(residuals, variance, used)
    return Memory(float(process), float(persistence))


def memories(residuals: Floats, variance: Floats, used: Bools) -> tuple[Floats, Floats]:
    """Process variance and persistence of residuals that lie along the last axis.

    Reports add noise that is forgotten at once; taken for the process, it would
    make slow series look quick.
    """
    r, keep = np.where(used, residuals, 0.0), used.astype(np.float64)
    size = np.maximum(keep.sum(axis=-1), 2.0)
    known = np.where(used, variance, 0.0).sum(axis=-1) / size
    total = np.sum(r * r, axis=-1) / size
    process = np.maximum(np.maximum(total - known, 0.1 * total), 1e-9)
    pairs = np.sum(keep[..., 1:] * keep[..., :-1], axis=-1)
    rough = np.sum(r[..., 1:] * r[..., :-1], axis=-1) / np.maximum(pairs, 1.0) / process
    # Kendall's correction: in a short series its own mean hides some of the persistence.
    return process, np.clip(rough + (1 + 3 * rough) / size, 0.0, MOST_PERSISTENCE)


@dataclass(frozen=True, eq=False, slots=True)
class Signal:
    """Series side by side, ready to be divided: tones and the precision of their level.

    Both have shape (periods, series); precision is 0 where a series holds no act, and is that of
    a mean over a long phase: 1 / long-run variance.
    """

    tone: Floats
    precision: Floats
    memories: tuple[Memory, ...]

    def __len__(self) -> int:
        return len(self.tone)

    @property
    def penalty(self) -> float:
        """What a further change costs: log(periods) for each level and twice for its date."""
        return float((2 + self.tone.shape[1]) * np.log(len(self)))


def signal(of: Sequence[Series]) -> Signal:
    """Series of the same periods, each scaled by its own long-run variance."""
    columns = [_scaled(one) for one in of]
    tone = np.column_stack([one for one, _, _ in columns])
    precision = np.column_stack([one for _, one, _ in columns])
    return Signal(tone, precision, tuple(c[2] for c in columns))


def _scaled(of: Series) -> tuple[Floats, Floats, Memory]:
    """Tone, precision and memory of a series, its largest changes taken out first."""
    v = np.where(of.seen, of.variance, 0.0)
    raw = np.where(of.seen, 1 / (v + of.process), 0.0)
    first = divide(of.tone[:, None], raw[:, None], FIRST_PASS * np.log(len(raw)))
    residuals = of.tone - levels(of.tone[:, None], raw[:, None], first)[:, 0]
    found = memory(residuals, v, of.seen)
    long_run = found.long_run + float(np.mean(v[of.seen]))
    slower = long_run / (found.process + float(np.mean(v[of.seen])))
    precision = np.where(of.seen, 1 / ((v + found.process) * slower), 0.0)
    return of.tone, precision, found


def divide(
    tone: Floats, precision: Floats, penalty: float, least: int = LEAST_PHASE
) -> tuple[int, ...]:
    """First periods of all phases but the first, where squared distance plus penalty is least.

    Arrays have shape (periods, series). No phase is shorter than `least` periods.
    """
    w, wy, wyy = _sums(tone, precision)
    size = len(tone)
    best = np.full(size + 1, np.inf)
    best[0] = -penalty
    last = np.zeros(size + 1, dtype=np.int64)
    for end in range(least, size + 1):
        starts = np.arange(0, end - least + 1)
        cost = best[starts] + _cost(w, wy, wyy, starts, end) + penalty
        last[end] = starts[np.argmin(cost)]
        best[end] = cost[last[end]]
    breaks: list[int] = []
    at = int(last[size])
    while at > 0:
        breaks.append(at)
        at = int(last[at])
    return tuple(breaks[::-1])


def _sums(tone: Floats, precision: Floats) -> tuple[Floats, Floats, Floats]:
    parts = (precision, precision * tone, precision * tone * tone)
    start = np.zeros((1, tone.shape[1]))
    w, wy, wyy = (np.concatenate([start, np.cumsum(part, axis=0)]) for part in parts)
    return w, wy, wyy


def _cost(w: Floats, wy: Floats, wyy: Floats, start: Ints, end: int | Ints) -> Floats:
    """Weighted squared distance from the mean, summed over series, from start to before end."""
    total, first = w[end] - w[start], wy[end] - wy[start]
    with np.errstate(invalid="ignore", divide="ignore"):
        fitted = np.where(total > 1e-12, first * first / total, 0.0)
    return np.asarray((wyy[end] - wyy[start] - fitted).sum(axis=-1))


def levels(tone: Floats, precision: Floats, breaks: Sequence[int]) -> Floats:
    """The mean of the phase each period lies in, shape of `tone`; 0 where a phase holds no act."""
    found = np.zeros_like(tone)
    for start, end in phases(breaks, len(tone)):
        found[start:end] = level(tone, precision, start, end)[0]
    return found


def level(tone: Floats, precision: Floats, start: int, end: int) -> tuple[Floats, Floats]:
    """Mean of each series over a phase and its standard deviation; nan-free, infinite without acts."""
    w = precision[start:end].sum(axis=0)
    with np.errstate(divide="ignore"):
        deviation = 1 / np.sqrt(w)
    return (precision * tone)[start:end].sum(axis=0) / np.maximum(w, 1e-12), deviation


def phases(breaks: Sequence[int], size: int) -> list[tuple[int, int]]:
    """Start and end (not included) of every phase."""
    edges = [0, *breaks, size]
    return list(pairwise(edges))


def break_intervals(
    of: Signal, breaks: Sequence[int], rng: np.random.Generator, draws: int, block: float
) -> Ints:
    """First and last period at which each change may have come, shape (breaks, 2).

    The levels found are given new noise, residuals of all series drawn together in blocks
    (stationary bootstrap), and each change is sought anew between its neighbours.
    """
    found = np.zeros((len(breaks), 2), dtype=np.int64)
    fitted = levels(of.tone, of.precision, breaks)
    root = np.sqrt(of.precision)
    noise = _filled((of.tone - fitted) * root, of.precision > 0, rng)
    index = stationary(len(of), draws, block, rng)
    edges = [0, *breaks, len(of)]
    for i, at in enumerate(breaks):
        start, end = edges[i], edges[i + 2]
        scale = np.where(of.precision > 0, 1 / np.maximum(root, 1e-12), 0.0)[start:end]
        drawn = fitted[start:end] + noise[index[:, start:end]] * scale
        where = start + _splits(drawn, of.precision[start:end])
        low, high = np.quantile(where, tails(), method="nearest").astype(int)
        found[i] = min(low, at), max(high, at)
    return found


def _filled(noise: Floats, seen: Bools, rng: np.random.Generator) -> Floats:
    """Noise of every period: periods without acts borrow that of another."""
    full = noise.copy()
    # One draw a period for all series: their order must not matter.
    lent = rng.random(len(noise))
    for column in range(noise.shape[1]):
        held, empty = np.flatnonzero(seen[:, column]), np.flatnonzero(~seen[:, column])
        full[empty, column] = noise[held[(lent[empty] * len(held)).astype(int)], column]
    return full


def _splits(tone: Floats, precision: Floats) -> Ints:
    """The best single change of each draw; `tone` has shape (draws, periods, series)."""
    w = np.cumsum(precision, axis=0)
    wy = np.cumsum(precision * tone, axis=1)
    ends = np.arange(LEAST_PHASE, len(precision) - LEAST_PHASE + 1)
    left, right = w[ends - 1], w[-1] - w[ends - 1]
    up, rest = wy[:, ends - 1], wy[:, -1:] - wy[:, ends - 1]
    gain = up**2 / np.maximum(left, 1e-12) + rest**2 / np.maximum(right, 1e-12)
    return np.asarray(ends[np.argmax(floats(gain.sum(axis=-1)), axis=1)])
