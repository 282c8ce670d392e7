"""Rows that several files brought: one counts, the others are kept should its file be replaced."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import ibis

from realpolitik.lake.catalog import AGAIN, KEYS, Change, Entry

if TYPE_CHECKING:
    from realpolitik.lake.store import Writer


def gone(writer: Writer, kind: str, earlier: Entry, entry: Entry) -> ibis.Table | None:
    """The ids that a replaced file brought and its newer version does not; None where it had none."""
    if earlier.part is None:
        return None
    rows = writer.read([earlier.part])
    ids = rows.filter(rows.file == earlier.name).select(KEYS[kind])
    if entry.part is not None:
        ids = ids.anti_join(writer.read([entry.part]), KEYS[kind])
    # Named now: the part of the earlier version is about to be retired.
    return writer.con.create_table(ibis.util.gen_name("gone"), ids, temp=True)


def forget(change: Change, earlier: Entry) -> None:
    """Retire the rows met again of a replaced file."""
    parts = change.parts(AGAIN, earlier.source)
    change.retire([part.path for part in parts if part.period == earlier.name], time.time())


def take(writer: Writer, change: Change, kind: str, source: str, ids: ibis.Table) -> None:
    """Let what is gone be brought by the first other file that has it, and count it there."""
    key = KEYS[kind]
    parts = sorted(change.parts(AGAIN, source), key=lambda part: str(part.period))
    for part in parts:
        rows = writer.read([part.path])
        found = rows.semi_join(ids, key)
        number = int(found.count().to_pyarrow().as_py())
        entry = change.entry(source, str(part.period))
        if not number or entry is None:
            continue
        _bring(writer, change, kind, entry, found)
        writer.put(AGAIN, source, rows.anti_join(ids, key), part.period)
        change.retire([part.path], time.time())
        ids = ids.anti_join(found, key)


def _bring(writer: Writer, change: Change, kind: str, entry: Entry, found: ibis.Table) -> None:
    """Add rows to those that a file brought, and tell the catalog."""
    number = int(found.count().to_pyarrow().as_py())
    rows = found
    if entry.part is not None:
        rows = ibis.union(writer.read([entry.part]).select(*found.columns), found)
    part = writer.put(kind, entry.source, rows)
    if entry.part is not None:
        change.move(kind, [entry.part], part)
        change.retire([entry.part], time.time())
    change.list_entry(
        replace(entry, acts=entry.acts + number, repeats=entry.repeats - number, part=part)
    )
    writer.touch(entry.source, part)
