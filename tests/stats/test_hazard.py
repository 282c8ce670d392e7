"""The Cox model of announcements: against two named libraries, and in sight of the reader."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from realpolitik.stats.hazard import Watched, hazard_ratio, watched

DAYS = 3000


def made(seed: int, ratio: float, horizon: int = 30) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    said = np.sort(rng.choice(DAYS, 60, replace=False))
    days = np.arange(DAYS)
    force = np.searchsorted(said, days, side="right") > np.searchsorted(said, days - horizon)
    return days[rng.random(DAYS) < np.where(force, 0.015 * ratio, 0.015)], said


def test_days_since_the_last_deed_announced_or_not_in_sight() -> None:
    found = watched([2, 5], [3], 1, 0, 7)
    assert found.since.tolist() == [1, 2, 3, 1, 2]  # days 3 to 7
    assert found.announced.tolist() == [1, 1, 0, 0, 0]
    assert found.deed.tolist() == [0, 0, 1, 0, 0]
    assert len(watched([], [3], 1, 0, 7).since) == 0


def test_the_ratio_is_that_of_lifelines_and_statsmodels() -> None:
    strata = [watched(*made(seed, 2.5), 30, 0, DAYS - 1) for seed in (1, 2)]
    found = hazard_ratio(strata)
    assert found is not None
    phreg = pytest.importorskip("statsmodels.duration.hazard_regression").PHReg
    column = [
        np.concatenate([getattr(s, name) for s in strata])
        for name in ("since", "announced", "deed")
    ]
    since = column[0].astype(float)
    theirs = phreg(
        since, column[1][:, None].astype(float), status=column[2], entry=since - 0.5, ties="efron",
        strata=np.repeat([0, 1], [len(s.since) for s in strata]),
    ).fit()  # fmt: skip
    assert found[0] == pytest.approx(math.exp(theirs.params[0]), rel=1e-5)
    low, high = np.exp(theirs.conf_int()[0])
    assert (found[1], found[2]) == (pytest.approx(low, rel=0.05), pytest.approx(high, rel=0.05))


def test_what_is_never_or_always_announced_has_no_ratio() -> None:
    since, deed = np.array([1, 1, 1, 1]), np.array([1, 0, 1, 0])
    ones, mixed = np.array([1, 1, 1, 1]), np.array([0, 1, 0, 1])
    assert hazard_ratio([Watched(since, ones, deed)]) is None
    assert hazard_ratio([Watched(since, 1 - mixed, deed)]) is None  # each deed was announced
    found = hazard_ratio([Watched(since, mixed, deed)])  # none was
    assert found is not None and found[:2] == (0.0, 0.0) and math.isfinite(found[2])
    assert hazard_ratio([]) is None


def test_moving_all_days_moves_nothing() -> None:
    deeds, said = made(3, 2.0)
    there = hazard_ratio([watched(deeds, said, 30, 0, DAYS - 1)])
    later = hazard_ratio([watched(deeds + 999, said + 999, 30, 999, DAYS + 998)])
    assert there == later
