"""Words for two audiences inside matched events: the planted difference, and what cannot be told."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from numpy.typing import NDArray

from realpolitik.stats.matched import matched_difference

Counts = NDArray[np.int64]


def made(difference: float, events: int, seed: int) -> tuple[Counts, Counts, Counts, Counts]:
    """Events of very different tone with one difference between home and abroad in all of them."""
    rng = np.random.default_rng(seed)
    level = rng.normal(0, 2, events)
    home_n, abroad_n = rng.integers(1, 6, (2, events))
    home = rng.binomial(home_n, 1 / (1 + np.exp(-level - difference)))
    abroad = rng.binomial(abroad_n, 1 / (1 + np.exp(-level)))
    return home, home_n, abroad, abroad_n


def test_the_difference_is_found_whatever_the_events_are_like() -> None:
    found = [matched_difference(*made(-1.0, 300, seed)) for seed in range(40)]
    assert np.mean([one.estimate for one in found]) == pytest.approx(-1.0, abs=0.08)
    assert np.mean([one.lower <= -1.0 <= one.upper for one in found]) >= 0.9


def test_no_difference_is_seldom_called_one() -> None:
    found = [matched_difference(*made(0.0, 80, seed)) for seed in range(200)]
    assert np.mean([one.lower > 0 or one.upper < 0 for one in found]) <= 0.08


def test_home_and_abroad_exchanged_turn_the_sign() -> None:
    home, home_n, abroad, abroad_n = made(0.7, 100, 3)
    there = matched_difference(home, home_n, abroad, abroad_n)
    back = matched_difference(abroad, abroad_n, home, home_n)
    assert (back.estimate, back.lower, back.upper) == pytest.approx(
        (-there.estimate, -there.upper, -there.lower)
    )
    assert back.events == there.events


def test_events_with_one_audience_or_one_side_tell_nothing() -> None:
    home, home_n, abroad, abroad_n = made(-0.5, 120, 4)
    alone = matched_difference(home, home_n, abroad, abroad_n)
    more = [
        np.append(counts, extra)
        for counts, extra in zip(
            (home, home_n, abroad, abroad_n),
            ([3, 9, 2], [5, 9, 2], [0, 0, 4], [0, 0, 4]),
            strict=True,
        )
    ]
    assert matched_difference(more[0], more[1], more[2], more[3]) == alone


def test_against_conditional_logit_of_statsmodels() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from statsmodels.discrete.conditional_models import ConditionalLogit  # type: ignore[import-untyped]
    home, home_n, abroad, abroad_n = made(-0.8, 60, 5)
    y, x, group = [], [], []
    for event, counts in enumerate(zip(home, home_n, abroad, abroad_n, strict=True)):
        for good, every, at_home in ((counts[0], counts[1], 1.0), (counts[2], counts[3], 0.0)):
            y += [1] * int(good) + [0] * int(every - good)
            x += [at_home] * int(every)
            group += [event] * int(every)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = ConditionalLogit(np.array(y), np.array(x)[:, None], groups=np.array(group)).fit(
            disp=0
        )
    ours = matched_difference(home, home_n, abroad, abroad_n)
    assert ours.estimate == pytest.approx(float(theirs.params[0]), abs=1e-3)
    assert ours.error >= float(theirs.bse[0]) - 1e-3


def test_where_all_fall_one_way_no_number_is_given() -> None:
    found = matched_difference([2, 3], [2, 3], [0, 0], [2, 1])
    assert found.separated and np.isnan(found.estimate) and found.events == 2
    assert not matched_difference([], [], [], []).separated
