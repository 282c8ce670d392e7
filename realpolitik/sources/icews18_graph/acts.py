"""ICEWS 2018 as a temporal knowledge graph: `head relation tail hours`, ids with names beside."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

from realpolitik.errors import CorruptFile
from realpolitik.sources import raw, repeats, roles, shape
from realpolitik.sources.sniff import Head
from realpolitik.vocab import actors, crosswalk

SOURCE = "icews18_graph"
SYSTEM = "cameo"
FOLDER = Path(__file__).parent
ENTITIES, RELATIONS = "entity2id.txt", "relation2id.txt"
BESIDE = (ENTITIES, RELATIONS)
START = "2018-01-01"
HOURS = 24
# How many entities other graphs of the same form have: their day 0 is another day.
OTHERS = {7128: "ICEWS14", 12498: "ICEWS14", 10094: "ICEWS05-15", 10488: "ICEWS05-15"}
FIELD = r"\d{1,6}"
OF_COUNTRY = re.compile(r"(?P<office>.+) \((?P<country>[^()]+)\)")
GROUPS = ("organisation", "armed group")
RULES = {
    repeats.RULE: repeats.ABOUT,
    roles.RULE: "An office of a country acts for its state only where it is the government, a "
    "ministry, the armed forces or the police; any other name with a country is refused.",
}


def sniff(head: Head) -> str | None:
    """Why the file is a graph of ICEWS 2018, or None."""
    rows = head.fields()
    if rows and all(map(_is_quad, rows)):
        return "tab-separated ids of head, relation and tail, and hours in steps of a day"
    return None


def _is_quad(row: list[str]) -> bool:
    if len(row) not in (4, 5) or not all(re.fullmatch(FIELD, one) for one in row[:4]):
        return False
    return int(row[3]) % HOURS == 0 and int(row[3]) < 366 * HOURS and int(row[1]) < 1000


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every line with what it becomes and `refused`: null, or why it is not an act of its own.

    Raises CorruptFile where the lists of names are not beside the file, or are
    those of another graph.
    """
    listed = shape.paths_of(paths)
    names = _names(listed[0].parent, ENTITIES, "actor")
    if len(names) in OTHERS:
        where = str(listed[0].parent / ENTITIES)
        found = f"{len(names)} names, those of {OTHERS[len(names)]}"
        raise CorruptFile(where, found, "those of ICEWS18", "Its days are counted otherwise.")
    rows = _fields(con, listed)
    rows = _named(rows, _relations(listed[0].parent), "relation")
    for side in ("actor", "target"):
        rows = _named(rows, _meant_table(names, side, roles.RULE not in off), side)
    rows = shape.coded(rows, SYSTEM)
    same = ["actor_id", "relation_id", "target_id", "hours"]
    rows = repeats.collapsed(rows.mutate(refused=_reason(rows)), same, off)
    return shape.held(con, _told(rows))


