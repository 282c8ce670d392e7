"""The sources of the record: what each holds, covers, and is known to get wrong."""

from __future__ import annotations

from typing import Any

from realpolitik.api import _publishers
from realpolitik.api.result import Rows
from realpolitik.sources import card, names
from realpolitik.sources.card import Card


def sources(name: str | None = None) -> Rows:
    """The card of one source, or of all; one row a source.

    Raises:
        UnknownName: no source has this name.
    """
    return Rows(
        "sources", [_row(card(found)) for found in ([name] if name is not None else names())]
    )


def _row(found: Card) -> dict[str, Any]:
    return {
        "name": found.name,
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
