"""Visits to the United States by foreign leaders: XML, one element a visit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import built, elements, named, repeats, shape
from realpolitik.sources.sniff import Head

SOURCE = "us_visits"
SYSTEM = "cameo"
HOST = "USA"
VISIT = "042"
PRIVATE = "private"
RULES = {
    repeats.RULE: repeats.ABOUT,
    PRIVATE: "A visit told as private, unofficial, a holiday or a stop on the way is refused, "
    "unless the text says that they met, talked or took part in something.",
}
UNOFFICIAL = re.compile(
    r"\b(private|privately|unofficial|vacation\w*|en route|stopover|refuel\w*|overnight stop"
    r"|medical treatment)\b",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"\b(met|meet|meetings?|discuss\w*|confer(red|ence\w*)?|consult\w*|talk(s|ed)|conversation\w*"
    r"|attended|address(ed)?|audience|received|summit|sign(ed|ing)|guest of (the )?president"
    r"|official|state|working|white house|president \w+|invitation)\b",
    re.IGNORECASE,
)


def sniff(head: Head) -> str | None:
    """Why the file is one of visits to the United States, or None."""
    start = head.text[:2000]
    if "<visits>" in start and "<visitor>" in head.text and "<from" in head.text:
        return "XML of visits, each with a visitor and where from"
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every visit with what it becomes and `refused`: null, or why it is no act."""
    listed = shape.paths_of(paths)
    found = (row for path in listed for row in elements.rows(path, "visits", "visit"))
    return built.marked(con, SOURCE, _parts(found, off), off)


def _parts(rows: Iterator[dict[str, Any]], off: frozenset[str]) -> Iterator[dict[str, Any]]:
    for row in rows:
        visitor, country, told = (row.get(name, "") for name in ("visitor", "from", "description"))
        dated = elements.days(row.get("start-date"), row.get("end-date"))
        part = dated | {
            "line": row["line"], "raw_line": row["raw_line"], "source_event_id": row.get("id"),
            "key": row.get("id"), "code": VISIT, "actor_native": country, "target": HOST,
            "text": f"{visitor} of {country} visited the United States. {told}".strip(),
            "wrong": missing(row, "visit", ("id", "visitor", "from")),
        }  # fmt: skip
        if part["wrong"] is None and dated["date"] is not None:
            who = named.meant(country, dated["date"])
            part |= {"actor": who.code, "wrong": who.reason}
            if who.code and PRIVATE not in off and unofficial(told):
                part["wrong"] = "private or passing visit: no contact is told"
        yield part


def missing(row: dict[str, Any], tag: str, wanted: Sequence[str]) -> str | None:
    """What keeps an element from being read: its name, or a part that is not there."""
    if row["tag"] != tag:
        return f"element {row['tag']}, expected {tag}"
    return next((f"no {name}" for name in wanted if not row.get(name)), None)


def unofficial(told: str) -> bool:
    """Does a text tell a private or passing visit, and no contact in it?"""
    # What follows on the first sentence is where the visitor went afterwards.
    return bool(UNOFFICIAL.search(told.split(". ", maxsplit=1)[0])) and not CONTACT.search(told)


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files: a visit made by the visitor's state to the United States.

    Dated from the first to the last day of the visit. What was said, and with
    whom, is only in the text. Nothing is said of secrecy or audience.
    """
    return shape.accepted(marked(con, paths))
