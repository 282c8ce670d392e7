"""Who is meant by a name that a publisher of state-level records writes, on a given day.

The vocabulary's own names come first; `named.csv` adds spellings only these
publishers have, and says why some names stand for no one actor.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

from realpolitik.errors import RealpolitikError
from realpolitik.sources.roles import Meant
from realpolitik.vocab import actors, crosswalk
from realpolitik.vocab.states import all_states

FILE = Path(__file__).with_suffix(".csv")


def meant(name: str, day: date) -> Meant:
    """The actor of a name on a day, or the reason why there is none.

    Asterisks behind a name (SIPRI's mark of groups and organisations) are left
    out. Where one state followed another under one number of the Correlates of
    War list (Russia and the Soviet Union), the day says which is meant; a state that
    was no more and had one heir is its heir.
    """
    plain = " ".join(name.replace("\u2019", "'").split()).rstrip("*").strip()
    if not plain:
        return Meant(None, "no actor")
    code, reason = _found(plain, day, name.rstrip().endswith("*"))
    if code is None:
        return Meant(None, f"{plain}: {reason}")
    return Meant(_of_the_day(code, day))


def _found(plain: str, day: date, marked: bool) -> tuple[str | None, str]:
    for last, code, reason in _listed().get(plain.casefold(), ()):
        if day <= last:
            return code or None, reason
    known_code = _known(plain)
    if known_code is not None:
        return known_code, ""
    return None, "a group outside the vocabulary" if marked else "not in the vocabulary"


def known(name: str) -> bool:
    """Is a name in the vocabulary or the list, whatever it stands for?"""
    return name.casefold() in _listed() or _known(name) is not None


@cache
def _known(plain: str) -> str | None:
    try:
        return actors.resolve(plain).code
    except RealpolitikError:
        return None


@cache
def _listed() -> dict[str, list[tuple[date, str, str]]]:
    """What the list says of a name until which day, the earliest first."""
    found: dict[str, list[tuple[date, str, str]]] = {}
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            last = date.fromisoformat(row["last"]) if row["last"] else date.max
            found.setdefault(row["name"].casefold(), []).append((last, row["code"], row["reason"]))
    return {name: sorted(rows) for name, rows in found.items()}


@cache
def _numbers() -> dict[str, tuple[crosswalk.Native, ...]]:
    """The stretches of days of each number that passed from state to state, by code."""
    shared = [found for found in _by_number("cow").values() if len({n.code for n in found}) > 1]
    return {str(native.code): found for found in shared for native in found}


def _of_the_day(code: str, day: date) -> str:
    for native in _numbers().get(code, ()):
        if (native.start or date.min) <= day <= (native.end or date.max):
            return str(native.code)
    ended, heirs = _ended().get(code, (date.max, ()))
    return heirs[0] if ended < day and len(heirs) == 1 else code


@cache
def _ended() -> dict[str, tuple[date, tuple[str, ...]]]:
    """The last day of former states, and who followed them."""
    former = [state for state in all_states() if state.standing == "former state"]
    ends = ((state, max(end or date.max for _, end in state.existence)) for state in former)
    return {state.code: (end, state.successors) for state, end in ends}


def numbered(number: str, day: date, system: str = "cow") -> Meant:
    """The state of a Correlates of War or Gleditsch and Ward number on a day, or why there is none."""
    for native in _by_number(system).get(number, ()):
        if (native.start or date.min) <= day <= (native.end or date.max):
            return Meant(native.code)
    return Meant(None, f"{number or 'blank'}: no number of the {system.upper()} list of states")


@cache
def _by_number(system: str) -> dict[str, tuple[crosswalk.Native, ...]]:
    held: dict[str, tuple[crosswalk.Native, ...]] = {}
    for native in crosswalk.native_codes(system):
        held[native.native] = (*held.get(native.native, ()), native)
    return held
