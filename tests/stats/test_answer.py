"""Autoregressions against golden numbers and a named library; answers against planted truth."""

from __future__ import annotations

import gzip
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from realpolitik.stats import answer
from realpolitik.stats.arrays import Floats
from realpolitik.stats.regression import classical, fit, wald
from realpolitik.stats.series import Series, series
from realpolitik.stats.shock import shock
from realpolitik.stats.tone import Sums
from validation.dyads import Planted, bare, two_directions

WEEKS = 1278


def weekly(file: Path) -> Floats:
    """The matrix in a file that R wrote: weeks by (Israel to Palestine, Palestine to Israel)."""
    data = gzip.decompress(file.read_bytes())
    size = 2 * WEEKS
    [start] = [i + 4 for i in range(200) if data[i : i + 4] == struct.pack(">i", size)]
    return np.frombuffer(data, ">f8", size, start).reshape(2, WEEKS).T.astype(np.float64)


def both_tests(own: Floats, other: Floats, lags: int) -> tuple[float, float, float]:
    x, even = answer.past(own, other, lags), np.ones(len(own) - lags)
    full, alone = fit(x, own[lags:], even), fit(x[:, : 1 + lags], own[lags:], even)
    robust = wald(full, slice(1 + lags, None))
    return classical(full, alone).f, robust.f, robust.p


def test_golden_numbers_of_israel_and_palestine(shared_data: Path) -> None:
    i2p, p2i = weekly(shared_data / "events" / "keds_weekly" / "IsraelPalestineConflict.RData").T
    to_israel, to_palestine = both_tests(i2p, p2i, 6), both_tests(p2i, i2p, 6)
    assert to_israel[0] == pytest.approx(17.63, abs=0.005)
    assert to_israel[1:] == (pytest.approx(3.26, abs=0.005), pytest.approx(0.0035, abs=5e-5))
    assert to_palestine[0] == pytest.approx(10.91, abs=0.005)
    assert to_palestine[1:] == (pytest.approx(1.30, abs=0.005), pytest.approx(0.253, abs=5e-4))


def test_weighted_hc3_is_that_of_statsmodels() -> None:
    from statsmodels.regression.linear_model import WLS

    rng = np.random.default_rng(1)
    x = np.column_stack([np.ones(80), rng.normal(size=(80, 3))])
    y, w = x @ [1, 0.5, 0, -1] + rng.normal(size=80), rng.uniform(0.2, 3, 80)
    ours, theirs = fit(x, y, w), WLS(y, x, w).fit(cov_type="HC3", use_t=True)
    np.testing.assert_allclose(ours.beta, theirs.params)
    np.testing.assert_allclose(ours.covariance, theirs.cov_params())
    test = theirs.f_test(np.eye(4)[1:3])
    assert (wald(ours, slice(1, 3)).f, wald(ours, slice(1, 3)).p) == (
        pytest.approx(float(test.fvalue)), pytest.approx(float(test.pvalue)),
    )  # fmt: skip


def test_the_classical_f_is_that_of_a_var() -> None:
    from statsmodels.tsa.vector_ar.var_model import VAR

    rng = np.random.default_rng(2)
    both = np.cumsum(rng.normal(size=(150, 2)), axis=0) * 0.1 + rng.normal(size=(150, 2))
    theirs = VAR(both).fit(3).test_causality(0, 1, kind="f")
    assert both_tests(both[:, 0], both[:, 1], 3)[0] == pytest.approx(float(theirs.test_statistic))


def test_rows_of_weight_0_take_no_part() -> None:
    rng = np.random.default_rng(3)
    x, y = np.column_stack([np.ones(50), rng.normal(size=50)]), rng.normal(size=50)
    w = np.ones(50)
    w[10] = 0
    wild = y.copy()
    wild[10] = 1e9
    assert fit(x, wild, w).beta == pytest.approx(
        fit(np.delete(x, 10, 0), np.delete(y, 10), np.ones(49)).beta
    )


def autoregression(size: int, effect: float, seed: int) -> tuple[Series, Series]:
    """The first answers the second; nothing hides the true tone."""
    rng = np.random.default_rng(seed)
    tone = rng.normal(size=(size, 2))
    for t in range(1, size):
        tone[t] += 0.4 * tone[t - 1]
        tone[t, 0] += effect * tone[t - 1, 1]
    return bare(tone[:, 0]), bare(tone[:, 1])


