"""Who acts in an ICEWS row: a state, a known group, or nobody whose acts are a state's."""

from __future__ import annotations

from datetime import date
from functools import cache

import pyarrow as pa
from ibis.backends.duckdb import Backend

from realpolitik.sources import engine, roles
from realpolitik.sources.gdelt.actors import group_names
from realpolitik.vocab import crosswalk
from realpolitik.vocab.states import all_states

ABOUT = (
    "An actor acts for its state where it is the country itself, or where its sectors place it in "
    "the executive, a ministry, the armed forces, the police or, without more, the government."
)
# Sectors come in no order. These place an actor outside the state, whatever else is said of it.
OUTSIDE = {
    "Social": "society", "Business": "business", "Media": "media",
    "Dissident": "dissidents", "Rebel": "rebels", "Insurgents": "rebels", "Separatists": "rebels",
    "Exiles": "exiles", "Refugees / Displaced": "refugees",
    "Unidentified Forces": "unidentified forces",
    "Nongovernmental Organization (International)": "non-governmental organisation",
    "Nongovernmental Organizations / Activists": "non-governmental organisation",
    "International Government Organization": "international organisation",
    "Opposition Major Party (Out Of Government)": "opposition",
    "Opposition Minor Party (Out Of Government)": "opposition",
    "Local": "local government", "Municipal": "local government",
    "Provincial": "local government",
}  # fmt: skip
INSIDE = ("Executive", "Executive Office", "Cabinet", "Military", "Police", "Army", "Navy",
          "Air Force", "Marines")  # fmt: skip
CONTESTED = ("Legislative / Parliamentary", "Judicial")


def tables(con: Backend) -> None:
    """Put what is known of actors into the engine: the tables that `joined` names."""
    for name, columns in _known().items():
        engine.put(con, name, pa.table(columns))


@cache
def _known() -> dict[str, dict[str, pa.Array]]:
    natives, groups = crosswalk.native_codes("icews-name"), group_names()
    names = sorted(set(_country_names()))
    return {
        "icews_countries": {
            "known": pa.array([n.native for n in natives], pa.string()),
            "reason": pa.array([n.reason or None for n in natives], pa.string()),
            "code": pa.array([n.code for n in natives], pa.string()),
            "first": pa.array([n.start or date.min for n in natives], pa.date32()),
            "last": pa.array([n.end or date.max for n in natives], pa.date32()),
        },
        "icews_names": {
            "code": pa.array([code for code, _ in names], pa.string()),
            "known": pa.array([name for _, name in names], pa.string()),
        },
        "icews_groups": {
            "known": pa.array(list(groups), pa.string()),
            "code": pa.array(list(groups.values()), pa.string()),
        },
    }


def _country_names() -> list[tuple[str, str]]:
    """The names under which a country itself acts, in small letters."""
    told = [(n.code, n.native) for n in crosswalk.native_codes("icews-name") if n.code]
    own = [(s.code, name) for s in all_states() for name in (s.name, *s.aliases)]
    return [(code, name.lower()) for code, name in (*told, *own)]


def joined(side: str) -> str:
    """The joins that look up one side of a row `r`."""
    return f"""
    LEFT JOIN icews_countries {side}_c ON {side}_c.known = r.{side}_country
        AND r.date BETWEEN {side}_c.first AND {side}_c.last
    LEFT JOIN icews_names {side}_n
        ON {side}_n.known = lower(r.{side}_native) AND {side}_n.code = {side}_c.code
    LEFT JOIN icews_groups {side}_o ON {side}_o.known = upper(r.{side}_native)"""


def decided(side: str, off: frozenset[str]) -> str:
    """The columns of one side of a row `r`: why there is no actor, its code, and its flag."""
    agent = f"CASE {_outside(side)} END"
    kept = roles.RULE in off
    flag = f"WHEN {agent} IS NOT NULL THEN '{roles.FLAG}'" if kept else "WHEN FALSE THEN ''"
    return f"""
    CASE WHEN r.{side}_native = '' THEN 'empty actor' WHEN {side}_o.code IS NOT NULL THEN NULL
        WHEN r.{side}_country = '' THEN '{roles.REASON}no country'
        WHEN {side}_c.code IS NULL
            THEN coalesce(r.{side}_country || ': ' || {side}_c.reason, 'unknown country name')
        ELSE {"NULL" if kept else agent} END AS {side}_why,
    coalesce({side}_o.code, {side}_c.code) AS {side},
    CASE WHEN {side}_o.code IS NOT NULL THEN NULL {flag} END AS {side}_flag"""


def _outside(side: str) -> str:
    sectors, reason = f"r.{side}_sectors", f"THEN '{roles.REASON}"
    listed = f"string_split({sectors}, ',')"
    outside = " ".join(
        f"WHEN list_contains({listed}, '{sector}') {reason}{said}'"
        for sector, said in OUTSIDE.items()
    )
    inside = f"(list_has_any({listed}, {list(INSIDE)}) OR regexp_matches({sectors}, 'Ministry'))"
    return f"""WHEN {sectors} = '' AND {side}_n.known IS NOT NULL THEN NULL
        WHEN {sectors} = '' {reason}no sector' {outside} WHEN {inside} THEN NULL
        WHEN list_has_any({listed}, {list(CONTESTED)}) {reason}parliament or court'
        WHEN list_contains({listed}, 'Government') THEN NULL
        ELSE '{roles.REASON}other sectors'"""
