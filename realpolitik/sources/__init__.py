"""One folder a dataset: its card, its reader, a sample, and the files that ship.

A folder with a `source.yaml` is a source; names that start with an underscore
are not. There is no other registration.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from realpolitik.errors import UnknownName
from realpolitik.schema.bundle import BundledFile, BundledTable
from realpolitik.sources.card import Card, bibtex
from realpolitik.sources.card import read as read_card

if TYPE_CHECKING:
    import ibis
    from ibis.backends.duckdb import Backend

__all__ = ["Card", "bibtex", "bundled", "card", "names", "read", "reader"]

FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    """The names of all sources, sorted."""
    folders = (path.parent.name for path in FOLDER.glob("*/source.yaml"))
    return tuple(sorted(name for name in folders if not name.startswith("_")))


@cache
def card(name: str) -> Card:
    """The card of a source.

    Raises UnknownName when there is no such source, CorruptFile when its card
    is malformed.
    """
    if name not in names():
        raise UnknownName("source", name, names(), f"Sources: {', '.join(names())}.")
    return read_card(FOLDER / name / "source.yaml")


def reader(name: str) -> ModuleType:
    """The reader of a source: `acts.py`, or where its rows are no acts, `records.py` or `mentions.py`.

    `TABLE` of those that give no acts is their table; all have `marked`, `sniff` and `RULES`.
    """
    tables = ("acts", "records", "mentions")
    table = next(table for table in tables if (FOLDER / name / f"{table}.py").is_file())
    return importlib.import_module(f"{__name__}.{name}.{table}")


def read(name: str, con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts, or records, in the publisher's files, as the source's own reader makes them."""
    rows: ibis.Table = reader(card(name).name).read(con, paths)
    return rows


def bundled() -> tuple[BundledTable, ...]:
    """Every table that ships with the package: files, digests and readers, source by source."""
    return tuple(_bundled(card(name), table) for name in names() for table in card(name).tables)


def _bundled(of: Card, table: str) -> BundledTable:
    files = (f for f in of.bundled if f.table == table)
    where = tuple(BundledFile(of.folder / f.file, f.sha256, f.rows) for f in files)

    def reader(con: Backend, paths: Sequence[Path]) -> ibis.Table:
        if table == "acts":
            return read(of.name, con, paths)
        from realpolitik.sources import tallies

        return tallies.read(con, paths)

    return BundledTable(of.name, table, where, reader)
