"""Flows go into the lake as records, beside the acts, with the same account and the same care."""

import shutil

import ibis
import pandas as pd
import pytest

import realpolitik as rp
from realpolitik.errors import NotInRecord, UsageError
from realpolitik.lake.store import Lake
from realpolitik.schema.fit import fit
from realpolitik.schema.table import load
from realpolitik.sources import FOLDER


@pytest.fixture
def flows(tmp_path):
    """A file of trade, a lake to put it into, and what putting it there gave."""
    path = tmp_path / "trade.csv"
    shutil.copy(FOLDER / "cow_trade" / "sample.csv", path)
    lake = tmp_path / "lake"
    return path, lake, rp.ingest("auto", path, lake=str(lake)).rows


def kept(lake):
    paths = Lake(lake).paths("records", "cow_trade")
    rows = ibis.duckdb.connect().read_parquet(paths, hive_partitioning=False)
    return rows.select(*load("records").names)


def test_every_row_is_a_record_a_repeat_or_refused(flows):
    _, lake, [row] = flows
    assert (row["status"], row["source"], row["rows"]) == ("loaded", "cow_trade", 16)
    assert (row["acts"], row["repeats"], row["refused"]) == (5, 2, 9)
    assert (row["start"], row["end"]) == ("1935-01-01", "1995-12-31")
    rows = fit(kept(lake), "records")
    assert rows.count().to_pyarrow().as_py() == 5
    assert not Lake(lake).paths("acts") and not Lake(lake).paths("tallies")


def test_the_same_file_again_changes_nothing(flows):
    path, lake, _ = flows
    before = Lake(lake).paths("records")
    [row] = rp.ingest("auto", path, lake=str(lake)).rows
    assert row["status"] == "unchanged"
    assert Lake(lake).paths("records") == before


def test_a_newer_file_replaces_the_older(flows):
    path, lake, _ = flows
    text = path.read_text().replace("2,365,1935,12,30,12,30", "2,365,1935,13,30,13,30")
    path.write_text(text)
    [row] = rp.ingest("auto", path, lake=str(lake)).rows
    assert row["status"] == "replaced"
    rows = kept(lake)
    values = rows.filter(rows.source_record_id == "365>2:1935")
    assert values.to_pyarrow()["value"].to_pylist() == [13.0]
    assert not rp.verify(lake=str(lake)).rows


def test_another_file_with_the_same_records_brings_repeats(flows):
    path, lake, _ = flows
    other = path.with_name("again.csv")
    other.write_text(path.read_text() + "2,20,1990,1,2,1,2\n")
    [row] = rp.ingest("auto", other, lake=str(lake)).rows
    assert (row["rows"], row["acts"], row["repeats"], row["refused"]) == (18, 2, 7, 9)
    assert kept(lake).count().to_pyarrow().as_py() == 7
    assert not rp.verify(lake=str(lake)).rows


TRADE = """ccode1,ccode2,year,flow1,flow2,smoothflow1,smoothflow2
2,630,1985,700,70,0,0
2,630,1986,600,-9,0,0
2,365,1986,1,2,0,0
"""


@pytest.fixture
def trade(tmp_path):
    path, lake = tmp_path / "trade.csv", str(tmp_path / "lake")
    path.write_text(TRADE)
    rp.ingest("cow_trade", path, lake=lake)
    return lake


def test_a_panel_with_flows(trade):
    asked = {"start": "1985", "end": "1987", "source": "keds_gulf", "lake": trade}
    rows = rp.panel("USA", "IRN", flows=True, **asked).rows
    found = {(row["iso3_1"], row["date"][:4]): row.pop("goods_sold") for row in rows}
    assert found == {
        ("IRN", "1985"): 700, ("IRN", "1986"): 600, ("IRN", "1987"): None,
        ("USA", "1985"): 70, ("USA", "1986"): None, ("USA", "1987"): None,
    }  # fmt: skip
    assert rows == rp.panel("USA", "IRN", **asked).rows


def test_flows_are_yearly_and_come_from_the_lake(trade, tmp_path):
    with pytest.raises(UsageError, match="--by year"):
        rp.panel("USA", "IRN", flows=True, by="month", lake=trade)
    with pytest.raises(NotInRecord, match="holds no flows"):
        rp.panel("USA", "IRN", flows=True)
    with pytest.raises(NotInRecord, match="no records of USA and IRN"):
        rp.export("USA", "IRN", tmp_path / "x.csv", what="records")


def test_records_in_a_file(trade, tmp_path):
    path = tmp_path / "flows.csv"
    rp.export("USA", "IRN", path, what="records", start="1986", lake=trade)
    assert path.read_text().splitlines() == [
        ",".join(load("records").names),
        "cow_trade:630>2:1986,cow_trade,630>2:1986,1986-01-01,1986-12-31,year,IRN,USA,630,2,"
        "goods sold,million US dollars of the year,600.0,600,",
    ]
    rp.export("USA", "IRN", tmp_path / "flows.sqlite", what="records", lake=trade)
    assert "Flows as the sources" in (tmp_path / "flows.metadata.json").read_text()
    stata = tmp_path / "panel.dta"
    rp.export("USA", "IRN", stata, what="panel", flows=True, start="1985", end="1986", lake=trade)
    assert pd.read_stata(stata)["goods_sold"].tolist()[0] == 700
