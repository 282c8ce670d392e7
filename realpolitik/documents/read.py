"""A path, bytes, or a folder of files as documents."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from realpolitik.constants import FILE_MOST
from realpolitik.documents import frus, speeches
from realpolitik.documents.decode import bounded
from realpolitik.documents.document import Document
from realpolitik.documents.formats import format_of
from realpolitik.documents.language import english
from realpolitik.errors import UnreadableText

STDIN = "-"
KNOWN = frozenset({".txt", ".text", ".md", ".markdown", ".htm", ".html", ".xhtml", ".pdf", ".docx",
                   ".xml", ".php", ".jsonl"})  # fmt: skip


def files(path: str | Path) -> list[Path]:
    """Return the files a path stands for: itself, or what a folder holds, in order.

    Hidden files and files of unknown suffix in a folder are left out. Raises
    UnreadableText when there is nothing.
    """
    start = Path(path)
    if not start.is_dir():
        return [start]
    inside = (one for one in sorted(start.rglob("*")) if one.is_file())
    found = [one for one in inside if one.suffix.lower() in KNOWN and one.name[0] != "."]
    if not found:
        raise UnreadableText(f"{path} holds no file this reader knows: {', '.join(sorted(KNOWN))}.")
    return found


def documents(path: str | Path) -> Iterator[Document]:
    """Yield the documents of one file, or of standard input for "-".

    Raises UnreadableText when it cannot be read, OSError when it cannot be opened.
    """
    if str(path) == STDIN:
        yield from of_bytes(sys.stdin.buffer.read(FILE_MOST + 1), "standard input")
        return
    file = Path(path)
    size = file.stat().st_size
    if size > FILE_MOST:
        raise _too_large(str(path), size)
    yield from of_bytes(file.read_bytes(), file.name)


def of_bytes(data: bytes, name: str) -> Iterator[Document]:
    """Yield the documents that bytes hold; `name` is what messages call them."""
    if len(data) > FILE_MOST:
        raise _too_large(name, len(data))
    found = _known(data, name)
    for one in found if found is not None else [_any(data, name)]:
        yield replace(one, text=_checked(one.text, one.id))


def _known(data: bytes, name: str) -> Iterator[Document] | None:
    if frus.is_volume(data):
        return frus.documents(data, name)
    reader = speeches.reader(data, name)
    return reader(data, name) if reader else None


def _any(data: bytes, name: str) -> Document:
    form, reader = format_of(data, Path(name).suffix.lower())
    text, title, remarks = reader(data, name)
    return Document(id=name, text=text, format=form, title=title, source=name, notes=remarks)


def _checked(text: str, name: str) -> str:
    english(bounded(text, name), name)
    return text


def _too_large(name: str, size: int) -> UnreadableText:
    return UnreadableText(
        f"{name} has {size:,} bytes; at most {FILE_MOST:,} are read at once: split it."
    )
