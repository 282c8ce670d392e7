"""Records with planted truth: dyads that talk and act, and secrets that come out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from realpolitik.stats.arrays import Floats, Ints
from realpolitik.stats.tone import Sums

ACTS = 2.0  # acts of a cluster beyond its first, on average


@dataclass(frozen=True, slots=True)
class Clusters:
    """Cooperative and conflictual acts of each cluster (columns) of each dyad (rows)."""

    cooperation: Ints
    conflict: Ints

    @property
    def sums(self) -> Sums:
        """Their sums over clusters."""
        return Sums.from_clusters(self.cooperation, self.cooperation + self.conflict)

    def repeated(self, times: float, rng: np.random.Generator) -> Clusters:
        """Each act reported again, `times` more on average (Poisson)."""
        return self.covered(1.0, 1.0, times, rng)

    def covered(
        self, cooperation: float, conflict: float, times: float, rng: np.random.Generator
    ) -> Clusters:
        """Each act reported with the chance of its side, and repeated if it is."""
        kept = rng.binomial(self.cooperation, cooperation), rng.binomial(self.conflict, conflict)
        return Clusters(*(side + rng.poisson(times * side) for side in kept))


def clusters(
    tones: Floats, size: int, correlation: float, rng: np.random.Generator, acts: float = ACTS
) -> Clusters:
    """Clusters of true acts: beta-binomial around each dyad's tone.

    `correlation` is that of two acts of one cluster; clusters hold 1 + Poisson(`acts`) acts.
    """
    p = expit(tones)[:, None]
    total = 1 + rng.poisson(acts, (len(tones), size))
    if correlation > 0:
        weight = (1 - correlation) / correlation
        p = rng.beta(p * weight, (1 - p) * weight, total.shape)
    cooperation = rng.binomial(total, p)
    return Clusters(cooperation, total - cooperation)


def correlated_tones(dyads: int, correlation: float, rng: np.random.Generator) -> Floats:
    """True tones of words and deeds (columns), standard normal: no dyad is special."""
    cov = [[1.0, correlation], [correlation, 1.0]]
    return rng.multivariate_normal([0.0, 0.0], cov, dyads)


def dyads_of_any_size(tones: Floats, counts: Ints, rng: np.random.Generator) -> Sums:
    """Sums of dyads that hold different numbers of clusters, correlated 0.2 within."""
    rows = [clusters(tones[i : i + 1], int(counts[i]), 0.2, rng).sums for i in range(len(tones))]
    columns = zip(*((s.n, s.c, s.nn, s.cn, s.cc, s.clusters) for s in rows), strict=True)
    return Sums(*(np.concatenate(column) for column in columns))


@dataclass(frozen=True, slots=True)
class Secrets:
    """Acts with their age today and the lag at which they come out, in days."""

    age: Ints
    lag: Ints

    def disclosed(self) -> Secrets:
        """Those that have come out by today."""
        out = self.lag <= self.age
        return Secrets(self.age[out], self.lag[out])


def secrets(acts: int, span: int, slow: float, rng: np.random.Generator) -> Secrets:
    """Secrets of two speeds: most leak within weeks, the share `slow` at any time in 360 days."""
    quick = np.minimum(rng.exponential(15.0, acts), 360.0)
    late = rng.uniform(0.0, 360.0, acts)
    lag = np.where(rng.random(acts) < slow, late, quick)
    return Secrets(rng.integers(0, span, acts), lag.astype(np.int64))


@dataclass(frozen=True, slots=True)
class Versions:
    """Versions of acts in the order they were written down: act, day disclosed, count of harmed."""

    act: Ints
    disclosed: Ints
    value: Ints


def versions(acts: int, size: int, rng: np.random.Generator) -> Versions:
    """Random versions, many on one day."""
    return Versions(
        rng.integers(0, acts, size), rng.integers(0, 60, size), rng.integers(0, 100, size)
    )
