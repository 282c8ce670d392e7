"""The verbs on the bundled record: shapes, exact rows, and clear refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import realpolitik as rp
from realpolitik.errors import (
    AmbiguousName,
    BadDates,
    NotInRecord,
    OutputError,
    SameActor,
    UnknownName,
    UsageError,
)

KEYS = [
    "measure", "actor", "target", "start", "end", "statistic", "estimate", "lower", "upper",
    "level", "unit", "status", "n", "n_effective", "sources", "map", "method",
    "methodology_version", "acts", "notes",
]  # fmt: skip


def test_a_finding_has_the_keys_of_the_contract_in_order() -> None:
    findings = rp.gap("USA", "IRN").to_dict()["findings"]
    assert all(list(finding) == KEYS for finding in findings)
    assert {f["sources"][0] for f in findings} == {"keds_gulf"}
    json.dumps(findings, allow_nan=False)


def test_names_are_accepted_in_either_order() -> None:
    assert rp.gap("iran", "United States").findings == rp.gap("USA", "IRN").findings


def test_counts_of_the_two_directions() -> None:
    found = {(f.actor, f.statistic): f.n for f in rp.gap("USA", "IRN").findings}
    assert found["USA", "tone_words"] == 2236
    assert found["USA", "tone_deeds"] == 2120
    assert found["IRN", "tone_words"] == 1790
    assert found["IRN", "tone_deeds"] == 1295
    assert found["IRN", "contact_share"] == 4873


def test_the_query_of_a_finding_lists_as_many_acts() -> None:
    for finding in rp.gap("USA", "IRN").findings:
        if finding.statistic in ("tone_words", "tone_deeds"):
            kind = finding.statistic.removeprefix("tone_").removesuffix("s")
            listed = rp.acts("USA", "IRN", source="keds_gulf", actor=finding.actor, kind=kind).rows
            assert sum(row["n"] for row in listed if row["side"] != "neutral") == finding.n
    for finding in rp.secrets("USA", "IRN").findings:
        if finding.statistic == "secret_deed_cooperation":
            listed = rp.acts(
                "USA", "IRN", source="casebook", actor=finding.actor, kind="deed",
                side="cooperation", secrecy="secret",
            ).rows  # fmt: skip
            assert len(listed) == finding.estimate


def test_a_regime_and_its_state_share_acts_inside_its_years() -> None:
    under = rp.gap("USA", "IRQ.baath", start="1985", end="1990")
    state = rp.gap("USA", "IRQ", start="1985", end="1990")
    tones = [
        [f.estimate for f in r.findings if f.statistic == "tone_deeds"] for r in (under, state)
    ]
    assert tones[0] and sorted(map(str, tones[0])) == sorted(map(str, tones[1]))


def test_another_map_moves_kinds_of_acts() -> None:
    default = {row["act_id"]: row["kind"] for row in rp.acts("USA", "IRN", source="casebook").rows}
    gdelt = {
        row["act_id"]: row["kind"]
        for row in rp.acts("USA", "IRN", source="casebook", map="gdelt").rows
    }
    assert set(default) == set(gdelt)
    assert "contact" in default.values() and "contact" not in gdelt.values()


def test_acts_known_on_a_day() -> None:
    before = rp.acts("USA", "IRN", source="casebook", end="1986", as_of="1986-10-31").rows
    after = rp.acts("USA", "IRN", source="casebook", end="1986", as_of="1986-12-31").rows
    late = {row["act_id"] for row in after} - {row["act_id"] for row in before}
    assert "casebook:A058" in late


def test_a_frame_has_a_row_a_finding() -> None:
    result = rp.secrets("USA", "IRN")
    assert len(result.to_frame()) == len(result.findings)
    assert result.to_frame("polars").height == len(result.findings)
    assert "<table>" in result._repr_html_()


def test_citations_of_a_result_name_source_method_and_software() -> None:
    text = rp.gap("USA", "IRN").cite()
    assert "@software{realpolitik" in text and "Schrodt" in text and "rao1992" in text


def test_an_act_on_oneself_that_a_verdict_rests_on_can_be_seen_by_its_id() -> None:
    [row] = rp.acts("USA", "IRN", id="casebook:A237").rows
    assert (row["actor"], row["target"], row["kind"]) == ("USA", "USA", "word")
    assert rp.acts("IRN", "ISR", id="casebook:A237").rows == []
    assert all(one["actor"] != one["target"] for one in rp.acts("USA", "IRN").rows)


def test_a_lone_act_by_its_id() -> None:
    [row] = rp.acts("USA", "IRN", id="casebook:A058").rows
    assert (row["date"], row["secrecy"], row["disclosed"]) == ("1985-08-20", "secret", "1986-11-03")


@pytest.mark.parametrize(
    ("error", "call"),
    [
        (UnknownName, lambda: rp.gap("USA", "Atlantis")),
        (AmbiguousName, lambda: rp.gap("USA", "Korea")),
        (SameActor, lambda: rp.gap("USA", "United States")),
        (BadDates, lambda: rp.gap("USA", "IRN", start="1990", end="1980")),
        (BadDates, lambda: rp.gap("USA", "IRN", start="1990-13")),
        (BadDates, lambda: rp.gap("USA", "IRN", by="week")),
        (UnknownName, lambda: rp.gap("USA", "IRN", by="decade")),
        (UnknownName, lambda: rp.gap("USA", "IRN", source="gdlet")),
        (UnknownName, lambda: rp.gap("USA", "IRN", map="golstein")),
        (UnknownName, lambda: rp.acts("USA", "IRN", kind="deeds")),
        (UnknownName, lambda: rp.acts("USA", "IRN", actor="ISR")),
        (UnknownName, lambda: rp.codes("999")),
        (UnknownName, lambda: rp.cite("nothing")),
        (UsageError, lambda: rp.gap("USA", "IRN", lake=str(Path(__file__).parent))),
        (UsageError, lambda: rp.gap("USA", "IRN", lake="/no/such/lake")),
        (UsageError, lambda: rp.gap("USA", "IRN", lake="postgres://host/acts")),
        (OutputError, lambda: rp.dossier("USA", "IRN", output="/dev/full")),
    ],
)
def test_what_cannot_be_answered_is_one_clear_line(error: type[Exception], call: object) -> None:
    with pytest.raises(error) as caught:
        call()  # type: ignore[operator]
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 400


def test_a_dyad_absent_from_the_record_is_not_covered() -> None:
    assert {f.status for f in rp.gap("PER", "BTN").findings} == {"not covered"}
    assert rp.acts("PER", "BTN").rows == []
    assert "casebook" in rp.acts("PER", "BTN").messages[0]


def test_a_dossier_about_nothing_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotInRecord, match="Peru and Bhutan"):
        rp.dossier("PER", "BTN", output=tmp_path / "x.html")
    assert list(tmp_path.iterdir()) == []


def test_a_dossier_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Cannot write"):
        rp.dossier("USA", "CUB", output=tmp_path / "none" / "x.html")
    (tmp_path / "taken.json").mkdir()
    with pytest.raises(OutputError, match="Cannot write"):
        rp.dossier("USA", "CUB", output=tmp_path / "taken.html")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.json"]


def test_a_dossier_and_its_twin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = rp.dossier("USA", "IRN")
    assert (made.html.name, made.json.name) == ("usa-iran.html", "usa-iran.json")
    twin = json.loads(made.json.read_text(encoding="utf-8"))
    assert len(twin["findings"]) == len(made.findings) and made.answer
    assert "@software{realpolitik" in rp.cite(str(made.json))
    again = made.html.read_bytes()
    assert rp.dossier("IRN", "USA", output=tmp_path / "usa-iran.html").findings == made.findings
    rp.dossier("USA", "IRN")
    assert made.html.read_bytes() == again
