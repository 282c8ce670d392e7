"""Words at home and abroad: a difference planted in matched days, and when none can be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from realpolitik.findings import Finding
from realpolitik.measures._question import SourceSpan
from realpolitik.measures.audience import audience
from tests.measures.synthetic import BOOK, SAMPLE, acts, ask

LISTED = SourceSpan("book", "sample", BOOK.start, BOOK.end, "day", listed=True)


def words(
    difference: float, days: int, seed: int, at: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    """Eight words a day, half at home and half abroad, the days of very different tone."""
    rng, rows = np.random.default_rng(seed), []
    for i in range(days):
        level = rng.normal(0, 1.5)
        for place, more in at.items():
            odds = level + (difference if place == "home" else 0.0)
            for warm in rng.random(4) < 1 / (1 + np.exp(-odds)):
                side = "cooperation" if warm else "conflict"
                rows.append({"date": date(1985, 1, 1) + timedelta(days=i), "side": side,
                             "actor_native": "USA", **more})  # fmt: skip
    return rows


FIELD = {"home": {"audience": "domestic"}, "abroad": {"audience": "foreign"}}
OUTLET = {
    "home": {"url": "https://news.example.us/a"},
    "abroad": {"url": "http://www.zeitung.de:80/b?c"},
}


def run(rows: list[dict[str, Any]], source: SourceSpan = BOOK, **asked: Any) -> dict[str, Finding]:
    found = audience(acts(rows), ask(**asked), [source])
    return {f.statistic: f for f in found if f.actor == "USA"}


@pytest.mark.parametrize(
    ("at", "source"), [(FIELD, BOOK), (OUTLET, LISTED)], ids=["field", "outlet"]
)
def test_the_planted_difference_is_found(at: dict[str, Any], source: SourceSpan) -> None:
    found = run(words(-1.5, 200, 1, at), source)
    told = found["audience_difference"]
    assert told.lower is not None and told.upper is not None
    assert told.lower < -1.5 < told.upper < 0
    assert found["words_home"].estimate == found["words_abroad"].estimate == 800
    assert told.n_effective == found["matched_events"].estimate


def test_without_a_difference_none_is_told() -> None:
    told = run(words(0.0, 200, 2, FIELD))["audience_difference"]
    assert told.lower is not None and told.upper is not None
    assert told.lower < 0 < told.upper


def test_other_days_tell_nothing() -> None:
    """Home words and abroad words on different days are not compared, however unlike."""
    rows = words(-1.5, 60, 3, FIELD)
    moved = [row | {"date": row["date"] + timedelta(days=400)} if row["audience"] == "domestic" else row
             for row in rows]  # fmt: skip
    found = run(moved)
    assert found["matched_events"].estimate == 0
    assert found["audience_difference"].status == "cannot tell"
    assert "0 matched events; at least 10" in found["audience_difference"].notes[0]


@pytest.mark.parametrize(
    ("at", "source"),
    [
        ({"home": {}, "abroad": {"audience": "both"}}, BOOK),
        ({"home": {"url": "https://news.example.com/a"}, "abroad": {"url": None}}, LISTED),
    ],
    ids=["field", "outlet"],
)
def test_where_neither_field_nor_outlet_tells_it_cannot_be_told(
    at: Any, source: SourceSpan
) -> None:
    found = run(words(-1.5, 30, 4, at), source)
    assert {f.status for f in found.values()} == {"cannot tell"}
    assert all(f.estimate is None for f in found.values())
    assert "says for whom it was meant" in found["words_home"].notes[0]
    assert "What would tell" in found["words_home"].notes[0]


def test_tallies_do_not_say_where_a_word_was_printed() -> None:
    found = run([], replace(SAMPLE, listed=False))
    assert {f.status for f in found.values()} == {"cannot tell"}
    assert "monthly tallies" in found["audience_difference"].notes[0]


def test_outside_coverage_is_not_covered() -> None:
    found = run(words(0.0, 20, 5, FIELD), start=date(2001, 1, 1), end=date(2002, 1, 1))
    assert {f.status for f in found.values()} == {"not covered"}


def test_deeds_contacts_and_vague_dates_are_left_out() -> None:
    rows = words(-1.0, 60, 6, FIELD)
    before = run(rows)
    day = date(1985, 1, 1)
    more = [
        {"date": day, "side": "conflict", "kind": kind, "audience": "domestic"}
        for kind in ("deed", "contact")
    ]
    more.append(
        {"date": day, "end_date": date(1985, 1, 31), "side": "conflict", "audience": "domestic"}
    )
    assert run(rows + more)["audience_difference"] == before["audience_difference"]
    assert run(rows + more)["words_home"].estimate == before["words_home"].estimate


def test_exchanged_actors_mirror_every_number() -> None:
    rows = words(-1.0, 60, 7, FIELD)
    turned = [row | {"actor": "IRN", "target": "USA", "actor_native": "IRN"} for row in rows]
    here = audience(acts(rows), ask(), [BOOK])
    there = audience(acts(turned), ask(), [BOOK])
    values = [
        {
            (f.actor if way else f.target, f.statistic): (f.estimate, f.lower, f.upper, f.status)
            for f in found
        }
        for way, found in ((True, here), (False, there))
    ]
    assert values[0] == values[1]
