"""Global Sanctions Data Base: one CSV row a case, with years and lists of states on both sides."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import built, named, repeats, shape
from realpolitik.sources.sniff import Head

SOURCE = "gsdb"
SYSTEM = "cameo"
COLUMNS = (
    "case_id", "sanctioned_state", "sanctioning_state", "begin", "end", "trade", "descr_trade",
    "arms", "military", "financial", "travel", "other", "target_mult", "sender_mult", "objective",
    "success",
)  # fmt: skip
CODES = Path(__file__).with_name("codes.csv")
# Cases that were still in force carry the last year of the edition as their end.
LAST_YEAR = "2023"
RULES = {repeats.RULE: repeats.ABOUT}


def sniff(head: Head) -> str | None:
    """Why the file is the sanctions data base, or None."""
    if head.lines and tuple(head.lines[0].replace('"', "").split(",")) == COLUMNS:
        return "comma-separated fields under the header case_id, sanctioned_state, ..., success"
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every case as its parts: begun and ended, by each sender towards each target.

    A row that is no case is one part, refused.
    """
    rows = built.csv_rows(con, shape.paths_of(paths), COLUMNS)
    return built.marked(con, SOURCE, (part for row in rows for part in _parts(row)), off)


def listed(cell: str) -> list[str]:
    """The names in a list whose separator is also a part of names (`Korea, North`)."""
    names: list[str] = []
    for piece in cell.split(","):
        text = " ".join(piece.split())
        whole = f"{names[-1]}, {text}" if names else text
        if names and text and not named.known(text) and named.known(whole):
            names[-1] = whole
        elif text:
            names.append(text)
    return names


def _parts(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    told = {
        "line": row["line"], "raw_line": row["raw_line"], "source_event_id": row["case_id"],
    }  # fmt: skip
    wrong = built.shape_of(row, len(COLUMNS)) or _empty(row)
    if wrong:
        yield told | {"wrong": wrong}
        return
    for sender in listed(row["sanctioning_state"]):
        for target in listed(row["sanctioned_state"]):
            for phase in ("begin", "end"):
                yield told | _part(row, sender, target, phase)


def _empty(row: dict[str, Any]) -> str | None:
    for name in ("case_id", "sanctioning_state", "sanctioned_state"):
        if not row[name].strip(" ,"):
            return f"no {name}"
    return None if _measures(row) else "no kind of sanction"


def _part(row: dict[str, Any], sender: str, target: str, phase: str) -> dict[str, Any]:
    dated = built.year(row[phase].strip())
    part = dated | {
        "key": f"{row['case_id']}:{sender}>{target}:{phase}", "actor_native": sender,
        "target_native": target, "text": _text(row, sender, target, phase), "wrong": None,
        "code": _codes()[_measures(row)[0]][phase],
        "note": f"GSDB objective: {row['objective']}; success: {row['success']}",
    }  # fmt: skip
    if dated["date"] is None:
        return part | {"wrong": f"unreadable year of {phase}"}
    if phase == "end" and row["end"].strip() >= LAST_YEAR:
        return part | {"wrong": f"end: in force in {LAST_YEAR}, the last year of the record"}
    if phase == "end" and row["end"].strip() < row["begin"].strip():
        return part | {"wrong": "end before begin"}
    one, other = (named.meant(name, dated["date"]) for name in (sender, target))
    if phase == "end":
        part["related"] = f"{SOURCE}:{row['case_id']}:{sender}>{target}:begin"
    return part | {
        "actor": one.code, "target": other.code, "wrong": one.reason or other.reason,
    }  # fmt: skip


def _measures(row: dict[str, Any]) -> list[str]:
    """The kinds of sanction in a case, in the order of the table of codes."""
    return [name for name in _codes() if row[name].strip() == "1"]


@cache
def _codes() -> dict[str, dict[str, str]]:
    with CODES.open(encoding="utf-8", newline="") as file:
        return {row["measure"]: row for row in csv.DictReader(file)}


def _text(row: dict[str, Any], sender: str, target: str, phase: str) -> str:
    did = "imposed sanctions on" if phase == "begin" else "ended sanctions on"
    kinds = ", ".join(
        f"trade ({row['descr_trade']})" if name == "trade" and row["descr_trade"] else name
        for name in _measures(row)
    )
    return f"{sender} {did} {target} (case {row['case_id']}): {kinds}."


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files: sanctions imposed and ended, dated to the year.

    The code is that of the first kind of sanction in `codes.csv`; the text
    names all. The end of a case in force in the last year is not known.
    Nothing is said of secrecy, audience or reliability.
    """
    return shape.accepted(marked(con, paths))
