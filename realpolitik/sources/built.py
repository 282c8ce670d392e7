"""Acts built row by row from small files: what a reader makes of a row, put into the acts' shape.

A row of a publisher may hold several deeds (a sanction begun and ended, by
several states): each is a part, and the parts of a row share its `line`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

from realpolitik.errors import CorruptFile
from realpolitik.sources import raw, repeats, shape

PARTS = pa.schema([
    ("line", pa.int64()), ("raw_line", pa.string()), ("wrong", pa.string()),
    ("key", pa.string()), ("source_event_id", pa.string()), ("date", pa.date32()),
    ("end_date", pa.date32()), ("date_precision", pa.string()), ("actor", pa.string()),
    ("target", pa.string()), ("actor_native", pa.string()), ("target_native", pa.string()),
    ("code", pa.string()), ("reciprocal", pa.bool_()), ("text", pa.string()),
    ("related", pa.string()), ("flags", pa.string()), ("note", pa.string()),
    ("secrecy", pa.string()), ("audience", pa.string()), ("source_title", pa.string()),
    ("source_publisher", pa.string()),
])  # fmt: skip


def marked(
    con: Backend,
    source: str,
    parts: Iterable[Mapping[str, Any]],
    off: frozenset[str] = frozenset(),
) -> ibis.Table:
    """The parts with all an act needs and `refused`; `wrong` is what the reader found amiss.

    Codes are CAMEO's. `key` names the act within its source; parts with one key,
    text and note are repeats.
    """
    rows = shape.held(con, ibis.memtable(pa.Table.from_pylist(list(parts), schema=PARTS)))
    rows = shape.coded(rows.mutate(raw_line=rows["raw_line"].left(raw.KEPT)), "cameo")
    rows = rows.mutate(
        refused=shape.first_reason(
            (rows["wrong"].notnull(), rows["wrong"]),
            (rows["date"].isnull(), "unreadable date"),
            (rows["kind"].isnull(), "code not in the vocabulary"),
            (rows["actor"] == rows["target"], "actor and target are one"),
        )
    )
    rows = repeats.collapsed(rows, ("key", "text", "note"), off)
    rows = repeats.with_ids(rows, source + ":" + rows["key"])
    told = rows.mutate(source=ibis.literal(source), n=ibis.literal(1), cluster=shape.cluster(rows))
    return shape.held(con, told)


def year(text: str) -> dict[str, Any]:
    """The days of a year as the columns of a part; none for what is no year."""
    return dict(_year(text))


@lru_cache(maxsize=1024)
def _year(text: str) -> dict[str, Any]:
    if not (text.isascii() and text.isdigit() and len(text) == 4 and text > "0000"):
        return {"date": None, "end_date": None, "date_precision": None}
    number = int(text)
    return {
        "date": date(number, 1, 1), "end_date": date(number, 12, 31), "date_precision": "year",
    }  # fmt: skip


def shape_of(row: Mapping[str, Any], wanted: int) -> str | None:
    """What is wrong with the number of fields of a raw row; None where it is as wanted."""
    if not row["raw_line"].strip():
        return "empty line"
    return None if row["fields"] == wanted else f"fields: {row['fields']}, expected {wanted}"


def need(path: Path, columns: Sequence[str]) -> int:
    """How many columns a CSV file has; raises CorruptFile where one of these is missing."""
    header = raw.first_record(path)
    if missing := [name for name in columns if name not in header]:
        raise CorruptFile(
            str(path), f"no column {missing[0]!r}", f"the columns {', '.join(columns)}",
            "Fetch it again, or name the right source.",
        )  # fmt: skip
    return len(header)


def csv_rows(con: Backend, paths: Sequence[Any], columns: Sequence[str]) -> list[dict[str, Any]]:
    """Every record of small CSV files under a header that holds the columns, none lost.

    Raises CorruptFile where the header lacks one of them.
    """
    for path in paths:
        need(path, columns)
    found: list[dict[str, Any]] = raw.records(con, paths).to_pyarrow().to_pylist()
    return found
