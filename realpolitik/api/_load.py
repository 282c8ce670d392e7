"""One file into the lake: recognised, read, counted, and listed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import ibis

from realpolitik.errors import CorruptFile, RealpolitikError, UnknownName
from realpolitik.lake.catalog import KEYS, Entry
from realpolitik.lake.engine import quoted
from realpolitik.lake.refusals import Refusals
from realpolitik.lake.store import Writer, digest
from realpolitik.sources import engine, names, reader, shape, sniff, tallies, unread
from realpolitik.sources.unpack import File, opened
from realpolitik.vocab.kinds import map_version

AUTO = "auto"
LEFT = "left out"
MAP = "realpolitik"
COUNTED = ("rows", "acts", "repeats")
# Acts a source repeats from long ago tell nothing of what the file covers.
OLD_NEWS = "anniversary"
# What is kept of a row that is no act, in the order of the file.
REFUSED = (
    'SELECT line, raw_line, refused AS reason FROM "{}" WHERE refused IS NOT NULL ORDER BY line'
)
# The column of the last day of a row, by key of its table, where it is not end_date.
LAST = {"mention_id": "date"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked of an ingest: the source or auto, rules switched off, a mapping."""

    source: str
    off: frozenset[str] = frozenset()
    options: tuple[tuple[str, Any], ...] = ()


def row(
    file: File, status: str, why: str, source: str | None = None, entry: Entry | None = None
) -> dict[str, Any]:
    """One line of the account of an ingest; counts are None where nothing was read."""
    counts = {name: getattr(entry, name) if entry else None for name in COUNTED}
    return {
        "file": file.name,
        "status": status,
        "source": source,
        **counts,
        "refused": sum(entry.refused.values()) if entry else None,
        "refused_by": entry.refused if entry else {},
        "start": entry.first.isoformat() if entry and entry.first else None,
        "end": entry.last.isoformat() if entry and entry.last else None,
        "why": why,
        "origin": file.origin,
    }


def load_all(
    writer: Writer, path: Path, named: bool, wish: Wish, url: str | None = None, members: str = "*"
) -> Iterator[dict[str, Any]]:
    """Every file in a path, unpacked where it is an archive, into the lake.

    `url` is where the path came from, if it did not begin here; of an archive
    only the `members` whose names fit the pattern are read.
    """
    beside = _beside(wish.source)
    with tempfile.TemporaryDirectory(dir=writer.staging) as folder:
        try:
            for file in opened(path, Path(folder), named, beside):
                if isinstance(file, RealpolitikError):
                    yield failed(file, str(path))
                elif file.path == path or _wanted(file, members):
                    yield load(writer, _from(file, path, url), wish)
                if isinstance(file, File) and file.path != path and file.name not in beside:
                    file.path.unlink(missing_ok=True)
        except RealpolitikError as error:
            yield failed(error, str(path))


def _beside(source: str) -> frozenset[str]:
    """The names of files that a reader looks for beside the one it reads."""
    asked = names() if source == AUTO else (source,)
    return frozenset(name for one in asked for name in getattr(reader(one), "BESIDE", ()))


def _wanted(file: File, members: str) -> bool:
    """Does a file in an archive fit the pattern? What some systems add beside it never does.

    A pattern with a slash is held against the folders in the archive, too.
    """
    told = file.origin.rpartition("!")[2] if "/" in members else file.name
    return not file.name.startswith(".") and fnmatchcase(told.lower(), members.lower())


def _from(file: File, path: Path, url: str | None) -> File:
    if url is None:
        return file
    return replace(file, origin=url + file.origin.removeprefix(str(path)))


def load(writer: Writer, file: File, wish: Wish) -> dict[str, Any]:
    """Read one file into the lake, and say what became of it.

    `status` is loaded, replaced, unchanged, left out (known, and no acts), not
    recognised or unreadable.
    """
    try:
        if wish.source == AUTO and (why := unread.why(sniff.head(file.path))):
            return row(file, LEFT, why)
        found = recognised(file, wish.source)
        if isinstance(found, str):
            return row(file, "not recognised", found)
        with writer.one_file():
            return _load(writer, file, wish, found)
    except (CorruptFile, UnknownName) as error:
        return row(file, "unreadable", str(error), None if wish.source == AUTO else wish.source)


def recognised(file: File, source: str) -> sniff.Recognised | str:
    """The source of a file and why, or the sentence that says why there is none."""
    if source != AUTO:
        return sniff.Recognised(source, "as told")
    seen = sniff.head(file.path)
    found = sniff.recognise(seen, names())
    if len(found) == 1:
        return found[0]
    if not found:
        return "It has the form of no known source; name it: realpolitik ingest SOURCE PATH."
    fits = "; ".join(f"{one.source}: {one.why}" for one in found)
    return f"It fits several sources ({fits}); name it: realpolitik ingest SOURCE PATH."


