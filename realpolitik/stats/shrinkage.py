"""Tones of thin dyads drawn towards the reference: how much of what sets them apart is chance.

The tones of words and deeds of a dyad are taken as a draw from a bivariate
normal world of dyads, seen through binomial counts. The fewer its acts, the
more the world weighs (empirical Bayes; Efron and Morris 1975).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit

from realpolitik.constants import LEVEL
from realpolitik.stats.arrays import Estimate, Floats, floats, stream, tails
from realpolitik.stats.reference import Reference
from realpolitik.stats.tone import Sums, design_effects, tone

LEAST = 1e-6  # log-odds squared; keeps a world without spread invertible
SETTLED = 1e-3  # log-odds squared; a world need not be known more closely
STEPS = 40  # of Newton, and of EM
NEAR = 1e-6  # log-odds


@dataclass(frozen=True, eq=False, slots=True)
class World:
    """The bivariate normal of true tones: mean (2) and covariance (2 x 2), words first."""

    mean: Floats
    covariance: Floats

    @classmethod
    def of(cls, words: Sums, deeds: Sums) -> World:
        """The world behind reference dyads, by EM: what they show less the chance in each."""
        tones = [
            tone(s, d) for s, d in zip((words, deeds), design_effects(words, deeds), strict=True)
        ]
        # Sums in one order of dyads, so that exchanged actors give the same world to the last digit.
        order = np.lexsort((*tones, words.n, deeds.n))
        words, deeds, seen = words[order], deeds[order], np.stack(tones, axis=-1)[order]
        world = cls(seen.mean(axis=0), np.cov(seen.T) + LEAST * np.eye(2))
        for _ in range(STEPS):
            mean, covariance = shrunk_tones(words, deeds, world)
            spread = np.cov(mean.T, bias=True) + covariance.mean(axis=0)
            moved = np.abs(spread - world.covariance).max()
            world = cls(mean.mean(axis=0), spread + LEAST * np.eye(2))
            if moved < SETTLED:
                break
        return world


def shrunk_tones(words: Sums, deeds: Sums, world: World) -> tuple[Floats, Floats]:
    """Most likely true tones (dyads x 2) and their covariance (dyads x 2 x 2).

    Effective counts are binomial, which holds where all acts are of one side
    as well; the posterior is normal around its mode. nan where a kind has no act.
    """
    effects = design_effects(words, deeds)
    both = list(zip((words, deeds), effects, strict=True))
    n = np.stack([s.n / d for s, d in both], axis=-1)
    c = np.stack([s.c / d for s, d in both], axis=-1)
    known = np.asarray(~np.isnan(n).any(axis=-1, keepdims=True))
    n, c = np.where(known, n, 0.0), np.where(known, c, 0.0)
    precision = floats(np.linalg.inv(floats(world.covariance)))
    tones = np.broadcast_to(world.mean, n.shape).copy()
    moving = np.ones(len(n), dtype=np.bool_)
    for _ in range(STEPS):
        step = np.clip(_step(tones, n, c, world.mean, precision), -2.0, 2.0)
        # Each dyad stops by itself, so that its company does not matter.
        tones += np.where(moving[:, None], step, 0.0)
        moving &= np.abs(step).max(axis=1) >= NEAR
        if not moving.any():
            break
    covariance = floats(np.linalg.inv(_curve(tones, n, precision)))
    return np.where(known, tones, np.nan), np.where(known[:, :, None], covariance, np.nan)


def _step(tones: Floats, n: Floats, c: Floats, mean: Floats, precision: Floats) -> Floats:
    """One step of Newton towards the mode of each dyad."""
    away = tones - mean
    slope = c - n * expit(tones) - away[:, :1] * precision[0] - away[:, 1:] * precision[1]
    return np.asarray(np.linalg.solve(_curve(tones, n, precision), slope[:, :, None])[:, :, 0])


def _curve(tones: Floats, n: Floats, precision: Floats) -> Floats:
    """Curvature of the log posterior, a 2 x 2 matrix a dyad."""
    p = expit(tones)
    return np.asarray(precision + (n * p * (1 - p))[:, :, None] * np.eye(2))


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
