"""The acts themselves: who did what to whom, when, as which source reports it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import ibis
from ibis.expr.types import BooleanColumn, DateValue, Table

from realpolitik.measures._measure import Measure
from realpolitik.measures._question import Question
from realpolitik.measures._select import directed

MEASURE = Measure(
    name="acts",
    sentence="The acts themselves, with source, code, kind and side, secrecy and verification.",
    table="acts",
    statistics=(),
    references=(),
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list of acts; None means no narrowing.

    `code` matches by prefix; `as_of` keeps acts publicly known by that day.
    """

    actor: str | None = None
    kind: str | None = None
    side: str | None = None
    secrecy: str | None = None
    code: str | None = None
    act_id: str | None = None
    as_of: date | None = None


def acts(table: Table, question: Question, filters: Filters) -> Table:
    """Acts between the two actors of a question, in order of date, source and id.

    Shape: rows of the acts table. An act belongs to a span when its interval
    touches it.
    """
    sides = [
        directed(table, *direction, day="date")
        for direction in question.directions()
        if filters.actor in (None, direction[0])
    ]
    found = ibis.union(*sides) if len(sides) > 1 else sides[0]
    return found.filter(*_conditions(found, question, filters)).order_by(
        ["date", "source", "act_id"]
    )


def _conditions(table: Table, question: Question, filters: Filters) -> list[BooleanColumn]:
    wanted = [
        table[column] == ibis.literal(value)
        for column, value in (
            ("kind", filters.kind),
            ("side", filters.side),
            ("secrecy", filters.secrecy),
            ("act_id", filters.act_id),
        )
        if value is not None
    ]
    if question.start is not None:
        wanted.append(table.end_date >= ibis.literal(question.start))
    if question.end is not None:
        wanted.append(table.date <= ibis.literal(question.end))
    if filters.code is not None:
        wanted.append(table.code.startswith(filters.code))
    if filters.as_of is not None:
        wanted.append(_known(table) <= ibis.literal(filters.as_of))
    return wanted or [ibis.literal(True)]


def _known(table: Table) -> DateValue:
    """The last day on which an act first became public; null for a secret never disclosed.

    A disclosure dated to a month or year counts from its last day, as in `_cases`.
    """
    precision = table.disclosed_precision
    month = table.disclosed.truncate("M") + ibis.interval(months=1) - ibis.interval(days=1)
    year = table.disclosed.truncate("Y") + ibis.interval(years=1) - ibis.interval(days=1)
    told = ibis.cases(
        (precision == "month", month.cast("date")),
        (precision == "year", year.cast("date")),
        else_=table.disclosed,
    )
    secret = (table.secrecy == "secret").fill_null(False)
    return ibis.ifelse(secret, told, table.end_date)
