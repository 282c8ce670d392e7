"""From a source's own actor codes to ours, by date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import ibis
import pyarrow as pa

from realpolitik.vocab import crosswalk


def table(natives: Iterable[crosswalk.Native]) -> ibis.Table:
    """Codes with the actor each stands for, or why none, and from when to when."""
    listed = list(natives)
    columns = {
        "native": pa.array([n.native for n in listed], pa.string()),
        "reason": pa.array([n.reason or None for n in listed], pa.string()),
        "code": pa.array([n.code for n in listed], pa.string()),
        "start": pa.array([n.start or date.min for n in listed], pa.date32()),
        "end": pa.array([n.end or date.max for n in listed], pa.date32()),
    }
    return ibis.memtable(pa.table(columns)).rename(native_start="start", native_end="end")


def resolved(rows: ibis.Table, side: str, natives: ibis.Table) -> ibis.Table:
    """The rows with the actor of a side by its native code and the date of the row."""
    known = natives.rename({side: "code", f"{side}_reason": "reason"}).view()
    when = [
        rows[f"{side}_native"] == known["native"],
        rows["date"] >= known["native_start"],
        rows["date"] <= known["native_end"],
    ]
    return rows.left_join(known, when).drop("native", "native_start", "native_end")
