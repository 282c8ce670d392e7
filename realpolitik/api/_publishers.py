"""Which publisher a source is fetched from, and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from realpolitik.errors import UnknownName, UsageError
from realpolitik.net import apis, dataverse, gdelt, listed
from realpolitik.net.line import Line
from realpolitik.net.plan import Listing, Period, Remote, parted
from realpolitik.sources import Card, card, names

LISTED = (gdelt.V1, gdelt.V2, *dataverse.DATASETS, *apis.apis())


def fetchable() -> tuple[str, ...]:
    """The sources that can be fetched."""
    return tuple(name for name in names() if name in LISTED or card(name).fetch)


def how(name: str) -> str:
    """In a line, how the files of a source are had: by `fetch`, or why not and where by hand."""
    found, verb = card(name), f"realpolitik fetch {name}"
    if name in apis.apis():
        return f"{verb}, by the publisher's API with your token in {apis.apis()[name].variable}"
    if name in dataverse.DATASETS:
        return f"{verb}, from a Dataverse; a token in {dataverse.KEY} is used if set"
    if name in LISTED:
        return f"{verb}, by the publisher's lists"
    if found.fetch:
        return f"{verb}, from {', '.join(at.url for at in found.fetch)}"
    return _by_hand(found)


def checked(sources: Iterable[str]) -> tuple[str, ...]:
    """The sources named, each once; raises where one cannot be fetched, and says what to do."""
    asked = tuple(dict.fromkeys(sources))
    if not asked:
        raise UsageError(f"No source given: name one or more of {', '.join(fetchable())}.")
    for name in asked:
        _check(name)
    return asked


def _check(name: str) -> None:
    if name not in names():
        known = fetchable()
        raise UnknownName("source", name, names(), f"Sources to fetch: {', '.join(known)}.")
    found = card(name)
    if name not in LISTED and not found.fetch:
        raise UsageError(f"{name}: cannot be fetched. {_by_hand(found)}")


def _by_hand(found: Card) -> str:
    if found.bundled and "acts" in found.tables:
        return "It ships with realpolitik: there is nothing to fetch."
    where = f"Download it from {found.url}." if found.url else f"Get it from {found.publisher}."
    return f"{found.by_hand or where} Then: realpolitik ingest {found.name} PATH"


def listing(
    name: str, period: Period, streams: tuple[str, ...], folder: Path, line: Line
) -> Listing:
    """What the publisher lists of a source for a period."""
    if name == gdelt.V2:
        return gdelt.v2(period, folder, line, streams)
    if name == gdelt.V1:
        return gdelt.v1(period, folder, line)
    if name in dataverse.DATASETS:
        return dataverse.listing(name, period, folder, line)
    if name in apis.apis():
        return apis.listing(name, period, folder, line)
    files = [
        Remote(name, at.name, (host,), path, at.bytes, at.md5, members=at.members)
        for at in card(name).fetch
        for host, path in [parted(at.url)]
    ]
    found = listed.listing(name, files, line)
    if period == Period():
        return found
    return replace(
        found, remarks=(f"{name}: comes whole; --start and --end choose nothing of it.",)
    )
