"""Rows that several files brought: one counts, the others are kept should its file be replaced."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import ibis

from realpolitik.lake.catalog import AGAIN, KEYS, Change, Entry
from realpolitik.lake.engine import quoted

if TYPE_CHECKING:
    from realpolitik.lake.store import Writer


def gone(writer: Writer, kind: str, earlier: Entry, entry: Entry) -> str | None:
    """A table of the ids that a replaced file brought and its newer version does not; None for none."""
    if earlier.part is None:
        return None
    key = KEYS[kind]
    name = str(ibis.util.gen_name("gone"))
    ids = f"SELECT {key} FROM {writer.rows([earlier.part])} WHERE file = {quoted(earlier.name)}"
    if entry.part is not None:
        ids += f" AND {key} NOT IN (SELECT {key} FROM {writer.rows([entry.part])})"
    # Named now: the part of the earlier version is about to be retired.
    writer.con.con.execute(f'CREATE TEMP TABLE "{name}" AS {ids}')
    return name


def forget(change: Change, earlier: Entry) -> None:
    """Retire the rows met again of a replaced file."""
    parts = change.parts(AGAIN, earlier.source)
    change.retire([part.path for part in parts if part.period == earlier.name], time.time())


def take(writer: Writer, change: Change, kind: str, source: str, ids: str) -> None:
    """Let what is gone be brought by the first other file that has it, and count it there."""
    key = KEYS[kind]
    parts = sorted(change.parts(AGAIN, source), key=lambda part: str(part.period))
    for part in parts:
        rows = writer.rows([part.path])
        found = f'FROM {rows} WHERE {key} IN (SELECT {key} FROM "{ids}")'
        [(number,)] = writer.ask(f"SELECT count(*) {found}")
        entry = change.entry(source, str(part.period))
        if not number or entry is None:
            continue
        _bring(writer, change, kind, entry, found, number)
        writer.put(AGAIN, source, f'FROM {rows} ANTI JOIN "{ids}" USING ({key})', part.period)
        change.retire([part.path], time.time())
        writer.con.con.execute(f'DELETE FROM "{ids}" WHERE {key} IN (SELECT {key} FROM {rows})')


def _bring(
    writer: Writer, change: Change, kind: str, entry: Entry, found: str, number: int
) -> None:
    """Add the rows of a query to those that a file brought, and tell the catalog."""
    rows = found
    if entry.part is not None:
        rows = f"(FROM {writer.rows([entry.part])}) UNION ALL BY NAME ({found})"
    part = writer.put(kind, entry.source, rows)
    if entry.part is not None:
        change.move(kind, [entry.part], part)
        change.retire([entry.part], time.time())
    change.list_entry(
        replace(entry, acts=entry.acts + number, repeats=entry.repeats - number, part=part)
    )
    writer.touch(entry.source, part)
