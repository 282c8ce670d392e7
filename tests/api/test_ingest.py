"""Files into the lake and out again as answers: nothing lost, nothing doubled, the same numbers."""

from __future__ import annotations

import gzip
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import realpolitik as rp
from realpolitik.errors import BadDates, UnknownName, UsageError
from realpolitik.sources import FOLDER

# KEDS in its fixed columns: day, actor, target, code, label.
LINES = (
    "860101  USA     IRN     042     ENDORSE     ",
    "860102  USA     IRN     121     CRITICIZE   ",
    "860102  USA     IRN     121     CRITICIZE   ",
    "860203  IRN     USA     223     MIL ENGAGEME",
    "860204  USA     USA     042     ENDORSE     ",
    "86",
)


def keds(path: Path, *lines: str) -> Path:
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode())
    return path


@pytest.fixture
def lake(tmp_path: Path) -> str:
    return str(tmp_path / "lake")


def told(source: str, *paths: Path, lake: str, **asked: Any) -> list[dict[str, Any]]:
    return rp.ingest(source, *paths, lake=lake, **asked).rows


def test_every_row_is_accounted_for(tmp_path: Path, lake: str) -> None:
    [row] = told("keds_gulf", keds(tmp_path / "a.dat", *LINES), lake=lake)
    assert (row["status"], row["rows"], row["acts"], row["repeats"], row["refused"]) == (
        "loaded", 6, 3, 1, 2,
    )  # fmt: skip
    assert (row["start"], row["end"]) == ("1986-01-01", "1986-02-03")
    assert not rp.verify(lake=lake).rows
    [held] = rp.lake(lake=lake).rows
    assert (held["rows"], held["acts"], held["repeats"], held["refused"]) == (6, 3, 1, 2)


def test_rows_before_repeats_were_collapsed_are_told(tmp_path: Path, lake: str) -> None:
    told("keds_gulf", keds(tmp_path / "a.dat", *LINES), lake=lake)
    found = rp.acts("USA", "IRN", source="keds_gulf", lake=lake)
    assert found.messages == (
        "keds_gulf: 3 acts listed, from 4 rows of its files before repeats were collapsed.",
    )


def test_the_same_file_twice_changes_nothing(tmp_path: Path, lake: str) -> None:
    path = keds(tmp_path / "a.dat", *LINES)
    told("keds_gulf", path, lake=lake)
    before = rp.lake(files=True, lake=lake).rows
    [row] = told("keds_gulf", path, lake=lake)
    assert row["status"] == "unchanged"
    assert rp.lake(files=True, lake=lake).rows == before


def test_a_file_and_its_archives_are_one(tmp_path: Path, lake: str) -> None:
    path = keds(tmp_path / "a.dat", *LINES)
    packed = tmp_path / "a.dat.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(path, "inner/a.dat")
    rows = told("keds_gulf", path, packed, tmp_path / "all.zip", lake=lake)
    assert [row["status"] for row in rows] == ["loaded", "unchanged", "unchanged"]


def test_a_newer_file_replaces_the_older_and_says_so(tmp_path: Path, lake: str) -> None:
    told("keds_gulf", keds(tmp_path / "a.dat", *LINES), lake=lake)
    [row] = told("keds_gulf", keds(tmp_path / "a.dat", LINES[0]), lake=lake)
    assert (row["status"], row["acts"]) == ("replaced", 1)
    assert [held["acts"] for held in rp.lake(lake=lake).rows] == [1]
    assert not rp.verify(lake=lake).rows


def test_an_act_of_another_file_is_not_doubled(tmp_path: Path, lake: str) -> None:
    told("keds_gulf", keds(tmp_path / "a.dat", *LINES[:2]), lake=lake)
    [row] = told("keds_gulf", keds(tmp_path / "b.dat", *LINES[1:4]), lake=lake)
    assert (row["rows"], row["acts"], row["repeats"]) == (3, 1, 2)
    assert len(rp.acts("USA", "IRN", source="keds_gulf", lake=lake).rows) == 3


def test_auto_recognises_by_content_and_says_why(tmp_path: Path, lake: str) -> None:
    keds(tmp_path / "lies.csv", *(LINES[0].replace("01 ", f"{day:02} ", 1) for day in range(1, 20)))
    (tmp_path / "notes.txt").write_text("Nothing to see here.\n")
    rows = {row["file"]: row for row in told("auto", tmp_path, lake=lake)}
    assert rows["lies.csv"]["source"] == "keds_gulf"
    assert rows["lies.csv"]["why"]
    assert rows["notes.txt"]["status"] == "not recognised"


