"""GDELT: the files of 1.0 and 2.0 as the publisher's own lists give them, with size and MD5."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from realpolitik.errors import NetworkError
from realpolitik.net.download import NotGot, fresh
from realpolitik.net.line import Line
from realpolitik.net.plan import DAY, MINUTES, Listing, Period, Remote, expected

# The same bucket thrice. The first has at times shown another host's certificate; the second
# is the storage behind it, under a certificate of its own; the third is what the lists name.
HOSTS = (
    "https://data.gdeltproject.org",
    "https://storage.googleapis.com/data.gdeltproject.org",
    "http://data.gdeltproject.org",
)
V1, V2 = "gdelt_v1", "gdelt_v2"
ENGLISH, TRANSLATED = "english", "translation"
MASTER = {ENGLISH: "masterfilelist.txt", TRANSLATED: "masterfilelist-translation.txt"}
# How long after an interval its file may still be on its way.
LAG = {V1: timedelta(days=2), V2: timedelta(hours=2)}
LINE = re.compile(r"(\d+) ([0-9a-f]{32}) \S+/([^/\s]+)")
EXPORT_END = ".export.CSV.zip"
EXPORT = re.compile(r"\d{14}\.(translation\.)?export\.CSV\.zip")
DAILY = re.compile(r"(\d{4})(\d{2})?(\d{2})?(?:\.export\.CSV)?\.zip")


def v2(period: Period, folder: Path, line: Line, streams: tuple[str, ...]) -> Listing:
    """The 15-minute event files of 2.0 in a period, of the English and the translated stream."""
    files: list[Remote] = []
    steps: list[tuple[str, tuple[datetime, ...]]] = []
    remarks: list[str] = []
    for stream in streams:
        path = _list(f"gdeltv2/{MASTER[stream]}", V2, folder, line)
        own = _master(path, stream, period, remarks)
        files += own
        steps.append((stream, expected(own, period, MINUTES, LAG[V2])))
    return Listing(V2, tuple(files), MINUTES, tuple(steps), tuple(remarks))


def v1(period: Period, folder: Path, line: Line) -> Listing:
    """The yearly, monthly and daily event files of 1.0 in a period."""
    remarks: list[str] = []
    sizes = dict(_pairs(_list("events/filesizes", V1, folder, line), remarks, r"(\d+) +(\S+)"))
    sums = _pairs(_list("events/md5sums", V1, folder, line), remarks, r"([0-9a-f]{32}) +(\S+)")
    md5 = dict(sums)
    found = (_archive(name, int(size), md5.get(name)) for name, size in sizes.items())
    files = tuple(file for file in found if file and period.holds(file.first, file.last))
    if unchecked := sum(file.md5 is None for file in files):
        remarks.append(f"{V1}: the publisher lists no MD5 for {unchecked} of {len(files)} files.")
    return Listing(V1, files, DAY, (("", expected(files, period, DAY, LAG[V1])),), tuple(remarks))


def _list(path: str, source: str, folder: Path, line: Line) -> Path:
    name = f"{source}-{path.rpartition('/')[2]}"
    remote = Remote(source, name, HOSTS, path)
    try:
        return fresh(remote, folder, line)
    except NotGot as error:
        raise NetworkError(
            f"{source}: the publisher's list of files, {path}, cannot be had ({error}). "
            "Check the connection and try again."
        ) from error


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", errors="replace") as file:
        for text in file:
            if text.strip():
                yield text.strip()


def _master(path: Path, stream: str, period: Period, remarks: list[str]) -> list[Remote]:
    files: dict[str, Remote] = {}
    unread = 0
    for text in _lines(path):
        if not text.endswith(EXPORT_END):
            unread += text.count(" ") != 2  # mentions and graph: not looked at closely
            continue
        found = LINE.fullmatch(text)
        unread += found is None
        if found and (file := _quarter(found, stream, period)):
            files[file.name] = file
    _remark(unread, path, remarks)
    return list(files.values())


def _quarter(found: re.Match[str], stream: str, period: Period) -> Remote | None:
    """The file of 15 minutes in a line of the list; None for other files and other times."""
    size, md5, name = found.groups()
    if not EXPORT.fullmatch(name):
        return None
    try:
        first = datetime.fromisoformat(f"{name[:8]}T{name[8:14]}")
    except ValueError:
        return None
    last = first + MINUTES
    if not period.holds(first, last):
        return None
    return Remote(
        V2, name, HOSTS, f"gdeltv2/{name}", int(size), md5, first=first, last=last, stream=stream
    )


def _pairs(path: Path, remarks: list[str], form: str) -> Iterator[tuple[str, str]]:
    unread = 0
    for text in _lines(path):
        found = re.fullmatch(form, text)
        unread += found is None
        if found:
            yield found[2], found[1]
    _remark(unread, path, remarks)


def _remark(unread: int, path: Path, remarks: list[str]) -> None:
    if unread:
        remarks.append(f"{path.name}: {unread} lines of the publisher's list could not be read.")


def _archive(name: str, size: int, md5: str | None) -> Remote | None:
    """A file of 1.0; None for what is no file of events, such as the reduced master file."""
    found = DAILY.fullmatch(name)
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        first = datetime(year, month or 1, day or 1)
    except ValueError:
        return None
    days = 1 if day else monthrange(year, month)[1] if month else 365 + _leap(year)
    last = first + days * DAY
    return Remote(V1, name, HOSTS, f"events/{name}", size, md5, first=first, last=last)


def _leap(year: int) -> int:
    return monthrange(year, 2)[1] - 28
