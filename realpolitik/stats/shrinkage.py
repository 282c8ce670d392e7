"""Tones of thin dyads drawn towards the reference: how much of what sets them apart is chance.

The tones of words and deeds of a dyad are taken as a draw from a bivariate
normal world of dyads, seen with the error of its counts. The fewer its acts,
the more the world weighs (empirical Bayes; Efron and Morris 1975).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import polygamma

from realpolitik.constants import LEVEL
from realpolitik.stats.arrays import Estimate, Floats, floats, stream, tails
from realpolitik.stats.reference import Reference
from realpolitik.stats.tone import Sums, design_effects, effective, tone

LEAST = 1e-6  # log-odds squared; keeps a world without spread invertible


@dataclass(frozen=True, eq=False, slots=True)
class World:
    """The bivariate normal of true tones: mean (2) and covariance (2 x 2), words first."""

    mean: Floats
    covariance: Floats

    @classmethod
    def of(cls, words: Sums, deeds: Sums) -> World:
        """The world behind reference dyads: the spread of their tones less the error of each."""
        seen, error = _seen(words, deeds)
        raw = np.cov(seen.T) - np.diag(error.mean(axis=0))
        value, vector = np.linalg.eigh(raw)
        return cls(seen.mean(axis=0), (vector * np.maximum(value, LEAST)) @ vector.T)


def shrunk_tones(words: Sums, deeds: Sums, world: World) -> tuple[Floats, Floats]:
    """Posterior mean (dyads x 2) and covariance (dyads x 2 x 2) of the true tones."""
    seen, error = _seen(words, deeds)
    total = world.covariance + error[:, :, None] * np.eye(2)
    pull = world.covariance @ np.linalg.inv(total)
    mean = world.mean + np.einsum("dij,dj->di", pull, seen - world.mean)
    return mean, world.covariance - pull @ world.covariance


def shrunk_gap(
    words: Sums,
    deeds: Sums,
    keys: Sequence[int],
    world: World,
    reference: Reference,
    seed: int = 0,
    level: float = LEVEL,
) -> Estimate:
    """The gap in reference SDs with both tones drawn towards the reference, one element a dyad.

    `keys` and `seed` as in `gap.say_do_gap`. The interval joins the posterior of
    the tones with the bootstrap of the reference. nan where a kind has no act.
    """
    mean, covariance = shrunk_tones(words, deeds, world)
    rows = [
        _ends(mean[i], covariance[i], reference, stream(seed, key), level)
        for i, key in enumerate(keys)
    ]
    point, low, high = floats(rows).reshape(-1, 3).T
    return Estimate(point, low, high)


def _ends(
    mean: Floats, covariance: Floats, by: Reference, rng: np.random.Generator, level: float
) -> tuple[float, float, float]:
    if np.isnan(mean).any():
        return (float("nan"),) * 3
    draws = mean + rng.standard_normal((by.draws, 2)) @ np.linalg.cholesky(covariance).T
    point = _gap(mean, by.itself)
    low, high = np.quantile(_gap(draws.T, by.replicates), tails(level))
    return point, min(float(low), point), max(float(high), point)


def _gap(tones: Floats, by: Any) -> Any:
    return by.z_deeds(tones[1]) - by.z_words(tones[0])


def _seen(words: Sums, deeds: Sums) -> tuple[Floats, Floats]:
    """Tones and the variances of their posteriors, a row a dyad, words first."""
    effects = design_effects(words, deeds)
    both = list(zip((words, deeds), effects, strict=True))
    seen = np.stack([tone(sums, effect) for sums, effect in both], axis=-1)
    return seen, np.stack([_variance(sums, effect) for sums, effect in both], axis=-1)


def _variance(sums: Sums, effect: NDArray[np.float64]) -> Floats:
    a, b = effective(sums, effect)
    return np.where(sums.n > 0, polygamma(1, a) + polygamma(1, b), np.nan)
