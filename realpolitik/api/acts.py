"""The acts themselves, with source, code and quotation; a tally row stands for a month's acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from realpolitik.api._accounts import chain
from realpolitik.api._question import Names, ask, chosen
from realpolitik.api._record import record
from realpolitik.api.result import Rows
from realpolitik.errors import UnknownName
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures._reference import months_of
from realpolitik.measures.acts import Filters
from realpolitik.measures.acts import acts as measure
from realpolitik.schema.table import load
from realpolitik.vocab.actors import resolve
from realpolitik.vocab.calendar import month_end, parse_date
from realpolitik.vocab.kinds import KINDS, SIDES

CHOICES = {"kind": KINDS, "side": SIDES, "secrecy": ("public", "secret")}


def acts(
    a: str,
    b: str,
    *,
    start: str | None = None,
    end: str | None = None,
    source: Names = None,
    actor: str | None = None,
    kind: str | None = None,
    side: str | None = None,
    secrecy: str | None = None,
    code: str | None = None,
    as_of: str | None = None,
    id: str | None = None,
    map: str = "realpolitik",
    lake: str | None = None,
) -> Rows:
    """Acts between two actors in both directions, in order of date.

    Shape: the columns of the acts table and `versions`, the accounts of the act that were
    public by `as_of`, in order; dates are ISO text, missing values None. Where the lake
    holds mentions, also `mentions` (how often the act was mentioned, 0 where never),
    `publishers` (by how many), `first_mention` and `last_mention`. A source whose tallies
    alone are at hand gives one row a month, kind
    and side, with `n` acts; it has no codes, secrecy or texts to filter by. `id` also
    finds an act of one of the two on itself, which `check` may rest on and no measure.

    Raises:
        UsageError: an actor, date, source or filter that cannot be used.
        CorruptFile: a bundled file is damaged.
    """
    question = ask(a, b, start=start, end=end, map=map)
    filters = Filters(
        actor=_one_of_the_two(actor, question),
        kind=_choice("kind", kind),
        side=_choice("side", side),
        secrecy=_choice("secrecy", secrecy),
        code=code,
        act_id=id,
        as_of=parse_date(as_of, end=True) if as_of else None,
    )
    opened = record(lake, map)
    spans = chosen(source, opened)
    rows = [
        row | {"versions": chain(row["act_id"], filters.as_of)}
        for row in plain(measure(opened.acts, question, filters), [span.name for span in spans])
    ]
    if rows and opened.record.holds("mentions"):
        rows = _mentioned(rows, opened.record.mentions)
    if id is not None and not rows:
        rows = _alone(id, question)
    tallied = _tallied(opened.tallies, question, filters, spans)
    found = sorted(rows + tallied, key=lambda row: (row["date"], row["source"], row["act_id"]))
    return Rows("acts", found, _remarks(found, question, spans))


def _alone(act_id: str, question: Question) -> list[dict[str, Any]]:
    """The act of this id that one of the two did to itself: `check` may rest on it, no measure does."""
    from realpolitik.api._evidence import on_itself

    names = [column.name for column in load("acts").columns]
    return [
        {name: _iso(row.get(name)) for name in names} | {"versions": []}
        for row in on_itself()
        if row["act_id"] == act_id and row["actor"] in (question.a, question.b)
    ]


def plain(table: Table, sources: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of an acts table from the named sources as JSON-ready dictionaries."""
    rows = table.filter(table.source.isin(list(sources))).to_pyarrow().to_pylist()
    return [{key: _iso(value) for key, value in row.items()} for row in rows]


def _mentioned(rows: list[dict[str, Any]], mentions: Table) -> list[dict[str, Any]]:
    """The rows with how often, by how many and from when to when each act was mentioned."""
    asked = pa.table({"act_id": [row["act_id"] for row in rows]})
    found = mentions.semi_join(ibis.memtable(asked), "act_id")
    told = found.group_by("act_id").aggregate(
        mentions=found.count(),
        publishers=found.publisher.nunique(),
        first_mention=found.time.min(),
        last_mention=found.time.max(),
    )
    known = {row.pop("act_id"): row for row in told.to_pyarrow().to_pylist()}
    never = {"mentions": 0, "publishers": 0, "first_mention": None, "last_mention": None}
    return [row | known.get(row["act_id"], never) for row in rows]


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _choice(what: str, value: str | None) -> str | None:
    if value is not None and value not in CHOICES[what]:
        raise UnknownName(what, value, CHOICES[what], f"Use one of {', '.join(CHOICES[what])}.")
    return value


def _one_of_the_two(actor: str | None, question: Question) -> str | None:
    if actor is None:
        return None
    code = resolve(actor).code
    if code not in (question.a, question.b):
        raise UnknownName("actor of this dyad", actor, (question.a, question.b))
    return code


def _tallied(
    tallies: Table, question: Question, filters: Filters, spans: Sequence[SourceSpan]
) -> list[dict[str, Any]]:
    if filters.code or filters.secrecy or filters.as_of:
        return []
    return [
        row
        for span in spans
        if span.role == "sample" and not span.listed
        for month in months_of(tallies, question, span)
        for side in SIDES
        if (row := _month_row(span.name, month, side)) is not None
        and filters.actor in (None, row["actor"])
        and filters.kind in (None, row["kind"])
        and filters.side in (None, side)
        and filters.act_id in (None, row["act_id"])
    ]


def _month_row(source: str, month: dict[str, Any], side: str) -> dict[str, Any] | None:
    """The acts of one month, kind and side as one row; None where there are none."""
    if not month[side]:
        return None
    ends = (month["actor"], month["target"], month["kind"])
    return dict.fromkeys(column.name for column in load("acts").columns) | {
        "versions": [],
        "act_id": ":".join((source, month["month"], *ends, side)),
        "source": source,
        "date": f"{month['month']}-01",
        "end_date": month_end(date.fromisoformat(f"{month['month']}-01")).isoformat(),
        "date_precision": "month",
        "actor": month["actor"],
        "target": month["target"],
        "kind": month["kind"],
        "side": side,
        "n": month[side],
        "text": f"{month[side]} coded in this month; the source ships as monthly tallies.",
    }


def _remarks(
    found: list[dict[str, Any]], question: Question, spans: Sequence[SourceSpan]
) -> tuple[str, ...]:
    if found:
        return tuple(_collapsed(found))
    searched = ", ".join(f"{span.name} ({span.start} to {span.end})" for span in spans)
    return (f"No acts of {question.a} and {question.b} fit; searched {searched}.",)


def _collapsed(found: list[dict[str, Any]]) -> Iterator[str]:
    """How many rows of a source's files the acts stand for, where repeats were collapsed."""
    for source in sorted({row["source"] for row in found}):
        own = [row for row in found if row["source"] == source]
        rows = sum(row["reports"] or 0 for row in own)
        if rows > len(own):
            yield f"{source}: {len(own):,} acts listed, from {rows:,} rows of its files before repeats were collapsed."
