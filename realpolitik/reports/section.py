"""A section of the page on one question: sentences, pictures by name, tables, remarks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from realpolitik.findings import Finding
from realpolitik.reports.answer import Piece, Sentence, main_source
from realpolitik.reports.figure import Table
from realpolitik.reports.prose import capital, span, with_article
from realpolitik.reports.record import Direction, Record

ACT = re.compile(r"[a-z_]+:[A-Za-z0-9.-]+")
CODE = re.compile(r"\b[A-Z]{3}(?:\.[a-z]+)?\b")


@dataclass(frozen=True, slots=True)
class Section:
    """What one further question gets on the page.

    `title` is short enough for the list of contents; `about` says how to read
    what follows and what it does not show. `open` tables stand open; `tables`
    and `remarks` are folded away.
    """

    id: str
    title: str
    about: str
    sentences: tuple[Sentence, ...]
    figures: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    open: tuple[Table, ...] = ()
    remarks: tuple[Sentence, ...] = ()
    remarked: str = ""
    look: str = "findings"
    empty: str = "Cannot tell: no source of this page bears on the question."


def sampled(record: Record, statistic: str) -> list[str]:
    """Sources that have a finding of this statistic, in the order they came."""
    return list(dict.fromkeys(s for item in record.findings(statistic) for s in item.sources))


def opened(record: Record, item: Finding, text: str) -> Sentence:
    """A sentence of a measure as it stands, led by source and span."""
    source = item.sources[0]
    return (Piece(f"{capital(record.short(source))} ({span(item.start, item.end)}): {text}"),)


def drawn(record: Record, known: Sequence[str]) -> str | None:
    """The one source a picture draws: that of the answer if it is among these, else the first."""
    main = main_source(record)
    return main if main in known else next(iter(known), None)


def named(record: Record, text: str) -> str:
    """A sentence of a measure with the names of actors in place of their codes."""
    return CODE.sub(lambda found: with_article(record.name(found[0])), text)


def by_id(act: dict[str, Any]) -> Sentence:
    """An act as its id, linked."""
    return (Piece(act["act_id"], filters={"id": act["act_id"]}),)


def linked(
    record: Record, text: str, show: Callable[[dict[str, Any]], Sentence] = by_id
) -> Sentence:
    """A sentence of a measure in which every act of this page that it names is a link."""
    pieces: list[Piece] = []
    at = 0
    for found in ACT.finditer(text):
        name = found[0].rstrip(".")
        if name in record.by_id:
            end = found.start() + len(name)
            pieces += [Piece(text[at : found.start()]), *show(record.by_id[name])]
            at = end
    return (*pieces, Piece(text[at:]))


def untold(what: str, item: Finding | None) -> Sentence:
    """That something cannot be told, and what is missing."""
    why = item.notes[0] if item is not None and item.notes else "no such finding is on this page."
    return (Piece(f"{what} cannot be told: {why[:1].lower() + why[1:]}"),)


def clear(item: Finding | None) -> bool:
    """Has the finding an interval that lies wholly on one side of zero?"""
    if item is None or item.lower is None or item.upper is None:
        return False
    return item.lower > 0 or item.upper < 0


def ways(record: Record, statistic: str, source: str) -> list[tuple[Direction, Finding]]:
    """The finding of a statistic over the longest span, by direction."""
    both = ((way, record.whole(statistic, way, source)) for way in record.directions)
    return [(way, item) for way, item in both if item is not None]
