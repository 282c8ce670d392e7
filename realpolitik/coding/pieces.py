"""A text parsed once, paragraph by paragraph, for everything that reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from realpolitik.coding.nlp import parsed_all
from realpolitik.coding.quotes import paragraphs

if TYPE_CHECKING:
    from spacy.tokens import Doc

PIECE = 8_000  # letters parsed at once: bounds memory whatever the document


@dataclass(frozen=True, slots=True)
class Parsed:
    """A piece of a text; `start` and `end` are where it lies in it."""

    doc: Doc
    start: int
    end: int


def parse(text: str) -> list[Parsed]:
    """Return a text parsed in pieces: its paragraphs, those too long in parts of whole sentences."""
    places = [place for span in paragraphs(text) for place in _pieces(text, *span)]
    docs = parsed_all(text[start:end] for start, end in places)
    return [Parsed(doc, *place) for doc, place in zip(docs, places, strict=True)]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph, cut behind a sentence, else behind a word, where it is too long."""
    while end - start > PIECE:
        cut = _cut(text, start)
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


def _cut(text: str, start: int) -> int:
    part = text[start : start + PIECE]
    for mark in (". ", "\n", " "):
        at = part.rfind(mark)
        if at > 0:
            return start + at + 1
    return start + PIECE
