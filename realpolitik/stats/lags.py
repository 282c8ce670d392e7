"""How long acts stayed hidden, and how many are not yet known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr

from realpolitik.constants import DRAWS, GATE_LAGS, LEVEL
from realpolitik.stats.arrays import Floats, Ints, floats, stream, tails


def lag_quantile(
    shortest: ArrayLike,
    q: float = 0.5,
    longest: ArrayLike | None = None,
    level: float = LEVEL,
) -> tuple[float, tuple[float, float]]:
    """A quantile of lags in days, with the interval between two order statistics.

    `shortest` and `longest` are the ends of each lag where a date is only known
    to lie in an interval; without `longest` lags are exact. The quantile is
    that of the middles. The interval is distribution-free: it runs from the
    shortest lags' order statistic to the longest lags', with at least `level`
    where there are lags enough (6 for a median at 95 %); with fewer it is the
    whole range, which holds the median of 5 lags with 94 %.

    Raises:
        ValueError: there are fewer than 5 lags, or a lag ends before it begins.
    """
    low = np.sort(floats(shortest))
    high = np.sort(floats(shortest if longest is None else longest))
    if len(low) < GATE_LAGS:
        raise ValueError(f"{len(low)} lags: at least {GATE_LAGS} are needed")
    if longest is not None and bool(np.any(floats(longest) < floats(shortest))):
        raise ValueError("a lag ends before it begins: check the order of the two ends")
    middles = (floats(shortest) + floats(shortest if longest is None else longest)) / 2
    first, last = _ranks(len(low), q, level)
    return float(np.quantile(middles, q)), (float(low[first]), float(high[last]))


def _ranks(size: int, q: float, level: float) -> tuple[int, int]:
    """Positions, from 0, of the order statistics that hold the quantile with this level."""
    below, above = tails(level)
    # The quantiles of a binomial count, read off its distribution: scipy.stats is slow to load.
    upto = bdtr(np.arange(size + 1), size, q)
    first, last = int(np.searchsorted(upto, below)) - 1, int(np.searchsorted(upto, above))
    return max(first, 0), min(last, size - 1)


@dataclass(frozen=True, slots=True)
class Nowcast:
    """How many acts there were, known and not yet known, with its interval.

    `recorded` of them are known by now. What is never disclosed, or only after a longer
    lag than any that could have been seen, is not in the estimate: it is a lower bound.
    """

    estimate: float
    lower: float
    upper: float
    recorded: int


def nowcast(
    occurred: ArrayLike,
    lags: ArrayLike,
    as_of: int,
    since: int,
    seed: int = 0,
    draws: int = DRAWS,
    level: float = LEVEL,
    until: int | None = None,
) -> Nowcast:
    """Acts that occurred from day `since` to day `until`, as estimated on day `as_of`.

    Without `until` they are counted to day `as_of`. Acts outside these days
    tell of the lags all the same.

    `occurred` are whole days and `lags` whole days to disclosure of acts
    disclosed by `as_of`. Each is counted once for every act that its chance to
    be known by now stands for; the chance comes from the reverse-time hazard of
    the lags, which right truncation leaves unbiased (Lagakos, Barraj and De
    Gruttola 1988). Interval: percentile bootstrap over acts, never below what
    is recorded.

    Raises:
        ValueError: an act was disclosed after `as_of`, or before it occurred.
    """
    age = as_of - np.asarray(occurred, dtype=np.int64)
    lag = np.asarray(lags, dtype=np.int64)
    if bool(np.any(lag < 0)) or bool(np.any(lag > age)):
        raise ValueError("each act must be disclosed on or after its day and by the day as of")
    youngest, oldest = as_of - (as_of if until is None else until), as_of - since
    recorded = int(np.sum((age >= youngest) & (age <= oldest)))
    if not recorded:
        return Nowcast(float("nan"), float("nan"), float("nan"), 0)
    rng = stream(seed, 0)
    resampled = (rng.integers(0, len(age), len(age)) for _ in range(draws))
    totals = [_total(age[chosen], lag[chosen], youngest, oldest) for chosen in resampled]
    low, high = np.quantile(totals, tails(level))
    point = _total(age, lag, youngest, oldest)
    return Nowcast(point, max(min(low, point), recorded), max(high, point), recorded)


def known_by(age: ArrayLike, lag: ArrayLike) -> Floats:
    """The chance that an act is known when it is 0, 1, ... days old, up to the greatest age.

    `age` and `lag` are whole days of acts already known (lag <= age). Where all
    acts at risk have the same lag, the hazard 1 would say that nothing can be
    known sooner; one act is then added to those at risk.
    """
    ages, lags = np.asarray(age, dtype=np.int64), np.asarray(lag, dtype=np.int64)
    size = int(ages.max()) + 1
    exactly = np.bincount(lags, minlength=size).astype(np.float64)
    younger = np.concatenate([[0], np.cumsum(np.bincount(ages, minlength=size))[:-1]])
    at_risk = np.cumsum(exactly) - younger
    at_risk += (at_risk == exactly) & (exactly > 0)
    hazard = np.divide(exactly, at_risk, out=np.zeros(size), where=at_risk > 0)
    survivors: Floats = np.cumprod((1 - hazard)[:0:-1])[::-1]
    return np.append(survivors, 1.0)


def _total(age: Ints, lag: Ints, youngest: int, oldest: int) -> float:
    counted = age[(age >= youngest) & (age <= oldest)]
    return float(np.sum(1 / known_by(age, lag)[counted]))
