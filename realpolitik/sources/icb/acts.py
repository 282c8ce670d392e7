"""International Crisis Behavior, actors: one CSV row a state in a crisis, with what set it off."""

from __future__ import annotations

import csv
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import built, named, raw, repeats, shape
from realpolitik.sources.sniff import Head

SOURCE = "icb"
SYSTEM = "cameo"
COLUMNS = (
    "crisno", "cracno", "cracid", "actor", "crisname", "triggr", "yrtrig", "motrig", "datrig",
    "trigent",
)  # fmt: skip
# The columns that only the file of actors begins with.
FIRST = "icb2"
TRIGGERS = Path(__file__).with_name("triggers.csv")
# Numbers of the publisher that are no state's.
NO_STATE = {
    "996": "set off by several states at once: no one actor",
    "997": "set off by no state",
}
RULES = {repeats.RULE: repeats.ABOUT}


def sniff(head: Head) -> str | None:
    """Why the file is one of crisis actors, or None."""
    header = [name.strip('" ').lower() for name in head.lines[0].split(",")] if head.lines else []
    if header[:1] == [FIRST] and set(COLUMNS) <= set(header):
        return "comma-separated fields under a header that starts icb2, crisno, cracno, cracid"
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every crisis actor with the act that set its crisis off and `refused`: null, or why none."""
    listed = shape.paths_of(paths)
    rows = built.csv_rows(con, listed, COLUMNS)
    wanted = len(raw.first_record(listed[0]))
    return built.marked(con, SOURCE, (_part(row, wanted) for row in rows), off)


def _part(row: dict[str, Any], wanted: int) -> dict[str, Any]:
    told = {"line": row["line"], "raw_line": row["raw_line"], "source_event_id": row["cracno"]}
    if wrong := built.shape_of(row, wanted):
        return told | {"wrong": wrong}
    field = {name: row[name].strip() for name in COLUMNS}
    dated = _days(field)
    trigger = _triggers().get(field["triggr"])
    part = told | dated | {
        "key": f"{field['crisno']}:{field['cracno']}", "actor_native": field["trigent"],
        "target_native": field["actor"], "wrong": _wrong(field, dated, trigger),
    }  # fmt: skip
    if part["wrong"] is not None or trigger is None:
        return part
    one = named.numbered(field["trigent"], dated["date"], "gw")
    other = named.numbered(field["cracid"], dated["date"], "gw")
    return part | {
        "actor": one.code, "target": other.code, "wrong": one.reason or other.reason,
        "code": trigger["code"],
        "text": f"{one.code} set off the crisis of {other.code} in {field['crisname']} "
        f"(crisis {field['crisno']}) by a deed or word of the kind: {trigger['meaning']}.",
    }  # fmt: skip


def _wrong(
    field: dict[str, str], dated: dict[str, Any], trigger: dict[str, str] | None
) -> str | None:
    if dated["date"] is None:
        return "unreadable date"
    if trigger is None:
        return "unknown kind of trigger"
    if not trigger["code"]:
        return f"{trigger['meaning']}: {trigger['reason']}"
    return NO_STATE.get(field["trigent"]) or (None if field["trigent"] else "no actor")


def _days(field: dict[str, str]) -> dict[str, Any]:
    """The day, or its month or year where the rest is not known: blank, or no day of a calendar."""
    year, month, day = (field[name] for name in ("yrtrig", "motrig", "datrig"))
    whole = built.year(year)
    if whole["date"] is None or not (month.isdigit() and 1 <= int(month) <= 12):
        return whole
    number, last = int(month), monthrange(int(year), int(month))[1]
    if day.isdigit() and 1 <= int(day) <= last:
        found = date(int(year), number, int(day))
        return {"date": found, "end_date": found, "date_precision": "day"}
    return {
        "date": date(int(year), number, 1), "end_date": date(int(year), number, last),
        "date_precision": "month",
    }  # fmt: skip


@cache
def _triggers() -> dict[str, dict[str, str]]:
    with TRIGGERS.open(encoding="utf-8", newline="") as file:
        return {row["triggr"]: row for row in csv.DictReader(file)}


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files: what one state did that another perceived as the start of its crisis.

    Only triggers that one state set, against the state in crisis itself, are
    acts. How the state in crisis responded has no target in the file and is not read.
    """
    return shape.accepted(marked(con, paths))
