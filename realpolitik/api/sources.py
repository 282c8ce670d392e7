"""The sources of the record: what each holds, covers, and is known to get wrong."""

from __future__ import annotations

from typing import Any

from realpolitik.api import _publishers
from realpolitik.api._lake import lake_at
from realpolitik.api.result import Rows
from realpolitik.lake.catalog import Entry
from realpolitik.sources import card, names, reader
from realpolitik.sources.card import Card


def sources(name: str | None = None, *, lake: str | None = None) -> Rows:
    """The card of one source, or of all; one row a source.

    `held` says what the record has of it: what ships, what the lake holds, or
    how to get it.

    Raises:
        UnknownName: no source has this name.
        CorruptFile: the lake's catalog cannot be read.
    """
    asked = [card(found) for found in ([name] if name is not None else names())]
    entries = lake_at(lake).catalog.entries()
    return Rows(
        "sources", [_row(one, [e for e in entries if e.source == one.name]) for one in asked]
    )


def _held(found: Card, loaded: list[Entry]) -> str:
    """What answers come from: the lake where it holds the source, else what ships, else nothing."""
    if loaded:
        number = sum(entry.acts for entry in loaded)
        firsts = [entry.first for entry in loaded if entry.first]
        lasts = [entry.last for entry in loaded if entry.last]
        days = f", {min(firsts)} to {max(lasts)}" if firsts and lasts else ""
        return f"lake: {number:,} {getattr(reader(found.name), 'TABLE', 'acts')}{days}"
    if found.bundled:
        rows = (
            (name, sum(f.rows for f in found.bundled if f.table == name)) for name in found.tables
        )
        return f"ships: {', '.join(f'{many:,} rows of {name}' for name, many in rows)}"
    how = (
        f"fetch {found.name}"
        if found.name in _publishers.fetchable()
        else f"ingest {found.name} PATH"
    )
    return f"nothing yet: realpolitik {how}"


def _row(found: Card, loaded: list[Entry]) -> dict[str, Any]:
    return {
        "name": found.name,
        "held": _held(found, loaded),
        "title": found.title,
        "role": found.role,
        "row": found.row,
        "publisher": found.publisher,
        "authors": list(found.authors),
        "licence": found.licence.name,
        "url": found.url,
        "start": found.coverage.start.isoformat(),
        "end": found.coverage.end.isoformat(),
        "unit": found.unit,
        "code_system": found.code_system,
        "tables": list(found.tables),
        "known_biases": list(found.known_biases),
        "limits": list(found.limits),
        "files": _publishers.how(found.name),
        "not_verified": list(found.not_verified),
    }
