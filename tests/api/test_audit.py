"""Acts drawn to be labelled, and a filled-in file read back."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import realpolitik as rp
from realpolitik.errors import CorruptFile, NotInRecord, UsageError
from realpolitik.lake.labels import labels


def filled(path: Path, n: int = 30, **more: Any) -> Path:
    """Drawn acts in a file, labelled as they were coded; `more` overrides the first row."""
    rows = rp.audit("USA", "IRN", n=n).to_dict()["audit"]
    for row in rows:
        row.update(true_kind=row["kind"], true_side=row["side"])
    rows[0].update(more)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_as_many_of_each_kind_are_drawn_and_the_same_ones_again() -> None:
    there, back = (
        rp.audit(*pair, n=30).to_dict()["audit"] for pair in (("USA", "IRN"), ("IRN", "USA"))
    )
    assert there == back
    assert Counter(row["kind"] for row in there) == {"word": 10, "contact": 10, "deed": 10}
    assert there != rp.audit("USA", "IRN", n=30, seed=1).to_dict()["audit"]
    assert all(row["true_kind"] == "" for row in there)


def test_labels_give_precision_of_both_directions(tmp_path: Path) -> None:
    found = rp.audit("USA", "IRN", labels=filled(tmp_path / "labels.csv"))
    assert isinstance(found, rp.Result)
    by_name = {f.statistic: f for f in found.findings if f.actor == "USA"}
    assert by_name["precision_deed"].estimate == 1.0
    assert by_name["precision_deed"].notes[0] == "Coded deed, labelled: 10 deed."
    assert "gap_z_corrected" not in by_name  # a casebook is no sample


def test_a_wrong_label_lowers_the_precision_of_its_kind_alone(tmp_path: Path) -> None:
    path = filled(tmp_path / "labels.csv", kind="deed", true_kind="none")
    found = rp.audit("USA", "IRN", labels=path)
    assert isinstance(found, rp.Result)
    lower = [f.statistic for f in found.findings if f.actor == "USA" and (f.estimate or 1) < 1]
    assert len(lower) == 1 and lower[0].startswith("precision_")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"true_kind": "wrod"}, r"row 2: found 'wrod', expected one of word, contact, deed, none"),
        ({"true_side": "good"}, r"row 2: found 'good', expected one of cooperation"),
    ],
)
def test_a_label_nobody_knows_is_refused_by_row(
    tmp_path: Path, more: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        rp.audit("USA", "IRN", labels=filled(tmp_path / "labels.csv", **more))


def test_a_file_that_is_no_list_of_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorruptFile, match="No such file"):
        rp.audit("USA", "IRN", labels=tmp_path / "none.csv")
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(CorruptFile, match="no column 'act_id'"):
        rp.audit("USA", "IRN", labels=other)


def test_labels_of_others_acts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none of its 30 labels is of an act of ISR and SYR"):
        rp.audit("ISR", "SYR", labels=filled(tmp_path / "labels.csv"))


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lake with a table of twelve acts: demands and uses of force in turn."""
    folder, table, mapping = tmp_path / "lake", tmp_path / "mine.csv", tmp_path / "mine.yaml"
    rows = [f"1990-01-{i:02},USA,IRN,{'102' if i % 2 else '190'}" for i in range(1, 13)]
    table.write_text("\n".join(("day,a,b,what", *rows, "")), encoding="utf-8")
    columns = {"date": "day", "actor": "a", "target": "b", "code": "what"}
    told = {"name": "mine", "code_system": "cameo", "columns": columns}
    mapping.write_text(json.dumps(told), encoding="utf-8")
    rp.ingest("generic", table, mapping=mapping, lake=str(folder))
    monkeypatch.setenv("REALPOLITIK_LAKE", str(folder))
    return folder


def test_labels_are_kept_in_the_lake_and_outlive_their_acts(lake: Path, tmp_path: Path) -> None:
    found = rp.audit("USA", "IRN", labels=filled(tmp_path / "labels.csv", n=12))
    assert isinstance(found, rp.Result)
    assert found.messages[0].startswith(f"24 labels are kept in {lake}")
    assert rp.lake("info", "generic").rows[0]["labelled"] == 12
    rp.audit("USA", "IRN", labels=filled(tmp_path / "labels.csv", n=12, true_kind="none"))
    kept = labels(lake)
    assert len(kept) == 24 and [one.kind for one in kept].count("none") == 1
    assert rp.verify(lake=str(lake)).rows == []
    rp.lake("rm", "generic")
    assert labels(lake) == kept


def test_labels_are_told_beside_every_number_and_locked_into_a_dossier(
    lake: Path, tmp_path: Path
) -> None:
    page = rp.dossier("USA", "IRN", output=tmp_path / "before.html")
    assert "Labelled by hand: no act" in page.html.read_text(encoding="utf-8")
    rp.audit("USA", "IRN", labels=filled(tmp_path / "labels.csv", n=12))
    again = rp.dossier("USA", "IRN", output=tmp_path / "after.html")
    assert "words 6 of 6, deeds 6 of 6 were labelled so" in again.html.read_text(encoding="utf-8")
    with pytest.raises(NotInRecord, match=r"generic: labels\.csv added"):
        rp.rebuild(page.json, output=tmp_path / "no.html")


def test_a_damaged_file_of_kept_labels_is_one_clear_line(lake: Path, tmp_path: Path) -> None:
    rp.audit("USA", "IRN", labels=filled(tmp_path / "labels.csv", n=12))
    (lake / "labels.csv").write_text("act_id,source\nA,generic\n", encoding="utf-8")
    with pytest.raises(CorruptFile, match=r"labels\.csv.*code_system") as caught:
        rp.gap("USA", "IRN")
    assert "\n" not in str(caught.value)


def test_without_a_lake_labels_are_not_kept_and_that_is_said(tmp_path: Path) -> None:
    found = rp.audit("USA", "IRN", labels=filled(tmp_path / "labels.csv"))
    assert isinstance(found, rp.Result) and "not kept" in found.messages[0]
