"""The gap on a made-up record: planted values, gates, coverage, and what must not move it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from realpolitik.errors import BadDates
from realpolitik.findings import Finding
from realpolitik.measures.gap import MEASURE, gap
from realpolitik.schema.labelled import Labelled
from tests.measures.synthetic import BOOK, SAMPLE, ask, dyads, row, tallies, weighted

HARSH_WORDS = [row("USA", "IRN", "word", 100, 400), row("USA", "IRN", "deed", 100, 100)]
WARM = [row("IRN", "USA", "word", 300, 100), row("IRN", "USA", "deed", 150, 50)]


def run(rows: list[dict[str, Any]], **asked: Any) -> list[Finding]:
    return gap(tallies(dyads() + rows), ask(**asked), [SAMPLE])


def one(findings: list[Finding], statistic: str, actor: str = "USA") -> Finding:
    [found] = [f for f in findings if f.statistic == statistic and f.actor == actor]
    return found


def test_a_planted_gap_is_found() -> None:
    findings = run(HARSH_WORDS + WARM)
    assert one(findings, "tone_words").estimate == pytest.approx(np.log(100.5 / 400.5), rel=1e-4)
    assert one(findings, "tone_deeds").estimate == pytest.approx(0.0)
    found = one(findings, "gap_z")
    assert found.lower is not None and found.lower > 0.8
    assert found.notes[0].startswith("Words are harsher than deeds")
    assert (found.n, found.n_effective) == (700, pytest.approx(700, rel=0.01))


def read_again(coded: str, true: str, many: int) -> list[Labelled]:
    """Acts of a code (CAMEO) that a person calls something, each under an id of its own."""
    ids = [f"made_up:{coded}-{true}-{i}" for i in range(many)]
    return [Labelled(act_id, "made_up", "cameo", coded, true, "") for act_id in ids]


def by_labels(labels: list[Labelled], rows: list[dict[str, Any]], **asked: Any) -> list[Finding]:
    return gap(
        tallies(dyads() + rows), ask(**asked), [replace(SAMPLE, labels=tuple(labels))]
    )  # fmt: skip


WORDS, DEEDS = read_again("112", "word", 40), read_again("190", "deed", 40)


def test_labels_say_how_many_words_are_filed_as_deeds_and_what_the_gap_is_then() -> None:
    leaky = [*WORDS, *DEEDS, *read_again("190", "word", 10)]
    plain, leaked = by_labels([*WORDS, *DEEDS], HARSH_WORDS), by_labels(leaky, HARSH_WORDS)
    # 500 coded words, nearly all true, and 200 coded deeds of which a fifth are words.
    share = one(leaked, "words_as_deeds")
    expected = 200 * 10.5 / 52 / (200 * 10.5 / 52 + 500 * 40.5 / 42)
    assert share.estimate == pytest.approx(expected, rel=0.01)
    assert share.lower is not None and share.upper is not None and share.lower < 0.07 < share.upper
    assert share.n == 90 and share.notes[0].startswith("By 90 labelled acts")
    # The words are harsh, so that without them the deeds are warmer, and the gap is larger.
    before, after = (one(found, "gap_z_corrected").estimate for found in (plain, leaked))
    assert before is not None and after is not None and after > before + 0.1


def test_labels_of_few_acts_or_for_another_map_correct_nothing() -> None:
    thin = one(by_labels(WORDS + DEEDS[:9], HARSH_WORDS), "gap_z_corrected")
    assert (thin.status, thin.estimate) == ("too thin", None)
    assert thin.notes[0].startswith("40 labelled words and 9 labelled deeds")
    rows = tallies(dyads() + HARSH_WORDS, every_map=True)
    span = replace(SAMPLE, labels=(*WORDS, *DEEDS))
    other = one(gap(rows, ask(map="gdelt"), [span]), "gap_z_corrected")
    assert other.status == "cannot tell" and "correct nothing" in other.notes[0]


def test_every_gap_says_how_many_acts_were_labelled() -> None:
    assert one(run(HARSH_WORDS), "tipping_leakage").notes[1].startswith("Labelled by hand: no act")
    found = by_labels([*WORDS, *DEEDS, *read_again("190", "none", 5)], HARSH_WORDS)
    assert one(found, "tipping_leakage").notes[1] == (
        "Labelled by hand: 85 acts; of those coded as words 40 of 40 (94% to 100%), "
        "deeds 40 of 45 (77% to 96%) were labelled so."
    )


def test_every_declared_statistic_is_given_for_both_directions() -> None:
    findings = by_labels([*WORDS, *DEEDS], HARSH_WORDS + WARM)
    for actor in ("USA", "IRN"):
        given = {f.statistic for f in findings if f.actor == actor}
        assert given == {statistic.name for statistic in MEASURE.statistics}


def test_the_order_of_the_actors_changes_nothing() -> None:
    rows = tallies(dyads() + HARSH_WORDS + WARM)
    there = gap(rows, ask(), [SAMPLE])
    back = gap(rows, ask().__class__("IRN", "USA"), [SAMPLE])
    assert there == back


def test_exchanging_the_actors_of_the_record_mirrors_every_number() -> None:
    turned = [r | {"actor": r["target"], "target": r["actor"]} for r in HARSH_WORDS + WARM]
    before, after = run(HARSH_WORDS + WARM), run(turned)
    for found in before:
        other = [
            f
            for f in after
            if (f.actor, f.statistic, f.map) == (found.target, found.statistic, found.map)
        ]
        assert [(f.estimate, f.lower, f.upper, f.notes) for f in other] == [
            (found.estimate, found.lower, found.upper, found.notes)
        ]


def test_ten_times_the_volume_leaves_the_gap() -> None:
    sums = ("cooperation", "conflict", "neutral", "sum_n", "sum_c")
    squares = ("sum_nn", "sum_cn", "sum_cc")
    rows = dyads() + HARSH_WORDS + WARM
    louder = [r | {k: 10 * r[k] for k in sums} | {k: 100 * r[k] for k in squares} for r in rows]
    for actor in ("USA", "IRN"):
        quiet, loud = (
            one(gap(tallies(r), ask(), [SAMPLE]), "gap_z", actor) for r in (rows, louder)
        )
        assert quiet.estimate is not None and loud.estimate is not None
        assert abs(quiet.estimate - loud.estimate) < 0.05


def test_permuting_the_rows_changes_nothing() -> None:
    rows = dyads() + HARSH_WORDS + WARM
    assert gap(tallies(rows), ask(), [SAMPLE]) == gap(tallies(rows[::-1]), ask(), [SAMPLE])


def test_too_few_acts_are_too_thin_and_null() -> None:
    findings = run([row("USA", "IRN", "word", 10, 10), row("USA", "IRN", "deed", 3, 3), *WARM])
    found = one(findings, "gap_z")
    assert (found.status, found.estimate, found.lower) == ("too thin", None, None)
    assert "20 non-neutral words (30 needed)" in found.notes[0]
    assert one(findings, "gap_z", "IRN").status == "ok"


def test_without_a_reference_it_cannot_tell() -> None:
    findings = gap(tallies(dyads(40) + HARSH_WORDS), ask(), [SAMPLE])
    found = one(findings, "gap_z")
    assert (found.status, found.estimate) == ("cannot tell", None)
    assert "41 dyads" in found.notes[0]
    assert one(findings, "tone_words").status == "ok"  # a tone needs no reference


def test_outside_coverage_is_null_never_zero() -> None:
    findings = run(HARSH_WORDS, start=date(2005, 1, 1), end=date(2005, 12, 31))
    assert {(f.status, f.estimate, f.n) for f in findings} == {("not covered", None, 0)}
    assert "1990-01-01 to 1991-12-31" in findings[0].notes[0]


def test_a_thin_period_borrows_the_reference_of_all_periods_and_says_so() -> None:
    later = [r | {"month": date(1991, 3, 1)} for r in HARSH_WORDS]
    findings = run(HARSH_WORDS + later, by="year")
    notes = {f.start[:4]: f.notes for f in findings if f.statistic == "gap_z" and f.actor == "USA"}
    assert not any("pools all periods" in note for note in notes["1990"])
    assert any("pools all periods" in note for note in notes["1991"])


def test_days_cannot_be_had_from_monthly_tallies() -> None:
    with pytest.raises(BadDates, match="--by month, quarter or year"):
        run(HARSH_WORDS, by="week")


def test_a_cut_month_is_widened_and_said() -> None:
    findings = run(HARSH_WORDS, start=date(1990, 1, 15))
    assert any("whole months" in note for note in one(findings, "tone_words").notes)


def test_casebooks_give_no_rate() -> None:
    assert gap(tallies(dyads()), ask(), [BOOK]) == []


def test_other_maps_stand_beside_the_default() -> None:
    rows = tallies(dyads() + HARSH_WORDS + WARM, every_map=True)
    maps = {
        f.map
        for f in gap(rows, ask(), [SAMPLE])
        if f.statistic == "gap_z_sensitivity" and f.status == "ok"
    }
    assert maps == {
        "gdelt", "icews", "phoenix", "plover",
        "realpolitik+contacts=words", "realpolitik+contacts=deeds",
    }  # fmt: skip


def test_two_dates_read_the_same_as_the_year_they_enclose() -> None:
    later = [r | {"month": date(1991, 3, 1)} for r in HARSH_WORDS]
    by_year = [f for f in run(HARSH_WORDS + later, by="year") if f.start[:4] == "1991"]
    by_dates = run(HARSH_WORDS + later, start=date(1991, 1, 1), end=date(1991, 12, 31))
    for name in ("gap_z", "surprise", "gap_percentile", "gap_z_shrunk", "tipping_leakage"):
        year, dates = one(by_year, name), one(by_dates, name)
        assert (year.status, year.estimate, year.lower) == ("ok", dates.estimate, dates.lower)
        assert year.notes[-1] == dates.notes[-1] and "pools all periods" in year.notes[-1]


def test_intensities_weigh_acts_where_they_are_published() -> None:
    listed = replace(SAMPLE, listed=True)
    rows = dyads() + HARSH_WORDS + WARM
    plain = one(gap(tallies(rows), ask(), [listed]), "gap_z")
    alike = gap(tallies(rows), ask(), [listed], weighted(rows, lambda _: 5.0))
    assert one(alike, "gap_z_intensity").estimate == pytest.approx(plain.estimate)
    mild = gap(tallies(rows), ask(), [listed], weighted(rows, _mild_deeds_of_the_usa))
    found = one(mild, "gap_z_intensity").estimate
    assert found is not None and plain.estimate is not None and found > plain.estimate + 0.5
    none = one(
        gap(tallies(rows), ask(), [listed], weighted(rows, lambda _: None)), "gap_z_intensity"
    )
    assert (none.status, none.estimate) == ("cannot tell", None)
    assert "No intensity is published" in none.notes[0]


def _mild_deeds_of_the_usa(cell: dict[str, Any]) -> float:
    """Its hostile deeds are a tenth as strong as those of others."""
    hostile = (cell["actor"], cell["kind"], cell["side"]) == ("USA", "deed", "conflict")
    return -0.5 if hostile else 5.0


def test_exchanged_actors_mirror_the_weighted_gap_too() -> None:
    listed = replace(SAMPLE, listed=True)
    rows = HARSH_WORDS + WARM
    turned = [r | {"actor": r["target"], "target": r["actor"]} for r in rows]
    found = []
    for these, actor in ((dyads() + rows, "USA"), (dyads() + turned, "IRN")):
        acts = weighted(these, lambda cell: 8.0 if cell["kind"] == "word" else 3.0)
        found.append(one(gap(tallies(these), ask(), [listed], acts), "gap_z_intensity", actor))
    assert (found[0].estimate, found[0].lower) == (found[1].estimate, found[1].lower)
