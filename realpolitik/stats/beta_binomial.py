"""Beta-binomial counts seen through a log-odds: likelihood, slope, curvature."""

from __future__ import annotations

import numpy as np
from scipy.special import betaln, digamma, expit

from realpolitik.stats.arrays import Floats

FLAT = 1e-9  # a curvature of nothing would leave a count without a say and a matrix singular
SHIFT = 6  # from where on the series of the trigamma is good to 1e-10
NEVER = 1e-12  # keeps a probability off 0 and 1, where the Beta is not defined


def log_likelihood(c: Floats, n: Floats, logit: Floats, kappa: Floats) -> Floats:
    """Log-probability of `c` cooperative among `n` acts, up to what depends on the counts alone.

    Counts may be fractions (effective counts); where `n` is 0 it is 0. `logit`
    is the log-odds of cooperation, `kappa` the concentration: the greater, the
    closer to a binomial.
    """
    a, b = _parameters(logit, kappa)
    return np.asarray(betaln(c + a, n - c + b) - betaln(a, b))


def slope_and_curvature(
    c: Floats, n: Floats, logit: Floats, kappa: Floats
) -> tuple[Floats, Floats]:
    """First derivative of the log-likelihood by `logit`, and minus the second, not below 0.

    The likelihood has tails in which it is not concave; there the curvature is
    set to (almost) 0, so that a Newton step still climbs.
    """
    a, b = _parameters(logit, kappa)
    p, q = a / kappa, b / kappa
    ends = np.stack([c + a, a, n - c + b, b])
    first, second = digamma(ends), trigamma(ends)
    difference = first[0] - first[1] - first[2] + first[3]
    bend = second[0] - second[1] + second[2] - second[3]
    pull = a * q
    curvature = -(pull * (q - p) * difference + pull * pull * bend)
    return pull * difference, np.maximum(curvature, FLAT)


def trigamma(x: Floats) -> Floats:
    """Second derivative of the log of the Gamma function, for x > 0, to about 1e-10 of its size.

    By recurrence to 6 and more, then the asymptotic series (Abramowitz and
    Stegun 6.4.12): scipy's, by way of the Hurwitz zeta, takes ten times as long.
    """
    found = np.zeros_like(x)
    for k in range(SHIFT):
        shifted = x + k
        found += 1 / (shifted * shifted)
    far = 1 / (x + SHIFT)
    square = far * far
    series = 1 + far / 2 + square * (1 / 6 - square * (1 / 30 - square * (1 / 42 - square / 30)))
    return np.asarray(found + far * series)


def draw(n: Floats, logit: Floats, kappa: Floats, rng: np.random.Generator) -> Floats:
    """Cooperative acts drawn among `n`, rounded to whole acts, in the shape of `logit`."""
    a, b = _parameters(logit, kappa)
    whole = np.broadcast_to(np.rint(n), a.shape).astype(np.int64)
    return rng.binomial(whole, rng.beta(a, b)).astype(np.float64)


def _parameters(logit: Floats, kappa: Floats) -> tuple[Floats, Floats]:
    p = np.clip(expit(logit), NEVER, 1 - NEVER)
    return kappa * p, kappa * (1 - p)
