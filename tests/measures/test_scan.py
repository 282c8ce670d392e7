"""The ranking of all dyads: the numbers of `gap`, in order, and what must not move them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from realpolitik.errors import BadDates
from realpolitik.findings import Finding
from realpolitik.measures._question import Question
from realpolitik.measures.gap import gap
from realpolitik.measures.scan import SCORES, Place, scan
from tests.measures.synthetic import BOOK, SAMPLE, ask, dyads, row, tallies

HARSH_WORDS = [row("USA", "IRN", "word", 100, 2400), row("USA", "IRN", "deed", 1000, 12)]
WARM = [row("IRN", "USA", "word", 300, 100), row("IRN", "USA", "deed", 150, 50)]
THIN = [row("CAN", "IRN", "word", 3, 3)]
EVERY = Question("", "")


def run(rows: list[dict[str, Any]], **asked: Any) -> list[Place]:
    return scan(tallies(rows), Question("", "", **asked), [SAMPLE])


def ends(place: Place) -> tuple[str, str]:
    return place.findings[0].actor, place.findings[0].target


def numbers(found: list[Finding]) -> list[tuple[Any, ...]]:
    return [(f.statistic, *map(_short, (f.estimate, f.lower, f.upper)), f.n) for f in found]


def _short(value: float | None) -> float | None:
    # The mean of the reference depends on the order of its sum in the last digit.
    return None if value is None else round(value, 9)


def test_a_planted_gap_leads_and_a_thin_dyad_ends_the_ranking() -> None:
    found = run(dyads() + HARSH_WORDS + WARM + THIN)
    assert (found[0].rank, ends(found[0]), found[0].tier) == (1, ("USA", "IRN"), "unusual")
    assert (found[-1].rank, ends(found[-1]), found[-1].status) == (None, ("CAN", "IRN"), "too thin")
    assert len(found) == 153
    sizes = [abs(f.estimate or 0) for p in found for f in p.findings if f.statistic == SCORES[1]]
    assert sizes == sorted(sizes, reverse=True)


def test_every_number_is_the_one_that_gap_gives() -> None:
    rows = dyads() + HARSH_WORDS + WARM
    alone = gap(tallies(rows), ask(), [SAMPLE])
    [place] = [one for one in run(rows) if ends(one) == ("USA", "IRN")]
    theirs = [f for f in alone if f.actor == "USA" and f.statistic in SCORES[:3]]
    ours = [f for f in place.findings if f.statistic in SCORES[:3]]
    assert sorted(numbers(ours)) == sorted(numbers(theirs))


def test_the_false_discovery_rate_is_held_over_all_rows() -> None:
    [q] = [f for f in run(dyads() + HARSH_WORDS)[0].findings if f.statistic == "surprise_q"]
    alone = gap(tallies(dyads() + HARSH_WORDS), ask(), [SAMPLE])
    [own] = [f for f in alone if f.statistic == "surprise_q" and f.actor == "USA"]
    assert q.estimate is not None and own.estimate is not None
    assert q.estimate > own.estimate  # one row looked at against 151
    assert q.estimate <= 0.05


def test_permuting_the_rows_changes_nothing() -> None:
    rows = dyads() + HARSH_WORDS + WARM + THIN
    assert run(rows) == run(rows[::-1])


def test_exchanging_actors_and_targets_mirrors_the_ranking() -> None:
    rows = dyads() + HARSH_WORDS + WARM
    turned = [r | {"actor": r["target"], "target": r["actor"]} for r in rows]
    before = {ends(place): numbers(list(place.findings)) for place in run(rows)}
    after = {ends(place)[::-1]: numbers(list(place.findings)) for place in run(turned)}
    assert before == after


def test_moving_the_record_in_time_moves_nothing_but_dates_and_draws() -> None:
    rows = dyads() + HARSH_WORDS + WARM
    later = [r | {"month": date(1991, 6, 1)} for r in rows]
    found = [
        [(ends(p), p.rank, p.tier, p.findings[0].estimate) for p in run(record)]
        for record in (rows, later)
    ]
    assert found[0] == found[1]


def test_a_regime_acts_as_its_state() -> None:
    mine = [row("IRQ", "IRN", "word", 50, 50), row("IRQ", "IRN", "deed", 30, 30)]
    theirs = [row("IRQ.baath", "IRN", "word", 10, 90), row("IRQ.baath", "IRN", "deed", 5, 35)]
    [found] = [one for one in run(dyads() + mine + theirs) if ends(one) == ("IRQ", "IRN")]
    assert (found.words, found.deeds) == (200, 100)


def test_periods_are_ranked_together() -> None:
    later = [r | {"month": date(1991, 3, 1)} for r in HARSH_WORDS]
    found = run(dyads() + HARSH_WORDS + later, by="year")
    assert [place.findings[0].start[:4] for place in found[:2]] == ["1990", "1991"]


def test_casebooks_are_not_ranked_and_weeks_cannot_be_had() -> None:
    assert scan(tallies(dyads()), EVERY, [BOOK]) == []
    with pytest.raises(BadDates, match="--by month, quarter or year"):
        run(dyads(), by="week")
