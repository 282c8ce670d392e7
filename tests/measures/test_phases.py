"""Breaks and episodes on a made-up record: planted truth, gates, and what must not move them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from realpolitik.findings import Finding
from realpolitik.measures._question import SourceSpan
from realpolitik.measures.phases import MEASURE, phases
from tests.measures.moving import MONTHS, SPAN, later, louder, month, told, turned
from tests.measures.synthetic import BOOK, ask, dyads, tallies

BREAK, EPISODE = 90, (30, 40)
RNG = np.random.default_rng(3)
TONE = RNG.normal(0.0, 0.3, (MONTHS, 2)) + np.where(np.arange(MONTHS) >= BREAK, -1.5, 0.0)[:, None]
GAP = np.where((np.arange(MONTHS) >= EPISODE[0]) & (np.arange(MONTHS) < EPISODE[1]), 2.0, 0.0)
ROWS = told(TONE, gap=GAP)
EACH = {"break", "phase_tone_words", "phase_tone_deeds", "episode_own", "episode_reference"}


def run(rows: list[dict[str, Any]], span: SourceSpan = SPAN, **more: Any) -> list[Finding]:
    return phases(tallies(rows), ask(**more), [span])


def some(findings: list[Finding], statistic: str, actor: str = "USA") -> list[Finding]:
    return [f for f in findings if f.statistic == statistic and f.actor == actor]


def numbers(findings: list[Finding], turn: bool = False) -> dict[tuple[str, ...], tuple[Any, ...]]:
    other = {"USA": "IRN", "IRN": "USA"}
    return {
        (other[f.actor] if turn else f.actor, f.statistic, f.start, f.end): (
            f.estimate, f.lower, f.upper, f.status, f.n,
        )
        for f in findings
    }  # fmt: skip


@pytest.fixture(scope="module")
def found() -> list[Finding]:
    return run(ROWS)


def test_a_planted_break_is_found_with_its_month_and_tones(found: list[Finding]) -> None:
    [broken] = some(found, "break")
    assert abs(broken.estimate * 12 - (1980 * 12 + BREAK)) < 2.5  # type: ignore[operator]
    assert broken.lower <= broken.estimate <= broken.upper <= broken.lower + 1  # type: ignore[operator]
    assert broken.notes[0].startswith("First month of the new phase: 1987-0")
    assert "Found under twice the penalty too." in broken.notes
    assert some(found, "breaks")[0].estimate == 1
    before, after = some(found, "phase_tone_words")
    assert before.estimate - after.estimate == pytest.approx(1.5, abs=0.4)  # type: ignore[operator]
    assert before.lower < before.estimate < before.upper  # type: ignore[operator]
    assert (before.start, after.end) == ("1980-01-01", "1993-04-30")


def test_a_planted_episode_is_found_for_its_direction_only(found: list[Finding]) -> None:
    [episode] = some(found, "episode_own")
    assert abs((date.fromisoformat(episode.start) - month(EPISODE[0])).days) <= 62
    assert episode.estimate == pytest.approx(2.0, abs=0.6)
    assert episode.notes[0].startswith("Deeds are milder than words, more than is usual")
    assert some(found, "episode_own", "IRN") == []
    assert some(found, "episode_own_p", "IRN")[0].estimate > 0.05  # type: ignore[operator]


def test_without_other_dyads_the_reference_cannot_be_told(found: list[Finding]) -> None:
    [p] = some(found, "episode_reference_p")
    assert (p.status, p.estimate) == ("cannot tell", None)


def test_against_other_dyads() -> None:
    rows = [r | {"month": month(10)} for r in dyads()] + ROWS
    [p] = some(run(rows), "episode_reference_p")
    assert p.status == "ok" and p.estimate is not None and p.estimate < 0.6


def test_every_declared_statistic_is_given_for_both_directions(found: list[Finding]) -> None:
    for actor in ("USA", "IRN"):
        given = {f.statistic for f in found if f.actor == actor}
        assert {s.name for s in MEASURE.statistics} - EACH <= given


def test_exchanging_the_actors_of_the_record_mirrors_every_number(found: list[Finding]) -> None:
    before, after = numbers(found), numbers(run(turned(ROWS)), turn=True)
    assert before.keys() == after.keys()
    for key, values in before.items():
        assert after[key] == pytest.approx(values), key


def test_permuting_the_rows_changes_nothing(found: list[Finding]) -> None:
    assert run(ROWS[::-1]) == found


def test_shifting_time_shifts_the_breaks(found: list[Finding]) -> None:
    span = SourceSpan(
        "made_up", "sample", date(1984, 1, 1), date(1997, 4, 30), "month", listed=False
    )
    [before], [after] = some(found, "break"), some(run(later(ROWS, 4), span), "break")
    assert after.estimate == pytest.approx(before.estimate + 4)  # type: ignore[operator]


def test_repeated_reports_move_no_break(found: list[Finding]) -> None:
    loud = run(louder(louder(ROWS, "word", 4), "deed", 2))
    assert [f.start for f in some(loud, "break")] == [f.start for f in some(found, "break")]


def test_too_few_months_are_too_thin_and_null() -> None:
    for finding in run([r for r in ROWS if r["month"] < month(20)]):
        if finding.statistic != "coverage_breaks":
            assert (finding.status, finding.estimate) in {("too thin", None), ("cannot tell", None)}


def test_a_break_of_coverage_is_flagged_beside_the_break() -> None:
    thin = [
        r | {"cooperation": r["cooperation"] // 4, "conflict": r["conflict"] // 4}
        if r["month"] >= month(BREAK) else r
        for r in ROWS
    ]  # fmt: skip
    [broken] = some(run(thin), "break")
    assert any("The coverage of the source changes near it" in note for note in broken.notes)
    assert some(run(thin), "coverage_breaks")[0].estimate == 1
    assert some(run(ROWS), "coverage_breaks")[0].estimate == 0


def test_outside_coverage_is_null_never_zero() -> None:
    findings = run(ROWS, start=date(2005, 1, 1), end=date(2005, 12, 31))
    assert {(f.status, f.estimate, f.n) for f in findings} == {("not covered", None, 0)}


def test_casebooks_give_no_series() -> None:
    assert phases(tallies(ROWS), ask(), [BOOK]) == []
