"""Agreements of nuclear cooperation: one CSV row an agreement of two states, by year and type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import built, named, repeats, shape
from realpolitik.sources.sniff import Head

SOURCE = "nca"
SYSTEM = "cameo"
COLUMNS = ("ccode1", "ccode2", "country1", "country2", "year", "nca", "nca_type")
SIGNED = "057"
RULES = {repeats.RULE: repeats.ABOUT}
Key = tuple[str, str, str, str]


def sniff(head: Head) -> str | None:
    """Why the file is one of nuclear cooperation agreements, or None."""
    if head.lines and tuple(head.lines[0].replace('"', "").split(",")) == COLUMNS:
        return "comma-separated fields under the header ccode1, ccode2, ..., nca, nca_type"
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every agreement with what it becomes and `refused`: null, or why it is no act."""
    rows = built.csv_rows(con, shape.paths_of(paths), COLUMNS)
    return built.marked(con, SOURCE, _parts(rows), off)


def _parts(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    known = {_key(row) for row in rows if not built.shape_of(row, len(COLUMNS))}
    for row in rows:
        told = {"line": row["line"], "raw_line": row["raw_line"]}
        wrong = built.shape_of(row, len(COLUMNS)) or _wrong(row)
        yield told | ({"wrong": wrong} if wrong else _act(row, known))


def _key(row: dict[str, Any]) -> Key:
    return (
        row["ccode1"].strip(), row["ccode2"].strip(), row["year"].strip(), row["nca_type"].strip(),
    )  # fmt: skip


def _wrong(row: dict[str, Any]) -> str | None:
    if row["nca"].strip() != "1":
        return "no agreement"
    return None if built.year(row["year"].strip())["date"] else "unreadable date"


def _act(row: dict[str, Any], known: set[Key]) -> dict[str, Any]:
    one_number, other_number, year, sort = _key(row)
    dated = built.year(year)
    one, other = (named.numbered(n, dated["date"]) for n in (one_number, other_number))
    act = dated | {
        "key": f"{one_number}>{other_number}:{year}:{sort}", "code": SIGNED, "actor": one.code,
        "target": other.code, "actor_native": row["country1"], "target_native": row["country2"],
        "source_event_id": f"{one_number}:{other_number}:{year}",
        "wrong": one.reason or other.reason, "reciprocal": True,
        "text": f"{row['country1']} and {row['country2']} signed an agreement of nuclear "
        f"cooperation ({sort}).",
    }  # fmt: skip
    if (other_number, one_number, year, sort) in known:
        act |= {
            "related": f"{SOURCE}:{other_number}>{one_number}:{year}:{sort}",
            "flags": "mirrored", "reciprocal": None,
        }  # fmt: skip
    return act


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files: agreements signed, dated to the year.

    A signature is a word under the map: what it promises is done, or not, later.
    Where the file lists an agreement from both sides there are two acts that
    name each other; where it lists one side the act is marked as mutual.
    """
    return shape.accepted(marked(con, paths))
