"""Directed dyad by period, ready for a regression: null outside coverage, 0 only inside."""

from __future__ import annotations

from datetime import date
from typing import Any

from realpolitik.api._flows import with_flows
from realpolitik.api._question import Names, ask, chosen, divided, variant
from realpolitik.api._record import record
from realpolitik.api.result import Rows
from realpolitik.errors import UnknownName, UsageError
from realpolitik.measures.panel import Asked
from realpolitik.measures.panel import panel as measure
from realpolitik.vocab.calendar import BY, span
from realpolitik.vocab.states import Spell, State, all_states

KEYS = ("iso3", "cow", "gw")


def panel(
    a: str | None = None,
    b: str | None = None,
    *,
    start: str | None = None,
    end: str | None = None,
    by: str = "year",
    source: Names = None,
    map: str = "realpolitik",
    contacts: str = "apart",
    keys: str = "iso3",
    flows: bool = False,
    lake: str | None = None,
) -> Rows:
    """Acts by directed dyad and period, one row each and source; both directions of A and B.

    Without A and B: every directed dyad of states that the source has an act
    of. Keys: `iso3_1`, `iso3_2` and `date` (first day of the period); with
    keys="cow" or "gw" `ccode1`, `ccode2` (`gwcode1`, `gwcode2`) and `year` as
    well, null for an actor without a number then. Counts (unit: acts) of each
    kind and side are null where no day of the period is covered and 0 only
    inside coverage; `covered` is the share of the period's days that is. No
    row where one of two states did not exist. With `flows` each row of a yearly
    panel also has what the actor sent the target in that year, by the lake's
    records: `goods_sold` (million US dollars of the year), `arms_ordered`
    (million TIV); null where no record says it, never 0 for that. Casebooks are cases, no samples,
    and never enter.

    Raises:
        UsageError: an actor, date, period, source, map or key that cannot be used; flows by
            another period than the year.
        NotInRecord: flows, and the lake holds none.
        CorruptFile: a bundled file or the lake is damaged.
    """
    if keys not in KEYS:
        raise UnknownName("keys", keys, KEYS, f"Use one of {', '.join(KEYS)}.")
    if by not in BY:
        raise UnknownName("period", by, BY, f"Use one of {', '.join(BY)}.")
    if flows and by != "year":
        raise UsageError(f"Flows are yearly and cannot be divided by {by}: use --by year.")
    opened = record(lake)
    spans = [one for one in divided(chosen(source, opened), by, source) if one.role == "sample"]
    if source is not None and not spans:
        raise UsageError("A panel needs a sample: casebooks are cases and give no counts.")
    asked = Asked(_dyads(a, b), *span(start, end), by=by, map=variant(map, contacts))
    rows = [_keyed(row, keys) for one in spans for row in measure(opened.sums(by), asked, one)]
    return Rows("panel", with_flows(rows, opened.record) if flows else rows)


def _dyads(a: str | None, b: str | None) -> tuple[tuple[str, str], ...] | None:
    if (a is None) != (b is None):
        raise UsageError("Give two actors, or none for every dyad.")
    return None if a is None or b is None else ask(a, b).directions()


def _keyed(row: dict[str, Any], keys: str) -> dict[str, Any]:
    first = row["date"]
    found: dict[str, Any] = {"iso3_1": row["actor"], "iso3_2": row["target"]}
    if keys != "iso3":
        name = "ccode" if keys == "cow" else "gwcode"
        found |= {
            f"{name}1": _number(row["actor"], first, keys),
            f"{name}2": _number(row["target"], first, keys),
            "year": first.year,
        }
    rest = {name: value for name, value in row.items() if name not in ("actor", "target", "date")}
    return {**found, "date": first.isoformat(), **rest}


def _number(code: str, day: date, keys: str) -> int | None:
    """The number of a state in that list in the year of the day."""
    for spell in _spells(code):
        number = spell.cow if keys == "cow" else spell.gw
        ended = spell.end is not None and spell.end.year < day.year
        if number is not None and spell.start.year <= day.year and not ended:
            return number
    return None


def _spells(code: str) -> tuple[Spell, ...]:
    found: dict[str, State] = {state.code: state for state in all_states()}
    return found[code].spells if code in found else ()
