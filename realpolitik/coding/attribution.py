"""Who says what: every attribution of a paragraph with its source, cue and content.

By the grammar: a verb of speech or thought with its subject and the clause,
object or quotation it governs; "according to"; a colon; a quotation that runs
on from the one before. Spans are those of the text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.coding.quotes import Quote

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Offsets = tuple[int, int]
CUES = Path(__file__).parent / "patterns" / "cues.csv"
SUBJECT = frozenset({"nsubj", "nsubjpass"})
CLAUSE = frozenset({"ccomp", "xcomp"})
ATTACHED = frozenset({"conj", "xcomp", "advcl", "acl"})
LOOSE = frozenset({"relcl", "acl", "appos", "advcl", "parataxis"})
# What says something for the one who sent or made it: "sent a message saying".
CARRIERS = frozenset(
    [
        "message",
        "letter",
        "statement",
        "note",
        "speech",
        "text",
        "email",
        "cable",
        "reply",
        "tweet",
        "call",
        "telegram",
        "fax",
    ]
)
IMPERSONAL = frozenset({"it", "that", "this", "which", "there", "what"})
# Verbs of thought that need a clause below them: with a bare object they report nothing.
GREET = frozenset({"go", "reveal", "begin", "hold", "read", "continue", "see", "find", "like", "hear", "appear",
                   "address", "seek", "post", "paint", "list", "project"})  # fmt: skip
LABEL = frozenset(["call", "describe", "label", "term", "dub", "portray", "blame", "accuse", "credit", "criticize", "criticise", "condemn", "blast", "slam", "attack", "mock", "praise", "compare", "liken", "denounce", "endorse", "cite", "dismiss", "defend", "question", "ridicule", "applaud", "welcome", "identify", "reject", "oppose", "support"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attribution:
    """One saying: offsets of source, cue and content in the text the document was parsed from.

    `source` is None where nobody is named. `direct` says that the content is
    quoted, `manner` how it was found.
    """

    source: Offsets | None
    cue: Offsets
    content: Offsets
    verb: str
    direct: bool
    manner: str


@cache
def cue_words() -> dict[str, str]:
    """Return the lemmas that report, with their kind: say, think or show."""
    found: dict[str, str] = {}
    with CUES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for word in row["words"].split("|"):
                found.setdefault(word, row["kind"])
    return found


def attributions(doc: Doc, quotes: tuple[Quote, ...], base: int = 0) -> list[Attribution]:
    """Return the attributions of a parsed paragraph, in order of their content.

    `quotes` are those of the whole text; `base` is where the paragraph starts
    in it. All offsets returned are those of the whole text.
    """
    end = base + len(doc.text)
    own = [
        replace(one, start=one.start - base, end=one.end - base)
        for one in quotes
        if base <= one.start < end
    ]
    found = [*_grammatical(doc, own), *_according(doc)]
    found = _best(found)
    found += _running(doc, own, found)
    placed = sorted(found, key=lambda one: (one.content[0], -one.content[1]))
    return [_moved(one, base) for one in placed]


def _moved(one: Attribution, base: int) -> Attribution:
    def by(span: Offsets) -> Offsets:
        return span[0] + base, span[1] + base

    source = by(one.source) if one.source else None
    return replace(one, source=source, cue=by(one.cue), content=by(one.content))


def _grammatical(doc: Doc, quotes: list[Quote]) -> Iterator[Attribution]:
    for token in doc:
        kind = cue_words().get(token.lemma_.lower())
        if kind is None or token.pos_ not in {"VERB", "AUX"} or _quoted(token, quotes):
            continue
        source = _source(token)
        content = _content(token, kind, quotes, source)
        if content is not None and (source is not None or kind == "say"):
            yield Attribution(
                source=_offsets(source) if source else None,
                cue=_cue(token),
                content=content,
                verb=token.lemma_.lower(),
                direct=_is_quote(content, quotes),
                manner="verb",
            )


def _quoted(token: Token, quotes: list[Quote]) -> bool:
    return any(one.start <= token.idx < one.end for one in quotes)


def _is_quote(span: Offsets, quotes: list[Quote]) -> bool:
    """Is at least half of a stretch quoted?"""
    inside = sum(max(0, min(span[1], one.end) - max(span[0], one.start)) for one in quotes)
    return 2 * inside >= span[1] - span[0]


def _source(verb: Token) -> list[Token] | None:
    """The words of the subject, inherited from the verb above where there is none of its own."""
    at, steps = verb, 0
    while steps < 4:
        for child in at.children:
            if child.dep_ == "agent":
                return [one for grand in child.children for one in _nominal(grand)] or None
        subjects = [child for child in at.children if child.dep_ in SUBJECT]
        passive = any(child.dep_ == "nsubjpass" for child in subjects) and steps == 0
        if passive:
            return None
        if subjects:
            return _meant(subjects[0], at)
        if at.dep_ == "relcl":
            return _nominal(at.head)
        if at.dep_ not in ATTACHED:
            return None
        if at.dep_ == "acl" and at.head.lemma_.lower() not in CARRIERS:
            return _nominal(at.head)
        above = at.head
        at, steps = above.head if above.lemma_.lower() in CARRIERS else above, steps + 1
    return None


def _meant(subject: Token, verb: Token) -> list[Token] | None:
    if subject.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
        return _nominal(verb.head)
    return None if subject.lower_ in IMPERSONAL else _nominal(subject)


def _nominal(head: Token) -> list[Token]:
    """A noun with what hangs close on it, without relative clauses and appositions."""
    dropped = {one.i for child in head.children if child.dep_ in LOOSE for one in child.subtree}
    held = [one for one in head.subtree if one.i not in dropped]
    place = next(rank for rank, one in enumerate(held) if one.i == head.i)
    first = last = place
    while first and held[first].i - held[first - 1].i == 1:
        first -= 1
    while last + 1 < len(held) and held[last + 1].i - held[last].i == 1:
        last += 1
    return [one for one in held[first : last + 1] if not one.is_space]


def _offsets(tokens: list[Token]) -> Offsets:
    kept = tokens
    while len(kept) > 1 and kept[-1].is_punct and kept[-1].text not in {"”", '"', "’"}:
        kept = kept[:-1]
    while len(kept) > 1 and kept[0].text in {",", ";", ":", "—", "-"}:
        kept = kept[1:]
    return kept[0].idx, kept[-1].idx + len(kept[-1].text)


def _cue(verb: Token) -> Offsets:
    own = [child for child in verb.children if child.dep_ in {"aux", "neg", "prt", "auxpass"}]
    near = [one for one in own if abs(one.i - verb.i) < 4] + [verb]
    first, last = min(near, key=lambda one: one.i), max(near, key=lambda one: one.i)
    return first.idx, last.idx + len(last.text)


def _content(
    verb: Token, kind: str, quotes: list[Quote], source: list[Token] | None
) -> Offsets | None:
    """What is said: the quotation beside the verb, else the clause or object below it."""
    near = _beside(verb, quotes) if kind == "say" else None
    clause = _clause(verb)
    if clause is not None and near is not None:
        return (min(clause[0], near[0]), max(clause[1], near[1])) if _touch(clause, near) else near
    if clause or near:
        return clause or near
    if verb.lemma_.lower() in GREET:
        return None
    return _around(verb, source) or _object(verb, kind)


def _touch(one: Offsets, other: Offsets) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _beside(verb: Token, quotes: list[Quote]) -> Offsets | None:
    """The quotation of the verb's own sentence, or the one a colon leads to."""
    sentence = verb.sent
    start, end = sentence.start_char, sentence.end_char
    inside = [one for one in quotes if one.start < end and one.end > start]
    inside = [one for one in inside if len(verb.doc.text[one.start : one.end].split()) > SHORTEST
              or _governs(verb, one)]  # fmt: skip
    if not inside:
        return None
    nearest = min(inside, key=lambda one: _gap(verb, one))
    return nearest.start, nearest.end


