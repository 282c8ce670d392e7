"""Two directions with planted inertia, answers and breaks, seen through clustered reports."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from realpolitik.stats.arrays import Floats
from realpolitik.stats.series import Series, series
from realpolitik.stats.tone import Sums

LEVEL = -0.5  # mean log-odds tone of both directions
STEP = 0.5  # SD of what a true tone does by itself from one week to the next
CARRY = 0.4  # inertia of both directions
CLUSTERS = 4.0  # stories a week and direction, on average, of about three acts each
WITHIN = 0.2  # correlation of two acts of one story
STAYS = 0.5  # how much of a week's attention is left in the next
WARM_UP = 50


@dataclass(frozen=True, slots=True)
class Planted:
    """What is planted: weeks, answer of the first direction to the second, shared attention.

    `shock` is what the second direction does by itself in the last but `after` week; the first
    gives the share `ratio` of the answer that the truth foretells. That week is told in at least
    `told` stories.
    """

    weeks: int
    answer: float = 0.0
    attention: float = 0.8
    clusters: float = CLUSTERS
    shock: float = 0.0
    after: int = 0
    ratio: float = 1.0
    told: int = 0


def two_directions(of: Planted, rng: np.random.Generator) -> tuple[Series, Series]:
    """Series of tone of both directions; the first answers the second, the second nobody."""
    true = _true(of, rng)
    size = len(true)
    mood = _attention(size, of.attention, rng)
    stories = rng.poisson(of.clusters * np.exp(mood - of.attention**2 / 2), (2, size))
    if of.after:
        at = size - 1 - of.after
        stories[:, at] = np.maximum(stories[:, at], of.told)
    first, second = (series(reports(LEVEL + true[:, i], stories[i], rng)) for i in (0, 1))
    return first, second


def _true(of: Planted, rng: np.random.Generator) -> Floats:
    size = WARM_UP + of.weeks + of.after + (1 if of.after else 0)
    own = rng.normal(0.0, STEP, (size, 2))
    at = size - 1 - of.after
    if of.after:
        own[at, 1] = of.shock
    true, due = np.zeros((size, 2)), np.zeros((size, 2))
    due[at, 1] = own[at, 1] if of.after else 0.0
    for t in range(1, size):
        true[t] = CARRY * true[t - 1] + own[t]
        true[t, 0] += of.answer * true[t - 1, 1]
        if t > at:
            due[t] = CARRY * due[t - 1]
            due[t, 0] += of.answer * due[t - 1, 1]
    true[at + 1 :, 0] -= (1 - of.ratio) * due[at + 1 :, 0]
    return true[WARM_UP:]


def _attention(size: int, spread: float, rng: np.random.Generator) -> Floats:
    step = rng.normal(0.0, spread, size) * np.sqrt(1 - STAYS**2)
    mood = np.zeros(size)
    for t in range(1, size):
        mood[t] = STAYS * mood[t - 1] + step[t]
    return mood


def reports(tone: Floats, stories: np.ndarray, rng: np.random.Generator) -> Sums:
    """Sums of the stories of each period: beta-binomial acts around its true tone."""
    week = np.repeat(np.arange(len(tone)), stories)
    n = (1 + rng.poisson(2.0, len(week))).astype(np.float64)
    p, weight = expit(tone)[week], (1 - WITHIN) / WITHIN
    c = rng.binomial(n.astype(int), rng.beta(p * weight, (1 - p) * weight)).astype(np.float64)

    def total(values: Floats) -> Floats:
        return np.bincount(week, values, len(tone)).astype(np.float64)

    return Sums(total(n), total(c), total(n * n), total(c * n), total(c * c), total(n * 0 + 1))


def wander(size: int, persistence: float, rng: np.random.Generator) -> Floats:
    """A flat autoregressive series of SD 1."""
    step = rng.standard_normal(size + WARM_UP)
    made = np.zeros(size + WARM_UP)
    for t in range(1, len(made)):
        made[t] = persistence * made[t - 1] + np.sqrt(1 - persistence**2) * step[t]
    return made[WARM_UP:]


def bare(tone: Floats) -> Series:
    """A series without error of reports."""
    return Series(tone, np.zeros(len(tone)), np.ones(len(tone)), 1.0)
