"""Travels abroad of presidents and secretaries of state of the United States: XML, one trip each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import built, elements, named, repeats, shape
from realpolitik.sources.sniff import Head
from realpolitik.sources.us_visits.acts import PRIVATE, VISIT, missing, unofficial
from realpolitik.sources.us_visits.acts import RULES as VISIT_RULES

SOURCE = "us_travels"
SYSTEM = "cameo"
VISITOR = "USA"
RULES = {repeats.RULE: repeats.ABOUT, PRIVATE: VISIT_RULES[PRIVATE]}


def sniff(head: Head) -> str | None:
    """Why the file is one of travels abroad, or None."""
    if "<trips>" in head.text[:2000] and "<trip role=" in head.text and "<locale" in head.text:
        return "XML of trips, each with a role, a country and a locale"
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every trip with what it becomes and `refused`: null, or why it is no act."""
    listed = shape.paths_of(paths)
    found = (row for path in listed for row in elements.rows(path, "trips", "trip"))
    return built.marked(con, SOURCE, _parts(found, off), off)


def _parts(rows: Iterator[dict[str, Any]], off: frozenset[str]) -> Iterator[dict[str, Any]]:
    for row in rows:
        told, country = row.get("remarks", ""), row.get("country", "")
        dated = elements.days(row.get("start-date"), row.get("end-date"))
        part = dated | {
            "line": row["line"], "raw_line": row["raw_line"], "source_event_id": row.get("id"),
            "key": row.get("id"), "code": VISIT, "actor": VISITOR, "target_native": country,
            "actor_native": _who(row), "text": _text(row, country, told),
            "wrong": missing(row, "trip", ("id", "name", "country")),
        }  # fmt: skip
        if part["wrong"] is None and dated["date"] is not None:
            whose = named.meant(country, dated["date"])
            part |= {"target": whose.code, "wrong": whose.reason}
            if whose.code and PRIVATE not in off and unofficial(told):
                part["wrong"] = "private or passing visit: no contact is told"
        yield part


def _who(row: dict[str, Any]) -> str:
    return f"{row.get('role', '').capitalize()} {row.get('name', '')}".strip()


def _text(row: dict[str, Any], country: str, told: str) -> str:
    locale = row.get("locale", "")
    place = f"{country} ({locale})" if locale else country
    return f"{_who(row)} of the United States visited {place}. {told}".strip()


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files: a visit made by the United States to the country of the trip.

    Dated from the first to the last day there. Whom the traveller met, which
    may be somebody from a third state, is only in the text. Nothing is said of
    secrecy or audience.
    """
    return shape.accepted(marked(con, paths))