SHORTEST = 3  # words a quotation must have to be content wherever it stands in the sentence


def _governs(verb: Token, quote: Quote) -> bool:
    return any(child.i > verb.i and quote.start <= child.idx < quote.end for child in verb.children)


def _gap(verb: Token, quote: Quote) -> int:
    if quote.start > verb.idx:
        return quote.start - verb.idx
    return max(0, verb.idx - quote.end)


def _clause(verb: Token) -> Offsets | None:
    """The clause a verb governs, its object's clause included."""
    for child in verb.children:
        if child.dep_ in CLAUSE and child.pos_ in {"VERB", "AUX", "ADJ", "NOUN", "PROPN"}:
            words = [one for one in child.subtree if not one.is_space]
            if verb.i < words[0].i or words[-1].i < verb.i:
                return _offsets(words)
            return _broken(verb, words)
    return None


def _broken(verb: Token, words: list[Token]) -> Offsets | None:
    """A clause that the reporting words stand in the middle of: its longer part."""
    before = [one for one in words if one.i < verb.i]
    after = [one for one in words if one.i > verb.i]
    longer = before if len(before) >= len(after) else after
    return _offsets(longer) if len(longer) > 1 else None


def _around(verb: Token, source: list[Token] | None) -> Offsets | None:
    """The sentence that "X said" is put behind or into: verb at the end, after a comma."""
    if verb.dep_ not in {"ROOT", "parataxis", "advcl", "conj", "ccomp"} or not source:
        return None
    sentence = verb.sent
    left = min(source[0].i, verb.i)
    if left - 1 > sentence.start and verb.doc[left - 1].text in {",", "—", "”", '"'}:
        words = [one for one in verb.doc[sentence.start : left - 1] if not one.is_space]
        return _offsets(words) if len(words) > 2 else None
    return None


