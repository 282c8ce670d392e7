"""A sentence taken apart into statements: who reports what, and clauses that stand on their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from realpolitik.coding.attribution import Attribution
from realpolitik.coding.citations import MARKER
from realpolitik.coding.speakers import AUTHOR

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Said = list[tuple[Attribution, tuple[str, ...]]]
VERBS = frozenset({"VERB", "AUX"})
SPLIT = frozenset({"conj", "advcl", "ccomp", "relcl", "parataxis", "acl"})
SUBJECT = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
PERSONAL = frozenset({"i", "you"})
OPENERS = frozenset("“‘\"'«([")
LEAST = 4  # words below which a clause is no statement of its own


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement: its governing verb, its own words, who makes it, and what it reports.

    `start` and `end` are offsets in the parsed paragraph. `reports` is the
    attribution it states, None for a plain statement. `tokens` are its words
    without those of statements inside it; a report keeps what it reports.
    """

    head: Token
    tokens: tuple[Token, ...]
    start: int
    end: int
    own: str
    chain: tuple[str, ...]
    reports: Attribution | None = None

    speaker: str | None = None


def clauses(sentence: Span, said: Said, base: int) -> Iterator[Clause]:
    """Yield the statements of a sentence, outermost first; `base` is where its paragraph starts."""
    reports = _reports(sentence, said, base)
    heads = [token for token in sentence if _stands(token)]
    for head in heads:
        inner = {
            other.i
            for other in heads
            if other.i != head.i and _below(other, head) and _apart(other, head)
        }
        report = reports.get(head.i)
        tokens = _tokens(head, set() if report else inner)
        if len([one for one in tokens if one.is_alpha]) >= LEAST or report:
            yield _clause(head, tokens, report, said, base)


def _reports(
    sentence: Span, said: Said, base: int
) -> dict[int, tuple[Attribution, tuple[str, ...]]]:
    """The attributions of a sentence whose source is named, by the token that reports."""
    found: dict[int, tuple[Attribution, tuple[str, ...]]] = {}
    for one, chain in said:
        for token in sentence:
            inside = one.cue[0] <= token.idx + base < one.cue[1]
            if inside and one.source and token.lemma_.lower() == one.verb and one.manner == "verb":
                found[token.i] = (one, chain)
    return found


def _stands(token: Token) -> bool:
    """Does a verb govern a statement of its own?"""
    if token.dep_ == "ROOT":
        return True
    if token.dep_ not in SPLIT or token.pos_ not in VERBS:
        return False
    subjects = [child for child in token.children if child.dep_ in SUBJECT]
    named = any(child.lower_ not in RELATIVE | PERSONAL for child in subjects)
    number = token.dep_ in {"relcl", "advcl", "ccomp"} and any(
        one.like_num for one in token.subtree
    )
    return named or (bool(subjects) and number)


def _apart(token: Token, head: Token) -> bool:
    """Is a statement below another no part of it? The main one keeps its relative and adverbial clauses."""
    return head.dep_ != "ROOT" or token.dep_ not in {"relcl", "advcl", "acl"}


def _below(token: Token, head: Token) -> bool:
    return head.is_ancestor(token)


def _tokens(head: Token, inner: set[int]) -> list[Token]:
    """The words under a head, without the statements below it."""
    dropped: set[int] = set()
    for token in head.subtree:
        if token.i in inner:
            dropped |= {one.i for one in token.subtree}
    held = [one for one in head.subtree if one.i not in dropped and not one.is_space]
    return sorted(held, key=lambda one: one.i)


def _clause(
    head: Token,
    tokens: list[Token],
    report: tuple[Attribution, tuple[str, ...]] | None,
    said: Said,
    base: int,
) -> Clause:
    tokens = _trimmed(tokens)
    subtree = sorted(head.subtree, key=lambda one: one.i)
    whole = (
        [one for one in subtree if not one.is_space] if report or head.dep_ == "ROOT" else tokens
    )
    start, end = whole[0].idx, whole[-1].idx + len(whole[-1].text)
    chain = _chain(head, said, base)
    if report and len(report[1]) > len(chain):
        chain = report[1][:-1]
    own = _joined(tokens)
    return Clause(
        head=head,
        tokens=tuple(tokens),
        start=start,
        end=end,
        own=own,
        chain=chain or (AUTHOR,),
        reports=report[0] if report else None,
        speaker=report[1][-1] if report else None,
    )


def _trimmed(tokens: list[Token]) -> list[Token]:
    """Without the comma or conjunction that ties a clause to the one before."""
    first, last = 0, len(tokens)
    while (
        first < last - 1
        and (tokens[first].is_punct or tokens[first].dep_ == "cc")
        and tokens[first].text not in OPENERS
    ):
        first += 1
    return tokens[first:last]


def _joined(tokens: list[Token]) -> str:
    pieces = []
    for one, following in zip(tokens, [*tokens[1:], None], strict=True):
        gap = following is not None and following.i > one.i + 1 and not one.whitespace_
        pieces.append(one.text_with_ws + (" " if gap else ""))
    return MARKER.sub("", "".join(pieces)).strip()


def _chain(head: Token, said: Said, base: int) -> tuple[str, ...]:
    """Who says what stands at a place: the speakers of the innermost content around it."""
    at = head.idx + base
    around = [(one, chain) for one, chain in said if one.content[0] <= at < one.content[1]]
    if not around:
        return (AUTHOR,)
    return min(around, key=lambda pair: pair[0].content[1] - pair[0].content[0])[1]
