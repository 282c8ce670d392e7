"""Flows that are no acts: trade, worth of arms, votes; every row accounted for, none spread."""

import csv
import datetime as dt
import gzip
import shutil

import ibis
import pytest

from realpolitik.errors import CorruptFile
from realpolitik.sources import FOLDER, reader, shape
from realpolitik.sources.un_votes import records as votes
from tests.sources import checks

FILES = {
    "cow_trade": "trade/cow_trade_ndy.csv.gz",
    "sipri_tiv": "arms/sipri_tiv_1950_2018.csv.gz",
    "un_votes": "votes/un_votes.csv.gz",
}


@pytest.fixture(scope="module")
def real(shared_data, tmp_path_factory):
    """The publishers' files as a reader gets them: unpacked."""
    folder = tmp_path_factory.mktemp("flows")
    for source, name in FILES.items():
        packed, plain = shared_data / "states" / name, folder / f"{source}.csv"
        with gzip.open(packed) as reading, plain.open("wb") as writing:
            shutil.copyfileobj(reading, writing)
    return {source: folder / f"{source}.csv" for source in FILES}


def lines_of(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return sum(1 for _ in csv.DictReader(lines))


def pairs(rows, actor, target):
    found = rows.filter((rows.actor == actor) & (rows.target == target))
    return {row["date"].year: row["value"] for row in found.to_pyarrow().to_pylist()}


def test_both_flows_of_every_row_of_trade(real):
    found = checks.account("cow_trade", real["cow_trade"])
    assert found["rows"] == 2 * lines_of(real["cow_trade"]) == 2 * 673654
    assert (found["acts"], found["refused"]) == (1296475, {"value not known": 50833})


def test_trade_of_iran_and_the_united_states(real):
    con = ibis.duckdb.connect()
    some = real["cow_trade"].with_name("some.csv")
    with real["cow_trade"].open() as lines, some.open("w") as kept:
        kept.writelines(line for line in lines if line.startswith(("ccode1", "2,630,")))
    rows = reader("cow_trade").read(con, some)
    bought, sold = pairs(rows, "IRN", "USA"), pairs(rows, "USA", "IRN")
    assert (bought[1978], bought[1981], bought[1987]) == (4728, 66, 1752)
    assert (sold[1978], sold[1981]) == (1508, 300)
    assert (min(bought), max(bought)) == (1903, 2014)
    days = rows.select("date", "end_date", "date_precision").to_pyarrow().to_pylist()
    assert all(row["date_precision"] == "year" for row in days)
    assert all((row["end_date"] - row["date"]).days in (364, 365) for row in days)


def test_worth_of_arms(real):
    found = checks.account("sipri_tiv", real["sipri_tiv"])
    assert found["rows"] == lines_of(real["sipri_tiv"]) == 13591
    assert (found["acts"], sum(found["refused"].values())) == (13538, 53)
    rows = reader("sipri_tiv").read(ibis.duckdb.connect(), real["sipri_tiv"])
    iran = pairs(rows, "USA", "IRN")
    assert (iran[1972], iran[1985], iran[1986]) == (6790.9, 4.25, 49.95)
    assert not {1979, 1980, 1981, 1982, 1983, 1984} & set(iran)


def test_every_vote(real):
    found = checks.account("un_votes", real["un_votes"])
    assert found == {"rows": 870109, "acts": 870109, "repeats": 0, "refused": {}}
    assert lines_of(real["un_votes"]) == 870109


def test_agreement_of_iran_and_the_united_states(real):
    con = ibis.duckdb.connect()
    rows = votes.read(con, real["un_votes"])
    rows = shape.held(con, rows.filter(rows.actor.isin(["USA", "IRN"])))
    found = votes.agreement(rows).to_pyarrow().to_pylist()
    mine = [row for row in found if row["actor"] == "USA"]
    assert {row["target"] for row in mine} == {"IRN"}
    assert len(found) == 2 * len(mine)
    known = {(1945, 1949): 0.47, (1955, 1959): 0.66, (1975, 1979): 0.34, (1980, 1984): 0.12, (2015, 2019): 0.13}  # fmt: skip
    for (first, last), share in known.items():
        some = [row for row in mine if first <= row["date"].year <= last]
        alike, shared = (sum(row[name] for row in some) for name in ("alike", "shared"))
        assert round(alike / shared, 2) == share


def test_a_vote_is_dated_to_the_months_of_its_session(shared_data):
    calls = shared_data / "states" / "votes" / "un_roll_calls.csv.gz"
    blocks = {number: (start, end) for number, start, end in votes._blocks()}
    with gzip.open(calls, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            start, end = blocks[int(row["rcid"])]
            assert start <= dt.date.fromisoformat(row["date"]) <= end
            assert (start.day, (end + dt.timedelta(days=1)).day) == (1, 1)


def test_russia_is_the_soviet_union_to_the_end_of_1991(real):
    con = ibis.duckdb.connect()
    rows = votes.read(con, real["un_votes"])
    rows = rows.filter(rows.actor_native == "Russia")
    ends = rows.group_by("actor").aggregate(first=rows.date.min(), last=rows.date.max())
    found = {row["actor"]: row for row in ends.to_pyarrow().to_pylist()}
    assert set(found) == {"SUN", "RUS"}
    assert found["SUN"]["last"] < dt.date(1991, 12, 26) <= found["RUS"]["first"]


@pytest.mark.parametrize("source", FILES)
def test_recognised_by_their_headers(real, shared_data, source):
    assert checks.sniffed(source, real[source])
    others = [path for name, path in real.items() if name != source]
    others += [p for p in (shared_data / "states").rglob("*") if p.is_file()]
    others += checks.real_files(shared_data)
    assert not [path for path in others if checks.sniffed(source, path)]


@pytest.mark.parametrize("source", FILES)
def test_another_header_is_named(tmp_path, source):
    path = tmp_path / "x.csv"
    path.write_text("year,sum\n1990,1\n")
    with pytest.raises(CorruptFile, match="no column"):
        reader(source).marked(ibis.duckdb.connect(), path)


@pytest.mark.parametrize("source", FILES)
def test_switched_off_repeats_are_records(source):
    [sample] = (FOLDER / source).glob("sample.*")
    rows = reader(source).marked(ibis.duckdb.connect(), sample, off=frozenset({"repeats"}))
    assert shape.REPEAT not in shape.refusals(rows)
    kept = shape.accepted(rows, "records")
    assert kept.record_id.nunique().to_pyarrow().as_py() == checks.count(kept)
