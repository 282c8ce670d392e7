"""Words for two audiences compared inside matched events: conditional logistic regression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, ndtri

from realpolitik.constants import LEVEL
from realpolitik.stats.arrays import Floats, floats

STEPS = 50
STRIDE = 2.0  # log-odds a step may move at most
CLOSE = 1e-10


@dataclass(frozen=True, slots=True)
class Matched:
    """Log odds ratio with its error and interval; `events` tell something, `acts` are in them.

    `separated` is true where all events point one way as far as they can: no finite
    estimate exists, and the numbers are nan.
    """

    estimate: float
    error: float
    lower: float
    upper: float
    events: int
    acts: int
    separated: bool = False


def matched_difference(
    home_c: ArrayLike,
    home_n: ArrayLike,
    abroad_c: ArrayLike,
    abroad_n: ArrayLike,
    level: float = LEVEL,
) -> Matched:
    """Log-odds of cooperation at home minus abroad, compared inside each event alone.

    Arrays hold whole acts, one element an event: cooperative (`c`) and
    all non-neutral (`n`). What an event as a whole was like drops out: given
    how many of its acts are cooperative, only how they fall on the two
    audiences counts. An event with one audience or one side tells nothing.
    The error is the larger of the model's and the one that lets acts of an
    event depend on one another (sandwich over events).
    """
    events = floats(np.column_stack([home_c, home_n, abroad_c, abroad_n]))
    total, size = events[:, 0] + events[:, 2], events[:, 1] + events[:, 3]
    told = (events[:, 1] > 0) & (events[:, 3] > 0) & (total > 0) & (total < size)
    events, total = events[told], total[told]
    acts = int(size[told].sum())
    lowest = np.maximum(0.0, total - events[:, 3])
    highest = np.minimum(events[:, 1], total)
    at = float(events[:, 0].sum())
    if not len(events) or at in (float(lowest.sum()), float(highest.sum())):
        nan = float("nan")
        return Matched(nan, nan, nan, nan, len(events), acts, separated=bool(len(events)))
    rows = [
        _ways(*map(float, event), low, high)  # type: ignore[call-arg]
        for event, low, high in zip(events, lowest, highest, strict=True)
    ]
    beta = 0.0
    for _ in range(STEPS):
        mean, variance = _moments(rows, beta)
        step = float(np.clip((at - mean.sum()) / variance.sum(), -STRIDE, STRIDE))
        beta += step
        if abs(step) < CLOSE:
            break
    mean, variance = _moments(rows, beta)
    own, between = variance.sum(), np.sum((events[:, 0] - mean) ** 2)
    error = float(np.sqrt(max(own, between)) / own)
    reach = float(ndtri((1 + level) / 2)) * error
    return Matched(beta, error, beta - reach, beta + reach, len(events), acts)


def _ways(
    _c: float, n: float, other_c: float, other_n: float, low: float, high: float
) -> tuple[Floats, Floats]:
    """How many acts at home may be cooperative, and the log of in how many ways each can be."""
    k = np.arange(low, high + 1)
    total = _c + other_c
    return k, -gammaln(k + 1) - gammaln(n - k + 1) - gammaln(total - k + 1) - gammaln(
        other_n - total + k + 1
    )


def _moments(rows: list[tuple[Floats, Floats]], beta: float) -> tuple[Floats, Floats]:
    """Mean and variance of the cooperative acts at home, event by event."""
    means, variances = [], []
    for k, ways in rows:
        weight = np.exp(ways + beta * k - (ways + beta * k).max())
        weight /= weight.sum()
        mean = float(weight @ k)
        means.append(mean)
        variances.append(float(weight @ (k - mean) ** 2))
    return floats(means), floats(variances)
