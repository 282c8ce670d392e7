"""How many times faster a deed comes while an announcement of it is in force: a Cox model.

Time runs from the last such deed, so that a dyad is compared with itself when
its last deed lay as far back; the announcement is a covariate that comes and
goes (Cox 1972, Andersen and Gill 1982). Ties are Efron's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from realpolitik.constants import LEVEL
from realpolitik.stats.arrays import Floats, Ints, floats

STEEPEST = 50.0  # of |log hazard ratio|; beyond it the ratio is 0 or infinite
HALVINGS = 60


@dataclass(frozen=True, eq=False, slots=True)
class Watched:
    """Days of one kind of announcement: since the last deed, announced or not, deed or not."""

    since: Ints
    announced: Ints
    deed: Ints


def watched(
    deeds: ArrayLike, announcements: ArrayLike, horizon: int, first: int, last: int
) -> Watched:
    """The days from `first` to `last` on which a deed could come, after the first deed.

    An announcement is in force on its day and for `horizon` days after it.
    """
    done = np.unique(np.asarray(deeds, dtype=np.int64))
    done = done[(done >= first) & (done <= last)]
    days = np.arange(done[0] + 1, last + 1) if len(done) else np.empty(0, dtype=np.int64)
    before = np.searchsorted(done, days) - 1
    since = days - done[before] if len(days) else days
    said = np.sort(np.asarray(announcements, dtype=np.int64))
    covering = np.searchsorted(said, days, side="right") - np.searchsorted(said, days - horizon)
    return Watched(since, (covering > 0).astype(np.int64), np.isin(days, done).astype(np.int64))


def hazard_ratio(
    strata: Sequence[Watched], level: float = LEVEL
) -> tuple[float, float, float] | None:
    """Hazard of a deed while announced over that while not: ratio, lower and upper end.

    Strata have hazards of their own and the ratio in common. The interval is
    that of the profile likelihood, which is sound where few deeds were
    announced. None where no deed came at a time since the last at which some
    days were announced and others were not, or where all such deeds were
    announced, so that the ratio has no upper end.
    """
    terms = _terms(strata)
    if not len(terms):
        return None
    announced = terms[:, 4].sum()
    if announced >= len(terms):
        return None
    peak = -math.inf if announced == 0 else _root(lambda b: _slope(b, terms), -STEEPEST, STEEPEST)
    top = _likelihood(peak, terms)
    drop = top - _chi2(level) / 2
    upper = _root(lambda b: _likelihood(b, terms) - drop, max(peak, -STEEPEST), STEEPEST)
    lower = (
        -math.inf
        if announced == 0
        else _root(lambda b: drop - _likelihood(b, terms), -STEEPEST, peak)
    )
    return math.exp(peak), math.exp(lower), math.exp(upper)


def _terms(strata: Sequence[Watched]) -> Floats:
    """One row a deed: weights of the risk set, of its tied deeds taken out, and was it announced."""
    rows = [row for stratum in strata for row in _of_stratum(stratum)]
    return floats(rows).reshape(-1, 5)


def _of_stratum(s: Watched) -> list[tuple[float, ...]]:
    if not len(s.since):
        return []
    size = int(s.since.max()) + 1
    counts = [
        np.bincount(s.since, weights=weights, minlength=size)
        for weights in (
            s.announced,
            1 - s.announced,
            s.announced * s.deed,
            (1 - s.announced) * s.deed,
        )
    ]
    found: list[tuple[float, ...]] = []
    for risk1, risk0, deed1, deed0 in zip(*counts, strict=True):
        if not (risk1 and risk0 and deed1 + deed0):
            continue  # no choice, no information
        tied = int(deed1 + deed0)
        for k in range(tied):
            out = k / tied
            found.append((risk1 - out * deed1, risk0 - out * deed0, deed1, deed0, float(k < deed1)))
    return found


def _likelihood(beta: float, terms: Floats) -> float:
    ratio = math.exp(beta)
    announced = terms[:, 4].sum()
    gained = beta * announced if announced else 0.0
    return float(gained - np.log(terms[:, 0] * ratio + terms[:, 1]).sum())


def _slope(beta: float, terms: Floats) -> float:
    ratio = math.exp(beta)
    share = terms[:, 0] * ratio / (terms[:, 0] * ratio + terms[:, 1])
    return float(terms[:, 4].sum() - share.sum())


def _root(falling: object, low: float, high: float) -> float:
    """Where a falling function crosses zero."""
    assert callable(falling)  # noqa: S101 - for the type checker
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2


def _chi2(level: float) -> float:
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2) ** 2)
