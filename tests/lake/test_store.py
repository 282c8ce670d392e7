"""A lake takes files in whole or not at all, keeps its sums true, and says when it is not whole."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import ibis
import pytest

from realpolitik.api._load import tally
from realpolitik.errors import CorruptFile, LakeError
from realpolitik.lake import store, sums
from realpolitik.lake.catalog import Entry
from realpolitik.lake.store import Lake, Writer
from realpolitik.lake.verify import verify
from realpolitik.schema.table import load
from realpolitik.vocab import kinds

VARIANTS = len(kinds.variants())
ENTRY = Entry(
    source="s", name="a.csv", sha256="0" * 64, bytes=1, rows=2, acts=2, repeats=0, refused={},
    first=dt.date(2000, 1, 1), last=dt.date(2000, 1, 2), reader="1", map_version="1", off=(),
    origin="a.csv", loaded="2000-01-01T00:00:00+00:00",
)  # fmt: skip


def acts(*days: str, ids: str = "x") -> ibis.Table:
    """One act a day, with ids of their own."""
    row = dict.fromkeys(load("acts").names)
    rows = [
        row
        | {
            "act_id": f"s:{ids}{i}", "source": "s", "date": dt.date.fromisoformat(day),
            "end_date": dt.date.fromisoformat(day), "date_precision": "day", "actor": "USA",
            "target": "IRN", "code": "042", "code_system": "cameo", "root": "04",
            "kind": "contact", "side": "cooperation", "map_version": "1", "n": 1,
            "cluster": f"{day}|{i}",
        }
        for i, day in enumerate(days)
    ]  # fmt: skip
    return ibis.memtable(rows, schema=load("acts").ibis_schema())


SWAPPED = {"actor": "target", "target": "actor"}


def held(writer: Writer, rows: ibis.Table) -> str:
    name = ibis.util.gen_name("rows")
    writer.con.create_table(name, rows, temp=True)
    return f'FROM "{name}"'


def put(writer: Writer, name: str, rows: ibis.Table, count: int) -> None:
    part = writer.put("acts", "s", held(writer, rows.mutate(file=ibis.literal(name))))
    writer.list_entry(replace(ENTRY, name=name, rows=count, acts=count, part=part))


def load_files(lake: Lake, **files: ibis.Table) -> None:
    with lake.writing() as writer:
        for name, rows in files.items():
            put(writer, name, rows, int(rows.count().to_pyarrow().as_py()))
        writer.tally(tally)


def months(lake: Lake) -> dict[str, int]:
    """Contacts by month under the own map."""
    rows = ibis.duckdb.connect().read_parquet(lake.paths("tallies"), hive_partitioning=False)
    own = rows.filter(rows["map"] == "realpolitik")
    found = own.group_by("month").aggregate(n=own.cooperation.sum()).to_pyarrow().to_pylist()
    return {row["month"].isoformat()[:7]: row["n"] for row in found}


def days(lake: Lake) -> dict[str, int]:
    """Contacts by day under the own map; empty where none are kept."""
    if not lake.paths("days"):
        return {}
    rows = ibis.duckdb.connect().read_parquet(lake.paths("days"), hive_partitioning=False)
    own = rows.filter(rows["map"] == "realpolitik").group_by("day")
    found = own.aggregate(n=ibis._.cooperation.sum()).to_pyarrow().to_pylist()
    return {row["day"].isoformat(): row["n"] for row in found}


def keep_days(lake: Lake) -> None:
    with lake.writing() as writer:
        writer.keep_days("s")
        writer.tally(tally)


def faults(lake: Lake) -> list[str]:
    return [f"{fault.where}: {fault.found}" for fault in verify(lake, tally)]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def test_files_are_held_and_summed(lake: Lake) -> None:
    load_files(lake, a=acts("2000-01-01", "2000-01-02"), b=acts("2000-02-01", ids="y"))
    assert [entry.name for entry in lake.catalog.entries()] == ["a", "b"]
    assert months(lake) == {"2000-01": 2, "2000-02": 1}
    assert faults(lake) == []


def test_a_later_file_is_added_to_the_months_it_touches(lake: Lake) -> None:
    load_files(lake, a=acts("2000-01-01", "2000-02-02"))
    load_files(lake, b=acts("2000-02-01", ids="y"))
    assert months(lake) == {"2000-01": 1, "2000-02": 2}
    assert faults(lake) == []


@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_years_are_summed_together_or_apart_to_the_same_sums(
    lake: Lake, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(sums, "AT_ONCE", at_once)
    asked = []

    def counted(acts: ibis.Table, kind: str) -> ibis.Table:
        asked.append(kind)
        return tally(acts, kind)

    with lake.writing() as writer:
        put(writer, "a", acts("1816-05-01", "1816-05-02", "1990-01-01", "2014-12-31"), 4)
        writer.tally(counted)
    assert months(lake) == {"1816-05": 2, "1990-01": 1, "2014-12": 1}
    assert sorted(part.period or "" for part in lake.catalog.parts("tallies")) == [
        "1816", "1990", "2014",
    ]  # fmt: skip
    assert len(asked) == {1: 4, 3: 2, 100: 1}[at_once]
    load_files(lake, b=acts("1990-01-05", "1990-07-01", ids="y"))
    assert months(lake) == {"1816-05": 2, "1990-01": 2, "1990-07": 1, "2014-12": 1}
    assert faults(lake) == []


def test_a_month_of_many_acts_is_summed_actor_by_actor_to_the_same_sums(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [f"2000-01-{day:02}" for day in range(1, 29)]
    rows = acts(*days)
    turned = rows.date.day() % 3 == 0
    sides = {side: ibis.ifelse(turned, rows[of], rows[side]) for side, of in SWAPPED.items()}
    monkeypatch.setattr(sums, "AT_ONCE", 3)
    load_files(lake, a=rows.mutate(**sides))
    found = ibis.duckdb.connect().read_parquet(lake.paths("tallies"), hive_partitioning=False)
    own = found.filter(found["map"] == "realpolitik").to_pyarrow().to_pylist()
    assert {row["actor"]: row["cooperation"] for row in own} == {"USA": 19, "IRN": 9}
    assert len(own) == 2
    assert faults(lake) == []


def test_a_newer_file_of_the_same_name_takes_the_place_of_the_older(lake: Lake) -> None:
    load_files(lake, a=acts("2000-01-01", "2000-02-02"), b=acts("2001-01-01", ids="y"))
    load_files(lake, a=acts("2000-03-01"))
    assert months(lake) == {"2000-03": 1, "2001-01": 1}
    assert faults(lake) == []


def test_a_replaced_part_is_kept_for_readers_and_then_removed(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_files(lake, a=acts("2000-01-01"))
    [old] = lake.paths("acts")
    load_files(lake, a=acts("2000-02-01"))
    assert Path(old).is_file()
    assert old not in lake.paths("acts")
    monkeypatch.setattr(store, "GRACE_SECONDS", -1.0)
    load_files(lake, b=acts("2000-02-02", ids="y"))
    assert not Path(old).exists()
    assert faults(lake) == []


def test_a_failed_block_leaves_the_lake_as_it_was(lake: Lake) -> None:
    load_files(lake, a=acts("2000-01-01"))
    with pytest.raises(RuntimeError), lake.writing() as writer:
        put(writer, "b", acts("2000-02-01", ids="y"), 1)
        raise RuntimeError
    assert [entry.name for entry in lake.catalog.entries()] == ["a"]
    assert faults(lake) == []
    load_files(lake, b=acts("2000-02-01", ids="y"))
    on_disk = {str(path) for path in lake.folder.rglob("acts/**/*.parquet")}
    assert on_disk == set(lake.paths("acts"))


def test_a_failed_file_leaves_the_others_of_its_block(lake: Lake) -> None:
    with lake.writing() as writer:
        put(writer, "a", acts("2000-01-01"), 1)
        with pytest.raises(RuntimeError), writer.one_file():
            put(writer, "b", acts("2000-02-01", ids="y"), 1)
            raise RuntimeError
        writer.tally(tally)
    assert [entry.name for entry in lake.catalog.entries()] == ["a"]
    assert months(lake) == {"2000-01": 1}
    assert faults(lake) == []


def test_acts_of_other_files_are_known_by_id_and_day(lake: Lake) -> None:
    load_files(lake, a=acts("2000-01-01", "2000-01-02"))
    with lake.writing() as writer:
        known = writer.known("s", held(writer, acts("2000-01-02", "2000-01-03", "2000-01-04")), "b")
        assert known is not None
        assert writer.ask(f'FROM "{known}" ORDER BY 1') == [("s:x0",), ("s:x1",)]
        assert writer.known("s", held(writer, acts("2005-01-01")), "b") is None
        assert writer.known("s", held(writer, acts("2000-01-01", ids="z")), "b") is None
        assert writer.known("s", held(writer, acts("2000-01-01")), "a") is None


def test_removal_takes_everything_of_the_source(lake: Lake) -> None:
    load_files(lake, a=acts("2000-01-01"))
    with lake.writing() as writer:
        writer.remove("s")
    lake.clear()
    assert lake.catalog.entries() == ()
    assert not list(lake.folder.rglob("*.parquet"))


def test_small_parts_are_joined_and_a_joined_file_can_still_be_replaced(lake: Lake) -> None:
    load_files(
        lake, a=acts("2000-01-01"), b=acts("2000-02-01", ids="y"), c=acts("2001-02-01", ids="z")
    )
    before = months(lake)
    with lake.writing() as writer:
        assert writer.compact("s") == 1
        writer.tally(tally)
    lake.clear()
    assert len(lake.paths("acts")) == len(list(lake.folder.rglob("acts/**/*.parquet"))) == 2
    assert months(lake) == before
    assert faults(lake) == []
    load_files(lake, a=acts("2000-03-01"))
    assert months(lake) == {"2000-02": 1, "2000-03": 1, "2001-02": 1}
    assert faults(lake) == []


@pytest.mark.parametrize("damage", ["flip", "cut", "remove"])
def test_a_damaged_part_is_found(lake: Lake, damage: str) -> None:
    load_files(lake, a=acts("2000-01-01"))
    [path] = map(Path, lake.paths("acts"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    match damage:
        case "flip":
            path.write_bytes(bytes(data))
        case "cut":
            path.write_bytes(bytes(data[:-1]))
        case _:
            path.unlink()
    assert len(faults(lake)) == 1


def test_a_tally_that_is_not_that_of_the_acts_is_found(lake: Lake) -> None:
    with lake.writing() as writer:
        put(writer, "a", acts("2000-01-01"), 1)
        put(writer, "b", acts("2000-01-02", ids="y"), 1)
        writer.tally(lambda rows, kind: tally(rows.filter(rows.act_id != "s:y0"), kind))
    assert faults(lake) == [f"tallies: {VARIANTS} rows too many, {VARIANTS} missing"]


def test_a_broken_catalog_is_one_clear_line(lake: Lake) -> None:
    load_files(lake, a=acts("2000-01-01"))
    lake.catalog.path.write_bytes(b"no catalog at all" * 100)
    with pytest.raises(CorruptFile, match="expected a catalog"):
        lake.catalog.entries()


def test_a_lake_of_a_later_format_is_refused(lake: Lake) -> None:
    import sqlite3

    load_files(lake, a=acts("2000-01-01"))
    with sqlite3.connect(lake.catalog.path) as con:
        con.execute("update meta set value = '99'")
    with pytest.raises(CorruptFile, match="lake format"):
        lake.catalog.parts()


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LakeError, match="cannot be made a lake"):
        load_files(Lake(tmp_path / "file" / "lake"), a=acts("2000-01-01"))


def _load_slowly(folder: Path, name: str, started: object) -> None:
    with Lake(folder).writing() as writer:
        put(writer, name, acts("2000-01-01", ids=name), 1)
        started.set()  # type: ignore[attr-defined]
        time.sleep(1)
        writer.tally(tally)


def test_two_processes_take_turns_and_both_count(lake: Lake) -> None:
    context = multiprocessing.get_context("spawn")
    started = context.Event()
    other = context.Process(target=_load_slowly, args=(lake.folder, "a", started))
    other.start()
    assert started.wait(60)
    load_files(lake, b=acts("2000-01-01", ids="b"))
    other.join(60)
    assert [entry.name for entry in lake.catalog.entries()] == ["a", "b"]
    assert months(lake) == {"2000-01": 2}
    assert faults(lake) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_killed_process_leaves_a_whole_lake(lake: Lake) -> None:
    load_files(lake, a=acts("2000-01-01"))
    context = multiprocessing.get_context("spawn")
    started = context.Event()
    other = context.Process(target=_load_slowly, args=(lake.folder, "b", started))
    other.start()
    assert started.wait(60)
    os.kill(other.pid or 0, signal.SIGKILL)
    other.join(60)
    assert [entry.name for entry in lake.catalog.entries()] == ["a"]
    assert faults(lake) == []
    load_files(lake, b=acts("2000-01-01", ids="b"))
    on_disk = {str(path) for path in lake.folder.rglob("acts/**/*.parquet")}
    assert on_disk == set(lake.paths("acts"))
    assert not list((lake.folder / "staging").glob("*"))


def test_sums_by_day_are_kept_once_asked_for(lake: Lake) -> None:
    load_files(lake, a=acts("2000-01-01", "2000-01-01", "2001-03-05"))
    assert days(lake) == {}
    keep_days(lake)
    assert days(lake) == {"2000-01-01": 2, "2001-03-05": 1}
    load_files(lake, b=acts("2000-01-02", "2001-03-05", ids="y"))
    assert days(lake) == {"2000-01-01": 2, "2000-01-02": 1, "2001-03-05": 2}
    load_files(lake, a=acts("2000-01-07", ids="z"))
    assert days(lake) == {"2000-01-02": 1, "2000-01-07": 1, "2001-03-05": 1}
    assert months(lake) == {"2000-01": 2, "2001-03": 1}
    assert faults(lake) == []


def test_sums_by_day_outlast_joined_parts_and_go_with_their_source(lake: Lake) -> None:
    load_files(lake, a=acts("2000-01-01"), b=acts("2000-01-02", ids="y"))
    keep_days(lake)
    with lake.writing() as writer:
        assert writer.compact("s") == 1
    assert days(lake) == {"2000-01-01": 1, "2000-01-02": 1}
    assert faults(lake) == []
    with lake.writing() as writer:
        writer.remove("s")
    assert days(lake) == {} and lake.catalog.by_day() == frozenset()
    load_files(lake, a=acts("2000-01-01"))
    assert days(lake) == {}


def test_sums_by_day_that_are_not_those_of_the_acts_are_found(lake: Lake) -> None:
    load_files(lake, a=acts("2000-01-01", "2000-01-02"))
    with lake.writing() as writer:
        writer.keep_days("s")
        writer.tally(lambda rows, kind: tally(rows.limit(2 if kind == "tallies" else 1), kind))
    [fault] = faults(lake)
    assert fault.startswith("days: 0 rows too many")
