from __future__ import annotations

import math

import numpy as np
import pytest

from realpolitik.stats.cases import leave_one_out, log_odds
from realpolitik.stats.tilt import tilted, tipping_tilt
from realpolitik.stats.versions import known_as_of


def test_log_odds_adds_a_half() -> None:
    assert log_odds([True, True, False]) == pytest.approx(math.log(2.5 / 1.5))
    assert math.isnan(log_odds([]))


def test_leave_one_out_by_hand() -> None:
    hidden, spoken = [True, True, False], [False, False, True]
    found = leave_one_out(hidden, ["a", "b", "b"], spoken, ["a", "b", "c"])
    without = {
        "a": log_odds([True, False]) - log_odds([False, True]),
        "b": log_odds([True]) - log_odds([False, True]),
        "c": log_odds(hidden) - log_odds([False, False]),
    }
    assert found == pytest.approx((min(without.values()), max(without.values())))


def test_leave_one_out_of_what_rests_on_one_source() -> None:
    assert leave_one_out([True], ["a"], [False], ["a"]) is None
    assert leave_one_out([True], ["a"], [False, True], ["b", "c"]) is None


def test_mirrored_sides_mirror_the_range() -> None:
    args = [True, False, True], ["a", "b", "c"], [False, False, True], ["a", "b", "c"]
    low, high = leave_one_out(*args) or (0, 0)
    back = leave_one_out([not x for x in args[0]], args[1], [not x for x in args[2]], args[3])
    assert back == pytest.approx((-high, -low))


def test_tilt_at_which_the_difference_is_gone() -> None:
    at = tipping_tilt(1.5, -0.5)
    assert at == pytest.approx(math.exp(2))
    assert tilted(1.5, -0.5, [at]) == pytest.approx([0.0])
    found = tilted(1.5, -0.5)
    assert len(found) == 9 and found[4] == pytest.approx(2.0) and (np.diff(found) < 0).all()
    assert found[0] == pytest.approx(2 + math.log(10))


def test_the_last_version_disclosed_by_a_day_stands() -> None:
    acts, disclosed = [1, 1, 1, 2, 2], [10, 30, 20, 25, 25]
    assert known_as_of(acts, disclosed, 9).tolist() == [False] * 5
    assert known_as_of(acts, disclosed, 20).tolist() == [False, False, True, False, False]
    assert known_as_of(acts, disclosed, 99).tolist() == [False, True, False, False, True]
