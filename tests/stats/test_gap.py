from __future__ import annotations

import time
from dataclasses import fields

import numpy as np
import pytest

from realpolitik.stats.arrays import Estimate, around, stream, stream_key
from realpolitik.stats.gap import Gap, joined, say_do_gap
from realpolitik.stats.reference import Reference, percentile, reference_members
from realpolitik.stats.tone import Sums, design_effects, tone
from tests.stats.made import mirrored, world

WORDS, DEEDS = world(140, seed=11)
REFERENCE = Reference.of(WORDS, DEEDS, seed=5, draws=200)
KEYS = [stream_key(str(i)) for i in range(140)]
ALL = say_do_gap(WORDS, DEEDS, KEYS, REFERENCE, seed=1)


def _numbers(gap: Gap) -> np.ndarray:
    columns = []
    for field in fields(Gap):
        value = getattr(gap, field.name)
        parts = (value.point, value.lower, value.upper) if isinstance(value, Estimate) else (value,)
        columns += [np.atleast_1d(part) for part in parts]
    return np.stack(columns)


def test_points_by_hand() -> None:
    d = design_effects(WORDS, DEEDS)
    said, done = tone(WORDS, d[0]), tone(DEEDS, d[1])
    keep = (WORDS.n >= 50) & (DEEDS.n >= 15)
    assert (
        np.array_equal(keep, reference_members(WORDS, DEEDS)) and len(REFERENCE.words) == keep.sum()
    )

    def z(tones: np.ndarray) -> np.ndarray:
        middle = np.median(tones[keep])
        return (tones - middle) / (1.4826 * np.median(np.abs(tones[keep] - middle)))

    assert np.allclose(ALL.z_words.point, z(said)) and np.allclose(ALL.z_deeds.point, z(done))
    assert np.allclose(ALL.gap.point, z(done) - z(said))
    ranks = [
        100
        * (np.mean(ALL.gap.point[keep] < g - 1e-9) + np.mean(ALL.gap.point[keep] < g + 1e-9))
        / 2
        for g in ALL.gap.point
    ]
    assert np.allclose(ALL.gap_percentile.point, ranks)


def test_a_reference_dyad_is_tied_with_itself() -> None:
    keep = reference_members(WORDS, DEEDS)
    for score, place in (
        (ALL.gap, ALL.gap_percentile),
        (ALL.surprise, ALL.surprise_percentile),
    ):
        among = score.point[keep]
        ranks = [
            100 * (np.mean(among < own - 1e-9) + np.mean(among < own + 1e-9)) / 2 for own in among
        ]
        assert np.allclose(place.point[keep], ranks)


def test_reading_a_dyad_alone_or_among_others_is_the_same_to_the_last_bit() -> None:
    order = np.random.default_rng(2).permutation(140)
    shuffled = say_do_gap(WORDS[order], DEEDS[order], [KEYS[i] for i in order], REFERENCE, seed=1)
    assert np.array_equal(_numbers(shuffled), _numbers(ALL)[:, order])
    for i in (0, 7, 139):
        alone = say_do_gap(WORDS[i : i + 1], DEEDS[i : i + 1], KEYS[i : i + 1], REFERENCE, seed=1)
        assert np.array_equal(_numbers(alone)[:, 0], _numbers(ALL)[:, i])


def test_order_of_the_reference_does_not_matter() -> None:
    order = np.random.default_rng(3).permutation(140)
    again = Reference.of(WORDS[order], DEEDS[order], seed=5, draws=200)
    assert np.array_equal(_numbers(say_do_gap(WORDS, DEEDS, KEYS, again, seed=1)), _numbers(ALL))


def test_seed_and_key_decide_the_draws() -> None:
    other_seed = say_do_gap(WORDS[:2], DEEDS[:2], KEYS[:2], REFERENCE, seed=2)
    assert (
        other_seed.gap.lower[0] != ALL.gap.lower[0] and other_seed.gap.point[0] == ALL.gap.point[0]
    )
    other_key = say_do_gap(WORDS[:1], DEEDS[:1], KEYS[1:2], REFERENCE, seed=1)
    assert other_key.gap.lower[0] != ALL.gap.lower[0]


