from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import beta
from statsmodels.duration.survfunc import SurvfuncRight

from realpolitik.stats.share import share
from realpolitik.stats.survival import base_rate, follow_through, lift, mean_share


def _random(seed: int, size: int = 60) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    done, watched = rng.integers(0, 200, size), rng.integers(20, 300, size)
    return np.minimum(done, watched), done <= watched


@pytest.mark.parametrize("seed", range(5))
def test_estimate_and_error_are_those_of_kaplan_meier(seed: int) -> None:
    times, observed = _random(seed)
    known = SurvfuncRight(times, observed)
    at = np.searchsorted(known.surv_times, 90, side="right") - 1
    found = follow_through(times, observed, 90)
    assert found.estimate == pytest.approx(1 - known.surv_prob[at])
    variance = found.estimate * (1 - found.estimate) / found.n_effective
    assert math.sqrt(variance) == pytest.approx(known.surv_prob_se[at])
    assert found.lower < found.estimate < found.upper and found.n_effective < 60


def test_without_censoring_it_is_a_plain_share() -> None:
    found = follow_through([0, 10, 30, 31, 400], [True, True, True, True, False], 30)
    assert (found.estimate, found.n_effective) == pytest.approx((0.6, 5))
    assert found.interval == pytest.approx(beta.ppf([0.025, 0.975], 3.5, 2.5))


@pytest.mark.parametrize("observed", [True, False])
def test_one_announcement_leaves_nearly_everything_open(observed: bool) -> None:
    found = follow_through([30 if observed else 31], [observed], 30)
    assert found.estimate == float(observed)
    assert found.upper - found.lower > 0.8 and found.estimate in found.interval


def test_censored_ones_do_not_count_as_kept_or_broken() -> None:
    found = follow_through([5, 5, 5, 90], [False, False, False, False], 30)
    assert found.estimate == 0 and found.n == 4 and found.n_effective == 1


def test_not_watched_long_enough_is_unknown() -> None:
    assert math.isnan(follow_through([10, 12], [True, False], 30).estimate)
    assert math.isnan(follow_through([], [], 30).estimate)
    assert follow_through([10, 12], [False, True], 30).estimate == 1


def test_base_rate_by_hand() -> None:
    # Acts on days 10 and 50, horizon 5: days 5-10 and 45-50 see one.
    found = base_rate([50, 10, 10], [(0, 100)], 5, coverage_end=100)
    assert found.n == 96 and found.estimate == pytest.approx(12 / 96)
    assert found.n_effective == pytest.approx(16)


def test_base_rate_drops_days_whose_window_is_cut() -> None:
    assert base_rate([99], [(90, 100)], 5, coverage_end=100).n == 6
    assert math.isnan(base_rate([99], [(97, 100)], 5, coverage_end=100).estimate)
    assert math.isnan(base_rate([99], [], 5, coverage_end=100).estimate)


def test_base_rate_counts_a_day_once_and_no_day_outside_the_exposure() -> None:
    assert base_rate([], [(0, 9), (5, 14)], 0, coverage_end=50).n == 15
    found = base_rate([20], [(0, 9), (30, 39)], 5, coverage_end=100)
    assert found.estimate == 0 and found.n == 20 and found.upper > 0


@pytest.mark.parametrize("horizon", [0, 7])
def test_base_rate_against_looking_at_each_day(horizon: int) -> None:
    rng = np.random.default_rng(horizon)
    acts = set(rng.integers(0, 300, 12).tolist())
    starts = range(20, 200)
    hits = [any(day in acts for day in range(s, s + horizon + 1)) for s in starts]
    found = base_rate(sorted(acts), [(20, 199)], horizon, coverage_end=1000)
    assert found.estimate == pytest.approx(np.mean(hits))


def test_lift_is_the_ratio_and_its_interval_holds_it() -> None:
    ratio, low, high = lift(share(30, 60), share(50, 500))
    assert ratio == pytest.approx(5.0) and 3 < low < 5 < high < 8
    assert lift(share(30, 60), share(50, 500)) == (ratio, low, high)


def test_lift_without_effect_covers_one() -> None:
    rng = np.random.default_rng(9)
    covered = []
    for run in range(400):
        followed, base = rng.binomial(25, 0.3), rng.binomial(60, 0.3)
        _, low, high = lift(share(followed, 25), share(base, 60), seed=run, draws=400)
        covered.append(low <= 1 <= high)
    assert 0.92 <= np.mean(covered) <= 0.98


def test_lift_has_width_where_all_were_followed_and_is_unknown_without_a_base() -> None:
    _, low, high = lift(share(3, 3), share(10, 20))
    assert low < 1.5 and high > 2
    assert all(math.isnan(value) for value in lift(share(3, 3), share(0, 20)))
    assert all(math.isnan(value) for value in lift(share(0, 0), share(1, 20)))


def test_mean_share_is_worth_one_record() -> None:
    found = mean_share([share(10, 100), share(30, 100), share(0, 0)])
    assert found.estimate == pytest.approx(0.2) and found.n_effective == 100
    assert math.isnan(mean_share([]).estimate)


def test_coverage_under_censoring() -> None:
    rng = np.random.default_rng(10)
    covered = []
    for _ in range(400):
        done = rng.geometric(0.01, 25)
        watched = rng.integers(20, 200, 25)
        found = follow_through(np.minimum(done, watched), done <= watched, 90)
        truth = 1 - 0.99**90
        covered.append(found.lower <= truth <= found.upper)
    assert 0.92 <= np.mean(covered) <= 0.98
