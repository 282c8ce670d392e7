from __future__ import annotations

import numpy as np
import pytest

from realpolitik.stats.leakage import corrected_tone, leaked, tipping_leakage
from realpolitik.stats.tone import Sums, design_effects, tone
from tests.stats.made import mirrored, world
from validation.leakage import single_acts

WORDS, DEEDS = world(150, seed=21)


def _dyad(words: tuple[float, float], deeds: tuple[float, float]) -> tuple[Sums, Sums]:
    """Single acts, cooperative and conflictual."""
    made = [single_acts(np.array([c + f]), np.array([c])) for c, f in (words, deeds)]
    return made[0], made[1]


def test_leaked_counts_from_what_is_left() -> None:
    assert leaked(98.0, 0.02) == pytest.approx(2.0)


def test_corrected_tone_by_hand() -> None:
    words, deeds = _dyad((90.0, 180.0), (30.0, 60.0))
    assert corrected_tone(words, deeds, 1.0, 0.1)[0] == pytest.approx(np.log(20.5 / 40.5))
    assert corrected_tone(words, deeds, 1.0, 0.0)[0] == pytest.approx(tone(deeds, 1.0)[0])
    assert corrected_tone(words, deeds, 1.0, 0.5)[0] == pytest.approx(0.0)


def test_a_side_runs_out_at_its_share() -> None:
    # Hostile deeds throughout: no leakage turns the sign before cooperation is gone.
    words, deeds = _dyad((20_000.0, 9_000.0), (571.0, 30_000.0))
    found = tipping_leakage(words, deeds, WORDS, DEEDS)
    assert found.what[0] == "no cooperation"
    assert found.leakage[0] == pytest.approx(571 / 20_571)


def test_nothing_tips_where_nothing_is_left_to_leak() -> None:
    words, deeds = _dyad((0.0, 500.0), (0.0, 400.0))
    found = tipping_leakage(words, deeds, WORDS, DEEDS)
    assert found.what[0] in ("sign", "no conflict") and 0 < found.leakage[0] < 1
    words, deeds = _dyad((0.0, 500.0), (400.0, 0.0))
    found = tipping_leakage(words, deeds, WORDS, DEEDS)
    assert (found.what[0], found.leakage[0]) in (("nothing", 1.0), ("sign", found.leakage[0]))


def test_the_sign_turns_where_a_fine_search_says_so() -> None:
    found = tipping_leakage(WORDS, DEEDS, WORDS, DEEDS)
    turning = np.flatnonzero(found.what == "sign")
    assert len(turning) >= 3
    for i in turning:
        at = found.leakage[i]
        before, after = _gap(i, at * 0.98), _gap(i, at * 1.02)
        assert np.sign(before) == np.sign(_gap(i, 0.0)) != np.sign(after)


def _gap(i: int, leakage: float) -> float:
    d = design_effects(WORDS, DEEDS)
    said = tone(WORDS, d[0])
    done = corrected_tone(WORDS, DEEDS, d[1], leakage)

    def z(tones: np.ndarray) -> float:
        middle = np.median(tones)
        return float((tones[i] - middle) / np.median(np.abs(tones - middle)))

    return z(done) - z(said)


def test_blocks_and_order_do_not_matter() -> None:
    found = tipping_leakage(WORDS, DEEDS, WORDS, DEEDS)
    order = np.random.default_rng(4).permutation(150)
    again = tipping_leakage(WORDS[order], DEEDS[order], WORDS[order], DEEDS[order])
    assert np.allclose(again.leakage, found.leakage[order])
    assert np.array_equal(again.what, found.what[order])
    assert ((found.leakage > 0) & (found.leakage <= 1)).all()


def test_exchanging_cooperation_and_conflict_mirrors() -> None:
    found = tipping_leakage(WORDS, DEEDS, WORDS, DEEDS)
    turned = [mirrored(s) for s in (WORDS, DEEDS, WORDS, DEEDS)]
    again = tipping_leakage(*turned)
    assert np.allclose(again.leakage, found.leakage)
    assert np.array_equal(again.what == "sign", found.what == "sign")


def test_no_words_is_missing() -> None:
    words, deeds = _dyad((0.0, 0.0), (5.0, 5.0))
    found = tipping_leakage(words, deeds, WORDS, DEEDS)
    assert np.isnan(found.leakage[0]) and found.what[0] == "missing"
