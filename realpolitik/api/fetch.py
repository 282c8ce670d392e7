"""Files from their publishers into the lake: planned, checked, resumed, accounted for."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from os import PathLike
from pathlib import Path
from typing import Any

from realpolitik import __version__
from realpolitik.api import _load, _publishers
from realpolitik.api._fetching import FOLDER, HELD, Batch, alone, in_lake, not_got, row
from realpolitik.api._lake import lake_at
from realpolitik.api.result import Rows
from realpolitik.errors import BadDates, LakeError, OutputError, UsageError
from realpolitik.lake.store import Lake
from realpolitik.net import crew, gdelt
from realpolitik.net.http import Client
from realpolitik.net.line import Line
from realpolitik.net.plan import Listing, Period, Remote, ranges, uncovered
from realpolitik.vocab.calendar import parse_date

AGENT = f"realpolitik/{__version__} (+https://github.com/realpolitik/realpolitik)"
JOBS, MOST_JOBS = 4, 16
SHOWN = 5  # ranges that a remark lists; the account has them all

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Fetched(Rows):
    """One row a file, and one a stream of intervals: expected, listed, obtained, missing."""

    intervals: list[dict[str, Any]] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Files and intervals as a JSON-ready object."""
        return {"files": self.rows, "intervals": self.intervals}


def fetch(
    *sources: str,
    start: str | None = None,
    end: str | None = None,
    dry_run: bool = False,
    keep: str | PathLike[str] | None = None,
    translated: bool = False,
    lake: str | None = None,
    jobs: int = JOBS,
    off: Sequence[str] = (),
    offline: bool = False,
    progress: Progress | None = None,
) -> Fetched:
    """Fetch what a publisher lists of a source, check it, and load it into the lake; one row a file.

    Status: to fetch, waiting (fetched by an earlier run, not loaded), in the lake,
    loaded, replaced, unchanged, partly loaded, unreadable, missing, failed. With
    `dry_run` the plan comes back and nothing is fetched but the lists. `start`
    and `end` choose files by what they cover. `translated` adds the translated
    stream of GDELT 2.0. Archives are deleted once loaded, or moved to `keep`.
    `off` names rules of the reader not to apply. `progress` hears bytes done,
    bytes planned, and what is being done. Run it again to go on where it ended.

    Raises:
        UsageError: a source that cannot be fetched, or `offline`.
        BadDates: dates that cannot be read, or cover nothing the publisher lists.
        NetworkError: the publisher's list cannot be had.
        LakeError, OutputError: the lake, or `keep`, cannot be written.
    """
    if offline:
        raise UsageError(
            "fetch needs the network, and --offline forbids it: drop --offline, or load files "
            "you have with `realpolitik ingest`."
        )
    asked, period = _publishers.checked(sources), _period(start, end)
    if not 1 <= jobs <= MOST_JOBS:
        raise UsageError(f"jobs is {jobs}: give 1 to {MOST_JOBS}.")
    rules = {name: _load.off(off, name) for name in asked}
    streams = (gdelt.ENGLISH, gdelt.TRANSLATED) if translated else (gdelt.ENGLISH,)
    place = lake_at(lake)
    with _workshop(place, dry_run) as folder, _line() as line:
        if progress:
            progress(0, 0, "reading the publisher's lists")
        plans = [
            _planned(
                place, folder, _publishers.listing(name, period, streams, folder / "lists", line)
            )
            for name in asked
        ]
        _check_not_empty(plans, period)
        if dry_run:
            return _told(plans, [row for plan in plans for row in plan.rows()])
        return _run(place, folder, plans, line, _Wish(rules, _kept(keep), jobs, progress))


@dataclass(frozen=True, slots=True)
class _Wish:
    off: dict[str, frozenset[str]]
    keep: Path | None
    jobs: int
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class _Plan:
    listing: Listing
    held: set[str]
    waiting: set[str]

    def todo(self) -> list[Remote]:
        return [file for file in self.listing.files if file.name not in self.held]

    def rows(self) -> list[dict[str, Any]]:
        return [row(file, self._status(file.name)) for file in self.listing.files]

    def _status(self, name: str) -> str:
        if name in self.held:
            return "in the lake"
        return "waiting" if name in self.waiting else "to fetch"


def _planned(lake: Lake, folder: Path, listing: Listing) -> _Plan:
    here = folder / listing.source
    waiting = {file.name for file in listing.files if (here / file.name).is_file()}
    return _Plan(listing, in_lake(lake, listing.source, listing.files), waiting)


@contextmanager
def _line() -> Iterator[Line]:
    client = Client(AGENT)
    try:
        yield Line(client)
    finally:
        client.close()


@contextmanager
def _workshop(lake: Lake, dry_run: bool) -> Iterator[Path]:
    """The folder for files on their way; a dry run makes no lake where there is none."""
    folder = lake.folder / FOLDER
    if dry_run and not folder.exists():
        with tempfile.TemporaryDirectory() as temporary:
            yield Path(temporary)
        return
    with alone(folder):
        yield folder


