from __future__ import annotations

import math

import numpy as np
import pytest

from realpolitik.stats.cases import difference_interval, leave_one_out, log_odds
from realpolitik.stats.tilt import tilted, tipping_tilt, unsure_tilt
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


def test_the_interval_of_a_difference_against_draws() -> None:
    hidden, spoken = [True] * 9 + [False] * 3, [True] * 4 + [False] * 8
    found = difference_interval(hidden, list("abcdefghijkl"), spoken, list("mnopqrstuvwx"))
    rng = np.random.default_rng(3)
    draws = [
        np.log(rng.gamma(a, size=400_000) / rng.gamma(b, size=400_000))
        # The unbiased variance of 12 cases that stand alone has a design effect of 12/11.
        for a, b in ((9 * 11 / 12 + 0.5, 3 * 11 / 12 + 0.5), (4 * 11 / 12 + 0.5, 8 * 11 / 12 + 0.5))
    ]
    assert found == pytest.approx(np.quantile(draws[0] - draws[1], (0.025, 0.975)), abs=0.02)


def test_few_cases_of_one_side_have_a_wide_interval() -> None:
    hidden, spoken = [True] * 6, [False] * 7
    names = [f"p{i}" for i in range(13)]
    low, high = difference_interval(hidden, names[:6], spoken, names[6:])
    assert low < 3 and high > 8  # where leaving one publication out moves it from 5.27 to 5.11
    shared = difference_interval(hidden, ["a"] * 6, spoken, ["b"] * 7)
    assert shared[0] < 0  # six cases of one publication are worth one


def test_mirrored_sides_mirror_the_interval() -> None:
    args = [True, False, True], ["a", "b", "c"], [False, False, True], ["a", "b", "c"]
    low, high = difference_interval(*args)
    back = difference_interval([not x for x in args[0]], args[1], [not x for x in args[2]], args[3])
    assert back == pytest.approx((-high, -low))


def test_tilt_at_which_the_difference_is_gone() -> None:
    at = tipping_tilt(1.5, -0.5)
    assert at == pytest.approx(math.exp(2))
    assert tilted([2.0], [at]) == pytest.approx(np.zeros((1, 1)))
    found = tilted([2.0, 3.0])
    assert found.shape == (9, 2) and found[4] == pytest.approx([2.0, 3.0])
    assert (np.diff(found, axis=0) < 0).all()
    assert found[0] == pytest.approx([2 + math.log(10), 3 + math.log(10)])


def test_tilt_at_which_the_sign_is_no_longer_sure() -> None:
    assert unsure_tilt(1.0, 3.0) == pytest.approx(math.e)
    assert unsure_tilt(-3.0, -1.0) == pytest.approx(1 / math.e)
    assert unsure_tilt(-1.0, 3.0) == 1.0
    assert tilted([1.0, 3.0], [unsure_tilt(1.0, 3.0)])[0, 0] == pytest.approx(0.0)


def test_the_last_version_disclosed_by_a_day_stands() -> None:
    acts, disclosed = [1, 1, 1, 2, 2], [10, 30, 20, 25, 25]
    assert known_as_of(acts, disclosed, 9).tolist() == [False] * 5
    assert known_as_of(acts, disclosed, 20).tolist() == [False, False, True, False, False]
    assert known_as_of(acts, disclosed, 99).tolist() == [False, True, False, False, True]
