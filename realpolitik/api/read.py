"""A text into acts, quotations, claims and citations, each with where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from realpolitik.api.result import Frame, frame, html_table
from realpolitik.documents.document import Document
from realpolitik.errors import NetworkError, RealpolitikError, UsageError

Tell = Callable[[int, int, str], None]
ADDRESS = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one document; `text[start:end]` of the document is each item's `text`."""

    document: dict[str, Any]
    acts: list[dict[str, Any]]
    quotations: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    citations: list[dict[str, Any]]
    messages: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.acts)

    def to_dict(self) -> dict[str, Any]:
        """The reading as a JSON-ready object, in the order of the contract."""
        return {
            "document": self.document,
            "acts": self.acts,
            "quotations": self.quotations,
            "claims": self.claims,
            "citations": self.citations,
        }

    def to_frame(self, kind: Frame = "pandas") -> Any:
        """The acts as a pandas (default) or polars data frame."""
        return frame(self.acts, kind)

    def _repr_html_(self) -> str:
        return html_table(self.acts)


def read(source: str | Path, *, date: str | None = None, offline: bool = False) -> Reading:
    """Read one text into acts, each with its place, code, date and the rule behind it.

    `source` is a file, "-" for standard input, or an address, which is fetched
    unless `offline`. `date` (ISO) is the document's own where it does not say.
    A file of several documents or a folder is read by `read_all`. Needs the
    extra `text`.

    Raises:
        UnreadableText: no text, binary data, another language, too long, encrypted.
        MissingExtra: a library is not installed.
        NetworkError: the address cannot be reached.
        UsageError: the file holds several documents, or an address was given offline.
    """
    from itertools import islice

    found = list(islice(_documents(source, offline), 2))
    if len(found) != 1:
        raise UsageError(f"{source} holds several documents: read them with rp.api.read.read_all.")
    return _reading(found[0], date)


def read_all(
    *sources: str | Path, offline: bool = False, progress: Tell | None = None
) -> Iterator[Reading | RealpolitikError]:
    """Yield the reading of every document of files and folders, or why one could not be read."""
    from realpolitik.documents.read import files

    places = [place for source in sources for place in _places(source, files)]
    for done, place in enumerate(places, start=1):
        try:
            for one in _documents(place, offline):
                yield _reading(one, None)
        except RealpolitikError as error:
            yield error
        if progress:
            progress(done, len(places), str(place))


def _places(source: str | Path, files: Callable[[str | Path], list[Path]]) -> list[str | Path]:
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


def _reading(document: Document, day: str | None) -> Reading:
    from realpolitik.coding.acts import acts, parse

    if day is not None:
        from realpolitik.vocab.calendar import parse_date

        document = replace(document, date=parse_date(day).isoformat(), date_precision="day")
    pieces = parse(document)
    found = [{"id": f"a{n}", **one.as_dict()} for n, one in enumerate(acts(document, pieces), 1)]
    undated = "" if document.date else "The document has no date: relative dates are left out."
    messages = tuple(line for line in (*document.notes, undated) if line)
    return Reading(document.as_dict(), found, [], [], [], messages)
