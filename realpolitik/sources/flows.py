"""What the readers of flows share: dates of years, actors by number or name, and repeats.

A flow (a year's trade, a vote) is no act: it becomes a row of the records
table, whose value stands for its whole interval.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

from realpolitik.sources import shape
from realpolitik.sources.roles import Meant

Find = Callable[[str, date], Meant]


def in_years(rows: ibis.Table, year: Any) -> ibis.Table:
    """The rows with the days of a year of four digits; null days where the text is none."""
    first = ibis.ifelse(year.re_search(r"^[12][0-9]{3}$"), year + "-01-01", ibis.null("string"))
    return rows.mutate(
        date=first.try_cast("date"),
        end_date=first.replace("-01-01", "-12-31").try_cast("date"),
        date_precision=ibis.literal("year"),
    )


def resolved(con: Backend, rows: ibis.Table, side: str, find: Find) -> ibis.Table:
    """The rows with `side` and `side_reason` found by `side_native` and `date`.

    Every pair of native name and first day is looked up once.
    """
    rows = shape.held(con, rows)
    pairs = rows.select(name=f"{side}_native", day="date").distinct().to_pyarrow().to_pylist()
    whole = [(p["name"], p["day"]) for p in pairs if p["name"] is not None and p["day"] is not None]
    found = [find(name, day) for name, day in whole]
    known = ibis.memtable(
        pa.table({
            "known_name": pa.array([name for name, _ in whole], pa.string()),
            "known_day": pa.array([day for _, day in whole], pa.date32()),
            side: pa.array([one.code for one in found], pa.string()),
            f"{side}_reason": pa.array([one.reason for one in found], pa.string()),
        })
    )  # fmt: skip
    when = [rows[f"{side}_native"] == known["known_name"], rows["date"] == known["known_day"]]
    return rows.left_join(known, when).drop("known_name", "known_day")


def number(text: Any) -> Any:
    """A number that is not negative; null for what is none, as NA and -9 are."""
    value = text.strip().try_cast("float64")
    return ibis.ifelse(value.notnull() & (value >= 0) & ~value.isinf(), value, ibis.null("float64"))


def refused(rows: ibis.Table, wanted: int) -> Any:
    """Why a row is no record, or null, in the order of the checks all flows share."""
    fields = rows["fields"].cast("string")
    return shape.first_reason(
        (rows["raw_line"].strip() == "", "empty line"),
        (rows["fields"] != wanted, "fields: " + fields + f", expected {wanted}"),
        (rows["date"].isnull(), "unreadable date"),
        (rows["value"].isnull(), "value not known"),
        (rows["actor"].isnull(), rows["actor_reason"].fill_null("no actor")),
        (rows["target"].isnull(), rows["target_reason"].fill_null("no actor")),
        (rows["actor"] == rows["target"], "actor and target are one"),
    )


def without_repeats(rows: ibis.Table, source: str, key: Any, off: frozenset[str]) -> ibis.Table:
    """The rows with `record_id`, copies of one key and value refused, other copies numbered."""
    from realpolitik.sources import repeats

    rows = repeats.collapsed(rows.mutate(key=key), ("key", "value"), off)
    told = repeats.with_ids(rows, source + ":" + rows["key"])
    return told.mutate(source=ibis.literal(source), source_record_id=told["key"]).rename(
        record_id="act_id"
    )
