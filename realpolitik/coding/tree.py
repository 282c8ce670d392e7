"""A marked pair in a parsed sentence: the two spans and the way between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from realpolitik.errors import UsageError

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

VERBS = frozenset({"VERB", "AUX"})
Offsets = tuple[int, int]


@dataclass(frozen=True)
class Pair:
    """Source and target in one text, and the tokens on the way from one to the other.

    `up` leads from the source's head towards the meeting point `mids`, `down` from
    there to the target's head. Two sentences have two meeting points, their roots.
    """

    doc: Doc
    source: Span
    target: Span
    up: tuple[Token, ...]
    mids: tuple[Token, ...]
    down: tuple[Token, ...]
    split: bool

    def role(self, token: Token) -> str:
        """S inside the source, T inside the target, else empty."""
        if self.source.start <= token.i < self.source.end:
            return "S"
        return "T" if self.target.start <= token.i < self.target.end else ""

    def path(self) -> list[Token]:
        """The tokens on the way, in the order of the sentence, without the two spans."""
        return self._path

    @cached_property
    def _path(self) -> list[Token]:
        way = [*self.up, *self.mids, *self.down]
        outside = [token for token in way if not self.role(token)]
        return sorted(outside or self.mids, key=lambda token: token.i)

    def verbs(self) -> list[Token]:
        """The verbs on the way; where there is none, the verb above it."""
        return self._verbs

    @cached_property
    def _verbs(self) -> list[Token]:
        found = [token for token in self.path() if token.pos_ in VERBS]
        if found:
            return found
        above = (token for token in chain(self.mids[0])[1:] if token.pos_ in VERBS)
        return list(above)[:1]


def pair(doc: Doc, source: Offsets, target: Offsets) -> Pair:
    """Return the pair of two character spans.

    Spans are widened to whole tokens. Raises UsageError when one is empty or
    lies outside the text.
    """
    first, second = _span(doc, source, "source"), _span(doc, target, "target")
    return paired(doc, first, second)


def paired(doc: Doc, source: Span, target: Span) -> Pair:
    """Return the pair of two spans of tokens."""
    ups, downs = chain(source.root), chain(target.root)
    place = {token.i: rank for rank, token in enumerate(downs)}
    for rank, token in enumerate(ups):
        if token.i in place:
            way = tuple(ups[:rank]), (token,), tuple(downs[: place[token.i]])
            return Pair(doc, source, target, *way, split=False)
    mids = (ups[-1], downs[-1])
    return Pair(doc, source, target, tuple(ups[:-1]), mids, tuple(downs[:-1]), split=True)


def _span(doc: Doc, offsets: Offsets, what: str) -> Span:
    start, end = offsets
    length = len(doc.text)
    if not 0 <= start < end <= length:
        raise UsageError(
            f"The {what} ({start}, {end}) is no span of this text: give 0 <= start < end <= {length}."
        )
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        raise UsageError(f"The {what} ({start}, {end}) holds no word.")
    return span


def chain(token: Token) -> list[Token]:
    """A token and everything above it, up to the root of its sentence."""
    found = [token]
    while found[-1].head.i != found[-1].i:
        found.append(found[-1].head)
    return found


def plain(token: Token) -> str:
    """A token's lemma; names and numbers give way to a placeholder.

    No name reaches the coder, so no code depends on which state acts.
    """
    if token.pos_ == "PROPN":
        return "NAME"
    return "NUM" if token.like_num else token.lemma_.lower()


def steps(tokens: tuple[Token, ...]) -> Iterator[str]:
    """The labels on a way, with the words that carry grammar."""
    for token in tokens:
        carries = token.pos_ in {"ADP", "SCONJ"}
        yield f"{token.dep_}:{token.lemma_.lower()}" if carries else str(token.dep_)