def _fields(con: Backend, paths: Sequence[Path]) -> ibis.Table:
    rows = raw.lines(con, paths)
    cut = rows["raw_line"].split("\t")
    ids = {
        f"{name}_id": cut[place].strip().try_cast("int64")
        for place, name in enumerate(("actor", "relation", "target"))
    }
    hours = cut[3].strip().try_cast("int64")
    whole = (hours % HOURS == 0) & (hours >= 0) & (hours < 366 * HOURS)
    days = ibis.ifelse(whole, hours // HOURS, ibis.null("int64"))
    date = (ibis.literal(START).cast("date") + days.as_interval("D")).cast("date")
    return rows.mutate(
        raw_line=rows["raw_line"].left(raw.KEPT), fields=cut.length(), hours=hours, date=date, **ids
    )


def _named(rows: ibis.Table, known: ibis.Table, name: str) -> ibis.Table:
    return rows.left_join(known, rows[f"{name}_id"] == known[f"{name}_known"])


def _names(folder: Path, file: str, what: str) -> dict[int, str]:
    """The names of a list, by id. Raises CorruptFile where there is none or it is malformed."""
    path = folder / file
    expected = f"the list of {what} names that came with the graph"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        found = f"no readable file ({type(error).__name__})"
        todo = f"Put {ENTITIES} and {RELATIONS} into the folder of the file."
        raise CorruptFile(str(path), found, expected, todo) from error
    names: dict[int, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        name, tab, key = line.rpartition("\t")
        if tab and key.strip().isdecimal():
            names[int(key)] = name.strip()
        elif not key.strip().isdecimal():
            raise CorruptFile(str(path), f"{line[:60]!r} in line {number}", "name, tab, id", "")
    return names


def _relations(folder: Path) -> ibis.Table:
    names = _names(folder, RELATIONS, "relation")
    with (FOLDER / "relations.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["relation"]: row["code"] for row in csv.DictReader(file)}
    columns = {
        "relation_known": pa.array(list(names), pa.int64()),
        "relation": pa.array(list(names.values()), pa.string()),
        "code": pa.array([codes.get(name) for name in names.values()], pa.string()),
    }
    return ibis.memtable(pa.table(columns))


def _meant_table(names: dict[int, str], side: str, strict: bool) -> ibis.Table:
    meant = [_meant(name, strict) for name in names.values()]
    columns = {
        f"{side}_known": pa.array(list(names), pa.int64()),
        f"{side}_native": pa.array(list(names.values()), pa.string()),
        side: pa.array([one.code for one in meant], pa.string()),
        f"{side}_reason": pa.array([one.reason for one in meant], pa.string()),
        f"{side}_flag": pa.array([one.flag for one in meant], pa.string()),
    }
    return ibis.memtable(pa.table(columns))


def _meant(name: str, strict: bool) -> roles.Meant:
    """A country, a known group, or an office of a country's government."""
    if code := _countries().get(name) or _groups().get(name):
        return roles.Meant(code)
    split = OF_COUNTRY.fullmatch(name)
    if split is None:
        return roles.Meant(None, roles.REASON + "a person or body without a country")
    code = _countries().get(split["country"])
    if code is None:
        return roles.Meant(None, roles.REASON + "an office of no country")
    if split["office"] in _offices():
        return roles.Meant(code)
    reason = roles.REASON + "an office that is no plain government"
    return roles.Meant(None, reason) if strict else roles.Meant(code, None, roles.FLAG)


@cache
def _countries() -> dict[str, str]:
    return {
        native.native: native.code
        for native in crosswalk.native_codes("icews-name")
        if native.code is not None
    }


@cache
def _groups() -> dict[str, str]:
    """Organisations and armed groups by full name and alias."""
    return {"Taliban": "AFG.taliban"} | {
        name: one.code
        for one in actors.all_actors()
        if one.kind in GROUPS
        for name in (one.name, *one.aliases)
    }


@cache
def _offices() -> frozenset[str]:
    with (FOLDER / "offices.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["office"] for row in csv.DictReader(file))


def _reason(rows: ibis.Table) -> ibis.Value:
    told = "fields: " + rows["fields"].cast("string") + ", expected 4 or 5"
    return shape.first_reason(
        (rows["raw_line"].strip() == "", "empty line"),
        (~rows["fields"].isin([4, 5]), told),
        (rows["date"].isnull(), "unreadable date"),
        (rows["actor_native"].isnull() | rows["target_native"].isnull(), "id without a name"),
        (rows["relation"].isnull(), "id without a name"),
        (rows["actor"].isnull(), rows["actor_reason"]),
        (rows["target"].isnull(), rows["target_reason"]),
        (rows["kind"].isnull(), "code not in the vocabulary"),
        (rows["actor"] == rows["target"], "actor and target are one"),
    )


def _told(rows: ibis.Table) -> ibis.Table:
    ids = [rows[name].cast("string") for name in ("actor_id", "relation_id", "target_id", "hours")]
    return repeats.with_ids(rows, SOURCE + ":" + ibis.literal("-").join(ids)).mutate(
        source=ibis.literal(SOURCE),
        end_date=rows["date"],
        date_precision=ibis.literal("day"),
        n=ibis.literal(1),
        flags=rows["actor_flag"].coalesce(rows["target_flag"]),
        cluster=shape.cluster(rows),
    )


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files; `n` is 1, the cluster is the day's root code.

    The graph holds each fact of a day once, however often it was told.
    """
    return shape.accepted(marked(con, paths))


def refusals(con: Backend, paths: Path | Sequence[Path]) -> dict[str, int]:
    """How many lines make no act, by reason."""
    return shape.refusals(marked(con, paths))
