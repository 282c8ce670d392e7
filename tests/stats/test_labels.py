from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from scipy.stats import false_discovery_control

from realpolitik.stats.arrays import Estimate
from realpolitik.stats.gap import Gap, joined
from realpolitik.stats.labels import adjusted, gate, labels
from realpolitik.stats.tone import Sums

VERDICTS = ("liar", "lie", "hypocri", "puppet", "honest", "sincere", "deceiv", "dishonest")


def _around(point: float, half: float) -> Estimate:
    return Estimate(*(np.array([point + shift]) for shift in (0.0, -half, half)))


def _row(
    words: float, deeds: float, surprise: float = 0.0, half: float = 0.2, p: float = 0.5
) -> Gap:
    gap = deeds - words
    sure = 0.999 if abs(gap) > half else 0.6
    firm = 0.999 if abs(surprise) > half else 0.6
    values: dict[str, object] = {f.name: np.array([1.0]) for f in fields(Gap)}
    values |= {
        name: _around(point, half)
        for name, point in (
            ("tone_words", words), ("tone_deeds", deeds), ("z_words", words), ("z_deeds", deeds),
            ("gap", gap), ("surprise", surprise), ("gap_percentile", 50.0),
            ("surprise_percentile", 50.0),
        )
    }  # fmt: skip
    values["gap_positive"] = np.array([sure if gap > 0 else 1 - sure])
    values["surprise_positive"] = np.array([firm if surprise > 0 else 1 - firm])
    values["surprise_p"] = np.array([p])
    return Gap(**values)  # type: ignore[arg-type]


def _joined(rows: list[Gap]) -> Gap:
    return joined(rows)


@pytest.mark.parametrize(
    ("words", "deeds", "zone", "tier"),
    [
        (-2.0, -2.1, "consistent hostility", None),
        (1.5, 1.6, "consistent amity", None),
        (0.1, 0.05, None, None),
        (-2.0, -0.5, "words harsher than deeds", "descriptive"),
        (-0.5, -2.0, "deeds harsher than words", "descriptive"),
        (0.5, -2.0, "deeds harsher than words", "descriptive"),
        (1.5, 0.0, "words warmer than deeds", "descriptive"),
        (1.5, -0.1, "words warmer than deeds", "descriptive"),
        (0.5, 2.0, None, "descriptive"),
    ],
)
def test_zones(words: float, deeds: float, zone: str | None, tier: str | None) -> None:
    found = labels(_row(words, deeds))[0]
    assert (found.zone, found.tier) == (zone, tier)
    assert found.sentence.endswith(".") and not any(v in found.sentence.lower() for v in VERDICTS)


@pytest.mark.parametrize(
    ("surprise", "p", "tier", "says"),
    [
        (2.5, 0.01, "unusual", "more than for pairs that talk like this"),
        (2.5, 0.2, "descriptive", "not sure"),
        (1.6, 0.01, "descriptive", "as is usual"),
        (-2.5, 0.01, "descriptive", "by less than is usual"),
    ],
)
def test_unusual_needs_size_side_and_survival(
    surprise: float, p: float, tier: str, says: str
) -> None:
    found = labels(_row(-2.0, 0.0, surprise, p=p))[0]
    assert found.tier == tier and says in found.sentence


def test_unusual_needs_a_sure_surprise() -> None:
    assert labels(_row(-3.0, 0.0, 2.0, half=2.1, p=0.01))[0].tier == "descriptive"


def test_the_more_rows_are_looked_at_the_more_it_takes() -> None:
    special, plain = _row(-2.0, 0.0, 2.5, p=0.01), _row(-2.0, 0.0, 0.1, p=0.9)
    assert labels(_joined([special, plain]))[0].tier == "unusual"
    assert labels(_joined([special] + [plain] * 20))[0].tier == "descriptive"


def test_a_row_without_numbers_neither_counts_nor_fails() -> None:
    missing = _row(np.nan, np.nan, np.nan, p=np.nan)
    found = labels(_joined([_row(-2.0, 0.0, 2.5, p=0.04)] + [missing] * 20))
    assert found[0].tier == "unusual"
    assert found[1].tier is None and "missing" in found[1].sentence


def _sums(n: float, clusters: float) -> Sums:
    return Sums.of(n, n / 2, n, n / 2, n / 2, clusters)


def test_gate_names_each_thing_that_is_missing() -> None:
    assert gate(_sums(30, 8), _sums(10, 8)) is None
    said = gate(_sums(29, 7), _sums(9, 8))
    assert said is not None
    assert "29 non-neutral words (30 needed)" in said and "7 clusters of words (8 needed)" in said
    assert "9 non-neutral deeds (10 needed)" in said and "clusters of deeds" not in said


def test_adjusted_p_values_are_those_of_scipy() -> None:
    rng = np.random.default_rng(5)
    for size in (1, 2, 7, 50):
        p = np.round(rng.uniform(size=size), 2)
        assert adjusted(p) == pytest.approx(false_discovery_control(p, method="bh"))