def _run(lake: Lake, folder: Path, plans: list[_Plan], line: Line, wish: _Wish) -> Fetched:
    rows = {plan.listing.source: plan.rows() for plan in plans}
    told: dict[tuple[str, str], dict[str, Any]] = {}
    count = _counter(plans, line, wish.progress)
    for plan in plans:
        source = plan.listing.source
        batch = Batch(lake, wish.off[source], wish.keep)
        for done in _fetched(plan, folder, line, wish.jobs):
            count(done.remote.name if done else "")
            if done and done.got:
                batch.add(done.remote, done.got)
            elif done:
                told[source, done.remote.name] = not_got(done)
            if batch.full():
                told |= {(source, one["file"]): one for one in batch.load()}
        told |= {(source, one["file"]): one for one in batch.load()}
    final = [told.get((one["source"], one["file"]), one) for own in rows.values() for one in own]
    return _told(plans, final)


def _fetched(plan: _Plan, folder: Path, line: Line, jobs: int) -> Iterator[crew.Done | None]:
    try:
        yield from crew.run(plan.todo(), folder, line, jobs)
    except OSError as error:
        raise LakeError(
            f"{folder}: cannot be written ({error.strerror or error}). Free some room or choose "
            "another folder with --lake; what was loaded before is kept."
        ) from error


def _counter(plans: list[_Plan], line: Line, progress: Progress | None) -> Callable[[str], None]:
    """What is told of progress, from the thread that asked for it."""
    total = sum(file.bytes or 0 for plan in plans for file in plan.todo())
    done, lock = 0, threading.Lock()

    def hear(more: int) -> None:
        nonlocal done
        with lock:
            done += more

    line.tell = hear
    if progress:
        progress(0, total, "fetching")

    def count(name: str) -> None:
        if progress:
            progress(min(done, total) if total else done, total, name)

    return count


def _told(plans: list[_Plan], rows: list[dict[str, Any]]) -> Fetched:
    held = {(row["source"], row["file"]) for row in rows if row["status"] in HELD}
    intervals = [one for plan in plans for one in _intervals(plan.listing, held)]
    remarks = [remark for plan in plans for remark in (*plan.listing.remarks, *_plain(plan, rows))]
    return Fetched("files", rows, (*remarks, *map(_gap, intervals)), intervals)


def _plain(plan: _Plan, rows: list[dict[str, Any]]) -> Iterator[str]:
    """A remark where files came over plain HTTP although the publisher has a safer way."""
    safe = {file.name for file in plan.listing.files if file.urls[0].startswith("https:")}
    own = [row for row in rows if row["source"] == plan.listing.source and row["file"] in safe]
    if number := sum(row["url"].startswith("http:") for row in own):
        yield (
            f"{plan.listing.source}: {number} files came over plain HTTP, for no certificate of "
            "the publisher held; their MD5 finds accidents, not forgery."
        )


def _intervals(listing: Listing, held: set[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    if listing.step is None:
        return
    for stream, asked in listing.expected:
        own = [file for file in listing.files if file.stream == stream]
        got = [file for file in own if (file.source, file.name) in held]
        unlisted = uncovered(asked, own, listing.step)
        unheld = uncovered(asked, got, listing.step)
        yield {
            "source": listing.source, "stream": stream or None,
            "unit": "15 minutes" if listing.step < timedelta(days=1) else "day",
            "expected": len(asked), "listed": len(asked) - len(unlisted),
            "obtained": len(asked) - len(unheld),
            "never_listed": ranges(unlisted, listing.step),
            "missing": ranges(unheld, listing.step),
        }  # fmt: skip


def _gap(one: dict[str, Any]) -> str:
    name = f"{one['source']} {one['stream'] or ''}".strip()
    gaps = one["never_listed"]
    told = [first if first == last else f"{first} to {last}" for first, last in gaps[:SHOWN]]
    more = f" and {len(gaps) - SHOWN} more ranges" if len(gaps) > SHOWN else ""
    unlisted = f"; the publisher does not list {', '.join(told)}{more}" if gaps else ""
    return (
        f"{name}: {one['obtained']:,} of {one['expected']:,} intervals ({one['unit']}) are in the "
        f"lake{unlisted}."
    )


def _check_not_empty(plans: list[_Plan], period: Period) -> None:
    empty = [plan.listing.source for plan in plans if not plan.listing.files]
    if len(empty) < len(plans):
        return
    if period.start or period.end:
        raise BadDates(
            f"The publisher lists no file of {', '.join(empty)} for these dates. Widen --start "
            "and --end, or leave them out."
        )
    raise UsageError(f"The publisher lists no file of {', '.join(empty)}. Try again later.")


def _period(start: str | None, end: str | None) -> Period:
    first = parse_date(start) if start else None
    last = parse_date(end, end=True) if end else None
    if first and last and first > last:
        raise BadDates(f"--start {first} comes after --end {last}: give the earlier date first.")
    day = timedelta(days=1)
    return Period(
        datetime.combine(first, time()) if first else None,
        datetime.combine(last, time()) + day if last else None,
    )


def _kept(keep: str | PathLike[str] | None) -> Path | None:
    if keep is None:
        return None
    folder = Path(keep).expanduser()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made a folder ({error.strerror}).") from error
    return folder
