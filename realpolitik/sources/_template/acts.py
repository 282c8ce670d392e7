"""Name of the data set: what its raw rows look like, in one line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import raw, repeats, shape
from realpolitik.sources.sniff import Head

SOURCE = "template"
SYSTEM = "cameo"
HEADER = "id,day,a,b,code"
# Every rule that refuses, collapses or flags, and that can be switched off: name and sentence.
RULES = {repeats.RULE: repeats.ABOUT}


def sniff(head: Head) -> str | None:
    """Why the file is of this source, from what stands in it; None where it is not."""
    return f"the header {HEADER}" if head.lines and head.lines[0] == HEADER else None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every raw row with what it becomes and `refused`: null, or why it is not an act."""
    # 1. Read every column as text: 010 is not 10. `raw.lines` gives whole lines to cut instead.
    #    Both add `line` and `raw_line`, by which a refusal can be looked up.
    rows = raw.records(con, shape.paths_of(paths))
    # 2. Rename to the names of the acts table and parse; what cannot be parsed becomes null.
    rows = rows.mutate(date=shape.first_day(rows["day"]), actor=rows["a"], target=rows["b"])
    # 3. Look the code up: adds label, root, kind, side, intensity, code_system, map_version.
    rows = shape.coded(rows, SYSTEM)
    # 4. Say why a row is refused; the first reason that holds is the one counted.
    rows = rows.mutate(
        refused=shape.first_reason(
            (rows["raw_line"].strip() == "", "empty line"),
            (rows["date"].isnull(), "unreadable date"),
            (rows["kind"].isnull(), "code not in the vocabulary"),
            (rows["actor"] == rows["target"], "actor and target are one"),
        )
    )
    # 5. Rows that say the same thing again are one act; the others are counted in `reports`.
    rows = repeats.collapsed(rows, ["raw_line"], off)
    # 6. The id is the source's own or made of what the row says, never of its place in the file.
    return repeats.with_ids(rows, SOURCE + ":" + rows["id"]).mutate(
        source=ibis.literal(SOURCE),
        source_event_id=rows["id"],
        end_date=rows["date"],
        date_precision=ibis.literal("day"),
        n=ibis.literal(1),
        cluster=shape.cluster(rows),
    )


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files. Say here what n and cluster are and what the source does not know."""
    return shape.accepted(marked(con, paths))  # the columns of the schema; others are null


def refusals(con: Backend, paths: Path | Sequence[Path]) -> dict[str, int]:
    """How many rows make no act, by reason."""
    return shape.refusals(marked(con, paths))
