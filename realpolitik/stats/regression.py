"""Weighted least squares with errors that unequal variance does not mislead (HC3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import fdtrc, stdtrit

from realpolitik.constants import LEVEL
from realpolitik.stats.arrays import Floats, tails


@dataclass(frozen=True, eq=False, slots=True)
class Fit:
    """One fitted line: coefficients, and what each row contributes to their error.

    `influence` has a row an observation; its outer product with itself is the
    HC3 covariance, and rows of several fits on the same observations give
    their joint one. `residuals` are unweighted, 0 where the weight is 0;
    `variance` is the weighted mean square of them.
    """

    beta: Floats
    influence: Floats
    residuals: Floats
    variance: float
    rows: int

    @property
    def covariance(self) -> Floats:
        """HC3 covariance of the coefficients."""
        return np.asarray(self.influence.T @ self.influence)

    @property
    def freedom(self) -> int:
        """Rows left over once every coefficient has used one."""
        return self.rows - len(self.beta)


def fit(x: Floats, y: Floats, w: Floats) -> Fit:
    """Least squares of `y` (n) on the columns of `x` (n, k) with weights `w` (n) >= 0.

    Rows of weight 0 take no part, whatever they hold. HC3 divides each
    residual by one minus its leverage (MacKinnon and White 1985).
    """
    used = w > 0
    root = np.sqrt(w[used])[:, None]
    q, r = np.linalg.qr(x[used] * root)
    scaled = y[used] * root[:, 0]
    beta = np.linalg.solve(r, q.T @ scaled)
    e = scaled - q @ (q.T @ scaled)
    # A row that alone decides a coefficient has leverage 1 and says nothing of its error.
    left = np.maximum(1 - np.sum(q * q, axis=1), 1e-8)
    influence = np.zeros((len(y), x.shape[1]))
    influence[used] = np.linalg.solve(r, q.T).T * (e / left)[:, None]
    residuals = np.zeros(len(y))
    residuals[used] = e / root[:, 0]
    return Fit(beta, influence, residuals, float(e @ e / w.sum()), int(used.sum()))


@dataclass(frozen=True, slots=True)
class Test:
    """A joint test that some coefficients are all 0: F statistic and its probability."""

    f: float
    p: float


def wald(found: Fit, of: slice) -> Test:
    """F form of the Wald test with the HC3 covariance: is any of these coefficients not 0?"""
    beta, covariance = found.beta[of], found.covariance[of, of]
    f = float(beta @ np.linalg.solve(covariance, beta)) / len(beta)
    return Test(f, float(fdtrc(len(beta), found.freedom, f)))


def classical(full: Fit, restricted: Fit) -> Test:
    """The F test that the coefficients of which a fit was deprived are all 0, for equal variances."""
    without, with_ = restricted.variance, full.variance
    lost = len(full.beta) - len(restricted.beta)
    f = (without - with_) / with_ * full.freedom / lost
    return Test(float(f), float(fdtrc(lost, full.freedom, f)))


def ends(
    point: float, deviation: float, freedom: float, level: float = LEVEL
) -> tuple[float, float]:
    """The interval of a coefficient by Student's t."""
    reach = float(stdtrit(max(freedom, 1.0), tails(level)[1])) * deviation
    return point - reach, point + reach
