"""Who answers whom: weighted autoregressions of two series of tone on each other's past.

`own` is the series explained, `other` the one whose past may explain it. The
tone of the same period never enters as an explanation, for one news item
often tells both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from realpolitik.stats.arrays import Floats
from realpolitik.stats.regression import Fit, Test, fit, wald
from realpolitik.stats.series import Series

Pair = tuple[Series, Series]


@dataclass(frozen=True, eq=False, slots=True)
class Equation:
    """`own` on `lags` own and other past values: columns are a constant, own, other, extras."""

    fit: Fit
    lags: int
    x: Floats
    y: Floats
    w: Floats

    @property
    def own(self) -> slice:
        """The coefficients on the own past."""
        return slice(1, 1 + self.lags)

    @property
    def other(self) -> slice:
        """The coefficients on the other's past."""
        return slice(1 + self.lags, 1 + 2 * self.lags)

    @property
    def restricted(self) -> Fit:
        """The same without the other's past."""
        keep = np.ones(self.x.shape[1], dtype=np.bool_)
        keep[self.other] = False
        return fit(self.x[:, keep], self.y, self.w)

    def answers(self) -> Test:
        """Does the other's past help to foretell? Wald test with HC3."""
        return wald(self.fit, self.other)

    def inertia(self) -> tuple[float, float]:
        """Sum of the coefficients on the own past, and its standard deviation."""
        return total(self.fit, self.own)


def total(found: Fit, of: slice) -> tuple[float, float]:
    """Sum of some coefficients with its HC3 standard deviation."""
    influence = found.influence[:, of].sum(axis=1)
    return float(found.beta[of].sum()), float(np.sqrt(influence @ influence))


def past(own: Floats, other: Floats, lags: int, lead: int = 1, first: int | None = None) -> Floats:
    """Columns of a constant and `lags` past values of both, one row an outcome.

    Outcomes are the elements from `first` on (default: the first that has all
    its past); the newest explaining value lies `lead` before its outcome.
    """
    start = lags + lead - 1 if first is None else first
    rows = np.arange(start, len(own))
    back = rows[:, None] - lead - np.arange(lags)[None, :]
    return np.hstack([np.ones((len(rows), 1)), own[back], other[back]])


def weights(own: Series, process: float) -> Floats:
    """Precision of each value: 1 / (variance of the reports + variance of the process)."""
    return np.asarray(1.0 / (own.variance + process))


def process_variance(x: Floats, own: Series, rows: slice) -> float:
    """Variance that the regression leaves beyond that of the reports (two steps, never below 5 %)."""
    y, seen = own.tone[rows], own.seen[rows]
    spread = float(np.var(own.tone[own.seen]))
    process = spread
    for _ in range(2):
        found = fit(x, y, weights(own[rows], process))
        share = found.rows / max(found.freedom, 1)
        left = found.residuals[seen] ** 2 * share - own.variance[rows][seen]
        w = weights(own[rows], process)[seen] ** 2
        process = max(float(w @ left / w.sum()), 0.05 * spread, 1e-6)
    return process


def equation(
    own: Series, other: Series, lags: int, first: int | None = None, extras: Floats | None = None
) -> Equation:
    """`own` explained by the past of both; `extras` are further columns, one row a period."""
    start = lags if first is None else first
    rows = slice(start, None)
    x = past(own.expected, other.expected, lags, first=start)
    if extras is not None:
        x = np.hstack([x, extras[rows]])
    w = weights(own[rows], process_variance(x, own, rows))
    return Equation(fit(x, own.tone[rows], w), lags, x, own.tone[rows], w)


def best_lags(pair: Pair, most: int) -> int:
    """Number of lags, 1 to `most`, with the least sum of the BIC of both equations.

    All are compared on the same outcomes, with the weights of the longest.
    """
    return 1 + int(np.argmin(np.sum([_bics(*pair, most), _bics(*pair[::-1], most)], axis=0)))


def _bics(own: Series, other: Series, most: int) -> list[float]:
    w = equation(own, other, most).w
    found = []
    for lags in range(1, most + 1):
        x = past(own.expected, other.expected, lags, first=most)
        line = fit(x, own.tone[most:], w)
        found.append(line.rows * np.log(line.variance) + x.shape[1] * np.log(line.rows))
    return found


