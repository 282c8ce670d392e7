"""Sanctions: lists cut where a comma is no part of a name, each case begun and ended."""

import csv
import datetime as dt

import ibis
import pytest

from realpolitik.errors import CorruptFile
from realpolitik.sources import shape
from realpolitik.sources.gsdb import acts
from tests.sources import checks


@pytest.fixture(scope="module")
def real(shared_data):
    return shared_data / "states" / "sanctions" / "GSDB_V4.csv"


@pytest.fixture(scope="module")
def marked(real):
    con = ibis.duckdb.connect()
    return shape.held(con, acts.marked(con, real))


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Iran", ["Iran"]),
        ("Korea, North, Syria", ["Korea, North", "Syria"]),
        ("Denmark, Netherlands,  Sweden", ["Denmark", "Netherlands", "Sweden"]),
        (
            "Bahrain, Egypt, Arab Rep., Gambia, The, Congo, Democratic Republic of the",
            ["Bahrain", "Egypt, Arab Rep.", "Gambia, The", "Congo, Democratic Republic of the"],
        ),
        (
            "Mauritania, Libya, Yemen, North, Niger",
            ["Mauritania", "Libya", "Yemen, North", "Niger"],
        ),
        ("", []),
    ],
)
def test_lists_are_cut_between_names(cell, names):
    assert acts.listed(cell) == names


def test_every_part_of_every_row_is_accounted_for(real):
    found = checks.account("gsdb", real)
    still = "end: in force in 2023, the last year of the record"
    assert (found["rows"], found["acts"], found["repeats"]) == (4494, 3467, 0)
    assert found["refused"][still] == 985
    assert sum(found["refused"].values()) == 1027
    assert not [why for why in found["refused"] if "not in the vocabulary" in why]


def test_every_row_of_the_file_is_there(real, marked):
    with real.open(encoding="utf-8", newline="") as lines:
        rows = sum(1 for _ in csv.DictReader(lines))
    assert rows == 1547 == marked.line.nunique().to_pyarrow().as_py()


def test_the_embargo_on_iran_of_1984(marked):
    rows = shape.accepted(marked)
    rows = rows.filter(rows.source_event_id == "297").order_by("date").to_pyarrow().to_pylist()
    told = [(r["actor"], r["target"], r["date"], r["end_date"], r["code"]) for r in rows]
    assert told == [
        ("USA", "IRN", dt.date(1984, 1, 1), dt.date(1984, 12, 31), "163"),
        ("USA", "IRN", dt.date(2016, 1, 1), dt.date(2016, 12, 31), "085"),
    ]
    assert {row["date_precision"] for row in rows} == {"year"}
    assert rows[1]["related"] == rows[0]["act_id"]
    assert "arms" in rows[0]["text"]


def test_a_list_of_seventeen_targets(marked):
    names = marked.filter(marked.target_native == "South Vietnam")
    late = names.filter((names.date >= dt.date(2022, 1, 1)) & names.target.notnull())
    assert set(late.target.to_pyarrow().to_pylist()) == {"VNM"}


def test_order_of_rows_does_not_matter(real, tmp_path):
    checks.same_in_any_order("gsdb", real, tmp_path, header=1)


def test_recognised_by_its_header(real, shared_data):
    assert checks.sniffed("gsdb", real)
    others = [p for p in (shared_data / "states").rglob("*") if p.is_file() and p != real]
    assert not [p for p in [*others, *checks.real_files(shared_data)] if checks.sniffed("gsdb", p)]


def test_another_header_is_named(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("case_id,begin\n1,1990\n")
    with pytest.raises(CorruptFile, match="no column 'sanctioned_state'"):
        acts.marked(ibis.duckdb.connect(), path)
