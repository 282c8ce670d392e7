from __future__ import annotations

import numpy as np
import pytest

from realpolitik.stats.lags import known_by, lag_quantile, nowcast


def test_median_and_order_statistics() -> None:
    median, (low, high) = lag_quantile([70, 10, 60, 30, 50, 40, 20], 0.5)
    assert (median, low, high) == (40, 10, 70)
    # 11 values: ranks 2 and 10 hold the median with 98.8 %, 3 and 9 only with 93.5 %.
    median, (low, high) = lag_quantile(range(1, 12))
    assert (median, low, high) == (6, 2, 10)


def test_interval_covers_at_least_its_level() -> None:
    rng = np.random.default_rng(1)
    for size in (6, 15, 40):
        found = [lag_quantile(rng.exponential(100, size))[1] for _ in range(1000)]
        truth = 100 * np.log(2)
        assert np.mean([low <= truth <= high for low, high in found]) >= 0.945


def test_dates_known_to_an_interval_widen_it() -> None:
    exact, (low, high) = lag_quantile([10, 20, 30, 40, 50, 60])
    middle, (lowest, highest) = lag_quantile([5, 15, 25, 35, 45, 55], 0.5, [15, 25, 35, 45, 55, 65])
    assert middle == exact and lowest == low - 5 and highest == high + 5


def test_fewer_than_five_lags_are_refused() -> None:
    with pytest.raises(ValueError, match="4 lags: at least 5"):
        lag_quantile([1, 2, 3, 4])
    assert lag_quantile([1, 2, 3, 4, 5])[1] == (1, 5)


def test_lags_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        lag_quantile([1, 2, 3, 4, 9], 0.5, [1, 2, 3, 4, 5])


def test_chance_to_be_known_by_hand() -> None:
    # ages and lags: g(2) = 1/3, g(1) = 1/3: of three acts known at age 1 one had lag 1.
    age, lag = np.array([3, 3, 3, 1]), np.array([0, 1, 2, 0])
    assert known_by(age, lag) == pytest.approx([2 / 3 * 2 / 3, 2 / 3, 1, 1])


def test_chance_to_be_known_against_the_definition() -> None:
    rng = np.random.default_rng(2)
    age = rng.integers(0, 40, 200)
    lag = rng.integers(0, 30, 200)
    age, lag = age[lag <= age], lag[lag <= age]
    at_all = range(int(age.max()) + 1)
    hazard = [
        np.sum((lag == d) & (age >= d)) / max(1, np.sum((lag <= d) & (age >= d))) for d in at_all
    ]
    known = [np.prod([1 - g for g in hazard[d + 1 :]]) for d in at_all]
    assert known_by(age, lag) == pytest.approx(known)


def test_a_single_lag_does_not_divide_by_zero() -> None:
    found = nowcast([0, 0, 8], [5, 5, 2], as_of=10, since=0, draws=50)
    assert np.isfinite([found.estimate, found.lower, found.upper]).all() and found.recorded == 3
    assert found.recorded <= found.lower <= found.estimate <= found.upper


def test_nothing_recorded_is_unknown() -> None:
    assert np.isnan(nowcast([0], [3], as_of=100, since=90, draws=10).estimate)


def test_what_was_not_yet_disclosed_cannot_be_known() -> None:
    with pytest.raises(ValueError, match="by the day as of"):
        nowcast([0], [30], as_of=10, since=0)
