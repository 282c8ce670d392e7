"""Divisions against a named library, planted breaks and episodes, and what must not move them."""

from __future__ import annotations

import numpy as np
import pytest

from realpolitik.stats.arrays import Floats
from realpolitik.stats.episodes import Gaps, scan
from realpolitik.stats.phases import (
    Memory,
    break_intervals,
    divide,
    level,
    levels,
    memory,
    phases,
    signal,
)
from validation.dyads import bare, wander


def stepped(seed: int, months: int = 150) -> Floats:
    rng = np.random.default_rng(seed)
    steps = np.repeat([0.0, 3.0, -1.0], [40, 60, months - 100])
    return steps + rng.normal(size=months)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("penalty", [5.0, 20.0])
def test_the_division_is_that_of_pelt(seed: int, penalty: float) -> None:
    ruptures = pytest.importorskip("ruptures")
    both = np.column_stack([stepped(seed), stepped(seed + 10)])
    theirs = ruptures.Pelt(model="l2", min_size=6, jump=1).fit(both).predict(pen=penalty)
    assert list(divide(both, np.ones_like(both), penalty, least=6)) == theirs[:-1]


def test_planted_breaks_are_found_with_their_levels() -> None:
    made = signal([bare(stepped(1))])
    found = divide(made.tone, made.precision, made.penalty)
    assert [abs(at - true) <= 2 for at, true in zip(found, (40, 100), strict=True)] == [True, True]
    means = [float(level(made.tone, made.precision, *ends)[0][0]) for ends in phases(found, 150)]
    assert means == pytest.approx([0, 3, -1], abs=0.5)
    for (low, high), at in zip(
        break_intervals(made, found, np.random.default_rng(1), 200, 12.0), found, strict=True
    ):
        assert low <= at <= high <= low + 12


def test_a_month_without_acts_has_no_part() -> None:
    tone = stepped(2)[:, None]
    precision = np.ones_like(tone)
    precision[::5] = 0
    wild = tone.copy()
    wild[::5] = 1e6
    assert divide(wild, precision, 20.0) == divide(tone, precision, 20.0)
    np.testing.assert_allclose(
        levels(wild, precision, (40,)), levels(tone, precision, (40,)), rtol=1e-6
    )


def test_shifting_time_shifts_the_breaks_and_turning_it_turns_them() -> None:
    tone = stepped(3)[:, None]
    found = divide(tone, np.ones_like(tone), 20.0)
    later = np.concatenate([tone[:1], tone])
    assert divide(later, np.ones_like(later), 20.0) == tuple(at + 1 for at in found)
    assert divide(tone[::-1], np.ones_like(tone), 20.0) == tuple(150 - at for at in found[::-1])


def test_the_order_of_the_series_changes_nothing() -> None:
    one, two = bare(stepped(4)), bare(stepped(5))
    there, back = signal([one, two]), signal([two, one])
    breaks = divide(there.tone, there.precision, there.penalty)
    assert breaks == divide(back.tone, back.precision, back.penalty)
    draws = [
        break_intervals(of, breaks, np.random.default_rng(1), 50, 12.0) for of in (there, back)
    ]
    np.testing.assert_array_equal(*draws)


def test_memory_is_told_and_noise_of_reports_is_not_taken_for_it() -> None:
    rng = np.random.default_rng(6)
    true = wander(4000, 0.6, rng)
    noisy = true + rng.normal(size=4000)
    seen = np.ones(4000, dtype=np.bool_)
    for values, variance in ((true, 0.0), (noisy, 1.0)):
        found = memory(values, np.full(4000, variance), seen)
        assert (found.process, found.persistence) == (
            pytest.approx(1, abs=0.1), pytest.approx(0.6, abs=0.06),
        )  # fmt: skip
    assert Memory(2.0, 0.5).long_run == 6.0


def gaps(seed: int, height: float, **more: float) -> Gaps:
    value = wander(180, 0.3, np.random.default_rng(seed))
    value[60:72] += height
    return Gaps(value, np.zeros(180), np.ones(180, dtype=np.bool_), **more)


def test_a_planted_episode_is_found_with_its_sign() -> None:
    p, [found] = scan(gaps(1, -3.5), np.random.default_rng(1), 199)
    assert p <= 0.01 and found.gap[2] < 0
    assert abs(found.start - 60) <= 3 and abs(found.end - 72) <= 3


def test_turning_the_sign_turns_the_episode_only() -> None:
    up, down = gaps(2, 3.5), gaps(2, 3.5)
    down.value[:] = -down.value
    one, two = (scan(each, np.random.default_rng(1), 99) for each in (up, down))
    assert [(e.start, e.end, e.p) for e in one[1]] == [(e.start, e.end, e.p) for e in two[1]]
    assert [e.gap[0] for e in one[1]] == pytest.approx([-e.gap[0] for e in two[1]])


def test_a_lasting_gap_is_unusual_for_others_and_usual_for_the_two() -> None:
    lasting = gaps(3, 0.0)
    lasting.value[:] += 6
    other = Gaps(lasting.value, lasting.variance, lasting.seen, baseline=0.0, between=1.0)
    own, against = (scan(each, np.random.default_rng(1), 199)[0] for each in (lasting, other))
    assert own > 0.05 >= against


def test_too_few_months_are_not_scanned() -> None:
    short = gaps(4, 9.0)
    seen = np.zeros(180, dtype=np.bool_)
    seen[55:75] = True
    assert scan(Gaps(short.value, short.variance, seen), np.random.default_rng(1), 99) == (1.0, ())
