"""What acts there are: CAMEO, WEIS and PLOVER codes, and the maps that place them.

A map puts every code of every system on kind (word, contact, deed) and side
(cooperation, conflict, neutral), one row a code at its finest level, with a
sentence that says why. `realpolitik` is the map of this package, argued code by
code. `gdelt`, `icews`, `phoenix` and `plover` redraw the border of others for
comparison and know no contact: they place CAMEO codes by prefix, WEIS and
PLOVER codes by way of their nearest CAMEO code (`nearest_cameo`), except that
the `plover` map places PLOVER's types by PLOVER's own lists.

The `realpolitik` map follows four rules. A word is complete when it is said, a
deed when something has changed for the other side; a signature is a word, a
recognition or a veto a deed. Meetings are contact whatever came of them. A
denial, an admission and a bare comment take no side. A request takes no side
where what it asks for is a concession, and is cooperation where it asks for
exchange, help or talks; a demand is conflict whatever it asks for.

GDELT's look-up names 101, 105, 107 and 108 after an older numbering; the labels
here follow ICEWS, with which the subcodes (1011, 1051) agree.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, TypeVar, cast, get_args

from realpolitik.errors import CorruptFile, UnknownName
from realpolitik.vocab.rows import rows

Kind = Literal["word", "contact", "deed"]
Side = Literal["cooperation", "conflict", "neutral"]
System = Literal["cameo", "weis", "plover"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SIDES: tuple[Side, ...] = get_args(Side)
SYSTEMS: tuple[System, ...] = get_args(System)
MAPS = ("realpolitik", "gdelt", "icews", "phoenix", "plover")
CONTACTS = ("apart", "words", "deeds")
VERSIONS = dict.fromkeys(MAPS, "1")

CODE_COLUMNS = ("code", "label", "kind", "side", "reason", "lists")
CROSSWALK_COLUMNS = ("system", "code", "cameo", "reason")
RULE_COLUMNS = ("map", "system", "prefix", "kind", "side", "reason")
MOVED: dict[str, Kind] = {"words": "word", "deeds": "deed"}
T = TypeVar("T", bound=str)


@dataclass(frozen=True, slots=True)
class Code:
    """One code of one system: its label in our words, and its root.

    `root` is the first two digits, or PLOVER's event type. A PLOVER code is a
    type, or a type and a mode joined by a hyphen (`ASSAULT-drone`).
    """

    system: System
    code: str
    label: str
    root: str


@dataclass(frozen=True, slots=True)
class MapRow:
    """Where one map, or variant of a map, puts one code, and why."""

    map: str
    system: System
    code: str
    kind: Kind
    side: Side
    reason: str


@dataclass(frozen=True, slots=True)
class PloverForm:
    """What a CAMEO code is called in PLOVER; mode and context are "" where it has none."""

    type: str
    mode: str
    context: str
    source: str
    note: str


def codes(system: str) -> tuple[Code, ...]:
    """Return all codes of one system, in the order of its list.

    Raises UnknownName for a system other than `cameo`, `weis` and `plover`.
    """
    return tuple(_codes(_system(system)).values())


def code(system: str, code: str) -> Code:
    """Return one code. Codes are text: CAMEO `010` is a statement, `10` a demand.

    PLOVER codes are found in any case. Raises UnknownName with the nearest codes.
    """
    return _find(system, code)


def refused(system: str) -> dict[str, str]:
    """Return the codes met in published files that mean nothing, each with the reason.

    Readers drop and count them; `code` raises UnknownName for them.
    """
    _system(system)
    columns = ("system", "code", "rows_seen", "reason")
    found = rows("codes/refused.csv", columns)
    return {row["code"]: row["reason"] for row in found if row["system"] == system}


def nearest_cameo(system: str, code: str) -> Code:
    """Return the CAMEO code that comes nearest; a CAMEO code is its own.

    Raises UnknownName for a code that is not in the system.
    """
    found = _find(system, code)
    return found if system == "cameo" else _codes("cameo")[_crosswalk()[system, found.code]]


def plover_form(cameo: str) -> PloverForm | None:
    """Return the PLOVER type, mode and context of a CAMEO code; None where PLOVER dropped it.

    Taken from the conversion table of PLOVER's authors (2021). Comments, appeals
    and the two-digit roots have no row there. Raises UnknownName for no CAMEO code.
    """
    return _plover_forms().get(_find("cameo", cameo).code)


def variants() -> tuple[str, ...]:
    """Return the names of all maps and variants of maps, the default first."""
    moved = tuple(f"realpolitik+contacts={to}" for to in MOVED)
    return (MAPS[0], *moved, *MAPS[1:])


@cache
def map_rows(name: str, contacts: str = "apart") -> tuple[MapRow, ...]:
    """Return the rows of one map for all codes of all systems.

    `name` is a map or one of `variants`. `contacts` moves the kind contact to
    words or deeds, keeping its side; maps of two kinds have none to move.
    Raises UnknownName for another map or another place for contacts.
    """
    if name not in variants():
        raise UnknownName("map", name, variants(), f"Maps are {', '.join(variants())}.")
    if contacts not in CONTACTS:
        raise UnknownName("place for contacts", contacts, CONTACTS, "Use apart, words or deeds.")
    base, _, moved = name.partition("+contacts=")
    table = _own_map() if base == "realpolitik" else _comparison_map(base)
    to = MOVED.get(moved or contacts)
    return table if to is None or base != "realpolitik" else _with_contacts(table, to)


def place(system: str, code: str, name: str = "realpolitik") -> MapRow:
    """Return where one map or variant puts one code.

    Raises UnknownName for a code or a map nobody knows.
    """
    found = _find(system, code)
    return _placed(name)[found.system, found.code]


def map_version(name: str) -> str:
    """Return name and version of a map or variant, as stamped on acts and tallies.

    Raises UnknownName for another map.
    """
    if name not in variants():
        raise UnknownName("map", name, variants(), f"Maps are {', '.join(variants())}.")
    base, plus, moved = name.partition("+")
    return f"{base}-{VERSIONS[base]}{plus}{moved}"


def _system(name: str) -> System:
    if name not in SYSTEMS:
        raise UnknownName("code system", name, SYSTEMS, "Use cameo, weis or plover.")
    return name


def _find(system: str, text: str) -> Code:
    known = _codes(_system(system))
    name = _plover_case(text) if system == "plover" else text
    if name not in known:
        raise UnknownName(f"{system} code", text, known, _refusal(system, text))
    return known[name]


def _refusal(system: str, code: str) -> str:
    reason = refused(system).get(code)
    return f"It is refused: {reason}" if reason else f"Expected a code of the {system} list."


def _plover_case(code: str) -> str:
    kind, hyphen, mode = code.partition("-")
    mode = "sideAB" if mode.lower() == "sideab" else mode.lower()
    return kind.upper() + hyphen + mode


@cache
def _codes(system: System) -> dict[str, Code]:
    found = rows(f"codes/{system}.csv", CODE_COLUMNS)
    return {
        row["code"]: Code(system, row["code"], row["label"], _root(system, row["code"]))
        for row in found
    }


def _root(system: System, code: str) -> str:
    return code.partition("-")[0] if system == "plover" else code[:2]


@cache
def _crosswalk() -> dict[tuple[str, str], str]:
    found = rows("codes/crosswalk.csv", CROSSWALK_COLUMNS)
    return {(row["system"], row["code"]): row["cameo"] for row in found}


@cache
def _plover_forms() -> dict[str, PloverForm]:
    columns = ("cameo", "type", "mode", "context", "source", "note")
    found = rows("codes/cameo_plover.csv", columns)
    return {row["cameo"]: PloverForm(*(row[name] for name in columns[1:])) for row in found}


@cache
def _placed(name: str) -> dict[tuple[System, str], MapRow]:
    return {(row.system, row.code): row for row in map_rows(name)}


def _cell(row: dict[str, str], column: str, allowed: tuple[T, ...], file: str) -> T:
    if row[column] not in allowed:
        raise CorruptFile(
            file,
            f"{column} {row[column]!r}",
            f"one of {', '.join(allowed)}",
            "Install realpolitik again.",
        )
    return cast(T, row[column])


def _own_map() -> tuple[MapRow, ...]:
    return tuple(
        MapRow(
            "realpolitik",
            system,
            row["code"],
            _cell(row, "kind", KINDS, f"{system}.csv"),
            _cell(row, "side", SIDES, f"{system}.csv"),
            row["reason"],
        )
        for system in SYSTEMS
        for row in rows(f"codes/{system}.csv", CODE_COLUMNS)
    )


def _with_contacts(table: tuple[MapRow, ...], to: Kind) -> tuple[MapRow, ...]:
    name = f"realpolitik+contacts={to}s"
    return tuple(
        replace(row, map=name, kind=to if row.kind == "contact" else row.kind) for row in table
    )


def _comparison_map(name: str) -> tuple[MapRow, ...]:
    rules = {
        (row["system"], row["prefix"]): row
        for row in rows("codes/comparison.csv", RULE_COLUMNS)
        if row["map"] == name
    }
    return tuple(_by_rule(name, found, rules) for system in SYSTEMS for found in codes(system))


def _by_rule(name: str, found: Code, rules: dict[tuple[str, str], dict[str, str]]) -> MapRow:
    """Place a code by the rule for its PLOVER type, else by the longest CAMEO prefix."""
    rule = rules.get((found.system, found.root)) if found.system == "plover" else None
    way = ""
    if rule is None:
        near = nearest_cameo(found.system, found.code)
        lengths = range(len(near.code), 1, -1)
        rule = next(rules[key] for n in lengths if (key := ("cameo", near.code[:n])) in rules)
        way = "" if found.system == "cameo" else f"By way of CAMEO {near.code} ({near.label}): "
    kind = _cell(rule, "kind", KINDS, "comparison.csv")
    side = _cell(rule, "side", SIDES, "comparison.csv")
    return MapRow(name, found.system, found.code, kind, side, way + rule["reason"])
