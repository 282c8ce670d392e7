"""Whose words: the chain of speakers of every attribution, and the quotations of a text.

A pronoun means the last person named before it; a person whom a publication is
said to report on speaks through that publication to the end of the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from realpolitik.coding.attribution import Attribution, cue_words
from realpolitik.coding.quotes import Quote, scare

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

AUTHOR = "author"
UNNAMED = frozenset(
    {AUTHOR, "he", "she", "they", "we", "i", "you", "who", "one", "people", "some", "many"}
)
PRONOUNS = frozenset({"he", "she", "they", "him", "her", "them"})
PRESS = re.compile(
    r"\b(?:post|times|journal|tribune|guardian|reuters|associated press|afp|bbc|cnn|news|daily|press|herald|"
    r"magazine|newspaper|agency|jazeera|telegraph|independent|economist|report|study|book|memoir|cable|paper|"
    r"documents?|records?|historians?|review|politico|npr|axios|bloomberg|monitor|archive|article|account)s?\b",
    re.IGNORECASE,
)
NOT_PERSON = frozenset(["united", "states", "middle", "east", "white", "house", "state", "department", "supreme", "revolutionary", "north", "south", "islamic", "republic"])  # fmt: skip
FIRST = re.compile(r"\b(?:i|i['’]\w+|we|we['’]\w+|my|our|me|us|you|your)\b", re.IGNORECASE)
CAPITAL_US = re.compile(r"\bUS\b")
MARKER = re.compile(
    r"^\W*(?:again|so|thus|hence|in fact|indeed|therefore|clearly|in other words|of course)\b", re.I
)
SENTENCE = re.compile(r"[^.!?]+[.!?]*[”\"’]?\s*")
LEAST_SHARED = 3  # content words shared with the author's own text that speak for the author


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in a paragraph, and where."""

    start: int
    end: int
    name: str
    subject: bool


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody is said to have said; `text[start:end]` is its `text`.

    `speaker` is None where nobody is named, `chain` is outermost first. `kind`
    is direct, indirect or scare (a name or word held at arm's length). `flags`
    say what a reader should look at twice.
    """

    start: int
    end: int
    text: str
    speaker: str | None
    chain: tuple[str, ...]
    cue: str | None
    kind: str
    manner: str
    flags: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The quotation as JSON-ready values."""
        return asdict(self) | {"chain": list(self.chain), "flags": list(self.flags)}


class Speakers:
    """Names met so far, in order; turns pronouns and last names into persons."""

    def __init__(self) -> None:
        self.people: list[Person] = []

    def meet(self, doc: Doc, base: int) -> None:
        """Take in the people named in a paragraph."""
        for start, end in _names(doc):
            span = doc[start:end]
            self.people.append(
                Person(
                    span.start_char + base,
                    span.end_char + base,
                    self._full(span.text),
                    span.root.dep_ in {"nsubj", "nsubjpass", "appos"} or end - start > 1,
                )
            )

    def _full(self, name: str) -> str:
        last = name.rsplit(maxsplit=1)[-1]
        longer = [one.name for one in self.people if one.name.split()[-1] == last]
        return max([name, *longer[-1:]], key=lambda one: len(one.split()))

    def meant(self, words: str, at: int, doc_start: int) -> tuple[str, Person | None]:
        """The speaker that words stand for at a place, and where that person was named before."""
        bare = re.sub(r"^(?:the|a|an)\s", "", words.strip(), flags=re.IGNORECASE)
        before = [one for one in self.people if one.end <= at and one.start >= doc_start]
        if words.lower() in PRONOUNS:
            singular = [one for one in before if one.subject]
            return (singular[-1].name, singular[-1]) if singular else (words, None)
        named = [one for one in before if one.name.split()[-1] == bare.split()[-1]] if bare else []
        if named and len(bare.split()) <= len(named[-1].name.split()):
            return named[-1].name, named[-1]
        return words.strip(), None


def _names(doc: Doc) -> Iterator[tuple[int, int]]:
    """Runs of two or more proper nouns that may be a person's, and known single ones after them."""
    at = 0
    while at < len(doc):
        end = at
        while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper():
            end += 1
        words = [token.lower_ for token in doc[at:end]]
        if end > at and not NOT_PERSON & set(words) and not PRESS.search(" ".join(words)):
            yield at, end
        at = max(end, at + 1)


def chains(
    found: list[Attribution], text: str, speakers: Speakers, start: int
) -> list[tuple[str, ...]]:
    """Return who speaks through whom for each attribution of a paragraph that starts at `start`."""
    made: dict[Attribution, tuple[str, ...]] = {}
    widest_first = sorted(found, key=lambda one: one.content[0] - one.content[1])
    for one in [*widest_first, *widest_first]:  # twice: a publication may stand in a shorter saying
        outer = _outer(one, found, made)
        name, known = _name(one, text, speakers, start)
        if known is not None and len(outer) == 1:
            outer = _through(known, found, made, outer)
        made[one] = outer if name is None or name in outer else (*outer, name)
    return [made[one] for one in found]


def _outer(
    one: Attribution, found: list[Attribution], made: dict[Attribution, tuple[str, ...]]
) -> tuple[str, ...]:
    around = [
        other
        for other in found
        if other in made
        and other.source
        and other.content != one.content
        and other.content[0] <= one.cue[0]
        and one.cue[1] <= other.content[1]
    ]
    nearest = min(around, key=lambda other: other.content[1] - other.content[0], default=None)
    return made[nearest] if nearest else (AUTHOR,)


def _name(
    one: Attribution, text: str, speakers: Speakers, start: int
) -> tuple[str | None, Person | None]:
    if one.source is None:
        return None, None
    return speakers.meant(text[slice(*one.source)], one.source[0], start)


def _through(
    known: Person,
    found: list[Attribution],
    made: dict[Attribution, tuple[str, ...]],
    outer: tuple[str, ...],
) -> tuple[str, ...]:
    """The publication through which a person named earlier in the paragraph was brought in."""
    for other in found:
        chain = made.get(other)
        inside = other.content[0] <= known.start and known.end <= other.content[1]
        if chain and inside and PRESS.search(chain[-1]) and cue_words().get(other.verb) == "say":
            return chain
    return outer


def quotations(
    text: str,
    found: list[tuple[Attribution, tuple[str, ...]]],
    quotes: tuple[Quote, ...],
    own: str,
) -> list[Quotation]:
    """Return every attributed stretch and every quote, in order.

    `own` is the author's text outside of quotes: a sentence inside a quotation
    that breaks its voice and takes up the author's own words is flagged.
    """
    made = []
    for one, chain in found:
        start, end = one.content
        if not one.direct and chain[-1].lower() in UNNAMED:
            continue
        kind = "direct" if one.direct else "indirect"
        flags = swallowed(text[start:end], own) if one.direct else ()
        speaker = chain[-1] if chain[-1] != AUTHOR else None
        cue = text[slice(*one.cue)]
        made.append(
            Quotation(start, end, text[start:end], speaker, chain, cue, kind, one.manner, flags)
        )
    for quote in quotes:
        if not any(_holds(one, quote) for one, _ in found if one.direct):
            made.append(_loose(text, quote, found))
    return sorted(made, key=lambda one: (one.start, -one.end))


def _holds(one: Attribution, quote: Quote) -> bool:
    return one.content[0] <= quote.start + 1 and quote.end - 2 <= one.content[1]


def _loose(text: str, quote: Quote, found: list[tuple[Attribution, tuple[str, ...]]]) -> Quotation:
    """A quote that is nobody's whole saying: part of an indirect one, a scare quote, or unattributed."""
    words = text[quote.start : quote.end]
    around = [
        chain
        for one, chain in found
        if one.content[0] <= quote.start and quote.end <= one.content[1]
    ]
    inner = text[slice(*quote.inner)]
    if scare(inner, spoken=False):
        chain = around[-1] if around else (AUTHOR,)
        return Quotation(
            quote.start,
            quote.end,
            words,
            None,
            chain,
            None,
            "scare",
            "few words, no verb of speech",
        )
    if around:
        return Quotation(
            quote.start,
            quote.end,
            words,
            around[-1][-1],
            around[-1],
            None,
            "direct",
            "inside reported speech",
        )
    flag = "Nobody is named who says this."
    return Quotation(
        quote.start, quote.end, words, None, (AUTHOR,), None, "direct", "unattributed", (flag,)
    )


def swallowed(quoted: str, own: str) -> tuple[str, ...]:
    """Flags for sentences of a quotation that read like the author's and not the speaker's."""
    sentences = [
        match.group().strip() for match in SENTENCE.finditer(quoted) if match.group().strip()
    ]
    flags = []
    for rank, sentence in enumerate(sentences[1:], start=1):
        voiced = any(_first(earlier) for earlier in sentences[:rank])
        shared = _content(sentence) & _content(own)
        author = MARKER.match(sentence) or len(shared) > LEAST_SHARED
        if voiced and not _first(sentence) and author and len(shared) >= LEAST_SHARED:
            words = ", ".join(sorted(shared)[:5])
            flags.append(
                f"“{sentence[:60]}…” may be the author's comment inside the quotation: the first person"
                f" stops and it takes up words of the author's own text ({words})."
            )
    return tuple(flags)


def _first(sentence: str) -> bool:
    return bool(FIRST.search(CAPITAL_US.sub(" ", sentence)))


def _content(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Za-z]{6,}", text)}


def is_press(name: str) -> bool:
    """Is this the name of a publication or document?"""
    return bool(PRESS.search(name))


def spoken_by(token: Token) -> bool:
    """Is this a verb that reports?"""
    return token.lemma_.lower() in cue_words()