def test_a_planted_answer_inertia_and_lead_are_found() -> None:
    own, other = autoregression(3000, 0.5, 4)
    equation, back = answer.equation(own, other, 1), answer.equation(other, own, 1)
    assert equation.inertia()[0] == pytest.approx(0.4, abs=0.05)
    assert equation.answers().p < 1e-6 < back.answers().p
    found = answer.response(own, other, 1, 6)
    truth = 0.5 * sum(h * 0.4 ** (h - 1) for h in range(1, 7))
    assert found.estimate == pytest.approx(truth, abs=3 * found.deviation)
    assert found.deviation < 0.15
    assert answer.lead(equation, back).balance > 0.9


def test_bic_finds_the_lags() -> None:
    rng = np.random.default_rng(5)
    tone = rng.normal(size=(2000, 2))
    for t in range(3, 2000):
        tone[t, 0] += 0.4 * tone[t - 3, 1]
    assert answer.best_lags((bare(tone[:, 0]), bare(tone[:, 1])), 6) == 3


def test_exchanging_the_sides_mirrors_lead_and_its_draws() -> None:
    own, other = autoregression(200, 0.3, 6)
    one, two = answer.equation(own, other, 2), answer.equation(other, own, 2)
    assert answer.lead(one, two).balance == -answer.lead(two, one).balance
    there = answer.lead_draws((one, two), np.random.default_rng(1), 50, 6.0)
    back = answer.lead_draws((two, one), np.random.default_rng(1), 50, 6.0)
    np.testing.assert_array_equal(there, back[:, ::-1])


def test_a_draw_of_all_periods_once_is_the_point() -> None:
    own, other = autoregression(200, 0.3, 7)
    one = answer.equation(own, other, 2)
    drawn = answer._feedbacks(one, np.ones((1, len(one.y))))
    assert drawn[0] == pytest.approx(answer.lead(one, one).to_first, rel=1e-5)


def test_the_stationary_bootstrap_keeps_blocks() -> None:
    index = answer.stationary(500, 20, 10.0, np.random.default_rng(8))
    follows = np.mean((index[:, 1:] - index[:, :-1]) % 500 == 1)
    assert follows == pytest.approx(0.9, abs=0.02)
    assert index.min() >= 0 and index.max() < 500


def test_volume_leaves_the_series() -> None:
    rng = np.random.default_rng(9)
    n = rng.integers(20, 60, 80).astype(float)
    c = rng.binomial(n.astype(int), 0.4).astype(float)
    quiet = series(Sums(n, c, n * n, c * n, c * c, np.ones(80)))
    loud = series(Sums(2 * n, 2 * c, 4 * n * n, 4 * c * n, 4 * c * c, np.ones(80)))
    np.testing.assert_allclose(quiet.tone, loud.tone, atol=0.02)
    assert loud.design > quiet.design


def test_a_period_without_acts_is_the_mean_and_is_never_explained() -> None:
    n = np.array([10.0, 0, 10, 10])
    c = np.array([2.0, 0, 4, 3])
    found = series(Sums(n, c, n, c, c, n))
    assert list(found.seen) == [True, False, True, True]
    assert found.tone[1] == pytest.approx(np.log(9.5 / 21.5))
    assert answer.weights(found, 0.1)[1] == 0


def test_a_missing_answer_to_a_large_shock_is_seen_and_a_full_one_is_not() -> None:
    made = Planted(weeks=400, answer=0.5, clusters=60.0, shock=-5.0, after=6, told=60)
    whole, none = [], []
    for seed in range(6):
        for ratio, kept in ((1.0, whole), (0.0, none)):
            rng = np.random.default_rng(seed)
            own, other = two_directions(replace(made, ratio=ratio), rng)
            kept.append(shock(own, other, 400, 1, 6, np.random.default_rng(1), 300))
    assert np.median([one.ratio[0] for one in whole]) == pytest.approx(1.0, abs=0.35)
    assert np.median([one.ratio[0] for one in none]) == pytest.approx(0.0, abs=0.35)
    assert sum(one.p <= 0.05 for one in none) >= 4 > 1 >= sum(one.p <= 0.05 for one in whole)
    assert all(one.size < -5 and one.power_none > one.power_half for one in none)
    assert all(one.abnormal[0] == pytest.approx(one.observed[0] - one.predicted[0]) for one in none)
