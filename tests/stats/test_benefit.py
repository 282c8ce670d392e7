"""Deeds held against ties: planted values, what must not move them, and what cannot be told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.stats.benefit import alignment, chance, effective_parties, suits, tie

NET = np.array([[6.0, 4.0], [-8.0, 0.0], [2.0, 0.0]])
GROSS = np.array([[6.0, 6.0], [8.0, 2.0], [2.0, 0.0]])
TIES = np.array([[0.5, 0.5], [-0.5, np.nan], [0.1, 0.1]])


def test_a_tie_is_the_odds_above_the_systems() -> None:
    found = tie(np.array([30.0, 5.0, 19.0]), np.array([10.0, 20.0, 0.0]), np.array(0.0))
    assert found[:2] == pytest.approx([20 / 41, -15 / 26])  # tanh(log(x)/2) is (x-1)/(x+1)
    assert np.isnan(found[2])  # 19 acts are too few


def test_the_benefit_by_hand() -> None:
    # (10*.5 + -8*-.5 + 2*.1) / (12 + 8 + 2): the deeds whose tie is unknown are not counted.
    assert float(suits(NET, GROSS, TIES)) == pytest.approx(9.2 / 22)
    found = alignment(NET, GROSS, TIES, key=1)
    assert found.contributions == pytest.approx([5 / 22, 4 / 22, 0.2 / 22])
    assert found.contributions.sum() == pytest.approx(found.estimate)
    assert found.n_effective == pytest.approx(22**2 / (12**2 + 8**2 + 2**2))
    assert found.lower <= found.estimate <= found.upper


def test_without_a_known_tie_nothing_is_told() -> None:
    found = alignment(NET, GROSS, np.full_like(TIES, np.nan), key=1)
    assert np.isnan(found.estimate) and np.isnan(found.n_effective)
    assert np.isnan(effective_parties(GROSS, np.full_like(TIES, np.nan)))


def made(seed: int, parties: int = 30, steps: int = 6) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    gross = rng.integers(0, 30, (parties, steps)).astype(float)
    net = 2.0 * rng.binomial(gross.astype(int), rng.random((parties, 1))) - gross
    ties = np.tanh(rng.normal(size=(parties, 1)) + 0.1 * rng.normal(size=(parties, steps)))
    ties[rng.random((parties, steps)) < 0.2] = np.nan
    return net, gross, ties


@settings(max_examples=20)
@given(seed=st.integers(0, 50), times=st.floats(0.1, 50))
def test_order_and_scale_move_nothing(seed: int, times: float) -> None:
    net, gross, ties = made(seed)
    order = np.random.default_rng(seed).permutation(len(net))
    before = alignment(net, gross, ties, 3), chance(net, gross, ties, 3, deals=50)
    after = (
        alignment(times * net[order], times * gross[order], ties[order], 3),
        chance(times * net[order], times * gross[order], ties[order], 3, deals=50),
    )
    assert after[0].estimate == pytest.approx(before[0].estimate)
    assert after[0].lower == pytest.approx(before[0].lower)
    assert after[1].p == before[1].p
    assert after[1].expected == pytest.approx(before[1].expected)


def test_opposite_deeds_turn_the_sign() -> None:
    net, gross, ties = made(4)
    here, there = (alignment(sign * net, gross, ties, 3).estimate for sign in (1, -1))
    assert here == pytest.approx(-there)
    p = [chance(sign * net, gross, ties, 3).p for sign in (1, -1)]
    assert sum(p) == pytest.approx(1.0, abs=0.002)


def test_deeds_that_follow_ties_beat_chance() -> None:
    _, gross, ties = made(5)
    found = chance(gross * np.sign(np.nan_to_num(ties)), gross, ties, 3)
    assert found.p == 0.001  # none of 999 dealings does as well


def test_a_dealing_is_one_for_the_whole_time() -> None:
    """Copies of one step tell nothing new: p must not shrink with their number."""
    net, gross, ties = (x[:, :1] for x in made(6))
    once = chance(net, gross, ties, 3)
    often = chance(*(np.repeat(x, 40, axis=1) for x in (net, gross, ties)), 3)
    assert often.p == once.p


def test_ties_are_dealt_only_to_those_who_have_one() -> None:
    """With one known tie there is only one dealing."""
    ties = np.full_like(TIES, np.nan)
    ties[0] = 0.7
    assert chance(NET, GROSS, ties, 3).p == 1.0
