"""What a text cites: notes, author and year, links, addresses, and the list at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

ENTRY = re.compile(
    r"^[ \t]*(?:\[\^?(?P<square>\d{1,3}|[a-z][\w-]{0,20})\]:?|(?P<dot>\d{1,3})[.)]|(?P<raised>[¹²³⁴-⁹]+))[ \t]+"
    r"(?P<what>\S.*?)[ \t]*$",
    re.MULTILINE,
)
MARKER = re.compile(r"\[\^?(?P<square>\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*|(?<=\^)[a-z][\w-]{0,20})\](?![(:])|(?P<raised>[¹²³⁴-⁹]+)")  # fmt: skip
LINK = re.compile(
    r"(?<!!)\[(?P<label>[^\[\]\n]{1,200})\]\((?P<url>https?://[^\s)]+)(?:\s\"[^\"]*\")?\)"
)
URL = re.compile(r"https?://[^\s<>\]\")]+[^\s<>\]\").,;:]")
NAME = r"[A-Z][\w'’-]+"
AUTHOR = re.compile(
    rf"\((?:(?:see|cf\.)\s)?(?P<names>{NAME}(?:(?:,\s|\s(?:and|&)\s|,?\set\sal\.?\s?|\s){NAME})*(?:\set\sal\.)?),?\s(?P<year>(?:1[89]|20)\d\d)[a-z]?(?:[,:]\s?(?:pp?\.\s?)?[\d–-]+)?\)"
    rf"|\b(?P<outside>{NAME}(?:\s(?:and|&)\s{NAME}|\set\sal\.)?)\s\((?P<after>(?:1[89]|20)\d\d)[a-z]?(?:[,:]\s?(?:pp?\.\s?)?[\d–-]+)?\)"
)
HEADING = re.compile(
    r"^[#*\s]*(?:references|bibliography|notes|sources|works cited|footnotes|endnotes)[*:\s]*$",
    re.IGNORECASE | re.MULTILINE,
)
LISTED = re.compile(rf"^[ \t]*(?:[-*•][ \t]+)?(?P<names>{NAME}(?:,\s[^()\n]{{1,80}})?)\s\(?(?P<year>(?:1[89]|20)\d\d)[a-z]?\)?[.,:]\s?(?P<what>\S.*)$", re.MULTILINE)  # fmt: skip
PUBLISHER = re.compile(r"\s*[\[(](?P<publisher>[^\[\]()]{2,60})[\])]\s*\.?$")
RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
LEAST_LIST = 1  # numbered lines from which they are a list of notes


@dataclass(frozen=True, slots=True)
class Reference:
    """What is cited: offsets of its entry, title, publisher, year and address where given."""

    start: int
    end: int
    text: str
    title: str
    publisher: str | None = None
    year: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A place that cites: `text[start:end]` is its `text`; `reference` is None where nothing explains it.

    `kind` is note, author-year, link or address.
    """

    id: str
    kind: str
    start: int
    end: int
    text: str
    key: str
    reference: Reference | None

    def as_dict(self) -> dict[str, Any]:
        """The citation as JSON-ready values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Cited:
    """The citations of a text, the stretch its list of references takes, and notes never called."""

    citations: tuple[Citation, ...]
    listed: tuple[tuple[int, int], ...]
    uncalled: tuple[Reference, ...]


def citations(text: str) -> Cited:
    """Return what a text cites, each place with the entry it points to."""
    entries, listed = _entries(text)
    places = sorted([*_markers(text, entries, listed), *_links(text, listed), *_authors(text, listed)],
                    key=lambda one: one[1])  # fmt: skip
    taken: list[Citation] = []
    for kind, start, end, key, reference in places:
        if not taken or start >= taken[-1].end or taken[-1].start == start:
            known = Citation(
                f"c{len(taken) + 1}", kind, start, end, text[start:end], key, reference
            )
            taken.append(known)
    called = {one.key for one in taken}
    spare = tuple(entry for key, entry in entries.items() if key not in called and key.isdigit())
    return Cited(tuple(taken), tuple(listed), spare)


Place = tuple[str, int, int, str, Reference | None]


def _entries(text: str) -> tuple[dict[str, Reference], list[tuple[int, int]]]:
    """Entries of the list at the end, by key; a numbered line is one if a marker calls it or a heading leads."""
    found: dict[str, Reference] = {}
    spans: list[tuple[int, int]] = []
    headings = [match.start() for match in HEADING.finditer(text)]
    below = headings[-1] if headings else len(text)
    for match in ENTRY.finditer(text):
        key = (match["square"] or match["dot"] or match["raised"]).translate(RAISED)
        called = any(
            key in _keys(one)
            for one in MARKER.finditer(text)
            if one.start() < match.start("what") - 8
        )
        if match.start() > below or (match["dot"] is None and called):
            found[key] = _reference(match.start("what"), match["what"])
            spans.append(match.span())
    for match in LISTED.finditer(text, below):
        entry = _reference(match.start(), match.group().strip())
        found[f"{_first(match['names'])} {match['year']}"] = entry
        spans.append(match.span())
    spans += [match.span() for match in HEADING.finditer(text)]
    return found, sorted(spans)


def _reference(start: int, what: str) -> Reference:
    """An entry taken apart: the address, the year, and the publisher in brackets at its end."""
    url = URL.search(what)
    link = LINK.search(what)
    bare = link["label"] if link else URL.sub("", what)
    publisher = PUBLISHER.search(bare)
    title = PUBLISHER.sub("", bare).strip(" .,;<>")
    year = re.search(r"\b(?:1[89]|20)\d\d\b", bare)
    return Reference(
        start,
        start + len(what),
        what,
        title,
        publisher["publisher"].strip() if publisher else None,
        year.group() if year else None,
        link["url"] if link else url.group() if url else None,
    )


def _keys(match: re.Match[str]) -> list[str]:
    """The notes a marker calls: "[2]", "[2, 5]", "[2-4]"."""
    if match["raised"]:
        return [match["raised"].translate(RAISED)]
    keys: list[str] = []
    for part in re.split(r"\s?[,;]\s?", match["square"]):
        first, _, last = re.sub(r"\s?[–-]\s?", "-", part).partition("-")
        many = first.isdigit() and last.isdigit() and int(first) < int(last) < int(first) + 50
        keys += [str(key) for key in range(int(first), int(last) + 1)] if many else [part]
    return keys


def _markers(
    text: str, entries: dict[str, Reference], listed: list[tuple[int, int]]
) -> Iterator[Place]:
    for match in MARKER.finditer(text):
        if not _inside(match.start(), listed):
            for key in _keys(match):
                if key in entries or match["raised"] is None:
                    yield "note", *match.span(), key, entries.get(key)


def _links(text: str, listed: list[tuple[int, int]]) -> Iterator[Place]:
    for match in LINK.finditer(text):
        if not _inside(match.start(), listed):
            entry = Reference(*match.span(), match.group(), match["label"], url=match["url"])
            yield "link", *match.span(), match["url"], entry
    linked = [match.span() for match in LINK.finditer(text)]
    for match in URL.finditer(text):
        if not _inside(match.start(), [*listed, *linked]):
            entry = Reference(*match.span(), match.group(), "", url=match.group())
            yield "address", *match.span(), match.group(), entry


def _authors(text: str, listed: list[tuple[int, int]]) -> Iterator[Place]:
    entries, _ = _entries(text)
    for match in AUTHOR.finditer(text):
        if not _inside(match.start(), listed):
            names = match["names"] or match["outside"]
            key = f"{_first(names)} {match['year'] or match['after']}"
            yield "author-year", *match.span(), key, entries.get(key)


def _first(names: str) -> str:
    return re.split(r"[,\s]", names.strip())[0]


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)
