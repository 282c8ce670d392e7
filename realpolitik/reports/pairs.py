"""Announcements and the acts that carry them out: one by one as a table, and counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from realpolitik.reports import acts
from realpolitik.reports.answer import Piece, Sentence
from realpolitik.reports.figure import Cell, Link, Table
from realpolitik.reports.material import Pair
from realpolitik.reports.prose import capital, count, day, listed
from realpolitik.reports.record import Record
from realpolitik.reports.wording import MEMORY, TYPES, YEAR

UNPROVEN = (
    "That none is on record is not proof that none came, and that an act was done because of the "
    "announcement is not shown."
)


def table(record: Record) -> Table | None:
    """Each announcement with the first act that carries it out; None where there is none."""
    rows = []
    for pair in record.material.pairs:
        said = record.by_id.get(pair.announcement)
        if said is None:
            continue
        rows.append((
            Cell(acts.when(said), record.way(said).short),
            Cell(_act_link(said), f"{capital(pair.type)}.", _memory(said)),
            _outcome(record, pair),
            _days(pair),
            Cell(pair.reason),
        ))  # fmt: skip
    head = ("Announced", "What was announced", "First act that carries it out", "Days",
            "Why it would")  # fmt: skip
    return Table("Announcements and what followed", head, tuple(rows)) if rows else None


def note(record: Record) -> Sentence:
    """How many announcements an act followed within a year, how many later, how many not."""
    pairs = record.material.pairs
    if not pairs:
        return (Piece("No promise, threat, offer or demand between these two is on record."),)
    soon = [pair for pair in pairs if pair.days is not None and pair.days <= YEAR]
    late = [pair for pair in pairs if pair.days is not None and pair.days > YEAR]
    pieces = [
        _linked(pairs), Piece(f" announcement{' is' if len(pairs) == 1 else 's are'} on record. "
        "An act that would carry it out follows within a year for "), _linked(soon),
        Piece(f" ({_by_type(soon, pairs)})"),
    ]  # fmt: skip
    if late:
        pieces += [Piece(", and later than that for "), _linked(late), Piece(" more")]
    open_ = [pair for pair in pairs if pair.days is None]
    short = [pair for pair in open_ if _watched(record, pair) < YEAR]
    if short:
        pieces += [
            Piece(". Of the "), _linked(open_), Piece(" without such an act "), _linked(short),
            Piece(f" {'was' if len(short) == 1 else 'were'} watched for less than a year, because "
            "the record ends, and count as censored, not as broken"),
        ]  # fmt: skip
    return (*pieces, Piece(f". {UNPROVEN}"))


def _by_type(soon: Sequence[Pair], pairs: Sequence[Pair]) -> str:
    kinds = [kind for kind in TYPES if any(pair.type == kind for pair in pairs)]
    counts = ((sum(p.type == kind for p in soon), sum(p.type == kind for p in pairs), kind)
              for kind in kinds)  # fmt: skip
    return listed(f"{kept} of {count(many, kind)}" for kept, many, kind in counts)


def _watched(record: Record, pair: Pair) -> int:
    """Days from an announcement to the last day on which a deed would have been seen."""
    said = record.by_id.get(pair.announcement)
    if said is None:
        return YEAR
    made = date.fromisoformat(said.get("end_date") or said["date"])
    return (date.fromisoformat(pair.followed_until) - made).days


def _outcome(record: Record, pair: Pair) -> Cell:
    done = record.by_id.get(pair.deed or "")
    if done is None:
        return Cell(f"none on record by {day(pair.followed_until)}")
    return Cell(_act_link(done), acts.when(done), _memory(done))


def _days(pair: Pair) -> Cell:
    if pair.days is None:
        return Cell("")
    link = Link(f"{pair.days:,}", {"id": f"{pair.announcement},{pair.deed}"})
    return Cell(link, "" if pair.days <= YEAR else "after more than a year")


def _act_link(act: dict[str, Any]) -> Link:
    return Link(act.get("text") or act.get("label") or act["act_id"], {"id": act["act_id"]})


def _memory(act: dict[str, Any]) -> str:
    return MEMORY if act.get("verification") == MEMORY else ""


def _linked(pairs: Sequence[Pair]) -> Piece:
    ids = ",".join(pair.announcement for pair in pairs)
    return Piece(f"{len(pairs)}", filters={"id": ids} if ids else None)
