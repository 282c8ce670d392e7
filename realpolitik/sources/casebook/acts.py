"""The casebooks: hand-coded acts with secrecy, disclosure, audience and grades."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.errors import CorruptFile
from realpolitik.sources import raw as records
from realpolitik.sources import repeats, shape
from realpolitik.sources.sniff import Head
from realpolitik.vocab import actors, crosswalk

SOURCE = "casebook"
SYSTEM = "cameo"
OTHER = "OTH"
ACTORS = Path(__file__).parent / "actors.csv"
COLUMNS = (
    "id", "date", "date_precision", "end_date", "end_date_precision", "source_actor",
    "target_actor", "direction", "reciprocal", "alleged_principal", "description", "kind",
    "cameo_code", "cameo_label", "quad_class", "secrecy", "authorship_at_time", "disclosed_date",
    "audience", "source_title", "source_publisher", "source_year", "source_url", "reliability",
    "credibility", "verification", "verified_scope", "related_ids", "note",
)  # fmt: skip
RULES = {repeats.RULE: repeats.ABOUT}
REPAIR = "Restore the file; its columns are described in the casebook's source.yaml."


def raw(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The rows of the casebook files with `line` and `raw_line`, all text, empty fields null.

    Raises CorruptFile when a file cannot be read or its header is another.
    """
    listed = shape.paths_of(paths)
    for path in listed:
        check(path)
    rows = records.records(con, listed)
    return rows.drop("fields").mutate(**{name: rows[name].nullif("") for name in COLUMNS})


def check(path: Path) -> None:
    """Raise CorruptFile for a file that is no casebook: no CSV, another header, a ragged row."""
    for line, row in rows_of(path):
        if len(row) != len(COLUMNS):
            found = f"{len(row)} fields in row {line}"
            raise CorruptFile(str(path), found, f"{len(COLUMNS)}", REPAIR)


def rows_of(path: Path) -> list[tuple[int, list[str]]]:
    """The fields of each row below the header, with its place in the file, the header being 1.

    Raises CorruptFile for no CSV in UTF-8, or another header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
    except (OSError, UnicodeDecodeError, ValueError, csv.Error) as error:
        found = f"unreadable CSV ({type(error).__name__})"
        raise CorruptFile(str(path), found, "UTF-8 text with a header", REPAIR) from error
    for place, name in enumerate(COLUMNS):
        if header[place : place + 1] != [name]:
            found = f"{header[place : place + 1] or 'nothing'} as column {place + 1}"
            raise CorruptFile(str(path), found, repr(name), REPAIR)
    if len(header) > len(COLUMNS):
        raise CorruptFile(
            str(path), f"column {header[len(COLUMNS)]!r}", "no further column", REPAIR
        )
    return list(enumerate(rows, start=2))


def sniff(head: Head) -> str | None:
    """Why the file is a casebook, or None."""
    if head.lines and tuple(head.lines[0].replace('"', "").split(",")) == COLUMNS:
        return "the header of a casebook: id, date, date_precision, ..., related_ids, note"
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every row with what it becomes and `refused`: null, or why it is not an act."""
    rows = raw(con, paths)
    ended = rows["end_date"].notnull()
    rows = rows.rename(source_event_id="id", code="cameo_code", raw_date="date", raw_end="end_date")
    rows = rows.rename(raw_precision="date_precision").drop("kind")
    rows = rows.mutate(
        date=shape.first_day(rows["raw_date"]),
        end_date=shape.last_day(rows["raw_end"].coalesce(rows["raw_date"])),
        date_precision=ibis.ifelse(ended, "range", shape.precision(rows["raw_date"])),
    )
    rows = rows.mutate(
        actor=_actor(rows, 0, "source_actor"), target=_actor(rows, 1, "target_actor")
    )
    rows = shape.coded(rows, SYSTEM)
    return _told(repeats.collapsed(rows.mutate(refused=_reason(rows)), ["raw_line"], off))


def _reason(rows: ibis.Table) -> Any:
    return shape.first_reason(
        (rows["source_event_id"].isnull(), "no id"),
        (rows["date"].isnull() | rows["end_date"].isnull(), "unreadable date"),
        (rows["end_date"] < rows["date"], "end before start"),
        (rows["actor"].isnull() | rows["target"].isnull(), "unknown actor code"),
        (rows["kind"].isnull(), "code not in the vocabulary"),
        (rows["actor"] == rows["target"], "actor and target are one"),
    )


def _actor(rows: ibis.Table, side: int, column: str) -> Any:
    """Who is meant: as listed, else the state on that side of the direction, else the row's own."""
    own, base = rows[column], rows["direction"].split(">")[side]
    listed = [(_meant(own, rows["date"], entry), entry.code) for entry in _listed() if entry.code]
    return ibis.cases(*listed, (base == OTHER, own), else_=base)


def _meant(own: Any, day: Any, entry: crosswalk.Native) -> Any:
    test = own == entry.native
    if entry.start:
        test &= day >= entry.start
    return test & (day <= entry.end) if entry.end else test


@cache
def _listed() -> tuple[crosswalk.Native, ...]:
    """Codes that do not stand for themselves or their state: listed here, or older codes of a group."""
    older = (
        crosswalk.Native(one.code, later.code, later.start, later.end)
        for one in actors.all_actors()
        if one.kind != "state"
        for later in one.maps_to
    )
    with ACTORS.open(encoding="utf-8", newline="") as file:
        own = [
            crosswalk.Native(row["native"], row["code"], _day(row["start"]), _day(row["end"]))
            for row in csv.DictReader(file)
        ]
    return (*own, *older)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _told(rows: ibis.Table) -> ibis.Table:
    mark = SOURCE + ":"
    return repeats.with_ids(rows, mark + rows["source_event_id"]).mutate(
        source=ibis.literal(SOURCE),
        actor_native=rows["source_actor"],
        target_native=rows["target_actor"],
        n=ibis.literal(1),
        cluster=shape.cluster(rows),
        authorship=rows["authorship_at_time"],
        disclosed=shape.first_day(rows["disclosed_date"]),
        disclosed_precision=shape.precision(rows["disclosed_date"]),
        principal=rows["alleged_principal"],
        reciprocal=rows["reciprocal"] == "yes",
        text=rows["description"],
        url=rows["source_url"],
        related=mark + rows["related_ids"].replace(";", ";" + mark),
        raw_line=rows["raw_line"].left(records.KEPT),
    )


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of casebook files; `n` is 1, and the cluster is the day's root code.

    A date known to the month or year becomes the whole interval. Kind and side
    come from the realpolitik map, not from the file. `disclosed` is the first
    day of the interval of the first public account, null for public acts.
    """
    return shape.accepted(marked(con, paths))


def refusals(con: Backend, paths: Path | Sequence[Path]) -> dict[str, int]:
    """How many rows make no act, by reason."""
    return shape.refusals(marked(con, paths))
