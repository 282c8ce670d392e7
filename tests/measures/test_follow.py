"""Announcements and what carried them out, on a handful of acts in sight of the reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from realpolitik.findings import Finding
from realpolitik.measures._announced import pairs
from realpolitik.measures._question import SourceSpan
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


WIRE = SourceSpan("book", "sample", date(1980, 1, 1), date(1990, 12, 31), "month")


def days(*numbers: int) -> list[date]:
    return [date(1980, 1, 1) + timedelta(number) for number in numbers]


HERALDS = [{"date": day} | PROMISE for day in days(*range(100, 3900, 190))]
KEPT = [{"date": day} | AID for day in days(*range(110, 3910, 190))]
NOISE = [{"date": day, "target": "CAN"} | AID for day in days(*range(31, 3900, 83))]


def sampled(rows: list[dict[str, Any]], actor: str = "USA") -> dict[str, Finding]:
    return {f.statistic: f for f in follow(acts(rows), ask(), [WIRE]) if f.actor == actor}


def test_in_a_sample_announcements_of_one_day_and_code_are_one() -> None:
    found = sampled([*HERALDS, *HERALDS, *KEPT])
    assert found["announced_promise"].estimate == len(HERALDS)
    assert found["followed_promise_30d"].estimate == 1.0
    assert not any("Cases" in note for note in found["announced_promise"].notes)


def test_a_sample_is_watched_to_the_end_of_its_coverage() -> None:
    found = sampled([{"date": date(1985, 1, 1)} | PROMISE])
    assert found["followed_promise_365d"].estimate == 0.0
    assert (
        run([{"date": date(1985, 1, 1)} | PROMISE])["followed_promise_365d"].status == "cannot tell"
    )


def test_deeds_that_answer_are_told_from_those_that_come_anyway() -> None:
    answered, chance = sampled(HERALDS + KEPT + NOISE), sampled(HERALDS + NOISE[::3])
    assert (answered["lift_promise_30d"].lower or 0) > 3
    assert (answered["placebo_p_promise_30d"].estimate or 1) < 0.01
    assert answered["unannounced_promise_30d"].estimate == 0.0
    assert (answered["brier_skill_promise_30d"].lower or 0) > 0
    elsewhere = answered["elsewhere_promise_30d"].estimate
    assert elsewhere is not None and 0.5 < elsewhere < 1.5
    assert chance["followed_promise_30d"].estimate == 0.0


def test_the_hazard_is_higher_while_an_announcement_is_in_force() -> None:
    strays = [{"date": day} | AID for day in days(*range(60, 3900, 260))]
    found = sampled(HERALDS + KEPT + strays)["hazard_promise_30d"]
    assert found.lower is not None and found.lower > 2


def test_few_announcements_are_not_compared() -> None:
    found = run([{"date": date(1985, 1, 1)} | PROMISE, {"date": date(1985, 1, 9)} | AID, END])
    for name in ("hazard", "placebo_p", "elsewhere", "brier_skill"):
        assert found[f"{name}_promise_30d"].status == "too thin"
        assert "at least 5 are needed" in found[f"{name}_promise_30d"].notes[0]


def test_an_idle_threat_after_which_the_target_gave_way_is_no_bluff() -> None:
    threat = {"date": date(1985, 1, 1), "code": "138", "kind": "word", "side": "conflict"}
    gave_way = {"date": date(1985, 1, 9), "actor": "IRN", "target": "USA"} | RELEASE
    found = run([threat, gave_way, END])
    assert found["followed_threat_30d"].estimate == 0.0
    assert found["conceded_threat_30d"].estimate == 1.0
    assert "No source here records the condition" in found["conceded_threat_30d"].notes[0]
    assert run([threat, END])["conceded_threat_30d"].estimate == 0.0


def test_the_order_of_rows_changes_nothing_and_exchange_mirrors() -> None:
    rows = HERALDS + KEPT + NOISE
    assert follow(acts(rows), ask(), [WIRE])[:10] == follow(acts(rows), ask(), [WIRE])[:10]
    ends = ("actor", "target")
    named = [dict(zip(ends, ("USA", "IRN"), strict=True)) | one for one in rows]
    turned = [one | {"actor": one["target"], "target": one["actor"]} for one in named]
    turned = [
        one | ({"actor": "IRN", "target": "CAN"} if one["actor"] == "CAN" else {}) for one in turned
    ]
    before, after = sampled(rows, "USA"), sampled(turned, "IRN")
    for name, found in before.items():
        other = after[name]
        assert (found.estimate, found.lower, found.upper) == (
            other.estimate, other.lower, other.upper,
        ), name  # fmt: skip


def test_moving_the_record_in_time_moves_no_number() -> None:
    rows = HERALDS + KEPT + NOISE
    later = [one | {"date": one["date"] + timedelta(200)} for one in rows]
    moved = replace(WIRE, start=WIRE.start + timedelta(200), end=WIRE.end + timedelta(200))
    before = follow(acts(rows), ask(), [WIRE])
    after = follow(acts(later), ask(), [moved])
    assert [(f.estimate, f.lower, f.upper) for f in before] == [
        (f.estimate, f.lower, f.upper) for f in after
    ]
