"""Threat and Imposition of Economic Sanctions: one CSV row a case that was imposed, with years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import built, named, repeats, shape
from realpolitik.sources.roles import Meant
from realpolitik.sources.sniff import Head

SOURCE = "ties"
SYSTEM = "cameo"
COLUMNS = (
    "caseid", "sender", "target", "startyear", "sancstartyear", "endyear", "primarysender",
    "sender1", "targetstate", "finaloutcome", "settlementnaturesender",
)  # fmt: skip
IMPOSED, ENDED = "163", "085"
# What the publisher writes for the end of a case that had none.
ONGOING = "3000"
RULES = {repeats.RULE: repeats.ABOUT}


def sniff(head: Head) -> str | None:
    """Why the file is one of imposed sanctions, or None."""
    header = [name.strip('" ') for name in head.lines[0].split(",")] if head.lines else []
    if set(COLUMNS) <= set(header):
        return (
            "comma-separated fields under a header with caseid, sancstartyear, primarysender, ..."
        )
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every case as two parts, imposed and ended, with `refused`: null, or why it is no act."""
    listed = shape.paths_of(paths)
    rows = built.csv_rows(con, listed, COLUMNS)
    wanted = built.need(listed[0], COLUMNS)
    return built.marked(con, SOURCE, (p for row in rows for p in _parts(row, wanted)), off)


def _parts(row: dict[str, Any], wanted: int) -> Iterator[dict[str, Any]]:
    told = {
        "line": row["line"], "raw_line": row["raw_line"], "source_event_id": row["caseid"],
    }  # fmt: skip
    if wrong := built.shape_of(row, wanted):
        yield told | {"wrong": wrong}
        return
    for phase, year in (("begin", "sancstartyear"), ("end", "endyear")):
        yield told | _part(row, phase, row[year].strip())


def _part(row: dict[str, Any], phase: str, year: str) -> dict[str, Any]:
    sender, target = row["primarysender"].strip(), row["targetstate"].strip()
    key = f"{row['caseid']}:{sender}>{target}"
    did = "imposed sanctions on" if phase == "begin" else "ended sanctions on"
    dated = built.year(year)
    part = dated | {
        "key": f"{key}:{phase}", "code": IMPOSED if phase == "begin" else ENDED,
        "actor_native": row["sender"], "target_native": row["target"],
        "text": f"{row['sender']} {did} {row['target']} (case {row['caseid']}).",
        "note": f"TIES final outcome: {row['finaloutcome']}", "wrong": None,
    }  # fmt: skip
    if phase == "end" and year == ONGOING:
        return part | {"date": None, "wrong": "end: in force at the end of the record"}
    if dated["date"] is None:
        return part | {"wrong": f"unreadable year of {phase}"}
    begun = built.year(row["sancstartyear"].strip())["date"]
    if phase == "end" and begun and dated["date"] < begun:
        return part | {"wrong": "end before begin"}
    one = _party(sender, row["sender"], dated["date"])
    other = _party(target, row["target"], dated["date"])
    if phase == "end":
        part["related"] = f"{SOURCE}:{key}:begin"
    return part | {"actor": one.code, "target": other.code, "wrong": one.reason or other.reason}


def _party(number: str, name: str, day: date) -> Meant:
    """A state by its number, or an organisation by its name."""
    found = named.numbered(number, day)
    return found if found.code else named.meant(name, day)


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files: sanctions imposed and ended by the first sender, dated to the year.

    Threats that were not carried out are not in the file. The end of a case in
    force when the record closes is not known. Nothing is said of secrecy.
    """
    return shape.accepted(marked(con, paths))
