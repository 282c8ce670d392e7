"""Answers on a made-up record: planted truth, gates, coverage, weeks, and what must not move it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from realpolitik.errors import BadDates
from realpolitik.findings import Finding
from realpolitik.measures._question import SourceSpan
from realpolitik.measures.respond import MEASURE, respond
from realpolitik.measures.respond import SHOCKS as SHOCK_STATISTICS
from tests.measures.moving import MONTHS, SPAN, answering, later, louder, month, told, turned
from tests.measures.synthetic import BOOK, acts, ask, tallies

ROWS = told(answering())
SHOCKS = {statistic.name for statistic in SHOCK_STATISTICS}


def run(rows: list[dict[str, Any]], span: SourceSpan = SPAN, **more: Any) -> list[Finding]:
    day = more.pop("day", None)
    return respond(tallies(rows), acts([]), ask(**more), [span], day=day)


def one(findings: list[Finding], statistic: str, actor: str = "USA") -> Finding:
    [found] = [f for f in findings if f.statistic == statistic and f.actor == actor]
    return found


def numbers(findings: list[Finding]) -> dict[tuple[str, str], tuple[Any, ...]]:
    return {(f.actor, f.statistic): (f.estimate, f.lower, f.upper, f.status) for f in findings}


@pytest.fixture(scope="module")
def found() -> list[Finding]:
    return run(ROWS)


def test_a_planted_answer_is_found_on_the_side_that_gives_it(found: list[Finding]) -> None:
    answer = one(found, "response")
    assert answer.lower is not None and answer.lower > 0.3
    assert (
        one(found, "response_p").estimate < 1e-6 < 0.01 < one(found, "response_p", "IRN").estimate
    )  # type: ignore[operator]
    assert one(found, "lead_balance", "IRN").estimate > 0.7  # type: ignore[operator]
    assert one(found, "lead_balance").estimate == -one(found, "lead_balance", "IRN").estimate  # type: ignore[operator]
    for name in ("response_words", "response_deeds", "response_2_lags", "response_within_phases"):
        assert one(found, name).estimate > 0.2, name  # type: ignore[operator]


def test_every_declared_statistic_is_given_for_both_directions(found: list[Finding]) -> None:
    names = {statistic.name for statistic in MEASURE.statistics}
    for actor in ("USA", "IRN"):
        assert {f.statistic for f in found if f.actor == actor} == names - SHOCKS
    shocked = run(ROWS, day=month(120) + timedelta(days=3))
    assert {f.statistic for f in shocked if f.actor == "USA"} == names


def test_exchanging_the_actors_of_the_record_mirrors_every_number() -> None:
    before, after = (numbers(run(r, day=month(120))) for r in (ROWS, turned(ROWS)))
    other = {"USA": "IRN", "IRN": "USA"}
    for (actor, name), values in before.items():
        assert after[other[actor], name] == pytest.approx(values, nan_ok=True), name


def test_permuting_rows_and_moving_time_change_nothing(found: list[Finding]) -> None:
    assert run(ROWS[::-1]) == found
    span = SourceSpan(
        "made_up", "sample", date(1984, 1, 1), date(1997, 4, 30), "month", listed=False
    )
    moved = numbers(run(later(ROWS, 4), span))
    for key, values in numbers(found).items():
        if key[1] != "lead_balance":  # its draws are named by the dates
            assert moved[key] == pytest.approx(values)


def test_volume_moves_no_answer_of_words_or_deeds(found: list[Finding]) -> None:
    # Twice the reports double the design effect, and leave what they are worth.
    for name, kind in (("response_words", "word"), ("response_deeds", "deed")):
        moved = one(run(louder(ROWS, kind, 4)), name).estimate
        assert moved == pytest.approx(one(found, name).estimate, abs=0.1)


def test_too_few_months_are_too_thin_and_null() -> None:
    short = [r for r in ROWS if r["month"] < month(50)]
    for finding in run(short):
        if finding.statistic.startswith(("inertia", "response", "lead")):
            assert (finding.status, finding.estimate) == ("too thin", None)
            assert "50 months this way and 50 the other (60 needed each way" in finding.notes[0]
    assert one(run(short), "deeds_balance").status == "ok"


def test_a_month_without_acts_is_missing_and_said() -> None:
    holed = [r for r in ROWS if r["month"] != month(70)]
    answer = one(run(holed), "response")
    assert answer.status == "ok"
    assert any("1 and 1 such months of 160" in note for note in answer.notes)
    assert answer.estimate != one(run(ROWS), "response").estimate


def test_outside_coverage_is_null_never_zero() -> None:
    findings = run(ROWS, start=date(2005, 1, 1), end=date(2005, 12, 31))
    assert {(f.status, f.estimate, f.n) for f in findings} == {("not covered", None, 0)}


def test_tallies_have_no_weeks_and_no_intensities() -> None:
    with pytest.raises(BadDates, match="use --by month, or load its acts with `realpolitik ingest"):
        respond(tallies(ROWS), acts([]), ask(), [SPAN], "week")
    comparator = one(run(ROWS), "summed_goldstein_f")
    assert comparator.status == "cannot tell" and "ingest made_up FILE" in comparator.notes[0]


def test_casebooks_give_no_series() -> None:
    assert respond(tallies(ROWS), acts([]), ask(), [BOOK]) == []


def weekly() -> list[dict[str, Any]]:
    """Single acts: each side stays hostile or mild for weeks; each act is a cluster of its own."""
    rng = np.random.default_rng(1)
    rows = []
    hostile = [False, False]
    for at in range(150):
        for side_of, ends in enumerate((("USA", "IRN"), ("IRN", "USA"))):
            hostile[side_of] ^= rng.random() < 0.15
            for _ in range(12):
                share = 0.8 if hostile[side_of] else 0.2
                side = "conflict" if rng.random() < share else "cooperation"
                day = date(1980, 1, 7) + timedelta(days=7 * at + int(rng.integers(7)))
                rows.append({
                    "date": day, "source": "wire", "actor": ends[0], "target": ends[1],
                    "kind": "deed", "side": side,
                    "intensity": -5.0 if side == "conflict" else 5.0,
                    "act_id": f"wire:{len(rows):05}", "cluster": f"{len(rows)}",
                })  # fmt: skip
    return rows


def test_weeks_come_from_single_acts_with_the_published_comparator() -> None:
    span = SourceSpan("wire", "sample", date(1980, 1, 7), date(1982, 11, 21), "month")
    findings = respond(tallies([]), acts(weekly()), ask(), [span], "week")
    assert one(findings, "inertia").estimate > 0.2  # type: ignore[operator]
    assert one(findings, "response").n == 150 * 12
    assert one(findings, "deeds_balance").estimate == pytest.approx(0.0)
    assert one(findings, "deeds_balance_weighted").estimate == pytest.approx(0.0)
    sums = one(findings, "summed_goldstein_f")
    assert sums.status == "ok" and sums.notes[0].startswith("Published comparator, not a finding")
    assert {f.start for f in findings} == {"1980-01-07"}


def test_a_shock_says_what_a_large_p_does_not_mean() -> None:
    findings = run(ROWS, day=month(120))
    p = one(findings, "shock_p")
    assert p.status == "ok" and "does not mean that the answer was proportionate" in p.notes[0]
    assert (
        0
        < one(findings, "shock_power_half").estimate
        <= one(findings, "shock_power_none").estimate
        <= 1
    )  # type: ignore[operator]


def test_a_shock_too_early_or_outside_is_null() -> None:
    early = one(run(ROWS, day=month(20)), "shock_p")
    assert early.status == "too thin" and "20 months" in early.notes[0]
    outside = one(run(ROWS, day=date(2001, 9, 11)), "shock_p")
    assert outside.status == "not covered" and outside.estimate is None
    last = one(run(ROWS, day=month(MONTHS - 1)), "shock_p")
    assert last.status == "too thin" and "after the shock" in last.notes[0]


def test_the_deed_of_the_day_is_named() -> None:
    day = month(120) + timedelta(days=4)
    deed = {"date": day, "actor": "IRN", "target": "USA", "kind": "deed", "text": "A ship is hit."}
    findings = respond(tallies(ROWS), acts([deed]), ask(), [SPAN], day=day)
    assert one(findings, "shock_size").notes[0] == "book:000: A ship is hit."
    assert one(findings, "shock_size", "IRN").notes[0].startswith("No listed deed of that day")
