"""Is the lake what its catalog says? Every part hashed, counted, and its tallies made anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import ibis
from ibis.backends.duckdb import Backend

from realpolitik.lake.catalog import Entry, Part
from realpolitik.lake.engine import engine
from realpolitik.lake.store import Lake, digest
from realpolitik.lake.sums import SUMS, Tally
from realpolitik.schema.table import load


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as the catalog says: where, what was found, what was expected."""

    source: str
    where: str
    found: str
    expected: str


def verify(lake: Lake, tally: Tally) -> Iterator[Fault]:
    """Every fault of a lake; none when it is whole."""
    parts, by_day = lake.catalog.parts(), lake.catalog.by_day()
    sound = []
    for part in parts:
        if fault := _damage(lake.folder, part):
            yield fault
        else:
            sound.append(part)
    yield from _sums(lake.catalog.entries(), {part.path: part for part in parts})
    for source in sorted({part.source for part in parts}):
        own = [part for part in parts if part.source == source]
        if all(part in sound for part in own):
            for kind in SUMS if source in by_day else ("tallies",):
                yield from _sums_of(lake.folder, source, own, tally, kind)


def _damage(folder: Path, part: Part) -> Fault | None:
    path = folder / part.path
    try:
        size = path.stat().st_size
        if size != part.bytes:
            return Fault(part.source, part.path, f"{size} bytes", f"{part.bytes}")
        found = digest(path)
    except OSError as error:
        return Fault(part.source, part.path, f"no readable file ({error.strerror})", "a part")
    if found != part.sha256:
        return Fault(part.source, part.path, f"SHA-256 {found[:12]}…", f"{part.sha256[:12]}…")
    return None


def _sums(entries: tuple[Entry, ...], parts: dict[str, Part]) -> Iterator[Fault]:
    brought: dict[str, int] = {}
    for entry in entries:
        total = entry.acts + entry.repeats + sum(entry.refused.values())
        if total != entry.rows:
            yield Fault(entry.source, entry.name, f"{total} rows accounted for", f"{entry.rows}")
        if entry.part is not None:
            brought[entry.part] = brought.get(entry.part, 0) + entry.acts
        elif entry.acts:
            yield Fault(entry.source, entry.name, "no part", f"one with {entry.acts} acts")
    for path, acts in brought.items():
        held = parts[path].rows if path in parts else 0
        if held != acts:
            yield Fault(path.split("=")[1].split("/")[0], path, f"{held} acts", f"{acts}")


def _sums_of(
    folder: Path, source: str, parts: list[Part], tally: Tally, kind: str
) -> Iterator[Fault]:
    """Compare the sums of a table with those of the acts, row by row."""
    acts = [str(folder / part.path) for part in parts if part.kind == "acts"]
    held = [str(folder / part.path) for part in parts if part.kind == kind]
    if not acts and not held:
        return
    con = engine()
    try:
        anew, kept = tally(_table(con, "acts", acts), kind), _table(con, kind, held)
        more = int(kept.difference(anew).count().to_pyarrow().as_py())
        less = int(anew.difference(kept).count().to_pyarrow().as_py())
    except duckdb.Error as error:
        why = " ".join(str(error).split())[:120]
        yield Fault(source, kind, f"what cannot be computed ({why})", "sums of the acts")
        return
    finally:
        con.disconnect()
    if more or less:
        yield Fault(source, kind, f"{more} rows too many, {less} missing", "those of the acts")


def _table(con: Backend, name: str, paths: list[str]) -> ibis.Table:
    types = load(name).ibis_schema()
    if not paths:
        return con.create_table(f"no_{name}", schema=types)
    rows = con.read_parquet(paths, hive_partitioning=False)
    return rows.select(**{column: rows[column].cast(types[column]) for column in types})
