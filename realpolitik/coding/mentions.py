"""Who is named in a text: spans, each with the actor meant on the day and in which part.

Names come from the vocabulary (states with their capitals, organisations,
groups), from its demonyms, and from `patterns/names.csv` (leaders with their
terms, state bodies, epithets). The noun a name hangs on ("Iranian *students*")
says in which part it stands; `patterns/roles.csv` knows the parts.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.vocab.actors import all_actors
from realpolitik.vocab.agents import agents
from realpolitik.vocab.demonyms import demonyms

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

PATTERNS = Path(__file__).parent / "patterns"
LONGEST = 6  # words of a name
# Behind a place name these make it something else: a paper, a university, a club, a sea.
ELSE = frozenset(
    [
        "post",
        "times",
        "journal",
        "tribune",
        "university",
        "college",
        "institute",
        "daily",
        "review",
        "herald",
        "news",
        "bank",
        "street",
        "airlines",
        "airport",
        "cup",
        "games",
        "olympics",
        "open",
        "stadium",
        "ocean",
        "sea",
        "gulf",
        "strait",
        "peninsula",
        "united",
    ]
)
# Aliases of the vocabulary that are common words, first names, or stand for no one alone.
COMMON = frozenset(
    {"us", "guards", "guard", "who", "south", "north", "the south", "un", "au", "ec"}
)
CAPITALISED = frozenset({"PROPN", "ADJ", "NOUN", "X", "PRON", "ADV", "VERB", "AUX", "NUM", "SYM"})
TITLES = frozenset(
    ["president", "minister", "secretary", "king", "premier", "chancellor", "general", "emir"]
)
FORMER = frozenset({"former", "ex", "late", "deposed", "ousted", "exiled"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nummod"})
PERSONS = frozenset({"president", "minister", "secretary", "premier", "chancellor", "king", "queen",
                     "ambassador", "envoy", "spokesman", "spokeswoman", "leader", "general",
                     "official", "commander", "prince", "emir", "sultan"})  # fmt: skip
OWN = "GOV"  # the part of a bare name: the state itself
# "The enemy of Iran" is not Iran; what lies in a place is of it where it rules there.
OTHERS = frozenset({"ally", "enemy", "adversary", "opponent", "critic", "mediator", "border", "rival",
                    "opposition", "customs", "base", "market", "exile", "general", "air"})  # fmt: skip
RULING = frozenset({"government", "authority", "official", "regime", "leadership", "court", "police",
                    "parliament", "prosecutor", "judge"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """One name of one actor, with the days on which it fits; None is open."""

    code: str
    start: date | None
    end: date | None
    sense: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that stands for an actor.

    `code` is the actor, `agent` the part in which it appears (GOV, MIL, EDU …),
    `native` the words, `how` by what it was recognised, `since` the day from which
    a leader's acts are the state's.
    """

    span: Span
    head: Token
    code: str
    agent: str
    native: str
    how: str
    since: date | None = None

    @property
    def acts_for_state(self) -> bool:
        """Are the acts of this part the acts of the state?"""
        return self.agent in _state_agents()


@cache
def _state_agents() -> frozenset[str]:
    """Parts whose acts are the state's; courts and parliaments are its organs too."""
    return frozenset(a.code for a in agents() if a.acts_for_state == "yes") | {"JUD", "LEG"}


@cache
def _roles() -> dict[str, str]:
    with (PATTERNS / "roles.csv").open(encoding="utf-8", newline="") as lines:
        return {
            word: row["agent"] for row in csv.DictReader(lines) for word in row["words"].split("|")
        }


@cache
def _names() -> dict[tuple[str, ...], tuple[Named, ...]]:
    """All names as words in lower case, states before others of the same name."""
    found: dict[tuple[str, ...], tuple[Named, ...]] = {}
    for words, named in _all_names():
        if words and " ".join(words) not in COMMON:
            known = found.get(words, ())
            if named not in known and not (known and named.sense == "vocabulary"):
                found[words] = (*known, named)
    return found


