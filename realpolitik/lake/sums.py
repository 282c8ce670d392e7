"""The sums of acts by month and day, computed anew where acts came or went."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from realpolitik.lake.catalog import Change
from realpolitik.schema.table import load

if TYPE_CHECKING:
    from realpolitik.lake.store import Writer

# The sums of acts that go into a table of SUMS.
Tally = Callable[[ibis.Table, str], ibis.Table]
# The tables of sums, each with the column of its period.
SUMS = {"tallies": "month", "days": "day"}
# Acts whose sums fit the memory of the engine in one query.
AT_ONCE = 1_000_000


def renew(writer: Writer, change: Change, source: str, months: Sequence[Any], tally: Tally) -> None:
    """Compute the sums of these months of a source anew; those of other months stay."""
    kinds = SUMS if source in change.by_day() else ("tallies",)
    for span in _spans(writer, change, source, months):
        acts = _acts(writer, change, source, span)
        for kind in kinds:
            new = writer.con.create_table(ibis.util.gen_name(kind), tally(acts, kind), temp=True)
            _put(writer, change, (source, kind), span, new)
        writer.free()


def month(rows: ibis.Table, day: str = "date") -> Any:
    """The first day of the month of each row."""
    return rows[day].truncate("M").cast("date")


def _spans(
    writer: Writer, change: Change, source: str, months: Sequence[Any]
) -> Iterator[list[Any]]:
    """The months in turn, as many years together as have few acts: each query has its price."""
    rows = _acts(writer, change, source, months)
    found = rows.group_by(year=rows.date.year()).aggregate(n=rows.count()).to_pyarrow()
    number = dict(zip(*found.to_pydict().values(), strict=True))
    span: list[Any] = []
    acts = 0
    for year, own in groupby(months, key=lambda month: month.year):
        acts += number.get(year, 0)
        if span and acts > AT_ONCE:
            yield span
            span, acts = [], number.get(year, 0)
        span = [*span, *own]
    if span:
        yield span


def _put(
    writer: Writer, change: Change, what: tuple[str, str], months: Sequence[Any], new: ibis.Table
) -> None:
    """Write new sums as a part a year, with those of the year's other months."""
    source, kind = what
    held = {part.period: part.path for part in change.parts(kind, source)}
    for year, own in groupby(months, key=lambda month: month.year):
        rows = new.filter(new[SUMS[kind]].year() == year)
        if old := held.get(str(year)):
            kept = writer.read([old]).select(*new.columns)
            rows = ibis.union(rows, kept.filter(~month(kept, SUMS[kind]).isin(list(own))))
            change.retire([old], time.time())
        writer.put(kind, source, rows, str(year))


def _acts(writer: Writer, change: Change, source: str, months: Sequence[Any]) -> ibis.Table:
    paths = [
        part.path
        for part in change.parts("acts", source)
        if part.first and part.last
        and any(part.first.replace(day=1) <= month <= part.last for month in months)
    ]  # fmt: skip
    if not paths:
        return writer.con.create_table(
            ibis.util.gen_name("none"), schema=load("acts").ibis_schema(), temp=True
        )
    rows = writer.read(paths).select(*load("acts").names)
    asked = ibis.memtable(pa.table({"month": pa.array(months, pa.date32())}))
    return rows.semi_join(asked, month(rows) == asked.month)
