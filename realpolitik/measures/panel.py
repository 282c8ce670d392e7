"""Directed dyad by period: how many acts of each kind and side, null where nothing is covered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ibis.expr.types import Table

from realpolitik.measures import _tallied as tallied
from realpolitik.measures._measure import Measure
from realpolitik.measures._question import SourceSpan
from realpolitik.vocab.calendar import LAST_DAY, Period, periods
from realpolitik.vocab.kinds import KINDS, SIDES
from realpolitik.vocab.states import State, all_states

MEASURE = Measure(
    name="panel",
    sentence="Acts of each kind and side by directed dyad and period; null outside coverage.",
    table="tallies",
    statistics=(),
    references=(),
)
COUNTS = tuple(f"{kind}_{side}" for kind in KINDS for side in SIDES)
Counts = dict[tuple[str, str, date], dict[str, int]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a panel is asked for: directed dyads (None: all of states), days, period, map."""

    dyads: Sequence[tuple[str, str]] | None
    start: date | None
    end: date | None
    by: str
    map: str


def panel(tallies: Table, asked: Asked, source: SourceSpan) -> Iterator[dict[str, Any]]:
    """One row a directed dyad and period in which both states existed.

    Columns: actor, target, date (first day of the calendar period), source,
    map, covered (share of the period's days inside the source's coverage) and
    the counts, unit acts. A period with no day inside coverage has null counts;
    0 stands only where the source was looking. By `day` and `week` the tallies
    must be sums by day.
    """
    window = (asked.start or source.start, asked.end or source.end)
    if window[0] > window[1]:
        return
    found = _counted(_summed(tallies, asked, source, window), asked)
    dyads = asked.dyads if asked.dyads is not None else sorted({key[:2] for key in found})
    states = {state.code: state for state in all_states()}
    for actor, target in dyads:
        for period in periods(*window, asked.by):
            if _exist(states, (actor, target), period):
                yield _row(found, (actor, target), _whole(period, asked.by), asked, source)


def _summed(tallies: Table, asked: Asked, source: SourceSpan, window: tuple[date, date]) -> Table:
    rows = tallied.months(tallies, source.name, [asked.map], window, asked.by)
    rows = tallied.of_dyads(rows, asked.dyads) if asked.dyads is not None else rows
    rows = rows.mutate(start=rows.month.truncate(tallied.UNITS[asked.by]).cast("date"))
    return rows.group_by("actor", "target", "start").aggregate(
        **{
            f"{kind}_{side}": rows[side].sum(where=rows.kind == kind)
            for kind in KINDS
            for side in SIDES
        }
    )


def _counted(rows: Table, asked: Asked) -> Counts:
    states = {state.code for state in all_states()}
    return {
        (row["actor"], row["target"], row["start"]): {name: row[name] or 0 for name in COUNTS}
        for row in rows.to_pyarrow().to_pylist()
        if asked.dyads is not None or (row["actor"] in states and row["target"] in states)
    }


def _whole(period: Period, by: str) -> tuple[date, date]:
    """First and last day of the calendar period that a clipped one lies in."""
    last = LAST_DAY[by](period.start)
    return tallied.bucket(period.start, by), last


def _exist(states: dict[str, State], dyad: tuple[str, str], period: Period) -> bool:
    """Do both exist at some time in the period? Groups and territories have no dates here."""
    found = [states[code].existence for code in dyad if code in states and states[code].spells]
    return all(
        any(start <= period.end and (end is None or end >= period.start) for start, end in spells)
        for spells in found
    )


def _row(
    found: Counts, dyad: tuple[str, str], days: tuple[date, date], asked: Asked, source: SourceSpan
) -> dict[str, Any]:
    covered = _covered(days, asked, source)
    empty = dict.fromkeys(COUNTS, 0 if covered else None)
    counts = found.get((*dyad, days[0]), empty) if covered else empty
    return {
        "actor": dyad[0],
        "target": dyad[1],
        "date": days[0],
        "source": source.name,
        "map": asked.map,
        "covered": covered,
        **counts,
    }


def _covered(days: tuple[date, date], asked: Asked, source: SourceSpan) -> float:
    first = max(days[0], source.start, asked.start or days[0])
    last = min(days[1], source.end, asked.end or days[1])
    whole = (days[1] - days[0]).days + 1
    return max((last - first).days + 1, 0) / whole
