"""Missions of the United States abroad: CSV, one row a stretch of days with one status."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import built, named, raw, repeats, shape
from realpolitik.sources.sniff import Head

SOURCE = "us_missions"
SYSTEM = "cameo"
SENDER = "USA"
OPENED, CLOSED = "050", "161"
# From the least to the greatest, in the order of the publisher's codebook.
STATUSES = (
    "None", "Interests", "Liaison", "Consul Nonresident", "Consulate", "Envoy Nonresident",
    "Legation", "Ambassador Nonresident", "Embassy",
)  # fmt: skip
SYSTEMS = ("cow", "gw")
RULES = {repeats.RULE: repeats.ABOUT}
ONE_DAY = timedelta(days=1)


def columns(system: str) -> tuple[str, ...]:
    """The columns of a file that follows one list of states."""
    return (
        f"country_abbrev_{system}", f"country_code_{system}", f"country_name_{system}",
        "country_name_usdos", "date_start", "date_end", "us_mission_status",
    )  # fmt: skip


def sniff(head: Head) -> str | None:
    """Why the file is one of missions by stretches of days, or None."""
    header = tuple(head.lines[0].replace('"', "").split(",")) if head.lines else ()
    if header in [columns(system) for system in SYSTEMS]:
        return "comma-separated fields under the header country_abbrev_..., ..., us_mission_status"
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every stretch with what it becomes and `refused`: null, or why no change began it."""
    listed = shape.paths_of(paths)
    system = "gw" if "country_code_gw" in raw.first_record(listed[0]) else "cow"
    rows = built.csv_rows(con, listed, columns(system))
    return built.marked(con, SOURCE, _parts(rows, system), off)


def _parts(rows: list[dict[str, Any]], system: str) -> Iterator[dict[str, Any]]:
    whole: list[dict[str, Any]] = []
    for row in rows:
        row["country"] = row[f"country_code_{system}"]
        row["days"] = _days(row)
        wrong = built.shape_of(row, len(columns(system))) or _wrong(row)
        if wrong:
            yield {"line": row["line"], "raw_line": row["raw_line"], "wrong": wrong}
        else:
            whole.append(row)
    whole.sort(key=lambda row: (row["country"], row["days"], row["raw_line"], row["line"]))
    for _, stretches in groupby(whole, key=lambda row: row["country"]):
        before: dict[str, Any] | None = None
        for _, copies in groupby(stretches, key=lambda row: row["days"]):
            same = list(copies)
            for row in same:
                yield _part(row, before, system)
            before = same[0]


def _days(row: dict[str, Any]) -> tuple[date, date] | None:
    try:
        start, end = (date.fromisoformat(row[name] or "") for name in ("date_start", "date_end"))
    except ValueError:
        return None
    return (start, end) if start <= end else None


def _wrong(row: dict[str, Any]) -> str | None:
    if row["days"] is None:
        return "unreadable date"
    return None if row["us_mission_status"] in STATUSES else "unknown status"


def _part(row: dict[str, Any], before: dict[str, Any] | None, system: str) -> dict[str, Any]:
    start, status = row["days"][0], row["us_mission_status"]
    name = row[f"country_name_{system}"]
    who = named.numbered(row["country"], start, system)
    part = _interval(start) | {
        "line": row["line"], "raw_line": row["raw_line"], "actor": SENDER, "target": who.code,
        "target_native": name, "source_event_id": f"{row['country']}:{row['date_start']}",
        "key": f"{system}:{row['country']}:{row['date_start']}", "wrong": who.reason,
        "note": "Which side took the step is not recorded.",
    }  # fmt: skip
    if before is None:
        return part | {"wrong": "first stretch of the state: no change is told"}
    earlier = before["us_mission_status"]
    up = STATUSES.index(status) - STATUSES.index(earlier)
    if up == 0:
        return part | {"wrong": "status as before"}
    if start - before["days"][1] != ONE_DAY:
        return part | {"wrong": "changed between two memberships: day not known"}
    text = f"The mission of the United States to {name} changed from {earlier} to {status}."
    return part | {"code": OPENED if up > 0 else CLOSED, "text": text}


def _interval(start: date) -> dict[str, Any]:
    """The days a first day stands for: unknown days are written as 1, unknown months as January."""
    if (start.month, start.day) == (1, 1):
        return built.year(f"{start.year:04}")
    if start.day == 1:
        end = (start + timedelta(days=31)).replace(day=1) - ONE_DAY
        return {"date": start, "end_date": end, "date_precision": "month"}
    return {"date": start, "end_date": start, "date_precision": "day"}


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files: a mission raised to a higher status, or lowered or closed.

    A first of January stands for its year and a first of a month for its
    month, since the publisher writes unknown days so. Which side took the
    step, and why, is not known; nothing is said of secrecy.
    """
    return shape.accepted(marked(con, paths))
