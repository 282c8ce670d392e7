"""Name of the data set: what its raw rows look like, in one line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import shape

SOURCE = "template"
SYSTEM = "cameo"


def marked(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """Every raw row with what it becomes and `refused`: null, or why it is not an act."""
    # 1. Read every column as text: 010 is not 10.
    rows = con.read_csv([str(path) for path in shape.paths_of(paths)], all_varchar=True)
    # 2. Rename to the names of the acts table and parse; what cannot be parsed becomes null.
    rows = rows.mutate(date=shape.first_day(rows["day"]), actor=rows["a"], target=rows["b"])
    # 3. Look the code up: adds label, root, kind, side, intensity, code_system, map_version.
    rows = shape.coded(rows, SYSTEM)
    # 4. Say why a row is refused; the first reason that holds is the one counted.
    return rows.mutate(
        refused=shape.first_reason(
            (rows["date"].isnull(), "unreadable date"),
            (rows["kind"].isnull(), "code not in the vocabulary"),
            (rows["actor"] == rows["target"], "actor and target are one"),
        )
    )


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files. Say here what n and cluster are and what the source does not know."""
    rows = marked(con, paths)
    rows = rows.mutate(
        act_id=SOURCE + ":" + rows["id"],
        source=ibis.literal(SOURCE),
        source_event_id=rows["id"],
        end_date=rows["date"],
        date_precision=ibis.literal("day"),
        n=ibis.literal(1),
        cluster=shape.cluster(rows),
    )
    return shape.accepted(rows)  # picks the columns of the schema; those not given are null


def refusals(con: Backend, paths: Path | Sequence[Path]) -> dict[str, int]:
    """How many rows make no act, by reason."""
    return shape.refusals(marked(con, paths))
