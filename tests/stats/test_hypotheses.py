"""Marginal likelihoods against their closed form, and what must not move a reading."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betaln

from realpolitik.stats.hypotheses import (
    CATCH_ALL,
    CELLS,
    ISSUES,
    NAMES,
    SAYS,
    SHAPES,
    Grid,
    Likelihood,
    Setting,
    over_rivals,
    pooled_design,
    posterior,
    settings,
)

EVEN = np.zeros(CELLS)


def counts(seed: int, issues: int = 3, most: int = 12) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, most, (1, CELLS, issues, 1, 2)).astype(float)


def marginals(
    found: np.ndarray, design: float = 1.0, right: float = 1.0, **more: float
) -> np.ndarray:
    concentration = more.pop("concentration", 1.0)
    return Likelihood(found, EVEN, (right,), **more).marginals(design, concentration)[0]


@pytest.mark.parametrize("design", [1.0, 2.5])
@pytest.mark.parametrize("concentration", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("name", [name for name, says in SAYS.items() if says])
def test_named_readings_have_the_closed_form(
    name: str, design: float, concentration: float
) -> None:
    found = counts(1)
    total = 0.0
    for cell, level in enumerate(level for level in SAYS[name] or () for _ in range(2)):
        a, b = (concentration * x for x in SHAPES[level])
        c, f = found[0, cell].sum(axis=(0, 1)) / design
        total += betaln(c + a, f + b) - betaln(a, b)
    got = marginals(found, design, concentration=concentration)[NAMES.index(name)]
    assert got == pytest.approx(total, abs=1e-3)


def test_no_act_moves_no_reading() -> None:
    nothing = marginals(np.zeros((1, CELLS, 3, 1, 2)))
    named = np.arange(len(NAMES)) != ISSUES
    assert nothing[named] == pytest.approx(0.0, abs=1e-3)
    assert nothing[ISSUES] == -np.inf


def test_the_absence_of_private_acts_favours_nothing_private() -> None:
    """Public words hostile, public deeds unseen: enmity, staged enmity and patronage stay level."""
    found = np.zeros((1, CELLS, 2, 1, 2))
    found[0, :2, 0, 0] = [2, 10]
    got = marginals(found)
    level = [NAMES.index(name) for name in ("open_enmity", "staged_enmity", "patron_client")]
    assert np.ptp(got[level]) < 1e-6


@given(seed=st.integers(0, 100))
def test_directions_and_issues_may_be_exchanged(seed: int) -> None:
    found = counts(seed)
    turned = found.reshape(1, 2, 2, 2, 3, 1, 2)[:, :, :, ::-1].reshape(found.shape)[:, :, ::-1]
    assert marginals(turned) == pytest.approx(marginals(found))


@given(seed=st.integers(0, 100))
def test_exchanging_the_sides_exchanges_enmity_and_friendship(seed: int) -> None:
    found = counts(seed)
    here, there = marginals(found), marginals(found[..., ::-1])
    enmity, friendship = NAMES.index("open_enmity"), NAMES.index("open_friendship")
    assert here[enmity] == pytest.approx(there[friendship])
    assert here[ISSUES] == pytest.approx(there[ISSUES])


@given(seed=st.integers(0, 30), times=st.sampled_from([2.0, 5.0]))
def test_repeated_reports_cancel_against_their_design_effect(seed: int, times: float) -> None:
    found = counts(seed)
    assert marginals(times * found, times) == pytest.approx(marginals(found), abs=2e-2)


def test_a_report_that_is_never_right_tells_nothing() -> None:
    silent = marginals(counts(3), right=0.0)
    named = [place for place in range(len(NAMES)) if place != ISSUES]
    assert np.ptp(silent[named]) < 1e-3


def test_a_tilt_moves_private_cells_only() -> None:
    public, private = (np.zeros((1, CELLS, 1, 1, 2)) for _ in range(2))
    public[0, [0, 1, 4, 5], 0, 0] = private[0, [2, 3, 6, 7], 0, 0] = [6, 6]
    assert marginals(public, tilt=10.0) == pytest.approx(marginals(public))
    # Cooperation that comes to light ten times as easily says less: enmity gains on friendship.
    pair = [NAMES.index("open_enmity"), NAMES.index("open_friendship")]
    before, after = (np.subtract(*marginals(private, tilt=tilt)[pair]) for tilt in (1.0, 10.0))
    assert after > before + 3


def test_conduct_as_usual_is_one_half() -> None:
    """A typical dyad that is cooperative nine times in ten makes nine in ten the middle."""
    found = np.zeros((1, CELLS, 1, 1, 2))
    found[0, :, 0, 0] = [18, 2]
    usual = Likelihood(found, np.full(CELLS, np.log(9)), (1.0,)).marginals(1.0)[0]
    assert np.argmax(usual) == CATCH_ALL
    assert np.argmax(marginals(found)) == NAMES.index("open_friendship")


def test_dealing_by_issue_is_found_and_needs_two_issues() -> None:
    found = np.zeros((1, CELLS, 2, 1, 2))
    found[0, :, 0, 0], found[0, :, 1, 0] = [9, 2], [2, 9]
    assert np.argmax(marginals(found)) == ISSUES
    one = found[:, :, :1]
    assert marginals(one)[ISSUES] == -np.inf
    assert Grid(one, EVEN).prior[ISSUES] == 0
    assert Grid(one, EVEN).prior.sum() == pytest.approx(1.0)


def test_another_pattern_is_not_taken_for_a_named_reading() -> None:
    """Public words warm and all else cold, alike over issues: none of the named readings."""
    found = np.zeros((1, CELLS, 4, 1, 2))
    found[0, :2, :, 0], found[0, 2:, :, 0] = [6, 2], [2, 6]
    assert np.argmax(marginals(found)) == CATCH_ALL
    assert over_rivals(marginals(found))[CATCH_ALL] > np.log(3)


def test_the_posterior_adds_up_and_a_rival_is_never_itself() -> None:
    rows = np.array([[0.0, -1.0, -np.inf], [-3.0, 2.0, -np.inf]])
    assert posterior(rows, np.full(3, 1 / 3)).sum(axis=-1) == pytest.approx([1, 1])
    assert over_rivals(rows)[:, :2] == pytest.approx(np.array([[1, -1], [-5, 5]]))


def test_the_grid_is_whole_and_a_tilt_needs_private_acts() -> None:
    assert len(settings(1.0, [(1.0,), (0.8,)], private=True)) == 2 * 9 * 3 * 3
    assert len(settings(1.0, [(1.0,)], private=False)) == 9
    assert Setting(1.0, (1.0,)) in settings(1.0, [(1.0,)], private=True)


def test_a_design_effect_by_hand() -> None:
    # Six clusters of two acts in one stratum, each of one side: n/(n-1) against G/(G-1).
    c = np.array([2.0, 2.0, 2.0, 0.0, 0.0, 0.0])
    n, one = np.full(6, 2.0), np.zeros(6)
    assert pooled_design(c, n, one) == pytest.approx((6 / 5 * 6) / (12 / 11 * 3))
    assert pooled_design(np.full(6, 2.0), n, one) == pytest.approx(2.0)  # one side only: the widest
    alone = np.array([1.0, 0.0, 1.0, 0.0])
    assert pooled_design(alone, np.ones(4), np.zeros(4)) == pytest.approx(1.0)
