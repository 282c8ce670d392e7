"""Who acts in a GDELT row: a state, a known group, or nobody whose acts are a state's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import pyarrow as pa
from ibis.backends.duckdb import Backend

from realpolitik.sources import engine, roles
from realpolitik.vocab import crosswalk
from realpolitik.vocab.actors import all_actors
from realpolitik.vocab.agents import agents
from realpolitik.vocab.demonyms import demonyms
from realpolitik.vocab.states import all_states

NAMES_RULE, PLACES_RULE = "names", "places"
NAMES = (
    "An actor under a bare country code is the state only where its name is the state's, its "
    "people's or its capital's; an agency, company, person or place is refused."
)
PLACES = (
    "An actor named after a province or town of the same row's map references is that place, not "
    "the state."
)
NOT_ITS_NAME = "agency, person or place coded as a state"
PLACE = "place name coded as a state"
# Roles under which a group that fights or confers for itself is looked for by its name.
NAMED_GROUPS = ("REB", "INS", "SEP", "IMG", "UAF", "IGO")


def tables(con: Backend) -> None:
    """Put what is known of actors into the engine: the tables that `joined` names."""
    for name, columns in _known().items():
        engine.put(con, name, pa.table(columns))


@cache
def _known() -> dict[str, dict[str, pa.Array]]:
    natives, told = crosswalk.native_codes("cameo"), agents()
    names, groups = sorted(set(_state_names())), group_names()
    return {
        "gdelt_codes": {
            "known": pa.array([n.native for n in natives], pa.string()),
            "reason": pa.array([n.reason or None for n in natives], pa.string()),
            "code": pa.array([n.code for n in natives], pa.string()),
            "first": pa.array([n.start or date.min for n in natives], pa.date32()),
            "last": pa.array([n.end or date.max for n in natives], pa.date32()),
        },
        "gdelt_roles": {
            "known": pa.array([agent.code for agent in told], pa.string()),
            "acts": pa.array([agent.acts_for_state == "yes" for agent in told], pa.bool_()),
        },
        "gdelt_names": {
            "code": pa.array([code for code, _ in names], pa.string()),
            "known": pa.array([name for _, name in names], pa.string()),
        },
        "gdelt_groups": {
            "known": pa.array(list(groups), pa.string()),
            "code": pa.array(list(groups.values()), pa.string()),
        },
    }


@cache
def group_names() -> dict[str, str]:
    """The names of organisations and armed groups that are one actor's alone."""
    found: dict[str, set[str]] = {}
    for actor in all_actors():
        if actor.kind in ("organisation", "armed group"):
            for name in (actor.name, *actor.aliases):
                found.setdefault(_upper(name), set()).add(actor.code)
    return {name: codes.pop() for name, codes in found.items() if name and len(codes) == 1}


def _state_names() -> Iterator[tuple[str, str]]:
    for state in all_states():
        for name in (state.name, *state.aliases):
            yield from _spellings(state.code, name)
    for code, words in demonyms().items():
        for name in words:
            yield from _spellings(code, name)


def _spellings(code: str, name: str) -> Iterator[tuple[str, str]]:
    """The ways GDELT writes a name: in capitals, with an article or none, a plural cut short."""
    plain = _upper(name)
    for form in {plain, plain.removesuffix("S")}:
        yield from ((code, form), (code, f"THE {form}"))


def _upper(name: str) -> str:
    return " ".join(re.sub(r"[^A-Z0-9 ]", " ", name.upper().replace(".", "")).split())


def joined(side: str) -> str:
    """The joins that look up one side of a row `r`."""
    return f"""
    LEFT JOIN gdelt_codes {side}_c ON {side}_c.known = r.{side}_country
        AND r.date BETWEEN {side}_c.first AND {side}_c.last
    LEFT JOIN gdelt_codes {side}_g ON {side}_g.known = r.{side}_group
        AND r.date BETWEEN {side}_g.first AND {side}_g.last
    LEFT JOIN gdelt_roles {side}_r ON {side}_r.known = r.{side}_role
    LEFT JOIN gdelt_names {side}_n
        ON {side}_n.known = r.{side}_name AND {side}_n.code = {side}_c.code
    LEFT JOIN gdelt_groups {side}_o
        ON {side}_o.known = r.{side}_name AND r.{side}_role IN {NAMED_GROUPS}"""


def decided(side: str, off: frozenset[str]) -> str:
    """The columns of one side of a row `r`: why there is no actor, its code, and its flag."""
    agent = [
        f"WHEN {test} THEN {roles_reason}"
        for rule, test, roles_reason in _agents(side)
        if rule not in off
    ]
    flagged = [f"WHEN {test} THEN '{roles.FLAG}'" for rule, test, _ in _agents(side) if rule in off]
    group = f"coalesce({side}_g.code, {side}_o.code)"
    # Only where no group is meant can an agent stand for a state.
    flag = f"CASE WHEN {group} IS NOT NULL THEN NULL {' '.join(flagged)} END" if flagged else "NULL"
    return f"""
    CASE WHEN r.{side}_native = '' THEN 'empty actor'
        WHEN {group} IS NOT NULL THEN NULL
        WHEN r.{side}_group <> ''
            THEN coalesce(r.{side}_group || ': ' || {side}_g.reason, 'unknown actor code')
        WHEN r.{side}_country = '' AND r.{side}_role <> ''
            THEN '{roles.REASON}role ' || r.{side}_role || ' of no country'
        WHEN r.{side}_country = '' THEN '{roles.REASON}no country'
        WHEN {side}_c.code IS NULL
            THEN coalesce(r.{side}_country || ': ' || {side}_c.reason, 'unknown actor code')
        {" ".join(agent)} END AS {side}_why,
    coalesce({group}, {side}_c.code) AS {side}, {flag} AS {side}_flag"""


def _agents(side: str) -> list[tuple[str, str, str]]:
    """The rules by which the bearer of a country code is not the state: test and reason."""
    name, role = f"r.{side}_name", f"r.{side}_role"
    state = f"({name} = '' OR {side}_n.known IS NOT NULL)"
    apart = f"r.{side}_ethnic || r.{side}_religion <> ''"
    # A place is written as Town, Province, State or as Province, State.
    places = " OR ".join(
        f"starts_with(upper(r.place_{number}), {name} || ',') "
        f"OR contains(upper(r.place_{number}), ', ' || {name} || ',')"
        for number in (1, 2, 3)
    )
    return [
        (roles.RULE, f"{role} = '' AND {apart}",
         f"'{roles.REASON}an ethnic or religious group'"),
        (roles.RULE, f"{role} <> '' AND {side}_r.acts IS NOT TRUE",
         f"'{roles.REASON}role ' || {role}"),
        (PLACES_RULE, f"NOT {state} AND ({places})", f"'{PLACE}'"),
        (NAMES_RULE, f"{role} = '' AND NOT {state}", f"'{NOT_ITS_NAME}'"),
    ]  # fmt: skip
