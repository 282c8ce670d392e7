"""What is to be fetched: files with their sizes and digests, and the intervals they cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

MINUTES = timedelta(minutes=15)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Remote:
    """A file at its publisher's.

    `hosts` hold the same bytes under one `path`, best host first. `bytes` counts
    only where `exact`; `md5` is what the publisher lists; `tag` is the server's mark of the
    version. `first` and `last` bound what it covers, the end not included.
    `members` is a pattern of names to read from an archive. `pages` names the API
    whose pages the file is made of, "" for a file that is one.
    """

    source: str
    name: str
    hosts: tuple[str, ...]
    path: str
    bytes: int | None = None
    md5: str | None = None
    exact: bool = True
    tag: str = ""
    first: datetime | None = None
    last: datetime | None = None
    stream: str = ""
    members: str = "*"
    pages: str = ""
    secret: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses of the file, best first."""
        return tuple(f"{host}/{self.path}" for host in self.hosts)


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a source that a publisher lists for a period, and what its list left open.

    `expected` are the starts of the intervals that should be there, stream by
    stream, each `step` long; None where the source has no fixed steps.
    """

    source: str
    files: tuple[Remote, ...]
    step: timedelta | None = None
    expected: tuple[tuple[str, tuple[datetime, ...]], ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """The days asked for, both included; None is no bound."""

    start: datetime | None = None
    end: datetime | None = None

    def holds(self, first: datetime | None, last: datetime | None) -> bool:
        """Does anything between two moments, the second not included, lie in the period?"""
        early = last is not None and self.start is not None and last <= self.start
        late = first is not None and self.end is not None and first >= self.end
        return not early and not late


def parted(url: str) -> tuple[str, str]:
    """The host of an address, with its scheme, and the path on it."""
    scheme, _, rest = url.partition("://")
    host, _, path = rest.partition("/")
    return f"{scheme}://{host}", path


def clock() -> datetime:
    """The time in UTC, without a zone as publishers write it."""
    return datetime.now(UTC).replace(tzinfo=None)


def expected(
    files: Iterable[Remote], period: Period, step: timedelta, lag: timedelta
) -> tuple[datetime, ...]:
    """The starts of the intervals that should be there: from the first listed to the last asked for.

    Without an end the list itself says how far the source goes; what is younger
    than `lag` may not be published yet.
    """
    spans = [(f.first, f.last) for f in files if f.first and f.last]
    if not spans:
        return ()
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    if period.start:
        first = max(first, period.start)
    if period.end:
        last = min(period.end, max(last, clock() - lag))
    return tuple(_steps(first, last, step))


def uncovered(
    asked: Iterable[datetime], files: Iterable[Remote], step: timedelta
) -> list[datetime]:
    """The intervals that none of the files covers."""
    covered: set[datetime] = set()
    for file in files:
        if file.first and file.last:
            covered.update(_steps(file.first, file.last, step))
    return [moment for moment in asked if moment not in covered]


def ranges(moments: Iterable[datetime], step: timedelta) -> list[tuple[str, str]]:
    """Moments as ranges, the first and last interval of each as text."""
    found: list[list[datetime]] = []
    for moment in sorted(moments):
        if found and moment - found[-1][1] == step:
            found[-1][1] = moment
        else:
            found.append([moment, moment])
    return [(_written(first, step), _written(last, step)) for first, last in found]


def _written(moment: datetime, step: timedelta) -> str:
    return moment.date().isoformat() if step >= DAY else moment.isoformat(timespec="minutes")


def _steps(first: datetime, last: datetime, step: timedelta) -> Iterator[datetime]:
    while first < last:
        yield first
        first += step
