"""Missions opened, raised, lowered and closed: a change of status is the act, not the status."""

import csv
import datetime as dt

import ibis
import pytest

from realpolitik.errors import CorruptFile
from realpolitik.sources.us_missions import acts
from tests.sources import checks


@pytest.fixture(scope="module")
def real(shared_data):
    folder = shared_data / "states" / "missions" / "us-diplomatic-missions"
    return folder / "mission_status_range_cow_v0.1.csv"


def test_every_stretch_is_accounted_for(real):
    with real.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = checks.account("us_missions", real)
    assert (found["rows"], found["acts"], found["repeats"]) == (len(rows), 410, 0) == (656, 410, 0)
    assert found["refused"] == {
        "first stretch of the state: no change is told": len({r["country_code_cow"] for r in rows}),
        "changed between two memberships: day not known": 16,
        "status as before": 14,
    }


def test_iran_as_in_the_file(real):
    rows = acts.read(ibis.duckdb.connect(), real)
    rows = rows.filter(rows.target == "IRN").order_by("date").to_pyarrow().to_pylist()
    assert [(r["actor"], r["date"], r["date_precision"], r["code"]) for r in rows] == [
        ("USA", dt.date(1883, 6, 11), "day", "050"),
        ("USA", dt.date(1944, 8, 21), "day", "050"),
        ("USA", dt.date(1980, 4, 7), "day", "161"),
        ("USA", dt.date(1980, 5, 21), "day", "050"),
    ]
    assert rows[2]["text"].endswith("changed from Embassy to None.")


def test_a_first_of_the_year_is_a_year_and_a_first_of_the_month_a_month(real):
    rows = acts.read(ibis.duckdb.connect(), real).to_pyarrow().to_pylist()
    for row in rows:
        first = row["date"].day == 1
        january = first and row["date"].month == 1
        wanted = "year" if january else "month" if first else "day"
        assert row["date_precision"] == wanted, row["act_id"]
    taiwan = next(row for row in rows if row["target"] == "TWN")
    assert (taiwan["date"], taiwan["end_date"]) == (dt.date(1979, 1, 1), dt.date(1979, 12, 31))


def test_order_of_rows_does_not_matter(real, tmp_path):
    checks.same_in_any_order("us_missions", real, tmp_path, header=1)


def test_recognised_by_its_header(real, shared_data):
    assert checks.sniffed("us_missions", real)
    others = [p for p in (shared_data / "states").rglob("*") if p.is_file() and p != real]
    others += checks.real_files(shared_data)
    assert not [path for path in others if checks.sniffed("us_missions", path)]


def test_the_list_of_gleditsch_and_ward_is_read_too(tmp_path):
    path = tmp_path / "gw.csv"
    head = "country_abbrev_gw,country_code_gw,country_name_gw,country_name_usdos,"
    path.write_text(
        f"{head}date_start,date_end,us_mission_status\n"
        "IRN,630,Iran,Iran,1944-08-21,1980-04-06,Embassy\n"
        "IRN,630,Iran,Iran,1980-04-07,1980-05-20,None\n"
    )
    [row] = acts.read(ibis.duckdb.connect(), path).to_pyarrow().to_pylist()
    assert (row["target"], row["code"]) == ("IRN", "161")


def test_the_yearly_table_is_not_this(real):
    yearly = real.with_name("mission_status_yearly_cow_v0.1.csv")
    with pytest.raises(CorruptFile, match="no column 'date_start'"):
        acts.marked(ibis.duckdb.connect(), yearly)