def test_a_broken_archive_does_not_stop_the_others(tmp_path: Path, lake: str) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and no more")
    keds(tmp_path / "b.dat", *LINES)
    statuses = [row["status"] for row in told("keds_gulf", tmp_path, lake=lake)]
    assert statuses == ["unreadable", "loaded"]


def test_what_cannot_be_asked(tmp_path: Path, lake: str) -> None:
    path = keds(tmp_path / "a.dat", *LINES)
    with pytest.raises(UnknownName, match="keds_gulf"):
        told("keds_golf", path, lake=lake)
    with pytest.raises(UsageError, match="no such file"):
        told("keds_gulf", tmp_path / "none", lake=lake)
    with pytest.raises(UnknownName, match="rule"):
        told("keds_gulf", path, lake=lake, off=("no such rule",))
    with pytest.raises(UsageError, match="a lake in a folder"):
        told("keds_gulf", path, lake="bigquery://project/set")
    assert not Path(lake).exists()


def test_a_source_is_taken_out_again(tmp_path: Path, lake: str) -> None:
    told("keds_gulf", keds(tmp_path / "a.dat", *LINES), lake=lake)
    rp.lake("rm", "keds_gulf", lake=lake)
    assert rp.lake(lake=lake).rows == []
    assert not list(Path(lake).rglob("*.parquet"))
    with pytest.raises(UnknownName, match="source of the lake"):
        rp.lake("rm", "keds_gulf", lake=lake)


@pytest.mark.slow
def test_the_lake_gives_the_numbers_of_the_bundled_tallies(shared_data: Path, lake: str) -> None:
    file = shared_data / "events" / "keds_gulf" / "Gulf99all.dat"
    [row] = told("auto", file, lake=lake)
    assert (row["source"], row["rows"]) == ("keds_gulf", 304_402)
    asked: dict[str, Any] = {"source": "keds_gulf"}
    # Why there are no intensities differs: the lake has the acts, what ships only their sums.
    ours, shipped = (
        [replace(one, notes=("",)) if one.statistic == "gap_z_intensity" else one
         for one in rp.gap("USA", "IRN", **asked, **where).findings]
        for where in ({"lake": lake}, {})
    )  # fmt: skip
    assert ours == shipped
    listed = rp.acts("USA", "IRN", lake=lake, start="1986-11", end="1986-11", **asked).rows
    bundled = rp.acts("USA", "IRN", start="1986-11", end="1986-11", **asked).rows
    assert len(listed) == sum(row["n"] for row in bundled)
    assert all(row["code"] for row in listed)


def test_a_folder_of_other_things_is_no_lake(tmp_path: Path) -> None:
    path = keds(tmp_path / "a.dat", *LINES)
    with pytest.raises(UsageError, match="it holds other things"):
        told("keds_gulf", path, lake=str(tmp_path))
    with pytest.raises(UsageError, match="it holds other things"):
        rp.gap("USA", "IRN", lake=str(tmp_path))
    assert [file.name for file in tmp_path.iterdir()] == ["a.dat"]


DAILY = (
    "860101  USA     IRN     042     ENDORSE     ",
    "860102  USA     IRN     121     CRITICIZE   ",
    "860105  USA     IRN     223     MIL ENGAGEME",
    "860106  USA     IRN     223     MIL ENGAGEME",
    "860106  IRN     USA     031     MEET        ",
    "860203  IRN     USA     223     MIL ENGAGEME",
)


@pytest.mark.parametrize("map", ["realpolitik", "gdelt"])
def test_days_and_weeks_are_those_of_the_acts(tmp_path: Path, lake: str, map: str) -> None:
    told("keds_gulf", keds(tmp_path / "a.dat", *DAILY), lake=lake)
    asked = {"source": "keds_gulf", "map": map, "lake": lake}
    acts = rp.acts("USA", "IRN", **asked).rows
    by_act = {by: rp.panel("USA", "IRN", by=by, **asked).rows for by in ("day", "week")}
    gaps = rp.gap("USA", "IRN", by="week", **asked).findings
    for act in acts:
        [row] = [
            r for r in by_act["day"] if (r["iso3_1"], r["date"]) == (act["actor"], act["date"])
        ]
        same = [a for a in acts if all(a[k] == act[k] for k in ("actor", "date", "kind", "side"))]
        assert row[f"{act['kind']}_{act['side']}"] == len(same)
    for rows in by_act.values():
        assert sum(v for r in rows for k, v in r.items() if k[:4] in ("word", "cont", "deed")) == 6
    monday = [r for r in by_act["week"] if r["date"] == "1986-01-06"]
    assert {r["iso3_1"]: r["deed_conflict"] for r in monday} == {"USA": 1, "IRN": 0}
    # Kept by day, the sums are the same.
    assert rp.lake("days", "keds_gulf", lake=lake).rows[0]["rows"] > 0
    assert rp.lake(lake=lake).rows[0]["sums"] == "month and day"
    assert by_act == {by: rp.panel("USA", "IRN", by=by, **asked).rows for by in by_act}
    assert gaps == rp.gap("USA", "IRN", by="week", **asked).findings
    assert not rp.verify(lake=lake).rows


