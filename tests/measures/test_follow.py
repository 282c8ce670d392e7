"""Announcements and what carried them out, on a handful of acts in sight of the reader."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from realpolitik.findings import Finding
from realpolitik.measures._announced import pairs
from realpolitik.measures.follow import follow
from tests.measures.synthetic import BOOK, acts, ask

PROMISE = {"code": "0331", "kind": "word", "side": "cooperation"}
AID = {"code": "071", "kind": "deed", "side": "cooperation"}
DEMAND = {"code": "1053", "kind": "word", "side": "conflict"}
RELEASE = {"code": "0841", "kind": "deed", "side": "cooperation"}
END = {"date": date(1990, 12, 31), "code": "190", "kind": "deed", "side": "conflict"}


def run(rows: list[dict[str, Any]], actor: str = "USA") -> dict[str, Finding]:
    return {f.statistic: f for f in follow(acts(rows), ask(), [BOOK]) if f.actor == actor}


def matched(rows: list[dict[str, Any]]) -> list[tuple[str, str | None, int | None]]:
    found = pairs(acts(rows), ask(), BOOK, "USA", "IRN")
    return [(one.type, one.deed and one.deed.act_id, one.days) for one in found]


def test_a_promise_is_kept_by_the_first_matching_deed() -> None:
    rows = [
        {"date": date(1985, 1, 1)} | PROMISE,
        {"date": date(1985, 1, 21)} | AID,
        {"date": date(1985, 3, 1)} | AID,
        END,
    ]
    assert matched(rows) == [("promise", "book:001", 20)]
    found = run(rows)
    assert found["announced_promise"].estimate == 1
    assert found["followed_promise_30d"].estimate == 1.0
    assert found["lift_promise_30d"].estimate is not None


def test_an_earlier_deed_or_another_kind_of_deed_keeps_no_promise() -> None:
    rows = [
        {"date": date(1984, 12, 31)} | AID,
        {"date": date(1985, 1, 1)} | PROMISE,
        {"date": date(1985, 1, 5), "code": "163", "kind": "deed", "side": "conflict"},
        {"date": date(1985, 1, 6), "actor": "IRN", "target": "USA"} | AID,
        END,
    ]
    assert matched(rows) == [("promise", None, None)]
    assert run(rows)["followed_promise_365d"].estimate == 0.0


def test_a_demand_is_met_by_its_target_and_by_nobody_else() -> None:
    asked = {"date": date(1985, 1, 1)} | DEMAND
    theirs = {"date": date(1985, 2, 1), "actor": "IRN", "target": "USA"} | RELEASE
    ours = {"date": date(1985, 1, 10)} | RELEASE
    assert matched([asked, ours, theirs, END]) == [("demand", "book:002", 31)]


def test_a_mutual_act_coded_on_the_other_side_counts_for_both() -> None:
    promise = {"date": date(1985, 1, 1)} | PROMISE
    mutual = {"date": date(1985, 1, 9), "actor": "IRN", "target": "USA", "reciprocal": True} | AID
    assert matched([promise, mutual, END]) == [("promise", "book:001", 8)]


def test_a_deed_dated_to_the_year_is_put_in_the_middle_of_what_is_left_of_it() -> None:
    promise = {"date": date(1985, 6, 1)} | PROMISE
    year = {"date": date(1985, 1, 1), "end_date": date(1985, 12, 31), "date_precision": "year"}
    assert matched([promise, year | AID, END]) == [("promise", "book:001", 106)]


def test_a_deed_that_was_going_on_already_keeps_no_promise() -> None:
    promise = {"date": date(1985, 6, 1)} | PROMISE
    span = {"date": date(1985, 1, 1), "end_date": date(1985, 12, 31), "date_precision": "range"}
    assert matched([promise, span | AID, END]) == [("promise", None, None)]


def test_a_deed_after_the_longest_horizon_carries_nothing_out() -> None:
    promise = {"date": date(1985, 1, 1)} | PROMISE
    in_time, late = ({"date": date(1986, 1, day)} | AID for day in (1, 2))
    assert matched([promise, in_time, END]) == [("promise", "book:001", 365)]
    assert matched([promise, late, END]) == [("promise", None, None)]
    one = pairs(acts([promise, late, END]), ask(), BOOK, "USA", "IRN")[0]
    assert (one.until, one.watched) == (date(1986, 1, 1), 365)
    assert run([promise, late, END])["followed_promise_365d"].estimate == 0.0


def test_an_offer_to_meet_is_carried_out_by_a_meeting_coded_from_either_side() -> None:
    offer = {"date": date(1985, 1, 1), "code": "036", "side": "cooperation"}
    visit = {"date": date(1985, 2, 1), "actor": "IRN", "target": "USA", "code": "042",
             "kind": "contact", "side": "cooperation"}  # fmt: skip
    assert matched([offer, visit, END]) == [("offer", "book:001", 31)]


def test_the_record_ends_where_the_casebook_stops_looking() -> None:
    rows = [{"date": date(1985, 1, 1)} | PROMISE, END | {"date": date(1985, 2, 1)}]
    found = run(rows)
    assert found["followed_promise_30d"].estimate == 0.0
    assert (found["followed_promise_365d"].status, found["followed_promise_365d"].estimate) == (
        "cannot tell",
        None,
    )


def test_the_base_rate_leaves_out_days_after_an_announcement() -> None:
    quiet = [{"date": date(1980, 1, 1), "code": "010"}, {"date": date(1981, 1, 1)} | AID]
    rows = [*quiet, {"date": date(1985, 1, 1)} | PROMISE, {"date": date(1985, 1, 11)} | AID, END]
    base = run(rows)["base_promise_30d"]
    days = (date(1984, 12, 31) - date(1980, 1, 1)).days + 1
    after = (date(1990, 12, 1) - date(1985, 2, 1)).days + 1
    hits = (
        31 + 20
    )  # windows that hold the aid of 1981, and those before the promise that hold 1985's
    assert base.estimate == pytest.approx(hits / (days + after), rel=0.02)


def test_without_announcements_shares_are_too_thin() -> None:
    found = run([{"date": date(1985, 1, 1)} | AID, END])
    assert found["announced_threat"].estimate == 0
    assert (found["followed_threat_30d"].status, found["lift_threat_90d"].estimate) == (
        "too thin",
        None,
    )
