"""A lake in a folder: Parquet parts that any engine reads, and the catalog that lists them.

acts/source=NAME/*.parquet        accepted acts, sorted by actor, target and date
records/source=NAME/*.parquet     flows that are no acts (trade, votes), sorted likewise
mentions/source=NAME/*.parquet    who reported an act, and when
tallies/source=NAME/YEAR-*.parquet  monthly sums of the acts under every map
days/source=NAME/YEAR-*.parquet   the same by day, of the sources that were asked for it
again/source=NAME/*.parquet       rows that another file brought before, should that file go
refused/source=NAME/*.parquet     rows that are no act, each with its reason
catalog.sqlite                    which files were loaded, and which parts count
fetching/                         files on their way from a publisher, kept until they are whole
staging/                          work in progress; empty when nobody writes
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends.duckdb import Backend

from realpolitik.errors import LakeError
from realpolitik.lake import spare, sums
from realpolitik.lake.catalog import AGAIN, KEYS, Catalog, Change, Entry, Fetched, Part
from realpolitik.lake.engine import engine, files, quoted
from realpolitik.lake.refusals import Refusals
from realpolitik.lake.sums import SUMS, Tally

KINDS = ("acts", "records", "mentions", "refused", "tallies", "days", AGAIN)
ORDER = {
    "acts": ["actor", "target", "date", "act_id"],
    "records": ["actor", "target", "date", "record_id"],
    "mentions": ["act_id", "date", "mention_id"],
    "refused": ["line"],
    AGAIN: ["date"],
    **{kind: ["actor", "target", period, "kind", "map"] for kind, period in SUMS.items()},
}
# How long a retired part is kept for readers that opened the lake before it was retired.
GRACE_SECONDS = 900.0
MEMORY = "550MB"
ROW_GROUP = 122_880
BLOCK = 1 << 20
# Acts below which a part is small: engines lose more time on opening it than on reading it.
SMALL_ROWS = 1_000_000


class Lake:
    """The lake in a folder, whether there is one yet or not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalog = Catalog(folder)

    def exists(self) -> bool:
        """Has anything been loaded into this folder?"""
        return self.catalog.exists()

    def paths(self, kind: str, source: str | None = None) -> list[str]:
        """The files of the parts that count."""
        return [str(self.folder / part.path) for part in self.catalog.parts(kind, source)]

    def clear(self) -> None:
        """Remove retired parts at once, whoever may still be reading them."""
        with self.catalog.transaction() as change:
            Writer(self.folder, change).tidy(grace=0.0)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Hold the lake alone; what the writer did counts when the block ends without an error.

        Raises LakeError where the folder cannot be written or has no room left;
        the lake is then as it was before.
        """
        with self.catalog.transaction() as change:
            writer = Writer(self.folder, change)
            try:
                writer.tidy()
                yield writer
            except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
                raise _unwritable(self.folder, error) from error
            finally:
                writer.close()


class Writer:
    """Adds, replaces and removes parts within one transaction."""

    def __init__(self, folder: Path, change: Change) -> None:
        self._folder, self._change = folder, change
        self._staging = folder / "staging" / uuid.uuid4().hex
        self._con: Backend | None = None
        self._touched: dict[str, set[Any]] = {}

    @property
    def con(self) -> Backend:
        """The engine that does the work; what does not fit its memory goes to the staging folder."""
        if self._con is None:
            self._con = engine(
                memory_limit=MEMORY,
                temp_directory=str(self.staging),
                preserve_insertion_order=False,
            )
        return self._con

    @property
    def staging(self) -> Path:
        """A folder for work in progress, removed when the writer is done."""
        self._staging.mkdir(parents=True, exist_ok=True)
        return self._staging

    @contextmanager
    def one_file(self) -> Iterator[None]:
        """Take back what was listed for a file when reading it fails; free what reading it took."""
        touched = {source: set(months) for source, months in self._touched.items()}
        try:
            with self._change.step():
                yield
        except BaseException:
            self._touched = touched
            raise
        finally:
            self.free()

    def entry(self, source: str, name: str) -> Entry | None:
        """The loaded file of that name, if there is one."""
        return self._change.entry(source, name)

    def known(self, source: str, acts: str, besides: str, kind: str = "acts") -> str | None:
        """A table of the ids among these acts (or records) that a source has already, or None.

        `acts` is a query; `besides` names a file to leave out: the one being replaced.
        """
        [ends] = self.ask(f"SELECT {_ends(kind)} FROM ({acts})")
        meeting = self._change.meeting(kind, source, *ends)
        if not meeting:
            return None
        name, key = str(ibis.util.gen_name("known")), KEYS[kind]
        # From their side, so that what a lake holds need not fit the memory.
        self.con.con.execute(
            f"""CREATE TEMP TABLE "{name}" AS SELECT DISTINCT {key} FROM {self.rows(meeting)}
            WHERE file <> ? AND {key} IN (SELECT {key} FROM ({acts}))""",
            [besides],
        )
        return name if self.ask(f'SELECT count(*) FROM "{name}"') != [(0,)] else None

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows that a query of the engine's own language gives."""
        found: list[tuple[Any, ...]] = self.con.con.execute(query).fetchall()
        return found

    def put(self, kind: str, source: str, query: str, period: str | None = None) -> str | None:
        """Write what a query gives as a part and list it; returns its path, or None for no rows."""
        staged = self.staging / "part.parquet"
        self.con.con.execute(
            f"COPY (FROM ({query}) ORDER BY {', '.join(ORDER[kind])}) TO {quoted(str(staged))} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
        )
        return self._keep(kind, source, staged, period)

    def batches(self, query: str) -> Iterator[pa.Table]:
        """The rows of a query a group at a time, for those who write them elsewhere."""
        for batch in self.con.con.sql(query).to_arrow_reader(ROW_GROUP):
            yield pa.Table.from_batches([batch])

    def refusing(self, file: str) -> Refusals:
        """Where the refused rows of a file go; to be listed with `put_refused`."""
        return Refusals(self.staging / "refused.parquet", file)

    def put_refused(self, source: str, refused: Refusals) -> str | None:
        """List what was refused as a part; returns its path, or None where there is nothing."""
        return self._keep("refused", source, refused.path) if refused.reasons else None

    def _keep(self, kind: str, source: str, staged: Path, period: str | None = None) -> str | None:
        name = f"{period}-" if kind in SUMS else ""
        path = f"{kind}/source={source}/{name}{uuid.uuid4().hex}.parquet"
        number = pq.read_metadata(staged).num_rows
        if not number:
            return None
        first, last, first_id, last_id = None, None, None, None
        if kind in KEYS:
            [(first, last, first_id, last_id)] = self.ask(
                f"SELECT {_ends(kind)} FROM {files([staged])}"
            )
        part = Part(
            path, source, kind, period, number, staged.stat().st_size, digest(staged),
            first, last, first_id, last_id,
        )  # fmt: skip
        move(staged, self._folder / path)
        self._change.list_part(part)
        return path

    def list_entry(self, entry: Entry, again: str | None = None) -> None:
        """List a loaded file; the parts of an earlier version of it no longer count.

        `again` is a query for its rows that other files brought before. What the earlier
        version alone had brought is taken from those of the other files.
        """
        earlier = self.entry(entry.source, entry.name)
        self._change.list_entry(entry)
        self.touch(entry.source, entry.part)
        if earlier is not None:
            kind = earlier.part.partition("/")[0] if earlier.part else "acts"
            gone = spare.gone(self, kind, earlier, entry)
            self._leave(kind, earlier, earlier.part)
            self._leave("refused", earlier, earlier.refused_part)
            spare.forget(self._change, earlier)
            if gone is not None:
                spare.take(self, self._change, kind, entry.source, gone)
        if again is not None:
            self.put(AGAIN, entry.source, again, entry.name)

    def list_fetched(self, one: Fetched) -> None:
        """List what was fetched, once it is loaded."""
        self._change.list_fetched(one)

    def compact(self, source: str) -> int:
        """Join the small parts of a source, year by year; returns how many parts fewer there are."""
        fewer = 0
        for kind in (*KEYS, "refused"):
            for group in _small(self._change.parts(kind, source)):
                paths = [part.path for part in group]
                joined = self.put(kind, source, f"FROM {self.rows(paths)}")
                self._change.move(kind, paths, joined)
                self._change.retire(paths, time.time())
                fewer += len(group) - 1
        return fewer

    def _leave(self, kind: str, earlier: Entry, part: str | None) -> None:
        """Retire the part of a replaced file; the other files in it move to a part without it."""
        if part is None:
            return
        if self._change.shared(kind, part):
            others = f"FROM {self.rows([part])} WHERE file <> {quoted(earlier.name)}"
            self._change.move(kind, [part], self.put(kind, earlier.source, others))
        self.touch(earlier.source, part)
        self._change.retire([part], time.time())

    def rows(self, paths: Sequence[str]) -> str:
        """What stands for the rows of some parts in a query."""
        return files(self._folder / path for path in paths)

    def remove(self, source: str) -> int:
        """Remove every part and entry of a source; returns how many parts there were."""
        parts = [part.path for kind in KINDS for part in self._change.parts(kind, source)]
        self._change.retire(parts, 0.0)
        self._change.forget_source(source)
        return len(parts)

    def keep_days(self, source: str) -> None:
        """From now on keep the sums of a source by day as well; `tally` computes them."""
        self._change.keep_days(source)
        for part in self._change.parts("acts", source):
            self.touch(source, part.path)

    def tally(self, tally: Tally) -> None:
        """Compute the sums anew of every month whose acts changed, some years at a time."""
        for source, months in self._touched.items():
            sums.renew(self, self._change, source, sorted(months), tally)
        self._touched.clear()

    def tidy(self, grace: float | None = None) -> None:
        """Remove what no catalog lists: leftovers of killed processes, and parts retired long ago."""
        kept = GRACE_SECONDS if grace is None else grace
        self._change.drop_retired(time.time() - kept)
        listed = self._change.listed()
        for kind in KINDS:
            for path in (self._folder / kind).glob("source=*/*.parquet"):
                if path.relative_to(self._folder).as_posix() not in listed:
                    path.unlink(missing_ok=True)
        shutil.rmtree(self._folder / "staging", ignore_errors=True)

    def close(self) -> None:
        """Let go of the engine and of work in progress."""
        if self._con is not None:
            self._con.disconnect()
        shutil.rmtree(self._staging, ignore_errors=True)

    def free(self) -> None:
        """Drop the temporary tables; ibis 12 cannot (it writes DROP TABLE without a name)."""
        engine = self.con.con
        found = engine.execute("select table_name from duckdb_tables() where temporary").fetchall()
        for (name,) in found:
            engine.execute(f'drop table temp."{name}"')

    def touch(self, source: str, part: str | None) -> None:
        """Note the months of a part whose acts came or went; other kinds have no tallies."""
        if part is not None and part.startswith("acts/"):
            found = self.ask(f"SELECT DISTINCT {sums.month('date')} FROM {self.rows([part])}")
            self._touched.setdefault(source, set()).update(month for (month,) in found)


def _small(parts: Sequence[Part]) -> list[list[Part]]:
    """Parts worth joining: the small ones of one year, where there are several."""
    years: dict[int | None, list[Part]] = {}
    for part in parts:
        if part.rows < SMALL_ROWS:
            years.setdefault(part.first.year if part.first else None, []).append(part)
    return [group for group in years.values() if len(group) > 1]


def _ends(kind: str) -> str:
    """The first and last day and id of rows of a kind."""
    key = KEYS[kind]
    return f"min(date), max(date), min({key}), max({key})"


def move(staged: Path, target: Path) -> None:
    """Put a finished file in its place, on the disk and not only on its way there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with staged.open("rb+") as file:
        os.fsync(file.fileno())
    staged.replace(target)
    # The folder's own entry, too; Windows has no such call and needs none.
    if hasattr(os, "O_DIRECTORY"):
        place = os.open(target.parent, os.O_DIRECTORY)
        os.fsync(place)
        os.close(place)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()


def _unwritable(folder: Path, error: Exception) -> LakeError:
    why = " ".join(str(error).split())[:200]
    return LakeError(
        f"{folder}: cannot be written ({why}). Free some room or choose another folder with "
        "--lake; what was loaded before is kept."
    )