def test_exchanging_cooperation_and_conflict_mirrors_the_gap() -> None:
    words, deeds = mirrored(WORDS), mirrored(DEEDS)
    turned = say_do_gap(words, deeds, KEYS, Reference.of(words, deeds, draws=2), seed=1)
    assert np.allclose(turned.gap.point, -ALL.gap.point)
    assert np.allclose(turned.surprise.point, -ALL.surprise.point, atol=1e-6)
    assert np.allclose(turned.gap_percentile.point, 100 - ALL.gap_percentile.point)


def test_intervals_hold_their_points_and_probabilities_their_bounds() -> None:
    for name in ("z_words", "z_deeds", "gap", "gap_percentile", "surprise", "surprise_percentile"):
        one = getattr(ALL, name)
        assert (one.lower <= one.point).all() and (one.point <= one.upper).all()
    assert ((ALL.surprise_p > 0) & (ALL.surprise_p <= 1)).all()
    sure = ALL.gap_sign_probability > 0.98
    assert sure.any() and ((ALL.gap.lower * ALL.gap.upper)[sure] > 0).all()


def test_interval_holds_the_error_of_the_reference_too() -> None:
    many = Sums(*(getattr(WORDS, f.name)[:1] * 1e6 for f in fields(Sums)))
    certain = say_do_gap(many, many, KEYS[:1], REFERENCE)
    assert certain.tone_words.upper[0] - certain.tone_words.lower[0] < 0.01
    assert certain.gap.upper[0] - certain.gap.lower[0] > 0.1


def test_missing_deeds_are_nan_throughout() -> None:
    none = Sums(*(np.zeros(1) for _ in fields(Sums)))
    found = say_do_gap(WORDS[:1], none, KEYS[:1], REFERENCE)
    for value in (found.gap.point, found.gap.lower, found.gap_percentile.point, found.gap_positive):
        assert np.isnan(value).all()
    assert np.isfinite(found.z_words.lower).all()


def test_joined_is_the_rows_in_order() -> None:
    again = joined([ALL[:3], ALL[3:]])
    assert np.array_equal(_numbers(again), _numbers(ALL))


def test_percentile_against_counting() -> None:
    rng = np.random.default_rng(8)
    ordered = np.sort(rng.integers(0, 9, (40, 13)).astype(float), axis=-1)
    values = rng.integers(-1, 10, 40).astype(float)
    below = (ordered < values[:, None]).mean(axis=1)
    upto = (ordered <= values[:, None]).mean(axis=1)
    assert np.allclose(percentile(ordered, values), 50 * (below + upto))
    assert np.isnan(percentile(ordered[0], np.array(np.nan)))


def test_too_small_or_too_uniform_a_reference_says_so() -> None:
    assert REFERENCE.missing is None
    few = Reference(REFERENCE.words[:99], REFERENCE.deeds[:99])
    assert few.missing is not None and "99 dyads; 100 are needed" in few.missing
    flat = Reference(
        np.ones(120), REFERENCE.deeds[:120] if len(REFERENCE.deeds) >= 120 else np.arange(120.0)
    )
    assert flat.missing is not None and "do not differ" in flat.missing


def test_around_widens_to_hold_the_point() -> None:
    found = around(np.array(5.0), np.arange(3.0))
    assert float(found.upper) == 5.0


def test_stream_keys_tell_directions_apart_and_never_change() -> None:
    assert stream_key("A", "B") != stream_key("B", "A") and stream_key("AB") != stream_key("A", "B")
    assert stream_key("USA", "IRN") == stream_key("USA", "IRN")
    assert stream(1, 2).random() == stream(1, 2).random() != stream(2, 1).random()


@pytest.mark.slow
def test_480_dyads_with_intervals_take_at_most_five_seconds() -> None:
    words, deeds = world(480, seed=12)
    begun = time.process_time()
    reference = Reference.of(words, deeds)
    say_do_gap(words, deeds, range(480), reference)
    assert reference.draws == 2000
    assert time.process_time() - begun < 5
