from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from scipy.stats import beta

from realpolitik.stats.tone import (
    Sums,
    design_effects,
    own_design_effect,
    perfect_design_effect,
    tone,
    tone_draws,
    tone_interval,
)
from tests.stats.made import mirrored, sums
from validation.tone import louder

# Three clusters of (cooperative, all) acts: (2, 2), (0, 1), (1, 3).
THREE = Sums.from_clusters([[2, 0, 1]], [[2, 1, 3]])
# p = 1/2: residuals 1, -1/2, -1/2; (3/2) * 1.5 / (6/4) = 1.5
OWN_OF_THREE = 1.5


def test_sums_of_clusters() -> None:
    found = [float(getattr(THREE, name)[0]) for name in ("n", "c", "nn", "cn", "cc", "clusters")]
    assert found == [6, 3, 14, 7, 5, 3]


def test_clusters_without_acts_do_not_count() -> None:
    assert Sums.from_clusters([[2, 0]], [[3, 0]]).clusters[0] == 1


def test_months_add_up_to_the_year() -> None:
    halves = Sums.from_clusters([[2, 0], [1, 0]], [[2, 1], [3, 0]])
    for added in (halves.sum(0), halves[0] + halves[1]):
        assert added.nn == THREE.nn[0] and added.clusters == 3


def test_own_design_effect_by_hand() -> None:
    assert own_design_effect(THREE)[0] == pytest.approx(OWN_OF_THREE)


@pytest.mark.parametrize(
    ("cooperation", "everything"), [([4, 1], [4, 1]), ([0, 0], [4, 1]), ([2, 0], [4, 0])]
)
def test_own_design_effect_unknown(cooperation: list[int], everything: list[int]) -> None:
    assert np.isnan(own_design_effect(Sums.from_clusters([cooperation], [everything])))[0]


def test_pooled_is_weighted_by_clusters_and_both_take_at_least_it() -> None:
    single = Sums.from_clusters([[1, 0, 1, 0, 1]], [[1] * 5])
    paired = Sums.from_clusters([[2, 0, 2, 1, 0]], [[2] * 5])
    own_single, own_paired = own_design_effect(single)[0], own_design_effect(paired)[0]
    assert own_single == pytest.approx(1.25) and own_paired == pytest.approx(2.0)
    d = design_effects(paired + paired, paired)
    pooled = (10 * own_design_effect(paired + paired)[0] + 5 * own_paired) / 15
    assert d[0][0] == pytest.approx(pooled)
    assert d[1][0] == pytest.approx(own_paired)


def test_pooled_is_limited_by_what_the_clusters_of_a_kind_allow() -> None:
    loud = louder(Sums.from_clusters([[1, 0, 1, 0, 1, 0]], [[1] * 6]), 10)
    plain = Sums.from_clusters([[1, 0, 2, 1]], [[2, 1, 2, 2]])
    d_loud, d_plain = design_effects(loud, plain)
    assert d_loud[0] == pytest.approx(12)
    assert d_plain[0] == pytest.approx(perfect_design_effect(plain)[0])


def test_one_sided_kind_takes_the_effect_of_the_other() -> None:
    one_sided = Sums.from_clusters([[9, 9]], [[9, 9]])
    assert design_effects(one_sided, THREE)[0][0] == pytest.approx(OWN_OF_THREE)


def test_both_one_sided_take_the_widest() -> None:
    one_sided = Sums.from_clusters([[4, 2]], [[4, 2]])
    assert design_effects(one_sided, one_sided)[1][0] == pytest.approx(20 / 6)


def test_no_acts_is_unknown_not_zero() -> None:
    none = Sums.from_clusters([[0, 0]], [[0, 0]])
    d = design_effects(THREE, none)
    assert d[0][0] == pytest.approx(OWN_OF_THREE) and np.isnan(d[1][0])
    interval = tone_interval(none, 1.0)
    assert np.isnan([interval.point, interval.lower, interval.upper]).all()
    assert np.isnan(tone_draws(none, 1.0, np.random.default_rng(1), 5)).all()


def test_tone_by_hand() -> None:
    s = Sums.from_clusters([[8]], [[12]])
    assert tone(s, 2.0)[0] == pytest.approx(math.log(4.5 / 2.5))


def test_interval_is_the_beta_quantile() -> None:
    s = Sums.from_clusters([[8]], [[12]])
    p = beta.ppf([0.05, 0.95], 4.5, 2.5)
    interval = tone_interval(s, 2.0, level=0.9)
    assert [interval.lower[0], interval.upper[0]] == pytest.approx(np.log(p / (1 - p)).tolist())


def test_interval_is_finite_next_to_certainty() -> None:
    s = Sums.from_clusters([[10**6]], [[10**6]])
    interval = tone_interval(s, 1.0)
    assert np.isfinite([interval.lower, interval.upper]).all()
    assert interval.lower[0] < interval.point[0] < interval.upper[0]


def test_draws_follow_the_posterior() -> None:
    s = Sums.from_clusters([[8], [40]], [[12], [40]])
    draws = tone_draws(s, 1.0, np.random.default_rng(3), 200_000)
    interval = tone_interval(s, 1.0)
    ends = np.quantile(draws, [0.025, 0.975], axis=0)
    assert np.allclose(ends, [interval.lower, interval.upper], atol=0.06)


@given(sums(), sums())
def test_exchanging_cooperation_and_conflict_mirrors(words: Sums, deeds: Sums) -> None:
    d, turned = design_effects(words, deeds), design_effects(mirrored(words), mirrored(deeds))
    assert np.allclose(d[0], turned[0]) and np.allclose(d[1], turned[1])
    there, back = tone_interval(words, d[0]), tone_interval(mirrored(words), d[0])
    assert np.allclose(there.point, -back.point)
    assert np.allclose(there.lower, -back.upper) and np.allclose(there.upper, -back.lower)


@given(sums(), sums())
def test_order_of_dyads_does_not_matter(words: Sums, deeds: Sums) -> None:
    order = [2, 0, 1]
    d, moved = design_effects(words, deeds), design_effects(words[order], deeds[order])
    assert np.array_equal(d[0][order], moved[0]) and np.array_equal(d[1][order], moved[1])
    assert np.array_equal(tone(words, d[0])[order], tone(words[order], moved[0]))


@given(sums())
def test_louder_media_leave_the_tone_once_clusters_bind(words: Sums) -> None:
    once, tenfold = louder(words, 10), louder(words, 100)
    d_once, d_tenfold = design_effects(once, once)[0], design_effects(tenfold, tenfold)[0]
    binds = d_once > 1
    assert np.allclose(tone(once, d_once)[binds], tone(tenfold, d_tenfold)[binds])


@given(sums(), sums())
def test_design_effect_is_never_below_one(words: Sums, deeds: Sums) -> None:
    d = design_effects(words, deeds)
    assert (d[0] >= 1).all() and (d[1] >= 1).all()