def _all_names() -> Iterator[tuple[tuple[str, ...], Named]]:
    with (PATTERNS / "names.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            spell = _day(row["start"]), _day(row["end"])
            yield _words(row["name"]), Named(row["code"], *spell, row["sense"])
    for actor in all_actors():
        spell = (None, None) if actor.kind == "state" else (actor.start, actor.end)
        for name in (actor.name, *actor.aliases):
            yield _words(name), Named(actor.code, *spell, "vocabulary")
    for code, names in demonyms().items():
        for name in names:
            yield _words(name), Named(code, None, None, "vocabulary")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _words(name: str) -> tuple[str, ...]:
    words = tuple(name.replace("-", " - ").replace(",", " , ").lower().split())
    return words[1:] if len(words) > 1 and words[0] == "the" else words


@cache
def _spells() -> dict[str, tuple[date | None, date | None]]:
    return {one.code: (one.start, one.end) for one in all_actors() if one.kind == "state"}


def mentions(doc: Doc, day: date | None) -> list[Mention]:
    """Return the actors a text names, in order, as they were on `day`.

    Without a day every name counts, the latest bearer of a shared name first. A
    leader out of office, a newspaper, a university and a sports team name nobody.
    """
    found: list[Mention] = []
    at = 0
    while at < len(doc):
        length = _match(doc, at)
        one = _mention(doc, at, at + length, day) if length else None
        if one:
            found.append(one)
        at += max(length, 1)
    return found


def _match(doc: Doc, at: int) -> int:
    """How many tokens from here make the longest name; 0 for none."""
    if doc[at].pos_ not in CAPITALISED or not doc[at].text[0].isupper():
        return 0
    for length in range(min(LONGEST, len(doc) - at), 0, -1):
        if _spelt(doc[at : at + length]) in _names():
            return length
    return 0


def _spelt(span: Span) -> tuple[str, ...]:
    words = [token.lower_ for token in span]
    last = words[-1]
    if len(words) == 1 and last == "us" and span.text == "US":
        return ("u.s.",)
    if len(words) == 1 and span.text in {"UN", "U.N."}:
        return ("united", "nations")
    plural = (*words[:-1], last.removesuffix("s"))
    return tuple(words) if tuple(words) in _names() else plural


def _mention(doc: Doc, start: int, end: int, day: date | None) -> Mention | None:
    span = doc[start:end]
    named = _meant(_names()[_spelt(span)], day)
    if named is None or _part_of_else(doc, start, end, named):
        return None
    head, agent = _part(span, named)
    whole = doc[min(start, head.i) : max(end, head.i + 1)]
    since = named.start if named.sense == "leader" else None
    return Mention(whole, head, named.code, agent, whole.text, named.sense, since)


def _meant(choices: Iterable[Named], day: date | None) -> Named | None:
    """The bearer of a name on a day."""
    fitting = [one for one in choices if _fits(one, day)]
    alive = [one for one in fitting if _alive(one.code, day)] or fitting
    if day is None and alive and alive[0].sense == "leader":
        return alive[-1]
    return alive[0] if alive else None


def _fits(named: Named, day: date | None) -> bool:
    if day is None:
        return True
    return (named.start or date.min) <= day <= (named.end or date.max)


def _alive(code: str, day: date | None) -> bool:
    """Was the state there on the day? Without a day: is it there still?"""
    start, end = _spells().get(code, (None, None))
    if day is None:
        return end is None or end.year >= date.today().year
    return (start or date.min) <= day <= (end or date.max)


def _part_of_else(doc: Doc, start: int, end: int, named: Named) -> bool:
    """Is the name part of another one, as in Washington Post or George Washington?"""
    after = doc[end] if end < len(doc) else None
    if after is not None and after.pos_ == "PROPN" and after.lower_ in ELSE:
        return True
    before = doc[start - 1] if start else None
    first = before is not None and before.pos_ == "PROPN" and before.dep_ == "compound"
    if named.sense == "vocabulary" and first and before is not None:
        joined = start <= before.head.i < end
        return (
            joined
            and before.lower_ not in TITLES | _roles().keys()
            and before.ent_type_ == ""
            and _spelt(doc[start - 1 : start]) not in _names()
            and before.text.isalpha()
            and doc[start].pos_ == "PROPN"
            and not before.text.isupper()
        )
    return named.sense == "leader" and any(
        child.lower_ in FORMER for token in doc[start:end] for child in token.children
    )


def _part(span: Span, named: Named) -> tuple[Token, str]:
    """The noun that a name hangs on, and the part it gives."""
    head = span.root
    if named.sense in {"leader", "body", "group", "epithet"}:
        return head, OWN
    part = OWN
    while (
        head.dep_ in MODIFIERS and head.head.pos_ in {"NOUN", "PROPN"} and head.head.i - head.i < 6
    ):
        above = head.head
        role = _roles().get(above.lemma_.lower())
        if role is None and above.pos_ == "NOUN":
            break
        head, part = above, role or part
    ruling = _ruling(head)
    if ruling is not None:
        return ruling, _roles()[ruling.lemma_.lower()]
    return head, _refined(head, span, part)


def _ruling(place: Token) -> Token | None:
    """The noun that a name is put behind: "the government *of Iran*", "a court *in Guyana*"."""
    if place.dep_ != "pobj" or place.head.lower_ not in {"of", "in"}:
        return None
    noun, word = place.head.head, place.head.head.lemma_.lower()
    fitting = RULING if place.head.lower_ == "in" else _roles().keys() - OTHERS
    named = any(child.dep_ in MODIFIERS and child.pos_ in {"PROPN", "ADJ"} and child.text[0].isupper()
                for child in noun.children)  # fmt: skip
    near = noun.pos_ == "NOUN" and 0 < place.i - noun.i < 6
    return noun if near and word in fitting and not named else None


def _refined(head: Token, span: Span, part: str) -> str:
    """The part of a bare people ("three Iranians") or of what describes the head."""
    if part != OWN or head.i not in range(span.start, span.end):
        return part
    roles = {_roles().get(child.lemma_.lower()) for child in head.children if child.i > head.i}
    return (
        "CVL"
        if head.tag_ in {"NNPS", "NNS"} and _counted(head)
        else ("SPO" if "SPO" in roles else part)
    )


def _counted(head: Token) -> bool:
    return any(child.dep_ == "nummod" for child in head.children)
