"""Errors of a coder, planted and undone."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from realpolitik.stats.audit import Confusion, confusion_of, corrected_gap
from realpolitik.stats.gap import say_do_gap
from realpolitik.stats.reference import Reference
from realpolitik.stats.tone import Sums
from validation.leakage import single_acts

LEAK = 0.05
WORDS, DEEDS, DYADS = 4000.0, 400.0, 150


def filed(words: float, deeds: float, size: int, leak: float) -> tuple[Sums, Sums]:
    """Dyads of these tones, the share of their words filed as deeds."""
    rng = np.random.default_rng(5)
    said = WORDS * expit(words + rng.normal(0, 0.8, size) * (size > 1))
    done = DEEDS * expit(deeds + rng.normal(0, 0.8, size) * (size > 1))
    total = np.full(size, WORDS), np.full(size, DEEDS)
    return (
        single_acts(total[0] * (1 - leak), said * (1 - leak)),
        single_acts(total[1] + total[0] * leak, done + said * leak),
    )


def test_the_confusion_is_counted_by_coded_and_true_kind() -> None:
    found = confusion_of(["word", "deed", "deed"], ["word", "word", "deed"], ("word", "deed"))
    assert found.tolist() == [[1, 0], [1, 1]]


def test_the_planted_leakage_lies_in_its_interval_and_narrows_with_labels() -> None:
    coded = np.array([WORDS * (1 - LEAK), DEEDS + WORDS * LEAK])
    false = WORDS * LEAK / coded[1]
    widths = []
    for size in (40, 4000):
        counts = np.array([[size, 0, 0, 0], [size * false, 0, size * (1 - false), 0]])
        confusion = Confusion(counts, coded)
        low, high = np.quantile(confusion.leakage(2000, np.random.default_rng(1)), (0.025, 0.975))
        assert low < LEAK < high
        widths.append(high - low)
    assert confusion.point() == pytest.approx(LEAK, rel=0.02)
    assert widths[1] < widths[0] / 5


def test_the_corrected_gap_is_that_of_the_record_without_leakage() -> None:
    clean = [filed(*tones, size, 0.0) for tones, size in (((-1.0, 0.5), 1), ((0.0, 0.0), DYADS))]
    coded = [filed(*tones, size, LEAK) for tones, size in (((-1.0, 0.5), 1), ((0.0, 0.0), DYADS))]
    true, raw = (
        float(say_do_gap(*own, [1], Reference.of(*others, draws=50)).gap.point[0])
        for own, others in (clean, coded)
    )
    total = np.array([WORDS * (1 - LEAK), DEEDS + WORDS * LEAK])
    false = WORDS * LEAK / total[1]
    confusion = Confusion(1e6 * np.array([[1, 0, 0, 0], [false, 0, 1 - false, 0]]), total)
    found = corrected_gap(*coded[0], coded[1], confusion, seed=1)
    assert abs(found.point[0] - true) < 0.02 < abs(raw - true)
    assert found.lower[0] < true < found.upper[0]
