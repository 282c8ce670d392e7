"""The record: the tables `acts` and `tallies`, in one in-memory engine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import TypeVar

import duckdb
import ibis
from ibis.backends.duckdb import Backend

from realpolitik.errors import CorruptFile
from realpolitik.lake.engine import engine
from realpolitik.lake.store import Lake
from realpolitik.schema.bundle import BundledFile, BundledTable
from realpolitik.schema.fit import fit_types
from realpolitik.schema.table import load

T = TypeVar("T")

# The bundled tables are small: more threads cost more to start than they save.
THREADS = 2
REPAIR = "Reinstall realpolitik."


class Record:
    """An open record: an engine, and its tables as Ibis expressions.

    Each table is read when it is first asked for, and fits the table of its
    name in the schema; a record without one has it empty. A source that the
    lake holds is taken from the lake alone. Raises CorruptFile where a file
    cannot be read as its table.
    """

    def __init__(
        self, con: Backend, bundled: tuple[BundledTable, ...], lake: Lake | None = None
    ) -> None:
        self.con, self._lake = con, lake
        self._bundled = tuple(part for part in bundled if part.source not in self.loaded)

    @cached_property
    def loaded(self) -> dict[str, tuple[date, date]]:
        """The sources the lake holds, with the first and last day that their files cover."""
        found: dict[str, tuple[date, date]] = {}
        for entry in self._lake.catalog.entries() if self._lake else ():
            if entry.first and entry.last:
                first, last = found.get(entry.source, (entry.first, entry.last))
                found[entry.source] = min(first, entry.first), max(last, entry.last)
        return found

    @cached_property
    def acts(self) -> ibis.Table:
        """The acts of every source; those that ship are read once into the engine."""
        rows = self._rows("acts")
        held = _guarded(self._parts("acts"), lambda: self.con.create_table("acts", rows))
        return self._with_lake("acts", held)

    @cached_property
    def tallies(self) -> ibis.Table:
        """The tallies of every source that has them, left in their Parquet files."""
        return self._with_lake("tallies", self._rows("tallies"))

    @cached_property
    def days(self) -> ibis.Table:
        """The sums by day of the sources that the lake keeps by day."""
        return self._with_lake("days", self._rows("days"))

    @cached_property
    def records(self) -> ibis.Table:
        """The flows that the lake holds: trade, arms by value, votes."""
        return self._with_lake("records", self._rows("records"))

    @cached_property
    def mentions(self) -> ibis.Table:
        """Who reported the acts, and when, where the lake holds it."""
        return self._with_lake("mentions", self._rows("mentions"))

    def holds(self, table: str) -> bool:
        """Does the lake hold rows of a table?"""
        return bool(self._lake and self._lake.paths(table))

    @cached_property
    def by_day(self) -> frozenset[str]:
        """The sources in `days`."""
        return self._lake.catalog.by_day() if self._lake else frozenset()

    def _with_lake(self, table: str, rows: ibis.Table) -> ibis.Table:
        paths = self._lake.paths(table) if self._lake else []
        if not paths:
            return rows
        types = load(table).ibis_schema()
        found = self.con.read_parquet(paths, hive_partitioning=False)
        return ibis.union(rows, found.select(**{n: found[n].cast(types[n]) for n in types}))

    def close(self) -> None:
        """Let go of the engine; the tables cannot be used afterwards."""
        self.con.disconnect()

    def _parts(self, table: str) -> list[BundledTable]:
        return [part for part in self._bundled if part.table == table]

    def _rows(self, table: str) -> ibis.Table:
        parts = self._parts(table)
        if not parts:
            return self.con.create_table(f"no_{table}", schema=load(table).ibis_schema())
        return ibis.union(*(_read(self.con, part) for part in parts))


def open_record(bundled: Iterable[BundledTable], lake: Lake | None = None) -> Record:
    """Open the bundled tables in memory and the lake's where they lie; nothing is written.

    Every file is checked against its digest first. Raises CorruptFile when one
    is missing or differs.
    """
    tables = tuple(bundled)
    for table in tables:
        for file in table.files:
            _verify(file)
    return Record(engine(threads=THREADS), tables, lake)


def _verify(file: BundledFile) -> None:
    try:
        digest = hashlib.sha256(file.path.read_bytes()).hexdigest()
    except OSError as error:
        found = f"no readable file ({error.strerror})"
        raise CorruptFile(str(file.path), found, "a bundled file", REPAIR) from error
    if digest != file.sha256:
        found, expected = f"SHA-256 {digest[:12]}…", f"{file.sha256[:12]}…"
        raise CorruptFile(str(file.path), found, expected, REPAIR)


def _read(con: Backend, part: BundledTable) -> ibis.Table:
    rows = _guarded([part], lambda: part.read(con, [file.path for file in part.files]))
    fit_types(rows, load(part.table), part.source)
    return rows


def _guarded(parts: list[BundledTable], work: Callable[[], T]) -> T:
    """Do the work; what the engine cannot read is a corrupt file, not a traceback."""
    try:
        return work()
    except duckdb.Error as error:
        where = ", ".join(str(file.path) for part in parts for file in part.files)
        found = f"what the engine cannot read ({type(error).__name__})"
        raise CorruptFile(where, found, f"rows of {parts[0].table}", REPAIR) from error
