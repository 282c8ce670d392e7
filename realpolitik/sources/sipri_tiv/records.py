"""SIPRI trend indicator values by year, supplier and recipient: CSV, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import built, flows, named, raw, repeats, shape
from realpolitik.sources.sniff import Head

SOURCE = "sipri_tiv"
TABLE = "records"
COLUMNS = ("year", "supplier", "recipient", "tiv_musd")
RULES = {repeats.RULE: repeats.ABOUT}


def sniff(head: Head) -> str | None:
    """Why the file is one of trend indicator values, or None."""
    if head.lines and tuple(head.lines[0].replace('"', "").split(",")) == COLUMNS:
        return "comma-separated fields under the header year, supplier, recipient, tiv_musd"
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every row with what it becomes and `refused`: null, or why it is no record."""
    listed = shape.paths_of(paths)
    wanted = built.need(listed[0], COLUMNS)
    rows = raw.records(con, listed)
    rows = flows.in_years(rows, rows["year"].strip()).mutate(
        actor_native=rows["supplier"].strip(), target_native=rows["recipient"].strip(),
        value=flows.number(rows["tiv_musd"]), text=rows["tiv_musd"],
    )  # fmt: skip
    for side in ("actor", "target"):
        rows = flows.resolved(con, rows, side, named.meant)
    rows = rows.mutate(
        refused=flows.refused(rows, wanted),
        quantity=ibis.literal("arms ordered"),
        unit=ibis.literal("million SIPRI trend indicator values"),
    )
    key = rows["actor_native"] + ">" + rows["target_native"] + ":" + rows["year"].strip()
    return shape.held(con, flows.without_repeats(rows, SOURCE, key, off))


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The records of the files: worth of the arms ordered in a year, by supplier and recipient.

    Nothing is spread over the days of the year.
    """
    return shape.accepted(marked(con, paths), TABLE)
