"""Correlates of War dyadic trade: CSV, one row a pair of states and year, a flow each way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import built, flows, named, raw, repeats, shape
from realpolitik.sources.sniff import Head

SOURCE = "cow_trade"
TABLE = "records"
COLUMNS = ("ccode1", "ccode2", "year", "flow1", "flow2", "smoothflow1", "smoothflow2")
RULES = {repeats.RULE: repeats.ABOUT}


def sniff(head: Head) -> str | None:
    """Why the file is dyadic trade, or None."""
    header = head.lines[0].replace('"', "").split(",") if head.lines else []
    if set(COLUMNS) <= set(header):
        return "comma-separated fields under a header with ccode1, ccode2, year, flow1, flow2"
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Both flows of every row, each with what it becomes and `refused`.

    The two flows of a row share its `line`. `flow1` is what the first state
    bought of the second, `flow2` what the second bought of the first.
    """
    listed = shape.paths_of(paths)
    wanted = built.need(listed[0], COLUMNS)
    rows = raw.records(con, listed)
    rows = flows.in_years(rows, rows["year"].strip())
    sold = [_flow(rows, "ccode2", "ccode1", "flow1"), _flow(rows, "ccode1", "ccode2", "flow2")]
    both = ibis.union(*sold)
    for side in ("actor", "target"):
        both = flows.resolved(con, both, side, named.numbered)
    both = both.mutate(
        refused=flows.refused(both, wanted),
        quantity=ibis.literal("goods sold"),
        unit=ibis.literal("million US dollars of the year"),
    )
    key = both["actor_native"] + ">" + both["target_native"] + ":" + both["year"]
    return shape.held(con, flows.without_repeats(both, SOURCE, key, off))


def _flow(rows: ibis.Table, seller: str, buyer: str, flow: str) -> ibis.Table:
    return rows.select(
        "line", "raw_line", "fields", "date", "end_date", "date_precision",
        year=rows["year"].strip(), actor_native=rows[seller].strip(),
        target_native=rows[buyer].strip(), value=flows.number(rows[flow]), text=rows[flow],
    )  # fmt: skip


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The records of the files: goods one state sold to another in a year, as the buyer counts them.

    Nothing is spread over the days of the year. A zero may be less than half
    a million.
    """
    return shape.accepted(marked(con, paths), TABLE)
