"""Acts or a panel in a file for other programs."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any

from realpolitik.api._export import metadata, to_sqlite, writer_for
from realpolitik.api._flows import flows_between
from realpolitik.api._question import Names
from realpolitik.api._write import write_files
from realpolitik.api.acts import acts
from realpolitik.api.panel import panel
from realpolitik.api.result import Rows
from realpolitik.api.sources import sources
from realpolitik.errors import NotInRecord, UnknownName

WHAT = ("acts", "panel", "records")


def export(
    a: str,
    b: str,
    to: str | PathLike[str],
    *,
    what: str = "acts",
    start: str | None = None,
    end: str | None = None,
    by: str = "year",
    source: Names = None,
    map: str = "realpolitik",
    keys: str = "iso3",
    flows: bool = False,
    lake: str | None = None,
) -> Rows:
    """Write the acts of two actors, their panel or their flows to a file; one row a file written.

    The suffix is the format: .parquet, .csv, .jsonl, .dta (Stata 14), .sqlite
    or .db (for Datasette, with `NAME.metadata.json` beside it). `by`, `keys`
    and `flows` are those of `panel`; what="records" writes trade and other
    flows as their sources count them. Files appear whole or not at all.

    Raises:
        UsageError: something that `acts` or `panel` cannot use.
        NotInRecord: nothing to write; no file is touched.
        OutputError: a suffix that names no format, or a place that cannot be written.
    """
    if what not in WHAT:
        raise UnknownName("thing to export", what, WHAT, f"Use one of {', '.join(WHAT)}.")
    path = Path(to)
    write = writer_for(path)
    if what == "acts":
        found = acts(a, b, start=start, end=end, source=source, map=map, lake=lake)
    elif what == "records":
        found = flows_between(a, b, start=start, end=end, source=source, lake=lake)
    else:
        found = panel(
            a, b, start=start, end=end, by=by, source=source, map=map, keys=keys, flows=flows,
            lake=lake,
        )  # fmt: skip
    if not found.rows:
        raise NotInRecord(f"Nothing to export: the record holds no {what} of {a} and {b} then.")
    files = {path: lambda target: write(found.rows, target, what)}
    if write is to_sqlite:
        text = metadata(what, found.rows, _cards(found.rows, lake), f"{a} and {b}: {what}")
        beside = path.with_suffix(".metadata.json")
        files[beside] = lambda target: target.write_text(text, encoding="utf-8") and None
    write_files(files)
    return Rows("files", [{"file": str(file), "rows": len(found.rows)} for file in files])


def _cards(rows: list[dict[str, Any]], lake: str | None) -> list[dict[str, Any]]:
    names = sorted({row["source"] for row in rows})
    return [row for name in names for row in sources(name, lake=lake).rows]
