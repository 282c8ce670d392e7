"""Was an answer smaller than its own history predicts? One shock against placebo dates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realpolitik.constants import LEVEL
from realpolitik.stats.answer import Equation, equation, process_variance
from realpolitik.stats.arrays import Floats, tails
from realpolitik.stats.series import Series


@dataclass(frozen=True, slots=True)
class Shock:
    """The answer to one shock over the following periods, log-odds summed over them.

    `size` is the shock in standard deviations of what could not be foretold of
    that series; `predicted` the answer that the history before it foretells,
    `observed` the answer that came, both against the path without the shock;
    `abnormal` is observed minus predicted; `ratio` observed over predicted, nan
    where the sign of the prediction is not sure. Each is a point with its
    interval. `p` is the chance of an answer at least so much smaller than
    predicted by noise and error of estimation alone; `power_none` and
    `power_half` say how often that test would show no answer at all, and one of
    half the size. `placebos` counts the dates that tell the noise.
    """

    size: float
    predicted: tuple[float, float, float]
    observed: tuple[float, float, float]
    abnormal: tuple[float, float, float]
    ratio: tuple[float, float, float]
    p: float
    power_none: float
    power_half: float
    placebos: int


@dataclass(frozen=True, eq=False, slots=True)
class _Model:
    """Coefficients of both equations as columns (constant, own, other), and their joint error."""

    beta: Floats
    draws: Floats
    lags: int

    def paths(self, own: Floats, other: Floats, horizon: int, beta: Floats) -> Floats:
        """Paths of `own` from the `lags` newest values of both, newest first.

        `own` and `other` have shape (..., lags), `beta` (..., 2, 1 + 2 lags); shape (..., horizon).
        """
        found = []
        mine, theirs = beta[..., 0, :], beta[..., 1, :]
        shape = np.broadcast_shapes(own.shape[:-1], beta.shape[:-2])
        own, other = (np.broadcast_to(x, (*shape, x.shape[-1])) for x in (own, other))
        for _ in range(horizon):
            next_own = mine[..., 0] + _dot(mine, own, other, self.lags)
            next_other = theirs[..., 0] + _dot(theirs, other, own, self.lags)
            found.append(next_own)
            own = np.concatenate([next_own[..., None], own[..., :-1]], axis=-1)
            other = np.concatenate([next_other[..., None], other[..., :-1]], axis=-1)
        return np.stack(found, axis=-1)


def _dot(beta: Floats, own: Floats, other: Floats, lags: int) -> Floats:
    first = np.sum(beta[..., 1 : 1 + lags] * own, axis=-1)
    return np.asarray(first + np.sum(beta[..., 1 + lags : 1 + 2 * lags] * other, axis=-1))


@dataclass(frozen=True, eq=False, slots=True)
class _Ahead:
    """What is foretold after the shock, and what came; draws follow the point along axis 0.

    `shocked` and `calm` are paths with and without the shock, shape (1 + draws, horizon).
    """

    shocked: Floats
    calm: Floats
    came: Floats
    seen: Floats


def shock(
    own: Series, other: Series, at: int, lags: int, horizon: int,
    rng: np.random.Generator, draws: int,
) -> Shock:  # fmt: skip
    """The answer of `own` to what `other` did in period `at`, held against the history before it.

    Both equations are fitted on the periods before `at`, and foretell from
    there. A placebo is what they fail to foretell from one earlier period; to
    each is added a draw of the error of estimation at the shock, without which
    the test is too keen. The test weighs each later period by the answer
    foretold for it, which finds a missing answer more often than the plain sum
    does; the numbers shown are plain sums. Periods without acts drop out.
    """
    before = own[slice(0, at)], other[slice(0, at)]
    equations = equation(*before, lags), equation(*before[::-1], lags)
    model = _fitted(equations, lags, rng, draws)
    expected = float(equations[1].fit.beta @ _row(other, own, at, lags))
    ahead = _ahead(own, other, at, horizon, model, expected)
    process = process_variance(equations[0].x, before[0], slice(lags, None))
    plain = _placebos(own, other, at, ahead.seen, model, process)
    answer = ahead.shocked - ahead.calm
    predicted = answer @ ahead.seen
    missed = float((ahead.came - ahead.shocked[0]) @ ahead.seen)
    noise = rng.choice(plain, draws)
    observed = predicted[0] + missed + noise - (ahead.calm[1:] - ahead.calm[0]) @ ahead.seen
    off = noise + (ahead.shocked[1:] - ahead.shocked[0]) @ ahead.seen
    weights = answer[0] * ahead.seen / max(float(np.max(np.abs(answer[0]))), 1e-12)
    # Of the sign of the answer foretold, so that above 0 is a smaller answer.
    null = -rng.choice(_placebos(own, other, at, weights, model, process), draws)
    null -= (ahead.shocked[1:] - ahead.shocked[0]) @ weights
    smaller = float((ahead.shocked[0] - ahead.came) @ weights)
    whole = float(answer[0] @ weights)
    critical = float(np.quantile(null, LEVEL))
    return Shock(
        size=float((other.tone[at] - expected) / _spread(equations[1])),
        predicted=_around(predicted[0], predicted[1:]),
        observed=_around(predicted[0] + missed, observed),
        abnormal=_around(missed, missed + off - np.mean(off)),
        ratio=_ratio(predicted, missed, observed),
        p=float((1 + np.sum(null >= smaller)) / (1 + draws)),
        power_none=float(np.mean(null + whole >= critical)),
        power_half=float(np.mean(null + whole / 2 >= critical)),
        placebos=len(plain),
    )


def _ahead(
    own: Series, other: Series, at: int, horizon: int, model: _Model, expected: float
) -> _Ahead:
    mine, theirs = _state(own, at, model.lags), _state(other, at, model.lags)
    # Picked for being out of the ordinary, it is not drawn to the mean as the rest is.
    theirs[0] = other.tone[at]
    calm = theirs.copy()
    calm[0] = expected
    rows = slice(at + 1, at + 1 + horizon)
    beta = np.concatenate([model.beta[None], model.draws])
    came, seen = own.tone[rows], own.seen[rows].astype(np.float64)
    shocked, quiet = (model.paths(mine, start, len(came), beta) for start in (theirs, calm))
    return _Ahead(shocked, quiet, came, seen)


def _fitted(
    equations: tuple[Equation, Equation], lags: int, rng: np.random.Generator, draws: int
) -> _Model:
    beta = np.stack([one.fit.beta for one in equations])
    influence = np.hstack([one.fit.influence for one in equations])
    # Normal draws times the influence of each row have the joint HC3 covariance.
    error = rng.standard_normal((draws, len(influence))) @ influence
    return _Model(beta, beta + error.reshape(draws, *beta.shape), lags)


def _spread(of: Equation) -> float:
    return float(np.sqrt(of.fit.variance))


def _state(of: Series, at: int, lags: int) -> Floats:
    return of.expected[at - lags + 1 : at + 1][::-1].copy()


def _row(own: Series, other: Series, at: int, lags: int) -> Floats:
    return np.concatenate([[1.0], _state(own, at - 1, lags), _state(other, at - 1, lags)])


def _placebos(
    own: Series, other: Series, at: int, weights: Floats, model: _Model, process: float
) -> Floats:
    """What was not foretold from each earlier date, weighted, on the scale of noise after the shock."""
    horizon = len(weights)
    dates = np.arange(model.lags, at - horizon)
    back = dates[:, None] - np.arange(model.lags)[None, :]
    paths = model.paths(own.expected[back], other.expected[back], horizon, model.beta[None])
    ahead = dates[:, None] + 1 + np.arange(horizon)[None, :]
    each = own.seen[ahead] * weights
    sums = np.sum((own.tone[ahead] - paths) * each, axis=1)
    noise = np.sum(_finite(own.variance + process)[ahead] * each**2, axis=1)
    usable = np.sum(each**2, axis=1) >= np.sum(weights**2) / 2
    after = _finite(own.variance + process)[at + 1 : at + 1 + horizon]
    scale = float(np.sum(after * weights**2))
    freedom = at - model.lags
    # In-sample errors are too small by what the coefficients took.
    small = freedom / max(freedom - model.beta.shape[1], 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = sums * np.sqrt(small * scale / noise)
    return np.asarray(found[usable])


def _finite(variance: Floats) -> Floats:
    return np.where(np.isfinite(variance), variance, 0.0)


def _around(point: float, draws: Floats) -> tuple[float, float, float]:
    low, high = np.quantile(draws, tails())
    return float(point), float(min(low, point)), float(max(high, point))


def _ratio(predicted: Floats, missed: float, observed: Floats) -> tuple[float, float, float]:
    _, low, high = _around(predicted[0], predicted[1:])
    if low <= 0 <= high:
        nan = float("nan")
        return nan, nan, nan
    return _around((predicted[0] + missed) / predicted[0], observed / predicted[1:])
