"""What every numeric module shares: array types, estimates, seeded streams."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from realpolitik.constants import LEVEL

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Estimate:
    """Points with their interval: three arrays of one shape, nan where unknown."""

    point: Floats
    lower: Floats
    upper: Floats

    def __getitem__(self, index: Any) -> Estimate:
        return Estimate(self.point[index], self.lower[index], self.upper[index])


def floats(values: ArrayLike) -> Floats:
    """Any numbers as an array of float64."""
    return np.asarray(values, dtype=np.float64)


def stream_key(*parts: str) -> int:
    """A number that stands for these words and nothing else, the same on every machine.

    Callers name a row by what it is (`stream_key("USA", "IRN", "1990")`), so
    that its draws do not depend on which other rows are computed, or in which
    order.
    """
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def stream(seed: int, key: int) -> np.random.Generator:
    """The random stream of one row under one seed; both are integers >= 0."""
    return np.random.default_rng([seed, key])


def tails(level: float = LEVEL) -> tuple[float, float]:
    """The two probabilities that cut off a central interval of this level."""
    return (1 - level) / 2, (1 + level) / 2


def around(point: Floats, draws: Floats, level: float = LEVEL) -> Estimate:
    """Point estimates with the percentile interval of their draws (draws lie along axis 0).

    The interval is widened to hold its point where draws are so skewed that it
    would not. A row with any draw that is nan has a nan interval.
    """
    low, high = np.quantile(draws, tails(level), axis=0)
    return Estimate(floats(point), np.minimum(low, point), np.maximum(high, point))


def median_deviation(values: Floats) -> tuple[Floats, Floats]:
    """Median and median absolute deviation along the last axis."""
    middle = np.median(values, axis=-1)
    return middle, np.median(np.abs(values - middle[..., None]), axis=-1)
