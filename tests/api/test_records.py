"""Flows go into the lake as records, beside the acts, with the same account and the same care."""

import shutil

import ibis
import pytest

import realpolitik as rp
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