def _object(verb: Token, kind: str) -> Offsets | None:
    """An object or prepositional phrase that holds what is said: "called for talks"."""
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if child.i > verb.i and child.dep_ in {"dobj", "prep", "oprd", "attr"}:
            words = [one for one in child.subtree if not one.is_space]
            rest = [one for other in verb.children if other.i > child.i and other.dep_ in
                    {"prep", "oprd", "xcomp", "advcl", "dobj"} for one in other.subtree]  # fmt: skip
            whole = (
                [*words, *[one for one in rest if not one.is_space]] if lemma in LABEL else words
            )
            if len(whole) > 1 and (kind == "say" or lemma in LABEL or child.dep_ == "dobj"):
                return _offsets(whole)
    return None


def _according(doc: Doc) -> Iterator[Attribution]:
    """Sayings by "according to X": X is the source, the clause beside it the content."""
    for token in doc:
        if token.lower_ != "according" or token.i + 1 >= len(doc):
            continue
        to = doc[token.i + 1]
        objects = [child for child in to.children if child.dep_ in {"pobj", "pcomp"}]
        if not objects:
            continue
        source = _nominal(objects[0])
        content = _rest(token, source)
        if content:
            cue = token.idx, to.idx + len(to.text)
            yield Attribution(_offsets(source), cue, content, "accord", False, "according to")


def _rest(token: Token, source: list[Token]) -> Offsets | None:
    sentence: Span = token.sent
    before = [one for one in sentence if one.i < token.i and not one.is_space]
    after = [one for one in sentence if one.i > source[-1].i and not one.is_space]
    after = after[1:] if after and after[0].is_punct else after
    words = before if len(before) > len(after) else after
    return _offsets(words) if len(words) > 2 else None


def _best(found: list[Attribution]) -> list[Attribution]:
    """Of attributions with one content the one whose verb reports most plainly."""
    kept: list[Attribution] = []
    for one in sorted(
        found, key=lambda one: (cue_words().get(one.verb) != "say", one.source is None)
    ):
        if not any(one.content == other.content for other in kept):
            kept.append(one)
    return kept


def _running(doc: Doc, quotes: list[Quote], found: list[Attribution]) -> Iterator[Attribution]:
    """Quotations no verb governs: they go on from the speaker of the one before."""
    for quote in quotes:
        words = len(doc.text[quote.start : quote.end].split())
        if words <= SHORTEST or any(_touch(one.content, (quote.start, quote.end)) for one in found):
            continue
        led = _led(doc, quote)
        if led:
            yield led
            continue
        before = [one for one in found if one.source and one.content[0] < quote.start]
        after = [one for one in found if one.source and one.direct and one.content[0] > quote.start]
        speaker = before[-1] if before else after[0] if after else None
        if speaker:
            yield replace(
                speaker, content=(quote.start, quote.end), direct=True, manner="running quotation"
            )


def _led(doc: Doc, quote: Quote) -> Attribution | None:
    """A quotation that a verb of speech at the end of the words before it leads to."""
    before = [one for one in doc if one.idx < quote.start and not one.is_punct and not one.is_space]
    verb = before[-1] if before else None
    if verb is None or cue_words().get(verb.lemma_.lower()) != "say" or verb.pos_ != "VERB":
        return None
    source = _source(verb)
    if source is None:
        return None
    content = quote.start, quote.end
    return Attribution(
        _offsets(source), _cue(verb), content, verb.lemma_.lower(), True, "leads to it"
    )
