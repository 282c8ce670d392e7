"""What the neural coder sees: word pieces around the pair, names masked, each with its role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from realpolitik.coding.neural.wordpiece import CLS, MASK, SEP, Vocabulary
from realpolitik.coding.neural.wordpiece import pieces as cut_word
from realpolitik.coding.tree import Pair

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

ROLES = {"": 0, "S": 1, "T": 2}
MOST = 96  # pieces looked at: nearly every sentence of the press is shorter


class Pieces(NamedTuple):
    """The pieces of one pair by number, and the role of each: 1 source, 2 target, 0 neither."""

    ids: list[int]
    roles: list[int]


def pieces(pair: Pair, known: Vocabulary) -> Pieces:
    """Return the word pieces of a pair's sentence, those nearest to the two spans if it is long."""
    cut = [(number, role) for word, role in _words(pair) for number in cut_word(word, known)]
    kept = _nearest([role for _, role in cut])
    inner = [cut[place] for place in kept]
    ids = [known[CLS], *(number for number, _ in inner), known[SEP]]
    return Pieces(ids, [0, *(role for _, role in inner), 0])


def _words(pair: Pair) -> Iterator[tuple[str, int]]:
    """The words between the bounds of the pair's sentences; a run of names is one mask."""
    last = None
    for token in _around(pair):
        if token.is_space:
            continue
        one = (MASK if _names(token) else token.text, ROLES[pair.role(token)])
        if one[0] != MASK or one != last:
            yield one
        last = one


def _around(pair: Pair) -> Span:
    sentences = pair.source.sent, pair.target.sent
    return pair.doc[min(one.start for one in sentences) : max(one.end for one in sentences)]


def _names(token: Token) -> bool:
    """Does a word name somebody? No name reaches the coder, so no code depends on which state acts."""
    if token.pos_ == "PROPN":
        return True
    return token.text[0].isupper() and (
        token.pos_ == "ADJ" or (token.pos_ == "NOUN" and not token.is_sent_start)
    )


def _nearest(roles: list[int]) -> list[int]:
    """The places of the pieces nearest to either span, in order."""
    if len(roles) <= MOST:
        return list(range(len(roles)))
    marked = [place for place, role in enumerate(roles) if role]

    def away(place: int) -> int:
        return min((abs(place - one) for one in marked), default=place)

    return sorted(sorted(range(len(roles)), key=away)[:MOST])
