"""UCDP Georeferenced Events: one CSV row a deadly event between two sides at one place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import built, clash, flows, named, raw, repeats, shape
from realpolitik.sources.roles import Meant
from realpolitik.sources.sniff import Head

SOURCE = "ucdp"
SYSTEM = "cameo"
COLUMNS = (
    "id", "type_of_violence", "conflict_name", "side_a", "side_b", "source_office",
    "source_headline", "where_coordinates", "country", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa",
    "gwnob",
)  # fmt: skip
# Fighting with weapons that the source does not name; who struck it does not say either.
FORCE = "190"
STATE_BASED = "1"
GOVERNMENT = "Government of "
# Between the number of a state and the name of a side, which no name holds.
BREAK = "|"
RULES = {repeats.RULE: repeats.ABOUT}


def sniff(head: Head) -> str | None:
    """Why the file is one of UCDP events, or None."""
    header = [name.strip('" ') for name in head.lines[0].split(",")] if head.lines else []
    if set(COLUMNS) <= set(header):
        return (
            "comma-separated fields under a header with type_of_violence, side_a, date_prec, gwnoa"
        )
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every event with what it becomes and `refused`: null, or why it is no act.

    An event of two actors is two rows, one for each side: who struck is not told.
    """
    listed = shape.paths_of(paths)
    wanted = built.need(listed[0], COLUMNS)
    rows = raw.records(con, listed)
    fields = {name: rows[name].fill_null("").strip() for name in COLUMNS}
    rows = _dated(rows.select("line", "raw_line", "fields", **fields))
    rows = rows.mutate(
        actor_native=rows["gwnoa"] + BREAK + rows["side_a"],
        target_native=rows["gwnob"] + BREAK + rows["side_b"],
    )
    rows = flows.resolved(con, flows.resolved(con, rows, "actor", side), "target", side)
    rows = rows.mutate(actor_native=rows["side_a"], target_native=rows["side_b"])
    rows = shape.coded(rows.mutate(code=ibis.literal(FORCE)), SYSTEM)
    rows = repeats.collapsed(rows.mutate(refused=_reason(rows, wanted)), ["id"], off)
    rows = _told(shape.held(con, rows))
    both = clash.sides(rows, ibis.literal(True), SOURCE)
    return shape.held(con, repeats.with_ids(both, both["act_id"]))


def side(native: str, day: date) -> Meant:
    """The state of a side by its Gleditsch and Ward number, or the state or group of its name."""
    number, _, name = native.partition(BREAK)
    if number and (found := named.numbered(number, day, "gw")).code:
        return found
    found = named.meant(name.removeprefix(GOVERNMENT), day)
    return found if found.code else Meant(None, clash.OUTSIDE)


def _dated(rows: ibis.Table) -> ibis.Table:
    """The rows with their days: one, a whole month or year, or the range the source gives."""
    first, last = (rows[name].left(10).try_cast("date") for name in ("date_start", "date_end"))
    rows = rows.mutate(date=first, end_date=last)
    month_end = rows["date"].truncate("M") + ibis.interval(months=1) - ibis.interval(days=1)
    year_end = rows["date"].truncate("Y") + ibis.interval(years=1) - ibis.interval(days=1)
    from_month = rows["date"].day() == 1
    from_year = from_month & (rows["date"].month() == 1)
    return rows.mutate(
        date_precision=ibis.cases(
            (rows["date"] == rows["end_date"], "day"),
            (from_month & (rows["end_date"] == month_end.cast("date")), "month"),
            (from_year & (rows["end_date"] == year_end.cast("date")), "year"),
            else_="range",
        )
    )


def _reason(rows: ibis.Table, wanted: int) -> ibis.Value:
    told = "fields: " + rows["fields"].cast("string") + f", expected {wanted}"
    return shape.first_reason(
        (rows["raw_line"].strip() == "", "empty line"),
        (rows["fields"] != wanted, told),
        (rows["id"] == "", "no id"),
        (rows["type_of_violence"] == "2", "violence between groups: no state is a side"),
        (rows["type_of_violence"] == "3", "violence against civilians, who are no actor"),
        (rows["type_of_violence"] != STATE_BASED, "unknown type of violence"),
        (rows["date"].isnull() | rows["end_date"].isnull(), "unreadable date"),
        (rows["end_date"] < rows["date"], "end before start"),
        (rows["actor"].isnull(), rows["actor_reason"].fill_null("no actor")),
        (rows["target"].isnull(), rows["target_reason"].fill_null("no actor")),
        (rows["actor"] == rows["target"], "actor and target are one"),
    )


def _told(rows: ibis.Table) -> ibis.Table:
    deaths = rows["best"] + " deaths (" + rows["low"] + " to " + rows["high"] + ")"
    where = ibis.literal(", ").join([rows["where_coordinates"], rows["country"]])
    parts = [
        ibis.literal(f"{name} ") + rows[column]
        for name, column in (
            ("side A", "deaths_a"), ("side B", "deaths_b"), ("civilians", "deaths_civilians"),
            ("unknown", "deaths_unknown"),
        )
    ]  # fmt: skip
    return rows.mutate(
        key=rows["id"],
        source_event_id=rows["id"],
        text=rows["side_a"] + " and " + rows["side_b"] + " fought at " + where + ": " + deaths + ".",
        note="Date precision " + rows["date_prec"] + " of UCDP; deaths by side: "
        + ibis.literal(", ").join(parts) + ".",
        source_title=rows["source_headline"].nullif(""),
        source_publisher=rows["source_office"].nullif(""),
    )  # fmt: skip


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files: fighting between a state and another state or a known group.

    Each event is an act of either side, for the source does not tell who struck.
    The deaths (best, low, high) stand in the text. Nothing is said of secrecy.
    """
    return shape.accepted(marked(con, paths))


def refusals(con: Backend, paths: Path | Sequence[Path]) -> dict[str, int]:
    """How many rows make no act, by reason."""
    return shape.refusals(marked(con, paths))
