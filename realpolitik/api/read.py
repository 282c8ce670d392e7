"""A text into acts, quotations, claims and citations, each with where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from realpolitik.api._readings import Reading, Readings, gathered
from realpolitik.documents.document import Document
from realpolitik.errors import NetworkError, UnreadableText, UsageError

Tell = Callable[[int, int, str], None]


class Given(NamedTuple):
    """What the user says of texts that do not say it themselves."""

    day: str | None
    speaker: str | None


ADDRESS = ("http://", "https://")


def read(
    *sources: str | Path,
    date: str | None = None,
    speaker: str | None = None,
    offline: bool = False,
    progress: Tell | None = None,
) -> Reading | Readings:
    """Read texts into acts, each with its place, code, date and the rule behind it.

    A source is a file, a folder, "-" for standard input, or an address, which
    is fetched unless `offline`. One document gives a `Reading`; a folder, a
    file of several documents or several sources give `Readings`, which also say
    what could not be read. `date` (ISO) is the day and `speaker` the actor of
    the texts that do not say their own; "we" and "I" mean the speaker. Needs
    the extra `text`.

    Raises:
        UnreadableText: nothing could be read: no text, binary data, another
            language, too long, encrypted.
        MissingExtra: a library is not installed.
        NetworkError: the address cannot be reached.
        UsageError: no source, an unknown speaker, or an address was given offline.
    """
    if not sources:
        raise UsageError("No text given: name a file, a folder, an address, or - for input.")
    places = [place for source in sources for place in _places(source)]
    given = Given(_day(date), _actor(speaker))
    found = gathered(_read(places, given, offline, progress))
    if not found.readings:
        raise UnreadableText("; ".join(one["why"] for one in found.refused[:3]))
    alone = len(found.readings) == 1 and len(places) == 1
    return found.readings[0] if alone else found


def _day(text: str | None) -> str | None:
    from realpolitik.vocab.calendar import parse_date

    return None if text is None else parse_date(text).isoformat()


def _actor(name: str | None) -> str | None:
    from realpolitik.vocab.actors import resolve

    return None if name is None else resolve(name).code


def _read(
    places: list[str | Path], given: Given, offline: bool, progress: Tell | None
) -> Iterator[Reading | dict[str, str]]:
    for done, place in enumerate(places):
        try:
            for one in _documents(place, offline):
                if progress:
                    progress(done, len(places), one.id)
                yield _reading(one, given)
        except UnreadableText as error:
            yield {"document": str(place), "why": str(error)}


def _places(source: str | Path) -> list[str | Path]:
    from realpolitik.documents.read import files

    alone = str(source) == "-" or str(source).startswith(ADDRESS)
    return [source] if alone else list(files(source))


def _documents(source: str | Path, offline: bool) -> Iterator[Document]:
    from realpolitik.documents.read import documents, of_bytes

    address = str(source)
    if not address.startswith(ADDRESS):
        return documents(source)
    if offline:
        raise UsageError(f"{address} is an address, and --offline forbids the network.")
    return of_bytes(_fetched(address), address)


def _fetched(address: str) -> bytes:
    """The page behind an address; more than a document may have is not taken."""
    from realpolitik.api.fetch import AGENT
    from realpolitik.constants import FILE_MOST
    from realpolitik.net.http import Broken, Client, Refused

    client = Client(AGENT)
    try:
        with client.get(address) as answer:
            held = bytearray()
            for block in answer.blocks:
                held += block
                if len(held) > FILE_MOST:
                    break
            return bytes(held)
    except (Broken, Refused) as error:
        raise NetworkError(f"{address} cannot be read: {error}.") from error
    finally:
        client.close()


def _reading(document: Document, given: Given) -> Reading:
    from realpolitik.coding.acts import acts
    from realpolitik.coding.claims import statements
    from realpolitik.coding.model import version
    from realpolitik.coding.pieces import parse
    from realpolitik.vocab.calendar import parse_date

    document = _dated(document, given.day)
    if given.speaker and document.speaker_actor is None:
        document = replace(document, speaker_actor=given.speaker)
    pieces = parse(document.text)
    found = [{"id": f"a{n}", **one.as_dict()} for n, one in enumerate(acts(document, pieces), 1)]
    undated = "" if document.date else "The document has no date: relative dates are left out."
    day = parse_date(document.date) if document.date else None
    said = statements(document.text, day, pieces)
    warned = [f"{one.why} “{one.text}”" for one in said.warnings]
    messages = tuple(line for line in (*document.notes, undated, *warned) if line)
    return Reading(
        {**document.as_dict(), "coder": version()},
        found,
        [one.as_dict() for one in said.quotations],
        [one.as_dict() for one in said.claims],
        [one.as_dict() for one in said.citations],
        messages,
    )


def one_document(source: str | Path, day: str | None, offline: bool) -> Document:
    """The one document of a file, of standard input or behind an address; `day` where it has no date.

    Raises UsageError where there are several.
    """
    from itertools import islice

    found = list(islice(_documents(source, offline), 2))
    if len(found) != 1:
        raise UsageError(f"{source} holds {len(found) or 'no'} documents or more: give one text.")
    return _dated(found[0], _day(day))


def _dated(document: Document, day: str | None) -> Document:
    """The document with a day of its own, or with this ISO day where it has none."""
    if day is None or document.date is not None:
        return document
    return replace(document, date=day, date_precision="day")