def test_a_week_cut_by_the_dates_asked_for_holds_only_their_days(tmp_path: Path, lake: str) -> None:
    told("keds_gulf", keds(tmp_path / "a.dat", *DAILY), lake=lake)
    asked = {"source": "keds_gulf", "lake": lake, "start": "1986-01-02", "end": "1986-01-05"}
    [row] = [r for r in rp.panel("USA", "IRN", by="week", **asked).rows if r["iso3_1"] == "USA"]
    assert row["word_conflict"] == row["deed_conflict"] == 1
    assert row["word_cooperation"] == 0 and row["date"] == "1985-12-30"


def test_what_ships_as_months_cannot_be_divided_by_weeks(tmp_path: Path, lake: str) -> None:
    with pytest.raises(BadDates, match="use --by month"):
        rp.gap("USA", "IRN", by="week")
    path = tmp_path / "levant.dat"
    path.write_text("790415\tEGY\tISR\t031\t(MEET)\tLEADERS WILL MEET\n")
    told("keds_levant", path, lake=lake)
    found = rp.gap("EGY", "ISR", by="week", lake=lake).findings
    assert {finding.sources for finding in found} == {("keds_levant",)}


def held(lake: str) -> list[tuple[Any, ...]]:
    """What a lake has of each file, apart from when and where it came from."""
    files = rp.lake(files=True, lake=lake).rows
    return [tuple(row[k] for k in ("name", "rows", "acts", "repeats", "refused")) for row in files]


@pytest.mark.parametrize("joined", [False, True])
def test_an_act_of_two_files_outlasts_the_one_that_is_replaced(
    tmp_path: Path, lake: str, joined: bool
) -> None:
    one, two, three = LINES[0], LINES[1], LINES[3]
    a, b, c = (tmp_path / f"{name}.dat" for name in "abc")
    told("keds_gulf", keds(a, one, two), keds(b, one, two, three), keds(c, one), lake=lake)
    assert held(lake) == [("a.dat", 2, 2, 0, 0), ("b.dat", 3, 1, 2, 0), ("c.dat", 1, 0, 1, 0)]
    rp.lake("days", lake=lake)
    if joined:
        rp.lake("compact", lake=lake)
    told("keds_gulf", keds(a, two), lake=lake)
    assert held(lake) == [("a.dat", 1, 1, 0, 0), ("b.dat", 3, 2, 1, 0), ("c.dat", 1, 0, 1, 0)]
    assert not rp.verify(lake=lake).rows
    told("keds_gulf", keds(b, three), lake=lake)
    assert held(lake) == [("a.dat", 1, 1, 0, 0), ("b.dat", 1, 1, 0, 0), ("c.dat", 1, 1, 0, 0)]
    assert not rp.verify(lake=lake).rows
    fresh = str(tmp_path / "fresh")
    told("keds_gulf", a, b, c, lake=fresh)
    asked = {"source": "keds_gulf"}
    assert rp.acts("USA", "IRN", lake=lake, **asked).rows == rp.acts(
        "USA", "IRN", lake=fresh, **asked
    ).rows  # fmt: skip
    told("keds_gulf", keds(c, ""), lake=lake)
    assert {row["act_id"] for row in rp.acts("USA", "IRN", lake=lake, **asked).rows}.isdisjoint(
        {row["act_id"] for row in rp.acts("USA", "IRN", lake=fresh, code="042", **asked).rows}
    )
    assert not rp.verify(lake=lake).rows


@pytest.mark.parametrize("first", ["train.txt", "entity2id.txt"])
def test_a_graph_in_an_archive_is_read_whatever_comes_first(
    tmp_path: Path, lake: str, first: str
) -> None:
    folder = FOLDER / "icews18_graph"
    files = {"graph/train.txt": "sample.txt", "graph/entity2id.txt": "entity2id.txt",
             "graph/relation2id.txt": "relation2id.txt"}  # fmt: skip
    order = sorted(files, key=lambda name: not name.endswith(first))
    path = tmp_path / "graph.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in order:
            text = (folder / files[name]).read_text(encoding="utf-8")
            archive.writestr(name, "0\t0\t1\t0\n" if name.endswith("train.txt") else text)
    rows = {row["file"]: row for row in told("auto", path, lake=lake)}
    assert rows["train.txt"]["status"] == "loaded" and rows["train.txt"]["acts"] > 0
    assert not rp.verify(lake=lake).rows
