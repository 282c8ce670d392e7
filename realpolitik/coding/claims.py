"""A text's claims: every statement in slots, with who makes it and what is cited for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from realpolitik.coding.attribution import Attribution, attributions, cue_words
from realpolitik.coding.citations import Citation, Cited, citations
from realpolitik.coding.claim import CHECKABLE, Claim, Kind, When
from realpolitik.coding.clauses import Clause, clauses
from realpolitik.coding.mentions import Mention, mentions
from realpolitik.coding.pieces import Parsed, parse
from realpolitik.coding.quantities import Quantity, quantities
from realpolitik.coding.quotes import Quoted, Warned, quotes
from realpolitik.coding.slots import Roles, roles
from realpolitik.coding.sorts import sort_of
from realpolitik.coding.speakers import AUTHOR, Quotation, Speakers, chains, is_press, quotations
from realpolitik.coding.whens import when

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Nouns whose date is that of what the next sentence tells: "an incident from 2008."
CATAPHORA = re.compile(
    r"\b(?:incident|episode|case|event|example|story|exchange|meeting)\w*\b[^.]{0,30}$", re.I
)
LEAST_WORDS = 4
THOUGHT = frozenset(["think", "believe", "know", "feel", "hope", "fear", "worry", "expect", "doubt", "wonder", "understand", "realize", "realise", "assume", "suspect", "consider", "want", "wish", "prefer", "intend", "plan", "love", "hate", "like", "imagine"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statements:
    """What a text claims, quotes and cites, and what about its marks is wrong."""

    claims: tuple[Claim, ...]
    quotations: tuple[Quotation, ...]
    citations: tuple[Citation, ...]
    warnings: tuple[Warned, ...]


@dataclass(slots=True)
class Paragraph:
    """A parsed paragraph with what was found in it; offsets are those of the text."""

    doc: Doc
    start: int
    end: int
    said: list[tuple[Attribution, tuple[str, ...]]]


def statements(
    text: str, day: date | None = None, pieces: list[Parsed] | None = None
) -> Statements:
    """Return the claims, quotations and citations of a text, each with offsets into it.

    `day` is the document's own date: relative dates need it. `pieces` are the text
    parsed, where that has been done.
    """
    quoted, cited = quotes(text), citations(text)
    speakers = Speakers()
    parts: list[Paragraph] = []
    for piece in pieces if pieces is not None else parse(text):
        doc, start, end = piece.doc, piece.start, piece.end
        if _listed((start, end), cited):
            continue
        found = attributions(doc, quoted.quotes, start)
        speakers.meet(doc, start)
        made = chains(found, text, speakers, start)
        parts.append(Paragraph(doc, start, end, list(zip(found, made, strict=True))))
    said = [one for part in parts for one in part.said]
    claims = list(
        _numbered(claim for part in parts for claim in _of_paragraph(part, text, day, cited))
    )
    return Statements(
        tuple(_linked(claims)),
        tuple(quotations(text, said, quoted.quotes, _own(text, quoted))),
        cited.citations,
        quoted.warnings,
    )


def _listed(span: tuple[int, int], cited: Cited) -> bool:
    return any(start <= span[0] + 8 and span[0] < end for start, end in cited.listed)


def _own(text: str, quoted: Quoted) -> str:
    pieces, at = [], 0
    for one in quoted.quotes:
        pieces.append(text[at : one.start])
        at = max(at, one.end)
    return " ".join([*pieces, text[at:]])


def _numbered(found: Iterator[Claim]) -> Iterator[Claim]:
    for number, claim in enumerate(found, start=1):
        yield replace(claim, id=f"k{number}")


def _linked(claims: list[Claim]) -> Iterator[Claim]:
    """Name for each reported claim the claim that reports it: the smallest one around it."""
    for claim in claims:
        around = [
            other
            for other in claims
            if other.id != claim.id
            and other.start <= claim.start
            and claim.end <= other.end
            and len(other.chain) < len(claim.chain)
        ]
        smallest = min(around, key=lambda other: other.end - other.start, default=None)
        yield replace(claim, within=smallest.id if smallest else None)


def _of_paragraph(part: Paragraph, text: str, day: date | None, cited: Cited) -> Iterator[Claim]:
    named = mentions(part.doc, day)
    carried: When | None = None
    before = ""
    for sentence in part.doc.sents:
        words = sentence.text.strip()
        if len(words.split()) < LEAST_WORDS or not any(t.pos_ in {"VERB", "AUX"} for t in sentence):
            continue
        span = _span(part, sentence.start_char, sentence.end_char, text)
        cites = _cites(span, part, text, cited)
        for clause in clauses(sentence, part.said, part.start):
            yield _claim(clause, part, named, text, day, carried, cites, before)
        carried = _carries(words, day)
        before = words


def _span(part: Paragraph, start: int, end: int, text: str) -> tuple[int, int]:
    a, b = part.start + start, part.start + end
    while a < b and text[a].isspace():
        a += 1
    while a < b and text[b - 1].isspace():
        b -= 1
    return a, b


def _carries(sentence: str, day: date | None) -> When | None:
    """A date that hangs on a noun which only announces what comes next."""
    found = when(sentence, day)
    if found and CATAPHORA.search(sentence[: sentence.find(found.text)]):
        return replace(found, carried=True)
    return None


def _cites(
    span: tuple[int, int], part: Paragraph, text: str, cited: Cited
) -> tuple[tuple[str, ...], str | None]:
    """Citations that serve a sentence: in it or right behind it, else later in its paragraph."""
    tail = span[1] + 8
    near = [
        one.id
        for one in cited.citations
        if span[0] <= one.start < span[1]
        or (span[1] <= one.start <= tail and not text[span[1] : one.start].strip(" .\n"))
    ]
    if near:
        return tuple(near), "sentence"
    rest = [one for one in cited.citations if span[1] <= one.start < part.end]
    if rest:
        first = min(one.start for one in rest)
        return tuple(one.id for one in rest if one.start == first), "paragraph"
    return (), None


def _claim(
    clause: Clause,
    part: Paragraph,
    named: list[Mention],
    text: str,
    day: date | None,
    carried: When | None,
    cites: tuple[tuple[str, ...], str | None],
    before: str,
) -> Claim:
    start, end = _span(part, clause.start, clause.end, text)
    own = _own_words(clause, part, text)
    spoken = when(own, day) or carried
    found: Roles = roles(clause, named)
    numbers = tuple(_placed(one, own, start, text) for one in quantities(own))
    kind = _kind(clause, numbers, bool(found.codes), spoken is not None)
    if kind in {"word", "deed"} and not (found.actor or found.target or numbers or found.codes):
        kind = "evaluative"
    return Claim(
        id="",
        start=start,
        end=end,
        text=text[start:end],
        kind=kind,
        checkable=kind in CHECKABLE,
        actor=found.actor,
        target=found.target,
        others=found.others,
        codes=found.codes,
        when=spoken,
        quantities=numbers,
        modality=found.modality,
        denied=found.denied and not any(one.value == 0 for one in numbers),
        mutual=found.mutual,
        sure_roles=found.sure,
        chain=clause.chain,
        speaker=clause.speaker,
        cites=cites[0],
        cites_reach=cites[1],
        own=own,
        purpose=_purpose(clause),
        things=tuple(one.text for one in clause.tokens if one.pos_ in {"NOUN", "PROPN", "ADJ"}),
        context=before,
    )


def _kind(clause: Clause, numbers: tuple[Quantity, ...], coded: bool, dated: bool) -> Kind:
    if clause.reports:
        lemma = clause.reports.verb
        source = clause.speaker or ""
        if is_press(source):
            return "citation"
        if cue_words().get(lemma) == "say":
            return "word"
        return sort_of(clause, numbers, coded, dated, thought=lemma in THOUGHT)
    return sort_of(clause, numbers, coded, dated)


def _purpose(clause: Clause) -> str:
    """What the deed is said to have been for: "to pay it for its services"."""
    for child in clause.head.children:
        to = [one for one in child.children if one.lower_ == "to" and one.dep_ == "aux"]
        if child.dep_ == "advcl" and child.i > clause.head.i and to:
            words = [one for one in child.subtree if one.i >= to[0].i]
            return "".join(one.text_with_ws for one in words).strip(" .\n")
    return ""


def _own_words(clause: Clause, part: Paragraph, text: str) -> str:
    """A clause's words; where it only says that nobody was harmed, those around it say when and where."""
    none = any(one.value == 0 for one in quantities(clause.own))
    if not none or clause.reports:
        return clause.own
    around = [
        one.content
        for one, _ in part.said
        if one.content[0] <= part.start + clause.head.idx < one.content[1]
    ]
    if around:
        return text[slice(*min(around, key=lambda span: span[1] - span[0]))]
    return str(clause.head.sent.text)


def _placed(one: Quantity, own: str, start: int, text: str) -> Quantity:
    """The quantity with its place in the text."""
    at = text.find(one.text, start)
    return replace(one, start=at, end=at + len(one.text)) if at >= 0 else one


def speaker_of(chain: tuple[str, ...]) -> str | None:
    """The last speaker of a chain, None where the author speaks."""
    return chain[-1] if chain[-1] != AUTHOR else None
