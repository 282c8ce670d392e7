"""Tone: the log-odds of cooperation against conflict, on effective counts.

A count of acts overstates what is known, because reports come in clusters and
are repeated. The design effect says by how much; counts divided by it are
worth that many independent acts, and Jeffreys' Beta posterior on them gives
the interval.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainccinv, betaincinv

from realpolitik.constants import JEFFREYS, LEVEL
from realpolitik.stats.arrays import Estimate, Floats, floats, tails


@dataclass(frozen=True, eq=False, slots=True)
class Sums:
    """What an exact design effect needs of the clusters of one kind of act.

    Arrays of one shape, one element a dyad (or dyad-period): `n` non-neutral
    acts, `c` cooperative ones; `nn`, `cn`, `cc` the sums over clusters of n*n,
    c*n, c*c; `clusters` the clusters that hold a non-neutral act. Sums of
    separate clusters add up, so months add up to years.
    """

    n: Floats
    c: Floats
    nn: Floats
    cn: Floats
    cc: Floats
    clusters: Floats

    @classmethod
    def of(
        cls,
        n: ArrayLike,
        c: ArrayLike,
        nn: ArrayLike,
        cn: ArrayLike,
        cc: ArrayLike,
        clusters: ArrayLike,
    ) -> Sums:
        """Sums from anything array-like, as float64."""
        return cls(*(floats(x) for x in (n, c, nn, cn, cc, clusters)))

    @classmethod
    def from_clusters(cls, c: ArrayLike, n: ArrayLike) -> Sums:
        """Sums of clusters that lie along the last axis: cooperative and non-neutral acts each."""
        c, n = floats(c), floats(n)
        total = [x.sum(axis=-1) for x in (n, c, n * n, c * n, c * c, floats(n > 0))]
        return cls(*(floats(x) for x in total))

    def _each(self, change: Callable[[Floats], Floats]) -> Sums:
        return Sums(*(floats(change(getattr(self, field.name))) for field in fields(self)))

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def __getitem__(self, index: Any) -> Sums:
        return self._each(lambda x: x[index])

    def __len__(self) -> int:
        return len(self.n)

    def sum(self, axis: int = -1) -> Sums:
        """The sums added up along one axis."""
        return self._each(lambda x: x.sum(axis=axis))


def own_design_effect(s: Sums) -> Floats:
    """How many times the variance of a share exceeds that of independent acts.

    [G/(G-1)] * sum over clusters of (c - p*n)^2 / [n p (1-p)], the linearised
    variance of a ratio over the binomial one (Kish 1965). nan where it cannot
    be told: fewer than two clusters, or all acts on one side.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        p = s.c / s.n
        spread = s.cc - 2 * p * s.cn + p * p * s.nn
        effect = s.clusters / (s.clusters - 1) * spread / (s.n * p * (1 - p))
    known = (s.clusters > 1) & (s.c > 0) & (s.c < s.n)
    return np.where(known, np.maximum(effect, 0.0), np.nan)


def perfect_design_effect(s: Sums) -> Floats:
    """The design effect if all acts of a cluster were of one side; nan without acts."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return floats(s.nn / s.n)


def design_effects(words: Sums, deeds: Sums) -> tuple[Floats, Floats]:
    """Design effects of the words and of the deeds of each dyad: max(1, own, pooled).

    Pooled is the mean of the two own effects weighted by clusters, but for no
    kind more than its clusters could have if each spoke with one voice: else
    words repeated tenfold would thin out the deeds. A kind whose own effect
    is unknown has no part in the mean and takes the other's, so limited. Where
    both are unknown, each takes that limit. nan without acts.
    """
    own_words, own_deeds = own_design_effect(words), own_design_effect(deeds)
    weight_words = np.where(np.isnan(own_words), 0.0, words.clusters)
    weight_deeds = np.where(np.isnan(own_deeds), 0.0, deeds.clusters)
    total = weight_words + weight_deeds
    weighted = np.nan_to_num(own_words) * weight_words + np.nan_to_num(own_deeds) * weight_deeds
    with np.errstate(invalid="ignore"):
        pooled = weighted / total
    return _at_least(words, own_words, pooled), _at_least(deeds, own_deeds, pooled)


def _at_least(s: Sums, own: Floats, pooled: Floats) -> Floats:
    limited = np.fmin(pooled, perfect_design_effect(s))
    return np.where(s.n > 0, np.fmax(1.0, np.fmax(own, limited)), np.nan)


def effective(s: Sums, d: ArrayLike) -> tuple[Floats, Floats]:
    """Parameters of the Beta posterior: effective cooperative and conflictual acts plus a half."""
    d = floats(d)
    return s.c / d + JEFFREYS, (s.n - s.c) / d + JEFFREYS


def tone(s: Sums, d: ArrayLike) -> Floats:
    """Log-odds of cooperation on effective counts; nan where there is no act."""
    a, b = effective(s, d)
    return np.where(s.n > 0, np.log(a) - np.log(b), np.nan)


def tone_draws(s: Sums, d: ArrayLike, rng: np.random.Generator, draws: int) -> Floats:
    """Draws from the posterior of the tone, along a new first axis; nan where there is no act.

    The log-odds of a Beta variate is the difference of two log-Gamma variates,
    which keeps its precision next to 0 and 1.
    """
    a, b = effective(s, d)
    shape = (draws, *a.shape)
    logit = np.log(rng.standard_gamma(a, shape)) - np.log(rng.standard_gamma(b, shape))
    return np.where(s.n > 0, logit, np.nan)


def tone_interval(s: Sums, d: ArrayLike, level: float = LEVEL) -> Estimate:
    """The tone with the central interval of its posterior, by exact Beta quantiles."""
    a, b = effective(s, d)
    low, high = (np.where(s.n > 0, _logit_quantile(q, a, b), np.nan) for q in tails(level))
    return Estimate(tone(s, d), low, high)


def tone_quantiles(s: Sums, d: ArrayLike, probabilities: ArrayLike) -> Floats:
    """Quantiles of the posterior of one tone, which must rest on acts."""
    return _logit_quantile(floats(probabilities), *effective(s, d))


def _logit_quantile(q: float | Floats, a: Floats, b: Floats) -> Floats:
    # The complement is taken from the mirrored Beta, not as 1 - p, which rounds to 0.
    return floats(np.log(betaincinv(a, b, q)) - np.log(betainccinv(b, a, q)))
