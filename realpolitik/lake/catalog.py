"""What a lake holds and where it came from: one SQLite file, changed in one transaction a batch.

A part is a Parquet file of the lake; an entry is a file of a publisher that was
loaded. A part counts only once the transaction that lists it is committed, so
a killed process leaves nothing but files that nobody lists.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from realpolitik.errors import CorruptFile, LakeError

FORMAT = 1
NAME = "catalog.sqlite"
REPAIR = "Restore it from a copy, or move the folder away and ingest the files again."
# Another process may hold the lake for as long as it takes to load a batch.
PATIENCE_SECONDS = 1800.0
TABLES = """
create table meta (key text primary key, value text not null);
create table parts (
    path text primary key, source text not null, kind text not null, period text,
    rows integer not null, bytes integer not null, sha256 text not null,
    first text, last text, first_id text, last_id text, obsolete real
);
create table entries (
    source text not null, name text not null, sha256 text not null, bytes integer not null,
    rows integer not null, acts integer not null, repeats integer not null, refused text not null,
    first text, last text, reader text not null, map_version text not null, off text not null,
    origin text not null, loaded text not null, part text, refused_part text,
    primary key (source, name)
);
create table fetched (
    source text not null, name text not null, url text not null, bytes integer not null,
    md5 text not null, tag text not null, fetched text not null,
    primary key (source, name)
);
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file of the lake; `kind` is the folder it lies in.

    `period` is the year of tallies or days, or the file of rows met again.
    `first` and `last` are the ends of its dates, `first_id` and `last_id` of
    its act_ids; None where it has none.
    """

    path: str
    source: str
    kind: str
    period: str | None
    rows: int
    bytes: int
    sha256: str
    first: date | None = None
    last: date | None = None
    first_id: str | None = None
    last_id: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One loaded file: rows = acts + repeats + the sum of refused.

    `first` and `last` are the ends of what it covers; acts flagged as old news
    do not stretch them. `off` names the rules that were switched off.
    """

    source: str
    name: str
    sha256: str
    bytes: int
    rows: int
    acts: int
    repeats: int
    refused: dict[str, int]
    first: date | None
    last: date | None
    reader: str
    map_version: str
    off: tuple[str, ...]
    origin: str
    loaded: str
    part: str | None = None
    refused_part: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file fetched from its publisher and loaded: what tells this version of it from others.

    `tag` is the server's mark of the version, "" where it has none.
    """

    source: str
    name: str
    url: str
    bytes: int
    md5: str
    tag: str
    fetched: str


# Where an entry names the part of each kind that holds what it brought.
COLUMN = {"acts": "part", "records": "part", "mentions": "part", "refused": "refused_part"}
# What identifies a row where a part lists the ends of its keys.
KEYS = {"acts": "act_id", "records": "record_id", "mentions": "mention_id"}
# The kind of parts with rows that another file brought before; `period` names their own file.
AGAIN = "again"
# Where the catalog notes that a source is summed by day as well.
BY_DAY = "days:"
PART = tuple(field.name for field in fields(Part))
ENTRY = tuple(field.name for field in fields(Entry))
FETCHED = tuple(field.name for field in fields(Fetched))


class Catalog:
    """The catalog of the lake in a folder; made when it is first written to."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def exists(self) -> bool:
        """Is there a lake in the folder?"""
        return self.path.is_file() and self.path.stat().st_size > 0

    def parts(self, kind: str | None = None, source: str | None = None) -> tuple[Part, ...]:
        """The parts that count, in order of path."""
        where = {"kind": kind, "source": source}
        rows = self._select(PART, "parts", where, "and obsolete is null order by path")
        return tuple(_part(row) for row in rows)

    def entries(self, source: str | None = None) -> tuple[Entry, ...]:
        """The loaded files, in order of source and name."""
        rows = self._select(ENTRY, "entries", {"source": source}, "order by source, name")
        return tuple(_entry(row) for row in rows)

    def fetched(self, source: str) -> tuple[Fetched, ...]:
        """What was fetched of a source, as long as the lake holds acts, or refusals, from there."""
        rows = self._select(FETCHED, "fetched", {"source": source}, "order by name")
        held = {entry.origin.partition("!")[0] for entry in self.entries(source)}
        return tuple(one for one in (Fetched(*row) for row in rows) if one.url in held)

    def by_day(self) -> frozenset[str]:
        """The sources whose sums are kept by day as well."""
        return _by_day(self._select(("key",), "meta", {}, ""))

    def _select(
        self, columns: tuple[str, ...], table: str, where: dict[str, str | None], rest: str
    ) -> list[tuple[Any, ...]]:
        if not self.exists():
            return []
        asked = {name: value for name, value in where.items() if value is not None}
        tests = " ".join(f"and {name} = :{name}" for name in asked)
        with self._guarded(), closing(self._connect()) as con:
            _check(con, self.path)
            return con.execute(
                f"select {', '.join(columns)} from {table} where true {tests} {rest}", asked
            ).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[Change]:
        """Hold the lake alone, then make every change at once, or none when the work fails."""
        _make(self.path.parent)
        with self._guarded(), closing(self._connect()) as con:
            con.execute("begin immediate")
            try:
                _prepare(con, self.path)
                yield Change(con)
            except BaseException:
                con.rollback()
                raise
            con.commit()

    def _connect(self) -> sqlite3.Connection:
        con = sqlite3.connect(self.path, timeout=PATIENCE_SECONDS, isolation_level=None)
        con.execute("pragma synchronous = full")
        return con

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise LakeError(
                    f"{self.path.parent}: another process has been writing for "
                    f"{PATIENCE_SECONDS / 60:.0f} minutes. Wait for it, or end it, and try again."
                ) from error
            if "full" in str(error) or "unable to open" in str(error) or "readonly" in str(error):
                raise LakeError(
                    f"{self.path}: cannot be written ({error}). Free some room or choose another "
                    "folder with --lake; what was loaded before is kept."
                ) from error
            found = f"what SQLite cannot read ({error})"
            raise CorruptFile(str(self.path), found, "a catalog", REPAIR) from error


