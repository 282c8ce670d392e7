"""Versions of an act of a casebook: what later accounts said of it, in the order they came out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from realpolitik.errors import BadDates, CorruptFile
from realpolitik.schema.table import load
from realpolitik.sources.casebook.acts import REPAIR, SOURCE
from realpolitik.vocab import calendar

SHIPPED = Path(__file__).parent / "versions.csv"
COLUMNS = (
    "id", "version", "disclosed_date", "killed", "injured", "bound", "account", "source_title",
    "source_publisher", "source_year", "source_url", "verification", "note",
)  # fmt: skip
BOUNDS = ("exact", "at least")
NEEDED = ("id", "version", "disclosed_date", "bound", "account", "source_title", "verification")


class Version(NamedTuple):
    """One account of an act: since when it was public, and whom it said was harmed.

    `known` is the last day of the interval of `disclosed`; `killed` and
    `injured` are null where the account is silent, and lower bounds where
    `bound` is "at least".
    """

    act_id: str
    version: int
    disclosed: str
    known: date
    killed: int | None
    injured: int | None
    bound: str
    account: str
    source: str
    verification: str


@cache
def shipped() -> dict[str, tuple[Version, ...]]:
    """The version chains that ship, by act_id; each in order of version."""
    found: dict[str, list[Version]] = {}
    for row in rows(SHIPPED):
        one = _version(row)
        found.setdefault(one.act_id, []).append(one)
    return {act: tuple(sorted(chain, key=lambda v: v.version)) for act, chain in found.items()}


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file of versions; CorruptFile where it is none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reading = csv.DictReader(file, strict=True)
            found = list(reading)
            header = tuple(reading.fieldnames or ())
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        kind = f"unreadable CSV ({type(error).__name__})"
        raise CorruptFile(str(path), kind, "UTF-8 text with a header", REPAIR) from error
    if header != COLUMNS or any(None in row or None in row.values() for row in found):
        raise CorruptFile(str(path), "another header or a ragged row", ", ".join(COLUMNS), REPAIR)
    return found


def faults(path: Path, known: frozenset[str]) -> Iterator[tuple[int, str, str, str, str]]:
    """What is wrong with a file of versions: line, id, field, what was found and expected.

    `known` are the ids of acts that may have versions.
    """
    before: dict[str, tuple[int, date]] = {}
    for line, row in enumerate(rows(path), start=2):
        for field, found, expected in (*_fields(row, known), *_order(row, before)):
            yield line, row["id"], field, found, expected


def _fields(row: dict[str, str], known: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    for name in NEEDED:
        if not row[name].strip():
            yield name, row[name], "a value"
    if row["id"] and row["id"] not in known:
        yield "id", row["id"], "the id of an act of a casebook"
    for name in ("killed", "injured"):
        if row[name] and not row[name].isdigit():
            yield name, row[name], "a whole number, or nothing where the account is silent"
    allowed = {column.name: column.values or () for column in load("acts").columns}
    for name, values in (("bound", BOUNDS), ("verification", allowed["verification"])):
        if row[name] and row[name] not in values:
            yield name, row[name], f"one of {', '.join(values)}"


def _order(
    row: dict[str, str], before: dict[str, tuple[int, date]]
) -> Iterator[tuple[str, str, str]]:
    number = int(row["version"]) if row["version"].isdigit() else 0
    earlier, day = before.get(row["id"], (0, date.min))
    if number != earlier + 1:
        yield "version", row["version"], f"{earlier + 1}: versions of an act count from 1"
    try:
        known = calendar.parse_date(row["disclosed_date"], end=True)
    except BadDates:
        yield "disclosed_date", row["disclosed_date"], "YYYY, YYYY-MM or YYYY-MM-DD"
        return
    if known < day:
        yield "disclosed_date", row["disclosed_date"], f"no day before {day}, of the version before"
    before[row["id"]] = (number, known)


def _version(row: dict[str, str]) -> Version:
    said = (row["source_title"], row["source_publisher"], row["source_year"], row["source_url"])
    return Version(
        f"{SOURCE}:{row['id']}",
        int(row["version"]),
        row["disclosed_date"],
        calendar.parse_date(row["disclosed_date"], end=True),
        int(row["killed"]) if row["killed"] else None,
        int(row["injured"]) if row["injured"] else None,
        row["bound"],
        row["account"],
        ", ".join(part for part in said if part),
        row["verification"],
    )
