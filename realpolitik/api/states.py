"""Actors by code, name or alias: states with their dates and codes, regimes and groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from realpolitik.api.result import Rows
from realpolitik.errors import UnknownName
from realpolitik.vocab.actors import Actor, all_actors, search
from realpolitik.vocab.states import Spell, all_states, state


def states(name: str | None = None) -> Rows:
    """Actors that a name fits, or every state when no name is given.

    Shape: one row an actor, with the spells during which its COW and GW codes
    are valid. Missing codes are None.

    Raises:
        UnknownName: no actor has a name like this.
    """
    found = (
        [actor for actor in all_actors() if actor.kind == "state"] if name is None else search(name)
    )
    if name is not None and not found:
        known = [known for actor in all_actors() for known in (actor.code, actor.name)]
        raise UnknownName("actor", name, known, "`realpolitik states` lists all states.")
    return Rows("states", [_row(actor) for actor in found])


def _row(actor: Actor) -> dict[str, Any]:
    codes = {found.code: found for found in all_states()}
    held = codes.get(actor.code)
    return {
        "code": actor.code,
        "name": actor.name,
        "kind": actor.kind,
        "parent": actor.parent,
        "start": _iso(actor.start),
        "end": _iso(actor.end),
        "cow": _codes([spell.cow for spell in held.spells]) if held else None,
        "gw": _codes([spell.gw for spell in held.spells]) if held else None,
        "fips": _codes(held.fips) if held else None,
        "cameo": _codes(held.cameo) if held else None,
        "spells": [_spell(spell) for spell in state(actor.code).spells] if held else [],
        "aliases": list(actor.aliases),
        "note": actor.note,
    }


def _spell(spell: Spell) -> dict[str, Any]:
    return {"cow": spell.cow, "gw": spell.gw, "start": _iso(spell.start), "end": _iso(spell.end)}


def _codes(codes: Iterable[Any]) -> str | None:
    known = dict.fromkeys(str(code) for code in codes if code is not None)
    return ", ".join(known) or None


def _iso(day: object) -> str | None:
    return None if day is None else str(day)
