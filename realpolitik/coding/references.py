"""Whom a pronoun or a bare role ("the ministry") stands for: the last fitting actor named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from realpolitik.coding.mentions import OWN, PERSONS, Mention

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# "They" is left out: whom it means is too often somebody else.
PRONOUNS = frozenset({"he", "she", "it"})
OWNERS = frozenset({"his", "her", "its"})
FIRST = frozenset({"we", "i"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
QUOTES = frozenset({'"', "“", "”", "``", "''"})
# Nothing acts behind these: "it is clear", "there was".
EMPTY = frozenset({"be", "seem", "appear", "rain", "happen"})
ROLES = frozenset(["government", "ministry", "ambassador", "spokesman", "spokeswoman", "embassy", "delegation", "regime", "administration", "army", "military", "president", "premier", "envoy"])  # fmt: skip
REACH = 2  # sentences a pronoun looks back


def referred(
    sentence: Span, own: Sequence[Mention], before: Sequence[Mention], speaker: str | None = None
) -> list[Mention]:
    """Return stand-ins in a sentence: subjects that are pronouns or bare roles, and "its".

    `own` are the actors the sentence names, `before` those named in the
    sentences ahead of it. A stand-in means the last subject before it that acts
    for a state; "we" and "I" mean `speaker`, the actor for whom the text speaks.
    """
    found = []
    quoted = False
    for token in sentence:
        quoted = quoted != (token.text in QUOTES)
        if speaker and token.lower_ in FIRST and token.dep_ in SUBJECTS and not quoted:
            found.append(_speaker(token, speaker))
        elif _stands_in(token) and not any(_covers(one, token) for one in own):
            meant = _meant(token, own, before)
            if meant:
                span = sentence.doc[token.left_edge.i : token.i + 1]
                how = f"“{span.text}” read as {meant.native}"
                found.append(replace(meant, span=span, head=token, native=span.text, how=how))
    return found


def _speaker(token: Token, code: str) -> Mention:
    span = token.doc[token.i : token.i + 1]
    return Mention(span, token, code, OWN, token.text, f"“{token.text}” read as the speaker")


def _stands_in(token: Token) -> bool:
    if token.dep_ == "poss":
        return token.lower_ in OWNERS
    if token.dep_ not in SUBJECTS:
        return False
    if token.lower_ in PRONOUNS:
        return token.head.lemma_ not in EMPTY
    bare = all(child.dep_ == "det" for child in token.children)
    definite = any(child.lower_ == "the" for child in token.children)
    return token.lemma_.lower() in ROLES and bare and definite


def _covers(one: Mention, token: Token) -> bool:
    return one.span.start <= token.i < one.span.end


def _meant(token: Token, own: Sequence[Mention], before: Sequence[Mention]) -> Mention | None:
    ahead = [one for one in own if one.span.end <= token.i]
    if token.dep_ == "poss":
        before = []  # whose it is stands in the same sentence, or is too often somebody else
    for mentions in (ahead, before):
        subjects = [one for one in mentions if one.head.dep_ == "nsubj" and one.agent == OWN]
        fitting = [one for one in subjects if _agree(token, one)]
        if fitting:
            return fitting[-1]
    return None


def _agree(token: Token, meant: Mention) -> bool:
    """Can the stand-in mean this: he or she a person, it none?"""
    person = meant.how == "leader" or meant.head.lemma_.lower() in PERSONS
    neuter = token.lower_ in {"it", "its"}
    return token.lower_ not in PRONOUNS | OWNERS or person != neuter
