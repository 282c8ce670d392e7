"""The sums of acts by month and day, computed anew where acts came or went."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, Any

import ibis

from realpolitik.lake.catalog import Change
from realpolitik.schema.table import load

if TYPE_CHECKING:
    from realpolitik.lake.store import Writer

# The sums of acts that go into a table of SUMS.
Tally = Callable[[ibis.Table, str], ibis.Table]
# The tables of sums, each with the column of its period.
SUMS = {"tallies": "month", "days": "day"}
# Acts whose sums fit the memory of the engine in one query, with some to spare.
AT_ONCE = 250_000


def renew(writer: Writer, change: Change, source: str, months: Sequence[Any], tally: Tally) -> None:
    """Compute the sums of these months of a source anew; those of other months stay."""
    kinds = SUMS if source in change.by_day() else ("tallies",)
    for span, number in _spans(writer, change, source, months):
        shares = _acts(writer, change, source, span, max(1, ceil(number / AT_ONCE)))
        for kind in kinds:
            new = [ibis.util.gen_name(kind) for _ in shares]
            for name, acts in zip(new, shares, strict=True):
                writer.con.create_table(name, tally(acts, kind), temp=True)
            _put(writer, change, (source, kind), span, new)
        writer.free()


def month(day: str) -> str:
    """The first day of the month of a day, in a query."""
    return f"CAST(date_trunc('month', {day}) AS DATE)"


def _spans(
    writer: Writer, change: Change, source: str, months: Sequence[Any]
) -> Iterator[tuple[list[Any], int]]:
    """The months in turn with their acts, as many years together as have few: a query has its price."""
    asked = _asked(writer, change, source, months)
    counted = f"SELECT year(date), count(*) FROM ({asked}) GROUP BY 1"
    number = dict(writer.ask(counted)) if asked else {}
    span: list[Any] = []
    acts = 0
    for year, own in groupby(months, key=lambda month: month.year):
        acts += number.get(year, 0)
        if span and acts > AT_ONCE:
            yield span, acts - number.get(year, 0)
            span, acts = [], number.get(year, 0)
        span = [*span, *own]
    if span:
        yield span, acts


def _put(
    writer: Writer, change: Change, what: tuple[str, str], months: Sequence[Any], new: Sequence[str]
) -> None:
    """Write new sums as a part a year, with those of the year's other months."""
    source, kind = what
    period = SUMS[kind]
    held = {part.period: part.path for part in change.parts(kind, source)}
    for year, own in groupby(months, key=lambda month: month.year):
        rows = " UNION ALL ".join(f'FROM "{name}" WHERE year({period}) = {year}' for name in new)
        if old := held.get(str(year)):
            kept = f"FROM {writer.rows([old])} WHERE NOT {_among(period, list(own))}"
            rows = f"({rows}) UNION ALL BY NAME ({kept})"
            change.retire([old], time.time())
        writer.put(kind, source, rows, str(year))


def _acts(
    writer: Writer, change: Change, source: str, months: Sequence[Any], shares: int
) -> list[ibis.Table]:
    """The acts of some months in so many shares; what one actor did lies in one of them."""
    schema = load("acts").ibis_schema()
    asked = _asked(writer, change, source, months)
    if asked is None:
        return [writer.con.create_table(ibis.util.gen_name("none"), schema=schema, temp=True)]
    return [
        writer.con.sql(f"{asked} AND hash(actor) % {shares} = {share}", schema=schema)
        for share in range(shares)
    ]


def _asked(writer: Writer, change: Change, source: str, months: Sequence[Any]) -> str | None:
    """A query for the acts of some months, or None where no part has any."""
    paths = [
        part.path
        for part in change.parts("acts", source)
        if part.first and part.last
        and any(part.first.replace(day=1) <= month <= part.last for month in months)
    ]  # fmt: skip
    if not paths:
        return None
    columns = ", ".join(load("acts").names)
    return f"SELECT {columns} FROM {writer.rows(paths)} WHERE {_among('date', months)}"


def _among(day: str, months: Sequence[Any]) -> str:
    """Does a day lie in one of the months?"""
    listed = ", ".join(f"DATE '{month.isoformat()}'" for month in months)
    return f"{month(day)} IN ({listed})"