class Change:
    """The changes of one transaction."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con = con

    @contextmanager
    def step(self) -> Iterator[None]:
        """Take back the changes made within the block when it fails."""
        self._con.execute("savepoint step")
        try:
            yield
        except BaseException:
            self._con.execute("rollback to step")
            raise
        finally:
            self._con.execute("release step")

    def list_part(self, part: Part) -> None:
        """List a part that lies in its place."""
        self._insert("parts", PART, tuple(_plain(value) for value in astuple(part)))

    def list_entry(self, entry: Entry) -> None:
        """List a loaded file, in place of an earlier one of its name."""
        self._con.execute(
            "delete from entries where source = ? and name = ?", (entry.source, entry.name)
        )
        values = (getattr(entry, name) for name in ENTRY)
        self._insert("entries", ENTRY, tuple(_plain(value) for value in values))

    def list_fetched(self, one: Fetched) -> None:
        """List a fetched file, in place of an earlier version of it."""
        self._con.execute(
            "delete from fetched where source = ? and name = ?", (one.source, one.name)
        )
        self._insert("fetched", FETCHED, astuple(one))

    def shared(self, kind: str, part: str) -> bool:
        """Does a part still hold what some listed file brought?"""
        column = COLUMN[kind]
        found = self._con.execute(f"select 1 from entries where {column} = ? limit 1", (part,))
        return found.fetchone() is not None

    def move(self, kind: str, parts: Iterable[str], to: str | None) -> None:
        """Say of the files in these parts that they lie in another part now."""
        column = COLUMN[kind]
        self._con.executemany(
            f"update entries set {column} = ? where {column} = ?", [(to, part) for part in parts]
        )

    def keep_days(self, source: str) -> None:
        """Note that the sums of a source are kept by day as well."""
        self._con.execute("insert or replace into meta values (?, '')", (BY_DAY + source,))

    def by_day(self) -> frozenset[str]:
        """The sources so noted."""
        return _by_day(self._con.execute("select key from meta"))

    def forget_source(self, source: str) -> None:
        """Drop every loaded file of a source from the list."""
        self._con.execute("delete from meta where key = ?", (BY_DAY + source,))
        self._con.execute("delete from entries where source = ?", (source,))
        self._con.execute("delete from fetched where source = ?", (source,))

    def retire(self, paths: Iterable[str], now: float) -> None:
        """Mark parts that no longer count; they are removed once no reader can still need them."""
        self._con.executemany(
            "update parts set obsolete = ? where path = ?", [(now, path) for path in paths]
        )

    def drop_retired(self, before: float) -> None:
        """Drop parts from the list that were retired before a moment."""
        self._con.execute("delete from parts where obsolete < ?", (before,))

    def listed(self) -> set[str]:
        """The paths of all parts, retired ones included."""
        return {path for (path,) in self._con.execute("select path from parts")}

    def parts(self, kind: str, source: str) -> tuple[Part, ...]:
        """The parts that count, as this transaction sees them."""
        rows = self._con.execute(
            f"select {', '.join(PART)} from parts where kind = ? and source = ? "
            "and obsolete is null order by path",
            (kind, source),
        )
        return tuple(_part(row) for row in rows)

    def meeting(
        self, kind: str, source: str, first: date, last: date, first_id: str, last_id: str
    ) -> list[str]:
        """The parts that may hold one of these days and one of these ids; none where they are None."""
        rows = self._con.execute(
            "select path from parts where kind = ? and source = ? and obsolete is null "
            "and first <= ? and ? <= last and first_id <= ? and ? <= last_id order by path",
            (kind, source, _plain(last), _plain(first), last_id, first_id),
        )
        return [path for (path,) in rows]

    def entry(self, source: str, name: str) -> Entry | None:
        """The loaded file of that name, if there is one."""
        row = self._con.execute(
            f"select {', '.join(ENTRY)} from entries where source = ? and name = ?", (source, name)
        ).fetchone()
        return _entry(row) if row else None

    def _insert(self, table: str, columns: tuple[str, ...], values: tuple[Any, ...]) -> None:
        marks = ", ".join("?" * len(columns))
        self._con.execute(f"insert into {table} ({', '.join(columns)}) values ({marks})", values)


def _by_day(rows: Iterable[tuple[Any, ...]]) -> frozenset[str]:
    return frozenset(key.removeprefix(BY_DAY) for (key,) in rows if key.startswith(BY_DAY))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LakeError(
            f"{folder}: cannot be made a lake ({error.strerror}). Choose another folder with --lake."
        ) from error


def _prepare(con: sqlite3.Connection, path: Path) -> None:
    if con.execute("select count(*) from sqlite_master").fetchone()[0]:
        _check(con, path)
        return
    for statement in TABLES.split(";")[:-1]:
        con.execute(statement)
    con.execute("insert into meta values ('format', ?)", (str(FORMAT),))


def _check(con: sqlite3.Connection, path: Path) -> None:
    found = con.execute("select value from meta where key = 'format'").fetchone()
    if found != (str(FORMAT),):
        raise CorruptFile(
            str(path), f"lake format {found and found[0]}", str(FORMAT), "Update realpolitik."
        )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, (dict, list, tuple)) else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _part(row: tuple[Any, ...]) -> Part:
    given = dict(zip(PART, row, strict=True))
    return Part(**given | {"first": _day(given["first"]), "last": _day(given["last"])})


def _entry(row: tuple[Any, ...]) -> Entry:
    given = dict(zip(ENTRY, row, strict=True))
    given["refused"], given["off"] = json.loads(given["refused"]), tuple(json.loads(given["off"]))
    return Entry(**given | {"first": _day(given["first"]), "last": _day(given["last"])})
