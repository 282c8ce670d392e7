"""GDELT 1.0 events: 57 or 58 tab-separated fields without a header, or re-saved with one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import engine, shape
from realpolitik.sources.gdelt import columns, rows
from realpolitik.sources.sniff import Head

SOURCE = "gdelt_v1"
VERSION = "1"
RULES = rows.RULES


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every line with what it becomes and `refused`: null, or why it is not an act of its own.

    Rules named in `off` are not applied. Raises CorruptFile for a file that cannot be opened.
    """
    return rows.marked(con, paths, SOURCE, 1, off)


def streamed(
    con: Backend,
    paths: Path | Sequence[Path],
    refuse: engine.Refuse,
    off: frozenset[str] = frozenset(),
) -> str:
    """A table of the lines that may be acts, as `marked` gives them; the others go to `refuse` in blocks."""
    return rows.streamed(con, paths, SOURCE, 1, refuse, off)


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files, each of `n` 1; `reports` says how many rows said the same.

    The cluster is the story, by its address, with the dyad and the root code;
    where no address is given, the day takes its place. Nothing is said of
    secrecy, audience or reliability.
    """
    made = streamed(con, paths, engine.nowhere)
    return shape.accepted(engine.table(con, f'FROM "{made}"'))


def refusals(con: Backend, paths: Path | Sequence[Path]) -> dict[str, int]:
    """How many lines make no act of their own, by reason."""
    return shape.refusals(marked(con, paths))


def sniff(head: Head) -> str | None:
    """Why a file is a GDELT 1.0 export, from its content; None for any other."""
    return columns.sniffed(head, 1)
