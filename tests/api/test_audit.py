"""Acts drawn to be labelled, and a filled-in file read back."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import realpolitik as rp
from realpolitik.errors import CorruptFile, UsageError


def filled(path: Path, **more: Any) -> Path:
    """Thirty drawn acts in a file, labelled as they were coded; `more` overrides the first row."""
    rows = rp.audit("USA", "IRN", n=30).to_dict()["audit"]
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
