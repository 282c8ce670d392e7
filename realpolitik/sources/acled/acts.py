"""ACLED: one CSV row an event of political violence or protest, with up to two main actors."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

from realpolitik.sources import built, clash, flows, named, raw, repeats, shape
from realpolitik.sources.roles import Meant
from realpolitik.sources.sniff import Head

SOURCE = "acled"
SYSTEM = "cameo"
COLUMNS = (
    "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1",
    "actor2", "country", "location", "source", "notes", "fatalities",
)  # fmt: skip
ACTIONS = Path(__file__).with_name("actions.csv")
# Armed forces, police or the government of a state, and the years of the government they serve.
OF_STATE = re.compile(
    r"(?:Military Forces|Police Forces|Government) of (?:the )?(.+?) \(\d{4}\s*-\s*(?:\d{4})?\)"
)
PLACED = re.compile(r" \([^)]*\)$")
# How the publisher writes days in its downloads; its API writes them as YYYY-MM-DD.
WRITTEN = r"^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
DAYS_OF_WEEK = 3
RULES = {repeats.RULE: repeats.ABOUT}


def sniff(head: Head) -> str | None:
    """Why the file is one of ACLED, or None."""
    header = [name.strip('" ') for name in head.lines[0].split(",")] if head.lines else []
    if set(COLUMNS) <= set(header):
        return (
            "comma-separated fields under a header with event_id_cnty, sub_event_type, actor1, ..."
        )
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every event with what it becomes and `refused`: null, or why it is no act.

    An event in which both sides acted is two rows, one for each side.
    """
    listed = shape.paths_of(paths)
    wanted = built.need(listed[0], COLUMNS)
    rows = raw.records(con, listed)
    fields = {name: rows[name].fill_null("").strip() for name in COLUMNS}
    rows = rows.select("line", "raw_line", "fields", **fields).rename(publisher="source")
    rows = _dated(rows.mutate(actor_native=rows["actor1"], target_native=rows["actor2"]))
    rows = flows.resolved(con, flows.resolved(con, rows, "actor", party), "target", party)
    known = ibis.memtable(_actions())
    rows = rows.left_join(known, rows["sub_event_type"] == known["known"]).drop("known")
    rows = shape.coded(rows, SYSTEM)
    rows = repeats.collapsed(rows.mutate(refused=_reason(rows, wanted)), ["event_id_cnty"], off)
    rows = shape.held(con, _told(rows))
    both = clash.sides(rows, rows["mutual"], SOURCE)
    return shape.held(con, repeats.with_ids(both, both["act_id"]))


def party(name: str, day: date) -> Meant:
    """The state whose forces or government an actor is, or the group of the vocabulary it is."""
    if not name:
        return Meant(None, "only one actor")
    if found := OF_STATE.match(name):
        return named.meant(found[1], day)
    for text in (name, PLACED.sub("", name)):
        if (group := named.meant(text, day)).code:
            return group
    return Meant(None, clash.OUTSIDE)


def _dated(rows: ibis.Table) -> ibis.Table:
    """The rows with their days: the day, the week around it, or its month, as the publisher knows."""
    day, sure = _day(rows["event_date"]), rows["time_precision"]
    week = ibis.interval(days=DAYS_OF_WEEK)
    start = day.truncate("M").cast("date")
    end = (start + ibis.interval(months=1) - ibis.interval(days=1)).cast("date")
    return rows.mutate(
        date=ibis.cases((sure == "2", (day - week).cast("date")), (sure == "3", start), else_=day),
        end_date=ibis.cases(
            (sure == "2", (day + week).cast("date")), (sure == "3", end), else_=day
        ),
        date_precision=ibis.cases((sure == "2", "range"), (sure == "3", "month"), else_="day"),
    )


def _day(told: ibis.Value) -> ibis.Value:
    number, name, year = (told.re_extract(WRITTEN, place) for place in (1, 2, 3))
    month = name.cases(*((known, f"{n:02}") for n, known in enumerate(MONTHS, start=1)), else_="")
    iso = ibis.literal("-").join([year, month, number.lpad(2, "0")])
    return ibis.coalesce(told.try_cast("date"), iso.try_cast("date"))


@cache
def _actions() -> pa.Table:
    with ACTIONS.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    return pa.table({
        "known": pa.array([row["sub_event_type"] for row in listed], pa.string()),
        "code": pa.array([row["code"] for row in listed], pa.string()),
        "mutual": pa.array([row["mutual"] == "yes" for row in listed], pa.bool_()),
    })  # fmt: skip


def _reason(rows: ibis.Table, wanted: int) -> ibis.Value:
    told = "fields: " + rows["fields"].cast("string") + f", expected {wanted}"
    return shape.first_reason(
        (rows["raw_line"].strip() == "", "empty line"),
        (rows["fields"] != wanted, told),
        (rows["event_id_cnty"] == "", "no id"),
        (rows["event_type"].isin(["Protests", "Riots"]), "protests and riots: a crowd is no actor"),
        (rows["date"].isnull(), "unreadable date"),
        (rows["actor"].isnull(), rows["actor_reason"].fill_null("only one actor")),
        (rows["target"].isnull(), rows["target_reason"].fill_null("only one actor")),
        (rows["code"].isnull(), rows["sub_event_type"] + ": no act of one towards the other"),
        (rows["actor"] == rows["target"], "actor and target are one"),
    )


def _told(rows: ibis.Table) -> ibis.Table:
    deaths = rows["fatalities"] + " reported deaths"
    where = ibis.literal(", ").join([rows["location"], rows["country"]])
    head = rows["sub_event_type"] + ", " + rows["actor1"] + " and " + rows["actor2"] + ", "
    return rows.mutate(
        key=rows["event_id_cnty"],
        source_event_id=rows["event_id_cnty"],
        text=head + where + ": " + deaths + ". " + rows["notes"],
        source_publisher=rows["publisher"].nullif(""),
    )


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files: what forces of two states, or of a state and a known group, did.

    A fight or an agreement is an act of either side; a strike, an attack or an
    arrest is one of the first actor named. Deaths stand in the text. Nothing is
    said of secrecy.
    """
    return shape.accepted(marked(con, paths))


def refusals(con: Backend, paths: Path | Sequence[Path]) -> dict[str, int]:
    """How many rows make no act, by reason."""
    return shape.refusals(marked(con, paths))