def _load(writer: Writer, file: File, wish: Wish, found: sniff.Recognised) -> dict[str, Any]:
    module, sha256 = reader(found.source), digest(file.path)
    earlier = writer.entry(found.source, file.name)
    version = getattr(module, "VERSION", "1")
    same = (sha256, version, map_version(MAP), tuple(sorted(wish.off)))
    if earlier and same == (earlier.sha256, earlier.reader, earlier.map_version, earlier.off):
        return row(file, "unchanged", found.why, found.source, earlier)
    table = getattr(module, "TABLE", "acts")
    with writer.refusing(file.name) as refused:
        rows = _marked(writer, module, file, wish, refused)
        early = sum(refused.reasons.values())
        accepted = engine.accepted(writer.con, rows, table)
        acts, met = _new(writer, table, found.source, accepted, file.name)
        counts = _counted(writer, acts, file, table)
        again = 0 if met is None else _number(writer, met)
        for batch in writer.batches(REFUSED.format(rows)):
            refused.add(batch)
    reasons = dict(sorted(refused.reasons.items(), key=lambda one: (-one[1], one[0])))
    repeats = again + sum(reasons.pop(why) for why in list(reasons) if why.startswith(shape.REPEAT))
    entry = Entry(
        source=found.source, name=file.name, sha256=sha256, bytes=file.path.stat().st_size,
        rows=_number(writer, f'FROM "{rows}"') + early, acts=counts["acts"], repeats=repeats, refused=reasons,
        first=counts["first"], last=counts["last"], reader=version, map_version=same[2],
        off=same[3], origin=file.origin, loaded=datetime.now(UTC).isoformat(timespec="seconds"),
        part=writer.put(table, found.source, _of_file(acts, file)),
        refused_part=writer.put_refused(found.source, refused),
    )  # fmt: skip
    if entry.rows != entry.acts + entry.repeats + sum(reasons.values()):
        raise CorruptFile(
            str(file.path), f"{entry.rows} rows", f"{entry.acts} acts, {repeats} repeats and "
            f"{sum(reasons.values())} refused to add up to it", "Please report it.",
        )  # fmt: skip
    writer.list_entry(entry, None if met is None else _of_file(met, file))
    return row(file, "replaced" if earlier else "loaded", found.why, found.source, entry)


def _marked(writer: Writer, module: ModuleType, file: File, wish: Wish, refused: Refusals) -> str:
    """The table of the rows a reader marks; one that streams hands most refused ones over at once."""
    options = {"off": wish.off, **dict(wish.options)}
    try:
        if hasattr(module, "streamed"):
            found: str = module.streamed(writer.con, file.path, refused.add, **options)
            return found
        marked = shape.held(writer.con, module.marked(writer.con, file.path, **options))
        return str(marked.op().name)
    except duckdb.IOException:
        raise  # a full disk is the lake's trouble, not the file's
    except (duckdb.Error, UnicodeError) as error:
        why = " ".join(str(error).split())[:160]
        raise CorruptFile(
            str(file.path), f"what the engine cannot read ({why})", "a file of the source",
            "Fetch it again.",
        ) from error  # fmt: skip


def _new(writer: Writer, table: str, source: str, acts: str, name: str) -> tuple[str, str | None]:
    """Queries for the acts (or records) no other file of the source has brought, and for the others."""
    known, key = writer.known(source, acts, name, table), KEYS[table]
    if known is None:
        return acts, None
    new, met = (f'FROM ({acts}) {way} JOIN "{known}" USING ({key})' for way in ("ANTI", "SEMI"))
    return new, met


def _counted(writer: Writer, acts: str, file: File, table: str) -> dict[str, Any]:
    key = KEYS[table]
    current = f"NOT contains(coalesce(flags, ''), '{OLD_NEWS}')" if table == "acts" else "true"
    [found] = writer.ask(f"""SELECT count(*), count(DISTINCT {key}), min(date) FILTER ({current}),
        max({LAST.get(key, "end_date")}) FILTER ({current}) FROM ({acts})""")
    counts = dict(zip(("acts", "ids", "first", "last"), found, strict=True))
    if counts["ids"] != counts["acts"]:
        raise CorruptFile(
            str(file.path), f"{counts['acts'] - counts['ids']} acts under an id of another",
            "each id once", "Give every row an id of its own.",
        )  # fmt: skip
    return counts


def _number(writer: Writer, query: str) -> int:
    [(number,)] = writer.ask(f"SELECT count(*) FROM ({query})")
    return int(number)


def _of_file(acts: str, file: File) -> str:
    return f"SELECT *, {quoted(file.name)} AS file FROM ({acts})"


def tally(acts: ibis.Table, table: str) -> ibis.Table:
    """Sums of every dyad of the acts by month (tallies) or day (days), under every map."""
    return tallies.build(acts, least=1, table=table)


def off(rules: Sequence[str], source: str) -> frozenset[str]:
    """The rules to switch off, each known to the source, or to some source for `auto`."""
    if not rules:
        return frozenset()
    asked: Iterable[str] = names() if source == AUTO else [source]
    known = sorted({rule for name in asked for rule in getattr(reader(name), "RULES", {})})
    for rule in rules:
        if rule not in known:
            raise UnknownName("rule", rule, known, f"Rules: {', '.join(known) or 'none'}.")
    return frozenset(rules)


def failed(error: RealpolitikError, path: str) -> dict[str, Any]:
    """The line of a file that could not even be unpacked."""
    name = Path(path.rsplit("!", maxsplit=1)[-1]).name
    return row(File(Path(path), name, path, True), "unreadable", str(error))
