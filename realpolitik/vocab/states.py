"""States and territories, with the numbers two lists of states give them and from when to when.

The spells come from the Correlates of War system membership (2016) and from
Gleditsch and Ward's list (2017). Both lists write the day of publication where
a state was still a member; here such a spell has no end. Where a list keeps
one number through a change of state (365 for Russia and the Soviet Union, 345
for Yugoslavia and what came before and after), the spell is cut at the change.

Codes are ISO 3166 alpha-3, former ones from ISO 3166-3. Where ISO has none the
abbreviation of the COW or GW list is used, XKX for Kosovo, and JSN for Korea
to 1910.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

from realpolitik.errors import UnknownName
from realpolitik.vocab.rows import parts, rows

STATE_COLUMNS = ("code", "name", "fips", "cameo", "predecessors", "successors", "aliases", "note")
SPELL_COLUMNS = ("code", "list", "number", "abbreviation", "start", "end")


class Spell(NamedTuple):
    """One stretch of membership in one list: `cow` or `gw` is set, the other is None.

    Both ends are included; `end` is None while it lasts.
    """

    cow: int | None
    cow_abbreviation: str | None
    gw: int | None
    start: date
    end: date | None


class State(NamedTuple):
    """A state, a former state, or a territory that event data use as an actor.

    `fips` and `cameo` are the codes others use, the usual one first.
    `predecessors` and `successors` held or took over all or part of it.
    A territory has no spells.
    """

    code: str
    name: str
    spells: tuple[Spell, ...]
    fips: tuple[str, ...]
    cameo: tuple[str, ...]
    aliases: tuple[str, ...]
    successors: tuple[str, ...]
    predecessors: tuple[str, ...]
    note: str = ""

    @property
    def standing(self) -> str:
        """`state`, `former state`, or `territory` (in neither list)."""
        if not self.spells:
            return "territory"
        return "state" if any(spell.end is None for spell in self.spells) else "former state"

    @property
    def existence(self) -> tuple[tuple[date, date | None], ...]:
        """When either list counts it as a state: spells joined where they touch or overlap."""
        joined: list[tuple[date, date | None]] = []
        for start, end in sorted(((s.start, s.end) for s in self.spells), key=lambda s: s[0]):
            if joined and _touches(joined[-1][1], start):
                joined[-1] = (joined[-1][0], _later(joined[-1][1], end))
            else:
                joined.append((start, end))
        return tuple(joined)


def _touches(end: date | None, start: date) -> bool:
    return end is None or (start - end).days <= 1


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


@cache
def all_states() -> tuple[State, ...]:
    """Return every state and territory, present ones first."""
    spells: dict[str, list[Spell]] = {}
    for row in rows("spells.csv", SPELL_COLUMNS):
        spells.setdefault(row["code"], []).append(_spell(row))
    return tuple(
        _state(row, tuple(spells.get(row["code"], ()))) for row in rows("states.csv", STATE_COLUMNS)
    )


def _spell(row: dict[str, str]) -> Spell:
    number, cow = int(row["number"]), row["list"] == "cow"
    return Spell(
        cow=number if cow else None,
        cow_abbreviation=row["abbreviation"] or None,
        gw=None if cow else number,
        start=date.fromisoformat(row["start"]),
        end=date.fromisoformat(row["end"]) if row["end"] else None,
    )


def _state(row: dict[str, str], spells: tuple[Spell, ...]) -> State:
    return State(
        code=row["code"],
        name=row["name"],
        spells=spells,
        fips=parts(row["fips"]),
        cameo=parts(row["cameo"]),
        aliases=parts(row["aliases"]),
        successors=parts(row["successors"]),
        predecessors=parts(row["predecessors"]),
        note=row["note"],
    )


@cache
def _by_code() -> dict[str, State]:
    return {state.code: state for state in all_states()}


def state(code: str) -> State:
    """Return the state or territory of a code, as written here (capitals).

    Raises UnknownName; names and aliases are resolved by `actors.resolve`.
    """
    try:
        return _by_code()[code]
    except KeyError:
        raise UnknownName("state", code[:40], _by_code()) from None
