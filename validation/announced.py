"""Module 1, follow-through: do its intervals cover, and are its placebos right?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from realpolitik.stats.arrays import Ints
from realpolitik.stats.forecast import brier_skill, placebo_p
from realpolitik.stats.hazard import hazard_ratio, watched
from realpolitik.stats.survival import follow_through
from validation.bars import Bar, bar

MODULE = "1 follow"
DAYS, HORIZON, DAILY = 3000, 30, 0.015
RATIOS = (1.0, 2.5)
SPAN = (0, DAYS - 1)


def follow_bars(runs: int, seed: int) -> Iterator[Bar]:
    """Kaplan-Meier and Cox coverage, the size of placebos, and skill where there is none."""
    rng = np.random.default_rng(seed)
    yield bar(MODULE, "coverage of the share followed, censored", [_kept(runs, rng)], 0.92, 0.98)
    covered = [_hazard(runs, ratio, rng) for ratio in RATIOS]
    yield bar(MODULE, "coverage of the hazard ratio, true 1 and 2.5", covered, 0.92, 0.98)
    calm = [_nothing(rng) for _ in range(runs)]
    size = float(np.mean([p <= 0.05 for p, _ in calm]))
    yield bar(MODULE, "placebo p <= 0.05 where nothing answers", [size], 0.02, 0.08)
    mean = float(np.nanmean([skill for _, skill in calm]))
    yield bar(MODULE, "Brier skill where nothing answers, mean", [mean], -0.05, 0.01)


def _kept(runs: int, rng: np.random.Generator) -> float:
    """Announcements followed after exponential times, watched for a random time."""
    true = 1 - np.exp(-HORIZON / 40)
    hits = 0
    for _ in range(runs):
        wait, end = np.ceil(rng.exponential(40, 40)), np.ceil(rng.uniform(5, 120, 40))
        found = follow_through(np.minimum(wait, end), wait <= end, HORIZON)
        hits += found.lower <= true <= found.upper
    return hits / runs


def _made(ratio: float, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Bunched announcements, and deeds that come `ratio` times faster while one is in force."""
    starts = rng.choice(DAYS - 10, 25, replace=False)
    said = np.unique((starts[:, None] + rng.integers(0, 10, (25, 3))).ravel())
    days = np.arange(DAYS)
    force = np.searchsorted(said, days, side="right") > np.searchsorted(said, days - HORIZON)
    return said, days[rng.random(DAYS) < DAILY * np.where(force, ratio, 1.0)]


def _hazard(runs: int, ratio: float, rng: np.random.Generator) -> float:
    hits = 0
    for _ in range(runs):
        said, deeds = _made(ratio, rng)
        found = hazard_ratio([watched(deeds, said, HORIZON, *SPAN)])
        hits += found is not None and found[1] <= ratio <= found[2]
    return hits / runs


def _nothing(rng: np.random.Generator) -> tuple[float, float]:
    said, deeds = _made(1.0, rng)
    key = int(rng.integers(2**31))
    skill = brier_skill(said, deeds, HORIZON, SPAN, key, draws=50)
    p = placebo_p([said], [deeds], HORIZON, SPAN, key, placebos=199)
    return p, float("nan") if skill is None else skill.estimate
