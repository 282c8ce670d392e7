"""Volumes of Foreign Relations of the United States: dated papers, most of them private.

TEI XML, one document a `<div type="document">`. The source note names archive
and classification; three volumes leave its type out, so that a note that begins
with "Source:" counts too. Footnotes are not part of the text; one that says a
paper was never delivered, or not sent, is heeded and kept.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from realpolitik.documents.document import Document, Publicity
from realpolitik.errors import UnreadableText

TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
MARKINGS = ("Top Secret", "Secret", "Confidential", "Limited Official Use", "Official Use Only",
            "Unclassified", "No classification marking")  # fmt: skip
UNSENT = re.compile(r"\b(?:never|not)\s+(?:delivered|sent|transmitted|dispatched)\b", re.IGNORECASE)
OPEN = re.compile(
    r"^\W*\d*\W*(?:Address|Remarks|Statement|News Conference|Press|Speech|Inaugural|Radio|Toasts?|"
    r"Message From President \w+ to the Congress)\b",
    re.IGNORECASE,
)
FROM_TO = re.compile(r"\bFrom (?:the )?(.+?) to (?:the )?(.+?)(?:,? (?:dated|of|in)\b.*)?$")
BLOCKS = {"p", "item", "head", "dateline", "signed", "closer", "opener", "row", "label"}


def is_volume(data: bytes) -> bool:
    """Does a file begin like a TEI volume?"""
    return b"http://www.tei-c.org/ns/1.0" in data[:4096]


def documents(data: bytes, name: str) -> Iterator[Document]:
    """Yield the documents of a volume in its order. Raises UnreadableText for broken XML."""
    volume = ""
    try:
        # The standard parser expands no outside entities and stops at runaway inner ones.
        for event, element in ET.iterparse(BytesIO(data), ("start", "end")):  # noqa: S314
            if event == "start" and element.tag == f"{TEI}TEI":
                volume = element.get(f"{XML}id", "")
            elif event == "end" and _is_document(element):
                found = _document(element, volume or name, name)
                if found:
                    yield found
                element.clear()
    except ET.ParseError as error:
        raise UnreadableText(f"{name} is broken XML ({error}): get a whole copy.") from error


def _is_document(element: ET.Element) -> bool:
    return element.tag == f"{TEI}div" and element.get("type") == "document"


@dataclass(slots=True)
class Paper:
    """What is gathered while walking over one document."""

    text: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def _document(element: ET.Element, volume: str, name: str) -> Document | None:
    paper = Paper()
    _walk(element, paper)
    lines = (" ".join(line.split()) for line in "".join(paper.text).split("\n"))
    text = "\n\n".join(line for line in lines if line)
    if not text:
        return None
    head = element.find(f"{TEI}head")
    title = _words(head) if head is not None else ""
    notes = [(kind, " ".join(note.split())) for kind, note in paper.notes]
    origin = next((n for kind, n in notes if kind == "source" or n.startswith("Source:")), None)
    unsent = [note for _, note in notes if UNSENT.search(note)]
    date, precision = _date(element)
    sender, recipient = _parties(element, title)
    publicity: Publicity = "public" if OPEN.match(title) else "private"
    return Document(
        id=f"{volume}/{element.get(f'{XML}id', element.get('n', ''))}",
        text=text,
        format="tei",
        title=title or None,
        date=date,
        date_precision=precision,
        speaker=sender,
        recipient=recipient,
        place=_place(element),
        publicity=publicity,
        classification=_classification(origin),
        delivered=False if _own(unsent) else None,
        source=name,
        notes=tuple(dict.fromkeys([*filter(None, [origin]), *unsent])),
    )


def _own(unsent: list[str]) -> bool:
    """Does a note say that this paper itself was not sent, and not some other one?"""
    start = re.compile(r"^(?:Source: .*)?(?:.{0,120})(?:never|not)\s", re.IGNORECASE | re.DOTALL)
    other = re.compile(r"\battach|\benclos|\btroops?\b|\bdraft\b", re.IGNORECASE)
    return any(start.match(note) and not other.search(note) for note in unsent)


def _walk(element: ET.Element, paper: Paper) -> None:
    """Gather text in order, footnotes apart."""
    tag = element.tag.removeprefix(TEI)
    if tag == "note":
        paper.notes.append((element.get("type", ""), "".join(element.itertext())))
        return
    paper.text.append("\n" if tag in BLOCKS else "")
    paper.text.append(" ".join((element.text or "").split("\n")))
    for child in element:
        _walk(child, paper)
        paper.text.append(" ".join((child.tail or "").split("\n")))
    paper.text.append("\n" if tag in BLOCKS else "")


def _words(element: ET.Element) -> str:
    paper = Paper()
    _walk(element, paper)
    return " ".join("".join(paper.text).split())


def _date(element: ET.Element) -> tuple[str | None, str | None]:
    """The date as written in the paper's dateline; a clock time is local and left out."""
    for found in element.iter(f"{TEI}date"):
        when = found.get("when") or found.get("notBefore") or ""
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}.*", when):
            return when[:10], "day"
        if re.fullmatch(r"\d{4}(-\d{2})?", when):
            return f"{when}-01-01"[:10], "month" if len(when) == 7 else "year"
    return None, None


def _parties(element: ET.Element, title: str) -> tuple[str | None, str | None]:
    head = element.find(f"{TEI}head")
    tagged = {"from": "", "to": ""}
    for found in head.iter() if head is not None else ():
        role = found.get("type", "")
        if role in tagged and not tagged[role]:
            tagged[role] = " ".join("".join(found.itertext()).split())
    written = FROM_TO.search(title)
    sender = written.group(1) if written else tagged["from"]
    recipient = written.group(2) if written else tagged["to"]
    return sender or None, recipient or None


def _place(element: ET.Element) -> str | None:
    for line in element.iter(f"{TEI}dateline"):
        for place in line.iter(f"{TEI}placeName"):
            return " ".join("".join(place.itertext()).split()) or None
    return None


def _classification(origin: str | None) -> str | None:
    return next((mark for mark in MARKINGS if origin and f"{mark}" in origin), None)
