"""MID 5.0: what each state did to the one it faced, dated no finer than the file does."""

import csv
import datetime as dt

import ibis
import pytest

from realpolitik.errors import CorruptFile
from realpolitik.sources import FOLDER, card
from realpolitik.sources.cow_mid import acts
from realpolitik.vocab import kinds
from tests.sources import checks

SAMPLE = FOLDER / "cow_mid" / "sample.csv"
ROWS = {"MIDIP": (9_619, 5_770), "MIDB": (5_883, 2_735), "MIDI": (4_483, 0), "MIDA": (2_436, 0)}


@pytest.fixture(scope="module")
def folder(shared_data):
    return shared_data / "events" / "cow_mid5"


@pytest.mark.parametrize("name", ROWS)
def test_every_row_of_the_real_files_is_accounted_for(folder, name):
    path = folder / f"{name} 5.0.csv"
    found = checks.account("cow_mid", path)
    with path.open(encoding="utf-8", newline="") as file:
        assert found["rows"] == sum(1 for _ in csv.DictReader(file))
    assert (found["rows"], found["acts"]) == ROWS[name]
    assert "unknown action" not in found["refused"]
    assert "unknown actor code" not in found["refused"]
    assert name in checks.sniffed("cow_mid", path)


def test_the_dyad_of_the_incidents(folder):
    rows = acts.read(ibis.duckdb.connect(), folder / "MIDIP 5.0.csv")
    both = [rows.actor == "USA", rows.target == "IRN"]
    turned = [rows.actor == "IRN", rows.target == "USA"]
    dyad = rows.filter((both[0] & both[1]) | (turned[0] & turned[1]))
    # Counted from the rows with plain Python: one state on the other side, action not 0.
    assert checks.count(dyad) == 21
    years = {day.year for day in dyad.date.to_pyarrow().to_pylist()}
    assert (min(years), max(years)) == (1997, 2013)
    assert set(rows.side.to_pyarrow().to_pylist()) == {"conflict"}


def test_unknown_days_are_months_or_ranges(folder):
    con = ibis.duckdb.connect()
    rows = acts.read(con, folder / "MIDB 5.0.csv").to_pyarrow().to_pylist()
    for row in rows:
        if row["date_precision"] == "day":
            assert row["date"] == row["end_date"]
        if row["date_precision"] == "month":
            assert row["date"].day == 1
            assert (row["end_date"] + dt.timedelta(days=1)).day == 1
    first, last = card("cow_mid").coverage.start, card("cow_mid").coverage.end
    assert first <= min(row["date"] for row in rows)
    assert max(row["end_date"] for row in rows) <= last


def test_disputes_and_incidents_do_not_count_twice(folder):
    con = ibis.duckdb.connect()
    path = folder / "MIDB 5.0.csv"
    assert checks.count(acts.read(con, path)) < checks.count(
        acts.marked(con, path, off=frozenset({"incidents"})).filter(ibis._.refused.isnull())
    )
    with (folder / "MIDIP 5.0.csv").open(encoding="utf-8", newline="") as file:
        told = {row["dispnum"] for row in csv.DictReader(file)}
    kept = set(acts.read(con, path).source_event_id.to_pyarrow().to_pylist())
    assert not told & kept


def test_every_action_has_a_code_and_a_reason():
    with acts.ACTIONS.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    assert [row["action"] for row in listed] == [str(n) for n in range(1, 22)]
    assert {row["code"] for row in listed} <= {code.code for code in kinds.codes("cameo")}
    assert all(row["reason"].endswith(".") for row in listed)


def test_another_version_is_told_in_one_line(tmp_path):
    path = tmp_path / "mid.csv"
    path.write_text("dispnum3,dispnum4,stday\n1,2,3\n")
    with pytest.raises(CorruptFile, match=r"dispnum3, dispnum4.*Fetch version 5\.0"):
        acts.marked(ibis.duckdb.connect(), path)


def test_order_of_rows_does_not_matter(tmp_path):
    checks.same_in_any_order("cow_mid", SAMPLE, tmp_path, header=1)


def test_recognised_and_nothing_else(shared_data):
    assert checks.recognised(SAMPLE) == ["cow_mid"]
    for path in checks.real_files(shared_data):
        told = checks.sniffed("cow_mid", path)
        assert (told is not None) == (path.parent.name == "cow_mid5"), path
