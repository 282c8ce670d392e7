"""Bytes as text: encodings, line ends, and what is no text at all."""

from __future__ import annotations

import codecs
import re
import unicodedata

from realpolitik.constants import TEXT_MOST, WORD_MOST
from realpolitik.errors import UnreadableText

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 4096
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
STRAY = re.compile("[\udc80-\udcff]+")


def decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return bytes as text, and remarks on how they had to be read.

    UTF-8 unless a mark at the start says otherwise; single bytes that are no
    UTF-8 are read as Windows-1252 and counted. Line ends become one kind. Raises
    UnreadableText for binary data.
    """
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "utf-8")
    if encoding in {"utf-8", "utf-8-sig"} and b"\0" in data[:SAMPLE]:
        raise binary(name)
    text = data.decode(encoding, "surrogateescape" if encoding.startswith("utf-8") else "replace")
    strays = sum(len(found.group()) for found in STRAY.finditer(text))
    if strays > max(8, len(text) // 5) or len(CONTROLS.findall(text[:SAMPLE])) > SAMPLE // 50:
        raise binary(name)
    text = STRAY.sub(_windows, text)
    remark = f"{strays} bytes were not UTF-8 and were read as Windows-1252." if strays else ""
    return tidy(text), (remark,) if remark else ()


def _windows(found: re.Match[str]) -> str:
    stray = found.group().encode("utf-8", "surrogateescape")
    return stray.decode("cp1252", "replace")


def binary(name: str) -> UnreadableText:
    """Return the error for data that is no text."""
    return UnreadableText(
        f"{name} is binary data, not text: give a text, Markdown, HTML, PDF or Word file."
    )


def tidy(text: str) -> str:
    """Return a text with one kind of line end and without control characters."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    return CONTROLS.sub("", plain)


def bounded(text: str, name: str) -> str:
    """Return the text if it can be read in bounded time; raise UnreadableText otherwise."""
    if not text.strip():
        raise UnreadableText(f"{name} holds no text: nothing to read.")
    if len(text) > TEXT_MOST:
        raise UnreadableText(
            f"{name} has {len(text):,} characters; at most {TEXT_MOST:,} are read at once: split it."
        )
    longest = max(map(len, text.split()))
    if longest > WORD_MOST:
        raise UnreadableText(
            f"{name} holds a word of {longest:,} letters, more than any language has: it is no prose."
        )
    return text


def letters(text: str) -> str:
    """Return the letters of a text."""
    return "".join(sign for sign in text if unicodedata.category(sign).startswith("L"))
