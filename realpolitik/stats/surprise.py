"""What the tone of deeds usually is for a given tone of words: a robust line.

Huber's M-estimate by iteratively reweighted least squares, with the scale
re-estimated at each step from the median absolute residual (Huber 1964; Holland
and Welsch 1977), for many samples at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from realpolitik.constants import HUBER, MAD_TO_SD
from realpolitik.stats.arrays import Floats, floats, median_deviation

STEPS = 100
TINY = 1e-12


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """A fitted line for each sample: intercept, slope, and the SD of what is left."""

    intercept: Floats
    slope: Floats
    residual_sd: Floats

    def predict(self, x: ArrayLike) -> Floats:
        """The fitted value at x, which broadcasts against the samples."""
        return self.intercept + self.slope * floats(x)


def fit_line(x: Floats, y: Floats, start: Line | None = None, tolerance: float = 1e-10) -> Line:
    """Huber's robust line of y on x along the last axis; leading axes are separate samples.

    `start` saves steps where a fit near by is known. `tolerance` is the change
    of a coefficient, in SDs of the residuals, at which the iteration ends. The
    residual SD is 1.4826 times the median absolute deviation of the residuals.
    """
    if start is None:
        intercept, slope = _least_squares(x, y, np.ones_like(x))
    else:
        intercept = np.broadcast_to(start.intercept, x.shape[:-1])
        slope = np.broadcast_to(start.slope, x.shape[:-1])
    for _ in range(STEPS):
        size = np.abs(y - intercept[..., None] - slope[..., None] * x)
        scale = np.maximum(np.median(size, axis=-1) * MAD_TO_SD, TINY)
        weights = np.minimum(1.0, HUBER * scale[..., None] / np.maximum(size, TINY))
        new_intercept, new_slope = _least_squares(x, y, weights)
        moved = np.abs(new_intercept - intercept) + np.abs(new_slope - slope)
        intercept, slope = new_intercept, new_slope
        if bool(np.all(moved <= tolerance * scale)):
            break
    _, spread = median_deviation(y - intercept[..., None] - slope[..., None] * x)
    return Line(intercept, slope, MAD_TO_SD * spread)


def _least_squares(x: Floats, y: Floats, weights: Floats) -> tuple[Floats, Floats]:
    total = weights.sum(axis=-1)
    mean_x = (weights * x).sum(axis=-1) / total
    mean_y = (weights * y).sum(axis=-1) / total
    from_x = x - mean_x[..., None]
    spread = np.maximum((weights * from_x**2).sum(axis=-1), TINY)
    slope = (weights * from_x * y).sum(axis=-1) / spread
    return mean_y - slope * mean_x, slope