@dataclass(frozen=True, slots=True)
class Response:
    """Cumulative response over some horizon, its standard deviation, and rows less coefficients."""

    estimate: float
    deviation: float
    freedom: int


def response(own: Series, other: Series, lags: int, horizon: int) -> Response:
    """What a rise of 1 in the tone of `other` adds to `own` over the next periods, summed.

    Local projections at each distance, with one lag more than the dynamics need, so that the
    error of their sum is told by HC3 without a correction for overlap (Montiel Olea and
    Plagborg-Møller 2021).
    """
    base = len(own.tone) - 1
    influence = np.zeros(base)
    estimate, freedom = 0.0, base
    for lead in range(1, horizon + 1):
        x = past(own.expected, other.expected, lags + 1, lead)
        rows = slice(lags + lead, None)
        w = weights(own[rows], process_variance(x, own, rows))
        found = fit(x, own.tone[rows], w)
        estimate += float(found.beta[lags + 2])
        # A projection belongs to the period it starts from, whatever its distance.
        influence[lags : lags + len(x)] += found.influence[:, lags + 2]
        freedom = min(freedom, found.freedom)
    return Response(estimate, float(np.sqrt(influence @ influence)), freedom)


@dataclass(frozen=True, slots=True)
class Lead:
    """How much each side's past adds to foretelling the other (Geweke 1982).

    `to_first` is ln(variance without / variance with) for the first equation: how far the
    second series leads the first. `balance` is their difference over their sum.
    """

    to_first: float
    to_second: float

    @property
    def balance(self) -> float:
        """From -1, the first leads, to 1, the second leads."""
        return (self.to_first - self.to_second) / max(self.to_first + self.to_second, 1e-12)


def lead(first: Equation, second: Equation) -> Lead:
    """Geweke's feedback both ways."""
    return Lead(_feedback(first), _feedback(second))


def _feedback(of: Equation) -> float:
    return float(max(np.log(of.restricted.variance / of.fit.variance), 0.0))


def lead_draws(
    equations: Sequence[Equation], rng: np.random.Generator, draws: int, block: float
) -> Floats:
    """Both feedbacks on periods resampled in blocks of random length (Politis and Romano 1994).

    Whole rows, outcome with its past, are drawn, `block` periods long on average; both equations
    keep the same periods. Shape (draws, 2).
    """
    size = len(equations[0].y)
    index = stationary(size, draws, block, rng)
    times = np.zeros((draws, size))
    np.add.at(times, (np.arange(draws)[:, None], index), 1.0)
    return np.column_stack([_feedbacks(one, times) for one in equations])


def stationary(size: int, draws: int, block: float, rng: np.random.Generator) -> np.ndarray:
    """Indices of the stationary bootstrap, shape (draws, size): blocks wrap round the end."""
    fresh = rng.random((draws, size)) < 1 / block
    fresh[:, 0] = True
    starts = rng.integers(0, size, (draws, size))
    position = np.arange(size)
    last = np.maximum.accumulate(np.where(fresh, position, 0), axis=1)
    return np.asarray((np.take_along_axis(starts, last, axis=1) + position - last) % size)


def _feedbacks(of: Equation, times: Floats) -> Floats:
    keep = np.ones(of.x.shape[1], dtype=np.bool_)
    keep[of.other] = False
    full, restricted = _variances(of, times, np.arange(len(keep))), _variances(
        of, times, np.flatnonzero(keep)
    )  # fmt: skip
    return np.maximum(np.log(restricted / full), 0.0)


def _variances(of: Equation, times: Floats, columns: np.ndarray) -> Floats:
    """Weighted residual variance of each draw, by its normal equations."""
    x, y, w = of.x[:, columns], of.y, times * of.w
    k = len(columns)
    xx = (w @ (x[:, :, None] * x[:, None, :]).reshape(len(y), k * k)).reshape(-1, k, k)
    xy, yy = w @ (x * y[:, None]), w @ (y * y)
    # A draw may repeat so few periods that its columns coincide.
    xx += 1e-9 * np.trace(xx, axis1=1, axis2=2)[:, None, None] * np.eye(k)
    beta = np.linalg.solve(xx, xy[:, :, None])[:, :, 0]
    return np.asarray(np.maximum(yy - np.sum(beta * xy, axis=1), 1e-12) / w.sum(axis=1))
