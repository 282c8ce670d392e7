"""The actor codes of others, and which actor each stands for, from when to when.

A code that stands for no one actor, or that cannot be identified, is kept with
the reason, so that a reader can refuse its acts and count why.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from realpolitik.errors import UnknownName
from realpolitik.vocab.rows import parts, rows
from realpolitik.vocab.states import Spell, all_states

SYSTEMS = ("keds", "cow", "gw", "cameo", "fips", "icews-name")
COLUMNS = ("system", "native", "code", "start", "end", "reason")
ONE_DAY = timedelta(days=1)


class Native(NamedTuple):
    """One code of another system between two days, both included; None is open.

    `code` is our actor, or None where `reason` says why there is none.
    """

    native: str
    code: str | None
    start: date | None
    end: date | None
    reason: str = ""


@cache
def native_codes(system: str) -> tuple[Native, ...]:
    """Return every code of a system, one row a code and stretch of days.

    No two rows of one code overlap; together they cover all days, so that a
    code is never refused for being used a little before or after its time.
    `keds` is KEDS Gulf (other KEDS files use UNK otherwise). `cow` and `gw` are
    numbers as text, without leading zeros. `cameo` holds country codes and
    known groups, `fips` GDELT's country codes, `icews-name` the country names
    ICEWS writes. Raises UnknownName for another system.
    """
    if system not in SYSTEMS:
        raise UnknownName("code system", system[:40], SYSTEMS, f"Known: {', '.join(SYSTEMS)}.")
    if system in ("cow", "gw"):
        return tuple(_numbers(system))
    return (*_from_actors(system), *_listed(system))


def _listed(system: str) -> Iterator[Native]:
    for row in rows("crosswalk.csv", COLUMNS):
        if row["system"] == system:
            start, end = row["start"], row["end"]
            yield Native(
                native=row["native"],
                code=row["code"] or None,
                start=date.fromisoformat(start) if start else None,
                end=date.fromisoformat(end) if end else None,
                reason=row["reason"],
            )


def _from_actors(system: str) -> Iterator[Native]:
    for state in all_states():
        for native in {"cameo": state.cameo, "fips": state.fips}.get(system, ()):
            yield Native(native, state.code, None, None)
    if system == "cameo":
        for row in rows("organisations.csv", ("code", "cameo")):
            for native in parts(row["cameo"]):
                yield Native(native, row["code"], None, None)


def _numbers(system: str) -> Iterator[Native]:
    held: dict[int, list[tuple[Spell, str]]] = {}
    for state in all_states():
        for spell in state.spells:
            number = spell.cow if system == "cow" else spell.gw
            if number is not None:
                held.setdefault(number, []).append((spell, state.code))
    for number in sorted(held):
        yield from _stretches(str(number), held[number])


def _stretches(number: str, held: list[tuple[Spell, str]]) -> Iterator[Native]:
    """Cut all time where a number passes from one state to the next."""
    held = sorted(held, key=lambda pair: pair[0].start)
    code, start = held[0][1], None
    for spell, next_code in held:
        if next_code != code:
            yield Native(number, code, start, spell.start - ONE_DAY)
            code, start = next_code, spell.start
    yield Native(number, code, start, None)
