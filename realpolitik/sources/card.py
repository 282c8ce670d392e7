"""The card of a dataset: what `source.yaml` says, checked field by field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from realpolitik.errors import CorruptFile

ROLES = ("cases", "sample", "records")
UNITS = ("day", "week", "month", "quarter", "year")
FIELDS = {
    "title", "row", "role", "publisher", "authors", "licence", "url", "citations", "coverage",
    "code_system", "actor_system", "unit", "known_biases", "limits", "bundled", "raw",
}  # fmt: skip
OPTIONAL = {"fetch", "by_hand", "not_verified"}
# The parser in C, where PyYAML was built with it: every command reads every card.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SPECIAL = re.compile(r"([&%$#_])")


@dataclass(frozen=True, slots=True)
class Licence:
    """Under what terms the source may be used; `url` is None where none is published."""

    name: str
    url: str | None
    about: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One publication to cite, as a BibTeX entry: its type, key and fields."""

    type: str
    key: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The days a source covers, both ends included; `complete` means no act is left out."""

    start: date
    end: date
    complete: bool
    about: str


@dataclass(frozen=True, slots=True)
class File:
    """A file in the source's folder: the table it holds, its rows and its SHA-256."""

    file: str
    table: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where a file of the source can be fetched; what the publisher does not state is None.

    `members` is a pattern of the names to read where the file is an archive.
    """

    url: str
    name: str
    bytes: int | None
    md5: str | None
    members: str


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of one dataset.

    `role` is "cases" (chosen acts: never a rate), "sample" (acts as reported,
    with gaps) or "records" (all acts of a kind). `unit` is the finest unit of
    time the bundled table gives. `raw_used` and `raw_ignored` hold every raw
    column with what it becomes or why it is left out. `fetch` is empty where no
    address is known that a program can use; `by_hand` then says why, and where to
    get the files. `not_verified` names what the card says without its having been
    seen at the publisher's.
    """

    name: str
    folder: Path
    title: str
    row: str
    role: str
    publisher: str
    authors: tuple[str, ...]
    licence: Licence
    url: str | None
    citations: tuple[Citation, ...]
    coverage: Coverage
    code_system: str
    actor_system: str
    unit: str
    known_biases: tuple[str, ...]
    limits: tuple[str, ...]
    bundled: tuple[File, ...]
    raw_used: dict[str, str]
    raw_ignored: dict[str, str]
    fetch: tuple[Address, ...] = ()
    by_hand: str | None = None
    not_verified: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables the bundled files hold, each once."""
        return tuple(dict.fromkeys(file.table for file in self.bundled))


def bibtex(card: Card) -> str:
    """The BibTeX entries of a card, one after another, ending in a newline."""
    return "\n".join(_entry(citation) for citation in card.citations)


def _entry(citation: Citation) -> str:
    lines = [f"  {name} = {{{_escaped(name, value)}}}," for name, value in citation.fields]
    return "\n".join([f"@{citation.type}{{{citation.key},", *lines, "}", ""])


def _escaped(name: str, value: str) -> str:
    # An address is printed as it stands: \url and \doi break on escapes.
    return value if name in {"url", "doi"} else SPECIAL.sub(r"\\\1", value)


def read(path: Path) -> Card:
    """The card in that file; raises CorruptFile naming the field that is wrong."""
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe one
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _wrong(path, f"unreadable YAML ({type(error).__name__})", "a card") from error
    if not isinstance(raw, dict):
        raise _wrong(path, f"a {type(raw).__name__}", "a mapping of fields")
    if missing := sorted(FIELDS - set(raw)):
        raise _wrong(path, f"no field {missing[0]!r}", f"all of {', '.join(sorted(FIELDS))}")
    if unknown := sorted(set(raw) - FIELDS - OPTIONAL):
        known = ", ".join(sorted(FIELDS | OPTIONAL))
        raise _wrong(path, f"field {unknown[0]!r}", f"only {known}")
    return _card(_Fields(path, raw), path)


def _card(fields: _Fields, path: Path) -> Card:
    raw = fields.below("raw")
    return Card(
        name=path.parent.name,
        folder=path.parent,
        title=fields.text("title"),
        row=fields.text("row"),
        role=fields.choice("role", ROLES),
        publisher=fields.text("publisher"),
        authors=fields.texts("authors"),
        licence=_licence(fields.below("licence")),
        url=fields.text_or_none("url"),
        citations=tuple(_citation(entry) for entry in fields.list_of("citations")),
        coverage=_coverage(fields.below("coverage")),
        code_system=fields.text("code_system"),
        actor_system=fields.text("actor_system"),
        unit=fields.choice("unit", UNITS),
        known_biases=fields.texts("known_biases"),
        limits=fields.texts("limits"),
        bundled=tuple(_file(entry) for entry in fields.list_of("bundled")),
        raw_used=raw.sentences("used"),
        raw_ignored=raw.sentences("ignored"),
        fetch=tuple(_address(entry) for entry in fields.list_of("fetch", may_lack=True)),
        by_hand=fields.text_or_none("by_hand"),
        not_verified=fields.texts("not_verified") if "not_verified" in fields.raw else (),
    )


def _licence(fields: _Fields) -> Licence:
    return Licence(fields.text("name"), fields.text_or_none("url"), fields.text("about"))


def _citation(fields: _Fields) -> Citation:
    rest = [name for name in fields.raw if name not in {"type", "key"}]
    values = tuple((name, " and ".join(fields.texts(name))) for name in rest)
    return Citation(fields.text("type"), fields.text("key"), values)


def _coverage(fields: _Fields) -> Coverage:
    start, end = fields.day("start"), fields.day("end")
    if end < start:
        raise _wrong(fields.path, f"coverage.end {end}", f"a day not before {start}")
    return Coverage(start, end, fields.flag("complete"), fields.text("about"))


def _file(fields: _Fields) -> File:
    digest = fields.text("sha256")
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise _wrong(fields.path, f"{fields.at}sha256 {digest!r}", "64 hexadecimal digits")
    return File(fields.text("file"), fields.text("table"), fields.count("rows"), digest)


def _address(fields: _Fields) -> Address:
    url = fields.text("url")
    name = fields.text_or_none("name") or unquote(url.rpartition("/")[2])
    if not re.match(r"https?://[^/]+/", url) or not re.fullmatch(r"[^./\\\0?][^/\\\0?]*", name):
        raise _wrong(
            fields.path, f"{fields.at}url {url!r}", "http(s)://HOST/FILE, or a name as well"
        )
    md5 = fields.text_or_none("md5")
    if md5 is not None and not re.fullmatch(r"[0-9a-f]{32}", md5):
        raise _wrong(fields.path, f"{fields.at}md5 {md5!r}", "32 hexadecimal digits")
    size = None if fields.raw.get("bytes") is None else fields.count("bytes")
    return Address(url, name, size, md5, fields.text_or_none("members") or "*")


def _wrong(path: Path, found: str, expected: str) -> CorruptFile:
    return CorruptFile(
        str(path), found, expected, "Mend the card; _template/source.yaml explains it."
    )


@dataclass(frozen=True, slots=True)
class _Fields:
    """Part of a card, with its place in it for messages."""

    path: Path
    raw: dict[str, Any]
    at: str = ""

    def _take(self, name: str, wanted: type, expected: str) -> Any:
        value = self.raw.get(name)
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise _wrong(self.path, f"{self.at}{name} {value!r}", expected)
        return value

    def text(self, name: str) -> str:
        value = str(self._take(name, str, "text")).strip()
        if not value:
            raise _wrong(self.path, f"{self.at}{name} empty", "text")
        return value

    def text_or_none(self, name: str) -> str | None:
        return None if self.raw.get(name) is None else self.text(name)

    def texts(self, name: str) -> tuple[str, ...]:
        values = self.raw.get(name)
        if isinstance(values, list):
            part = _Fields(
                self.path, {str(i): value for i, value in enumerate(values)}, f"{self.at}{name}."
            )
            return tuple(part.text(key) for key in part.raw)
        return (self.text(name),)

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        value = self.text(name)
        if value not in known:
            raise _wrong(self.path, f"{self.at}{name} {value!r}", f"one of {', '.join(known)}")
        return value

    def flag(self, name: str) -> bool:
        return bool(self._take(name, bool, "true or false"))

    def count(self, name: str) -> int:
        return int(self._take(name, int, "a whole number"))

    def day(self, name: str) -> date:
        value = self._take(name, date, "a day as YYYY-MM-DD")
        assert isinstance(value, date)  # noqa: S101  narrows Any for the type checker
        return value

    def below(self, name: str) -> _Fields:
        return _Fields(self.path, self._take(name, dict, "a mapping"), f"{self.at}{name}.")

    def list_of(self, name: str, may_lack: bool = False) -> list[_Fields]:
        if may_lack and name not in self.raw:
            return []
        values = self._take(name, list, "a list of mappings")
        part = _Fields(self.path, {str(i): value for i, value in enumerate(values)}, f"{name}.")
        return [part.below(key) for key in part.raw]

    def sentences(self, name: str) -> dict[str, str]:
        values = self.raw.get(name) or {}
        if not isinstance(values, dict):
            raise _wrong(
                self.path, f"{self.at}{name} {values!r}", "a mapping of names to sentences"
            )
        part = _Fields(self.path, values, f"{self.at}{name}.")
        return {key: part.text(key) for key in values}
