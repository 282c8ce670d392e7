"""Visits to the United States and travels abroad: every element of every file accounted for."""

import datetime as dt
from pathlib import Path

import ibis
import pytest

from realpolitik.errors import CorruptFile
from realpolitik.sources import FOLDER, shape
from realpolitik.sources.us_travels import acts as travels
from realpolitik.sources.us_visits import acts as visits
from tests.sources import checks

PRIVATE = "private or passing visit: no contact is told"
READERS = {"us_visits": visits, "us_travels": travels}


@pytest.fixture(scope="module")
def real(shared_data):
    folder = shared_data / "states" / "visits"
    return {
        "us_visits": sorted(folder.glob("us-visits/data/*.xml")),
        "us_travels": sorted(folder.glob("us-travels/*/*.xml")),
    }


@pytest.mark.parametrize(
    ("source", "tag", "rows", "refused"),
    [
        (
            "us_visits", "visit", 3264,
            {
                PRIVATE: 144, "Hawaii: a former state outside the vocabulary": 3,
                "Bosnian Federation: part of a state": 2,
            },
        ),
        ("us_travels", "trip", 4271, {PRIVATE: 79}),
    ],
)  # fmt: skip
def test_every_element_is_accounted_for(real, source, tag, rows, refused):
    paths = real[source]
    plain = sum(path.read_text(encoding="utf-8").count(f"</{tag}>") for path in paths)
    found = checks.account(source, paths)
    assert found["rows"] == plain == rows
    assert found["refused"] == refused
    assert found["acts"] == rows - sum(refused.values())


@pytest.mark.parametrize(("source", "other", "number"), [("us_visits", "IRN", 12), ("us_travels", "IRN", 17)])  # fmt: skip
def test_contacts_with_iran(real, source, other, number):
    rows = READERS[source].read(ibis.duckdb.connect(), real[source])
    mine = rows.filter((rows.actor == other) | (rows.target == other)).to_pyarrow().to_pylist()
    assert len(mine) == number
    assert {row["code"] for row in mine} == {"042"}
    last = max(mine, key=lambda row: row["date"])
    if source == "us_visits":  # the Shah, the last leader of Iran to come
        assert (last["date"], last["end_date"]) == (dt.date(1977, 11, 15), dt.date(1977, 11, 16))
        assert last["date_precision"] == "range"
    assert all(row["date"] <= row["end_date"] for row in mine)


def test_names_of_the_day(real):
    rows = visits.read(ibis.duckdb.connect(), real["us_visits"])
    korea = rows.filter(rows.actor_native == "Korea").select("actor").distinct()
    assert korea.to_pyarrow()["actor"].to_pylist() == ["KOR"]
    soviet = rows.filter(rows.actor_native == "U.S.S.R.")
    assert soviet.select("actor").distinct().to_pyarrow()["actor"].to_pylist() == ["SUN"]


def test_line_breaks_in_a_text_are_blanks(real):
    rows = visits.read(ibis.duckdb.connect(), real["us_visits"])
    assert rows.filter(rows.text.contains("\n")).count().to_pyarrow().as_py() == 0


@pytest.mark.parametrize("source", READERS)
def test_the_rule_can_be_switched_off(source):
    [sample] = (FOLDER / source).glob("sample.*")
    rows = READERS[source].marked(ibis.duckdb.connect(), sample, off=frozenset({"private"}))
    assert PRIVATE not in shape.refusals(rows)


@pytest.mark.parametrize("source", READERS)
def test_recognised_by_content(real, shared_data, source):
    assert all(checks.sniffed(source, path) for path in real[source])
    every = [p for p in (shared_data / "states").rglob("*") if p.is_file()]
    others = [p for p in every if p not in real[source]] + checks.real_files(shared_data)
    assert not [path for path in others if checks.sniffed(source, path)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<visits><visit></visits>", "broken XML"),
        ("<trips/>", "XML of trips"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><visits/>', "XML with a document type"),
        ("", "broken XML"),
    ],
)
def test_what_is_no_such_xml_is_refused_in_a_line(tmp_path: Path, text, found):
    path = tmp_path / "x.xml"
    path.write_text(text)
    with pytest.raises(CorruptFile, match=found) as caught:
        visits.marked(ibis.duckdb.connect(), path)
    assert "\n" not in str(caught.value)


def test_a_file_without_visits_is_empty(tmp_path: Path):
    path = tmp_path / "x.xml"
    path.write_text("<visits/>")
    assert visits.marked(ibis.duckdb.connect(), path).count().to_pyarrow().as_py() == 0
