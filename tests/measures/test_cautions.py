"""Warnings on made-up records: each fires on what it is for, and stays silent without it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import realpolitik as rp
from realpolitik.findings import Caution
from realpolitik.measures._cautions import cautions
from realpolitik.measures.gap import gap
from tests.measures.synthetic import SAMPLE, acts, ask, dyads, row, tallies, variants_of

TALK = [row("USA", "IRN", "word", 100, 900), row("IRN", "USA", "word", 100, 900)]
DEEDS = [row("USA", "IRN", "deed", 100, 100), row("IRN", "USA", "deed", 100, 100)]
RAID = {"date": date(1990, 5, 1), "code": "190", "kind": "deed", "side": "conflict"}
MONTHS = [date(1990 + m // 12, m % 12 + 1, 1) for m in range(24)]
STEADY = [row("CAN", "FRA", "word", 50, 50, month=month) for month in MONTHS]


def warned(
    rows: list[dict[str, Any]], cases: list[dict[str, Any]], **asked: Any
) -> dict[str, list[Caution]]:
    record, book, question = tallies(rows), acts(cases), ask(**asked)
    found: dict[str, list[Caution]] = {}
    for one in cautions(gap(record, question, [SAMPLE]), record, book, question, [SAMPLE]):
        found.setdefault(one.name, []).append(one)
    return found


def likely(cases: list[dict[str, Any]], **asked: Any) -> list[tuple[str | None, tuple[str, ...]]]:
    found = warned(dyads(), cases, **asked).get("deniable deeds likely missed", [])
    return [(one.actor, one.rests_on) for one in found]


def test_a_disowned_deed_is_held_against_the_one_who_did_it() -> None:
    assert likely([RAID | {"authorship": "denied"}]) == [("USA", ("book:000",))]
    assert likely([RAID | {"authorship": "unacknowledged"}]) == [("USA", ("book:000",))]


def test_a_proxy_is_held_against_its_principal_and_a_group_against_its_sponsor() -> None:
    proxy = RAID | {"actor": "IRQ/SUN", "principal": "USA", "authorship": "avowed"}
    assert likely([proxy]) == [("USA", ("book:000",))]
    group = RAID | {"actor": "HZB", "target": "USA", "authorship": "avowed"}
    assert likely([group]) == [("IRN", ("book:000",))]


@pytest.mark.parametrize(
    "change",
    [
        {"authorship": "avowed"},
        {"authorship": "denied", "kind": "word"},
        {"authorship": "denied", "side": "cooperation"},
        {"authorship": "denied", "target": "CAN"},
        {"authorship": "denied", "date": date(1980, 5, 1), "end_date": date(1980, 5, 1)},
        {"actor": "IRQ/SUN", "authorship": "denied"},
    ],
    ids=["avowed", "word", "cooperation", "another target", "out of the span", "nobody's group"],
)
def test_what_is_no_disowned_deed_warns_of_nothing(change: dict[str, Any]) -> None:
    assert likely([RAID | change]) == []


def test_exchanged_actors_mirror_the_warning() -> None:
    turned = RAID | {"authorship": "denied", "actor": "IRN", "target": "USA"}
    assert likely([turned]) == [("IRN", ("book:000",))]


def test_russia_and_ukraine_in_2014_warn_on_the_bundled_record() -> None:
    for pair in (("RUS", "UKR"), ("UKR", "RUS")):
        found = rp.gap(*pair, start="2014", end="2014").warnings
        [one] = [one for one in found if one.name == "deniable deeds likely missed"]
        assert (one.actor, one.target) == ("RUS", "UKR")
        assert "casebook:C312" in one.rests_on  # soldiers without insignia in Crimea
    assert rp.gap("RUS", "UKR", start="1995", end="1996").warnings == ()


def test_hostile_words_quiet_deeds_and_a_groups_raids_warn_that_deeds_may_be_missed() -> None:
    raids = [row("HZB", "IRN", "deed", 0, 150)]
    name = "deniable deeds possibly missed"
    assert [one.actor for one in warned(dyads() + TALK + DEEDS + raids, [])[name]] == ["USA"]
    few = [row("HZB", "IRN", "deed", 0, 50)]
    assert name not in warned(dyads() + TALK + DEEDS + few, [])
    harsh = [row("USA", "IRN", "deed", 10, 140)]
    assert name not in warned(dyads() + TALK + harsh + raids, [])


def test_empty_months_and_leaps_of_volume_are_breaks() -> None:
    name = "coverage breaks"
    assert name not in warned(STEADY, [])
    [hole] = warned([one for one in STEADY if one["month"] != date(1990, 4, 1)], [])[name]
    assert hole.rests_on == ("1990-04",)
    loud = [row("FRA", "CAN", "word", 150, 150, month=m) for m in MONTHS if m.year == 1991]
    [leap] = warned(STEADY + loud, [])[name]
    assert leap.rests_on == ("1990 to 1991: 1,200 to 4,800 acts",)
    assert name not in warned(STEADY + loud, [], start=date(1991, 1, 1))


def test_one_source_is_said_and_without_an_answer_nothing_is() -> None:
    name = "one source only"
    [one] = warned(dyads() + TALK + DEEDS, [])[name]
    assert one.rests_on == ("made_up",)
    assert name not in warned(dyads(), [])


def test_a_sign_that_turns_with_the_map_is_said() -> None:
    mild = [row("USA", "IRN", "deed", 190, 10), row("IRN", "USA", "deed", 190, 10)]
    turned = variants_of(dyads() + TALK + DEEDS, gdelt=dyads() + mild + [
        row("USA", "IRN", "word", 990, 10), row("IRN", "USA", "word", 100, 900)])  # fmt: skip
    question = ask()
    found = cautions(gap(turned, question, [SAMPLE]), turned, acts([]), question, [SAMPLE])
    turns = [one for one in found if one.name == "sign turns with the map"]
    assert [(one.actor, one.rests_on) for one in turns] == [("USA", ("gdelt",))]
    assert "surely so under both" in turns[0].sentence


def test_warnings_stand_beside_findings() -> None:
    told = rp.gap("USA", "IRN").to_dict()
    assert [*told] == ["findings", "warnings"]
    keys = {"name", "sentence", "start", "end", "rests_on", "actor", "target", "source"}
    assert all(set(one) == keys for one in told["warnings"])


def test_other_verbs_hold_the_record_against_themselves_too() -> None:
    likely = "deniable deeds likely missed"
    gap_says = [one for one in rp.gap("USA", "IRN").warnings if one.name == likely]
    assert gap_says
    for found in (rp.weigh("USA", "IRN"), rp.respond("USA", "IRN"), rp.phases("USA", "IRN")):
        assert [one for one in found.warnings if one.name == likely] == gap_says, found.measure
    ranked = rp.scan()
    pairs = {(row["actor"], row["target"]) for row in ranked.rows if row["rank"] is not None}
    warned = {(one.actor, one.target) for one in ranked.warnings if one.name == likely}
    assert {("IRN", "USA"), ("USA", "IRN")} <= warned <= pairs
