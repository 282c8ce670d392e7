"""Acts of a casebook as plain values, for measures that look at cases one by one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ibis.expr.types import Table

from realpolitik.measures._select import directed

COLUMNS = (
    "act_id", "date", "end_date", "date_precision", "actor", "target", "code", "code_system",
    "kind", "side", "secrecy", "disclosed", "disclosed_precision", "reciprocal", "source_title",
    "principal", "verification", "reliability", "root",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One act of a casebook; `known` is the last day on which it first became public."""

    act_id: str
    date: dt.date
    end_date: dt.date
    date_precision: str
    code: str
    code_system: str
    kind: str
    side: str
    secret: bool
    disclosed: dt.date | None
    known: dt.date | None
    reciprocal: bool
    publication: str
    reliability: str | None
    verification: str | None
    root: str

    @property
    def vague(self) -> bool:
        """Is it dated to a month or year only?"""
        return self.date_precision in ("month", "year")

    @property
    def placed(self) -> dt.date:
        """The day it counts for: its first day, or the middle of the month or year it is dated to."""
        return self.date + (self.end_date - self.date) / 2 if self.vague else self.date

    def happened_in(self, start: dt.date, end: dt.date) -> bool:
        """Does the day it counts for lie between these, both included?"""
        return start <= self.placed <= end


def cases(acts: Table, source: str, actor: str, target: str) -> list[Case]:
    """All acts of `actor` towards `target` in a casebook, in order of date and id."""
    rows = directed(acts.filter(acts.source == source), actor, target, "date").select(*COLUMNS)
    found = rows.to_pyarrow().to_pylist()
    return sorted((_case(row) for row in found), key=lambda case: (case.date, case.act_id))


def _case(row: dict[str, Any]) -> Case:
    secret = row["secrecy"] == "secret"
    return Case(
        act_id=row["act_id"],
        date=row["date"],
        end_date=row["end_date"],
        date_precision=row["date_precision"],
        code=row["code"],
        code_system=row["code_system"],
        kind=row["kind"],
        side=row["side"],
        secret=secret,
        disclosed=row["disclosed"],
        known=_last_day(row["disclosed"], row["disclosed_precision"])
        if secret
        else row["end_date"],
        reciprocal=bool(row["reciprocal"]),
        publication=row["source_title"] or "",
        reliability=row["reliability"],
        verification=row["verification"],
        root=row["root"],
    )


def _last_day(first: dt.date | None, precision: str | None) -> dt.date | None:
    """Last day of a disclosure dated to the day, month or year."""
    if first is None or precision in (None, "day"):
        return first
    if precision == "year":
        return dt.date(first.year, 12, 31)
    following = (first.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return following - dt.timedelta(days=1)
