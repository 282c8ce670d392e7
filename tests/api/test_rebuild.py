"""A dossier made again from its lock, and two dossiers held against each other."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import realpolitik as rp
from realpolitik.errors import CorruptFile, NotInRecord, UsageError

Edit = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rp.dossier("USA", "IRN", output=tmp_path_factory.mktemp("old") / "page.html").json


def _edited(twin: Path, folder: Path, edit: Edit) -> Path:
    values = json.loads(twin.read_text(encoding="utf-8"))
    edit(values)
    made = folder / "edited.json"
    made.write_text(json.dumps(values), encoding="utf-8")
    return made


def test_the_same_inputs_give_the_same_bytes(twin: Path, tmp_path: Path) -> None:
    again = rp.rebuild(twin, output=tmp_path / "again.html")
    assert again.html.read_bytes() == twin.with_suffix(".html").read_bytes()
    assert again.json.read_bytes() == twin.read_bytes()
    assert again.messages == ()


def test_the_question_of_the_lock_is_asked_again(tmp_path: Path) -> None:
    first = rp.dossier(
        "PAK", "USA", output=tmp_path / "a.html", start="1985", source="keds_gulf", seed=3
    )
    again = rp.rebuild(first.json, output=tmp_path / "b.html")
    assert again.json.read_bytes() == first.json.read_bytes()


def _another_file(values: dict[str, Any]) -> None:
    values["lock"]["inputs"]["keds_gulf"]["tallies.parquet"] = "sha256:0"


def _another_source(values: dict[str, Any]) -> None:
    values["lock"]["inputs"]["elsewhere"] = {"part": "sha256:0"}
    values["lock"]["question"]["sources"].append("elsewhere")


def _another_map(values: dict[str, Any]) -> None:
    values["lock"]["map"] = "realpolitik-0"


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (_another_file, "keds_gulf: tallies.parquet changed"),
        (_another_source, "elsewhere is no longer in the record"),
        (_another_map, "map realpolitik-0 became"),
    ],
)
def test_other_inputs_are_named_and_nothing_is_written(
    twin: Path, tmp_path: Path, edit: Edit, said: str
) -> None:
    changed = _edited(twin, tmp_path, edit)
    with pytest.raises(NotInRecord, match=said):
        rp.rebuild(changed, output=tmp_path / "again.html")
    assert [path.name for path in tmp_path.iterdir()] == ["edited.json"]


def test_another_library_is_remarked_on(twin: Path, tmp_path: Path) -> None:
    changed = _edited(twin, tmp_path, lambda v: v["lock"]["libraries"].update(numpy="1.0"))
    again = rp.rebuild(changed, output=tmp_path / "again.html")
    assert [message.split(" became")[0] for message in again.messages] == ["numpy 1.0"]


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": "x"}', '{"format": "realpolitik-dossier-1"}']
)
def test_what_is_no_twin_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CorruptFile, match=r"realpolitik dossier"):
        rp.rebuild(file)


def _no_question(values: dict[str, Any]) -> None:
    values["lock"]["question"] = {}


def _no_inputs(values: dict[str, Any]) -> None:
    del values["lock"]["inputs"]


def _half_a_finding(values: dict[str, Any]) -> None:
    del values["findings"][0]["upper"]


def _no_act(values: dict[str, Any]) -> None:
    values["acts"][0] = None


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (_no_question, "question"),
        (_no_inputs, "lock"),
        (_half_a_finding, "findings"),
        (_no_act, "acts"),
    ],
)
def test_half_a_twin_is_refused(twin: Path, tmp_path: Path, edit: Edit, said: str) -> None:
    half = _edited(twin, tmp_path, edit)
    with pytest.raises(CorruptFile, match=f"no whole '{said}'"):
        rp.rebuild(half)
    with pytest.raises(CorruptFile, match=f"no whole '{said}'"):
        rp.diff(twin, half)


def test_a_missing_twin_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        rp.diff(tmp_path / "no.json", tmp_path / "no.json")


def test_a_dossier_does_not_differ_from_itself(twin: Path) -> None:
    found = rp.diff(twin, twin)
    assert found.rows == []
    assert found.messages[-1].startswith("Acts: 0 came, 0 went")


def _shifted(values: dict[str, Any]) -> None:
    known = [item for item in values["findings"] if item["lower"] is not None]
    known[0]["estimate"] = known[0]["upper"] + 1
    known[1]["estimate"] = (known[1]["lower"] + known[1]["upper"]) / 2 + 1e-6
    known[2].update(estimate=None, lower=None, upper=None, status="too thin")
    values["findings"].remove(known[3])
    values["acts"].pop()


def test_what_moved_is_told_apart(twin: Path, tmp_path: Path) -> None:
    found = rp.diff(twin, _edited(twin, tmp_path, _shifted))
    assert [row["moved"] for row in found.rows] == [
        "beyond its interval", "within its interval", "status", "gone",
    ]  # fmt: skip
    assert found.messages == (f"Acts: 0 came, 1 went, {_acts(twin) - 1} are in both.",)


def _acts(twin: Path) -> int:
    return len(json.loads(twin.read_text(encoding="utf-8"))["acts"])


def _grown(values: dict[str, Any]) -> None:
    """As if the source had got one more year, with nothing else changed."""
    sample = [item for item in values["findings"] if item["sources"] == ["keds_gulf"]]
    last = max(item["end"] for item in sample)
    for item in sample:
        # A part of a year is another span once the year is whole, and is told as such.
        if item["end"] == last and item["start"][:4] < last[:4]:
            item["end"] = "2099-12-31"
            item["id"] = "another"


def test_a_source_that_has_grown_is_still_compared(twin: Path, tmp_path: Path) -> None:
    assert rp.diff(twin, _edited(twin, tmp_path, _grown)).rows == []


def test_another_dyad_is_refused(twin: Path, tmp_path: Path) -> None:
    other = _edited(twin, tmp_path, lambda values: values["lock"]["question"].update(a="FRA"))
    with pytest.raises(UsageError, match="same two actors"):
        rp.diff(twin, other)
