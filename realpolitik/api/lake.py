"""What the lake holds, and how to take a source out of it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from realpolitik.api import _load
from realpolitik.api._lake import lake_at
from realpolitik.api.result import Rows
from realpolitik.errors import UnknownName, UsageError
from realpolitik.lake.catalog import Entry
from realpolitik.lake.labels import labels
from realpolitik.lake.store import Lake

ACTIONS = ("info", "rm", "compact", "days")


def lake(
    action: str = "info",
    source: str | None = None,
    *,
    files: bool = False,
    lake: str | None = None,
) -> Rows:
    """What the lake holds ("info"), a source taken out ("rm"), small parts joined ("compact").

    "days" sums the acts of a source, or of all, by day as well as by month, and
    keeps those sums up to date from then on: `by="day"` and `by="week"` read
    them instead of the acts.

    One row a source, or with `files` one row a loaded file. Columns: rows =
    acts + repeats + refused; start and end of what the files cover;
    `megabytes` on disk of a source's parts; `sums`: the periods of its sums;
    `labelled`: acts that a person read again.

    Raises:
        UnknownName: no such action, or the lake does not hold the source.
        UsageError: "rm" without a source.
        LakeError, CorruptFile: the lake cannot be written or read.
    """
    if action not in ACTIONS:
        raise UnknownName("action", action, ACTIONS, f"Use one of {', '.join(ACTIONS)}.")
    if action == "info":
        return _info(lake_at(lake), source, files)
    if action == "days":
        return _by_day(lake_at(lake), source)
    if action == "compact":
        return _compacted(lake_at(lake), source)
    if source is None:
        raise UsageError("No source given: name the source to take out of the lake.")
    return _removed(lake_at(lake), source)


def _info(found: Lake, source: str | None, files: bool) -> Rows:
    entries = found.catalog.entries(source)
    if source is not None and not entries:
        raise _unheld(source, found.catalog.entries())
    if files:
        return Rows("files", [_file(entry) for entry in entries], _said(found.folder, entries))
    sizes: dict[str, int] = {}
    for part in found.catalog.parts(source=source):
        sizes[part.source] = sizes.get(part.source, 0) + part.bytes
    names = sorted({entry.source for entry in entries})
    by_day = found.catalog.by_day()
    by_hand = Counter(one.source for one in labels(found.folder))
    rows = [
        _source(n, [e for e in entries if e.source == n], sizes.get(n, 0))
        | {"sums": "month and day" if n in by_day else "month", "labelled": by_hand[n]}
        for n in names
    ]
    return Rows("lake", rows, _said(found.folder, entries))


def _compacted(found: Lake, source: str | None) -> Rows:
    names = sorted({entry.source for entry in found.catalog.entries(source)})
    if source is not None and not names:
        raise _unheld(source, found.catalog.entries())
    told = []
    for name in names:
        with found.writing() as writer:
            fewer = writer.compact(name)
        told.append({"source": name, "parts": len(found.paths("acts", name)), "fewer": fewer})
    found.clear()
    return Rows("compacted", told)


def _by_day(found: Lake, source: str | None) -> Rows:
    """Sum the acts of one source or of all by day, now and at every later ingest."""
    names = sorted({part.source for part in found.catalog.parts("acts", source)})
    if not names:
        if source is not None:
            raise _unheld(source, found.catalog.entries())
        return Rows("days", [], _said(found.folder, ()))
    for name in names:
        with found.writing() as writer:
            writer.keep_days(name)
            writer.tally(_load.tally)
    sums = [(name, found.catalog.parts("days", name)) for name in names]
    return Rows("days", [
        {"source": name, "rows": sum(part.rows for part in parts),
         "megabytes": round(sum(part.bytes for part in parts) / 1e6, 1)}
        for name, parts in sums
    ])  # fmt: skip


def _removed(found: Lake, source: str) -> Rows:
    entries = found.catalog.entries(source)
    if not entries:
        raise _unheld(source, found.catalog.entries())
    with found.writing() as writer:
        writer.remove(source)
    found.clear()
    return Rows("removed", [_source(source, list(entries), 0)])


def _unheld(source: str, entries: Iterable[Entry]) -> UnknownName:
    held = sorted({entry.source for entry in entries})
    return UnknownName("source of the lake", source, held, f"It holds {', '.join(held) or 'none'}.")


def _said(folder: object, entries: tuple[Entry, ...]) -> tuple[str, ...]:
    return (f"The lake is {folder}.",) if entries else (f"Nothing is loaded in {folder}.",)


def _source(name: str, entries: list[Entry], size: int) -> dict[str, Any]:
    refused: dict[str, int] = {}
    for entry in entries:
        for why, number in entry.refused.items():
            refused[why] = refused.get(why, 0) + number
    firsts = [entry.first for entry in entries if entry.first]
    lasts = [entry.last for entry in entries if entry.last]
    return {
        "source": name,
        "files": len(entries),
        "rows": sum(entry.rows for entry in entries),
        "acts": sum(entry.acts for entry in entries),
        "repeats": sum(entry.repeats for entry in entries),
        "refused": sum(refused.values()),
        "start": min(firsts).isoformat() if firsts else None,
        "end": max(lasts).isoformat() if lasts else None,
        "megabytes": round(size / 1e6, 1),
        "refused_by": dict(sorted(refused.items(), key=lambda item: (-item[1], item[0]))),
    }


def _file(entry: Entry) -> dict[str, Any]:
    return {
        "source": entry.source,
        "name": entry.name,
        "rows": entry.rows,
        "acts": entry.acts,
        "repeats": entry.repeats,
        "refused": sum(entry.refused.values()),
        "start": entry.first.isoformat() if entry.first else None,
        "end": entry.last.isoformat() if entry.last else None,
        "sha256": entry.sha256,
        "origin": entry.origin,
        "loaded": entry.loaded,
        "reader": entry.reader,
        "map_version": entry.map_version,
        "off": list(entry.off),
        "refused_by": entry.refused,
    }
