"""Placebo dates and forecast skill: planted truth, and what must not move them."""

from __future__ import annotations

import numpy as np
import pytest

from realpolitik.stats.forecast import brier_skill, comes_within, placebo_p

SPAN = (0, 2999)


def test_within_a_horizon_counts_both_ends() -> None:
    assert comes_within([10], [4, 5, 10, 11], 5).tolist() == [False, True, True, False]


def test_deeds_that_answer_stand_out_from_shuffled_dates() -> None:
    said = np.arange(50, 2900, 150)
    assert placebo_p([said], [said + 3], 5, SPAN, seed=1) < 0.01
    assert placebo_p([said], [said + 60], 5, SPAN, seed=1) == 1.0
    assert np.isnan(placebo_p([np.array([2999])], [said], 5, SPAN, seed=1))


def test_bunched_announcements_are_shuffled_in_one_piece() -> None:
    # Thirty announcements of one week are one case: by chance alone they fit one time in many.
    said, deeds = np.arange(1000, 1030), np.arange(0, 3000, 60)
    assert placebo_p([said], [deeds], 30, SPAN, seed=1) > 0.1


def test_a_perfect_herald_has_skill_and_noise_has_none() -> None:
    rng = np.random.default_rng(4)
    said = np.sort(rng.choice(3000, 30, replace=False))
    herald = brier_skill(said, said + 6, 5, SPAN, seed=1)
    noise = brier_skill(said, np.sort(rng.choice(3000, 30, replace=False)), 5, SPAN, seed=1)
    assert herald is not None and noise is not None
    assert herald.lower > 0.2
    assert noise.lower < 0.02 and noise.estimate < 0.02
    (days, told, came), _ = herald.reliability
    assert days > 100 and told == pytest.approx(came, abs=0.1)


def test_a_record_that_is_all_alike_has_no_skill_to_speak_of() -> None:
    assert brier_skill([5], np.arange(3000), 5, SPAN, seed=1) is None
    assert brier_skill([5], [9], 5, (0, 20), seed=1) is None
