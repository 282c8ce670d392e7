"""Which two actors of a sentence may stand in an act: by the grammar between them.

The actor must be the subject of a verb, the agent of a passive, or own the noun
that names the act ("Iran's attack on Iraq"); the target must hang below the same
verb or noun. A place ("in Iraq") is no target, unless force was used there or
somebody travelled there. Two joined subjects act on each other where the act is mutual.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from realpolitik.coding.mentions import Mention
from realpolitik.coding.tree import VERBS, Pair, chain, paired

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECT = frozenset({"nsubj", "csubj"})
OWNER = frozenset({"poss", "compound", "amod", "nmod"})
JOINED = frozenset({"conj", "appos"})
BELOW = frozenset({
    "dobj", "prep", "pobj", "dative", "poss", "compound", "amod", "nmod", "conj", "appos", "attr",
    "oprd", "xcomp", "ccomp", "pcomp", "nsubjpass", "nsubj", "acl", "agent", "acomp", "advcl",
    "npadvmod",
})  # fmt: skip
# Clauses without a subject of their own: who governs them acts in them.
REDUCED = frozenset({"xcomp", "acl"})
PLACE = frozenset({"in", "at", "near", "inside", "outside", "around", "across", "within"})
# What follows these is background of the act, not whom it is aimed at.
ASIDE = frozenset({"after", "before", "during", "despite", "since", "amid", "than", "like", "unlike",
                   "besides", "because", "without", "until", "following", "ahead", "as"})  # fmt: skip
SPEECH = frozenset(["say", "tell", "announce", "report", "state", "claim", "add", "note", "declare", "argue", "believe", "think", "know", "write", "insist", "suggest", "explain"])  # fmt: skip
DEEPEST = 9  # steps from the meeting point down to the target


@dataclass(frozen=True, slots=True)
class Dyad:
    """An actor and a target in one sentence, and how they hang together.

    `how` is subject, agent, owner or joined; `placed` says that the target
    stands behind a preposition of place.
    """

    actor: Mention
    target: Mention
    pair: Pair
    how: str
    placed: bool


def dyads(mentions: Sequence[Mention]) -> Iterator[Dyad]:
    """Yield the pairs of one sentence's actors that its grammar allows, in both directions."""
    for actor in mentions:
        if actor.acts_for_state:
            for target in mentions:
                if actor.code != target.code and not _overlap(actor, target):
                    found = _dyad(actor, target)
                    if found and not _of_another(found, mentions):
                        yield found


def _overlap(one: Mention, other: Mention) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


def _dyad(actor: Mention, target: Mention) -> Dyad | None:
    pair = paired(actor.span.doc, actor.span, target.span)
    if pair.split:
        return None
    how = _how(pair, actor)
    if how is None or not _below(pair, how):
        return None
    return Dyad(actor, target, pair, how, _placed(pair))


def _of_another(dyad: Dyad, mentions: Sequence[Mention]) -> bool:
    """Does the target suffer what a third one did: "A condemned C's attack on B"?"""
    on_way = {token.i for token in dyad.pair.down if token.pos_ == "NOUN"}
    return any(
        _owned(other.head) in on_way
        for other in mentions
        if other.code not in {dyad.actor.code, dyad.target.code}
        and not _overlap(other, dyad.target)
        and not _overlap(other, dyad.actor)
    )


def _owned(token: Token) -> int | None:
    """The noun that somebody owns: "C's attack", "the attack of C", "the attack by C"."""
    if token.dep_ == "poss":
        return int(token.head.i)
    if token.dep_ == "pobj" and token.head.lower_ in {"of", "by", "from"}:
        return int(token.head.head.i)
    return None


def _how(pair: Pair, actor: Mention) -> str | None:
    """In which part the actor meets the target; None where it is not one who acts."""
    up = [token.dep_ for token in _led(pair.up)]
    meet = pair.mids[0]
    if not up:
        joined = bool(pair.up) or pair.role(meet) == "S"
        return "joined" if joined and _together(pair) else None
    if up[-1] == "agent" or (up[-1] == "prep" and pair.up[-1].lower_ == "by"):
        return "agent"
    first = up[0]
    if first in SUBJECT:
        return "subject" if all(dep in REDUCED for dep in up[1:]) else None
    if first in OWNER and meet.pos_ == "NOUN" and len(up) == 1:
        return "owner"
    if first in OWNER and len(up) == 2 and up[1] in SUBJECT:
        return "subject"
    return "owner" if up[:2] == ["pobj", "prep"] and _of(pair) else None


def _led(up: tuple[Token, ...]) -> list[Token]:
    """The way up without the list the actor stands in: "Britain *and France* condemned"."""
    for rank, token in enumerate(up):
        if token.dep_ not in JOINED or token.pos_ in VERBS:
            return list(up[rank:])
    return []


def _of(pair: Pair) -> bool:
    """Is it "the attack of A on B", or "from A"?"""
    return len(pair.up) == 2 and pair.up[1].lower_ in {"of", "from"} and pair.mids[0].pos_ == "NOUN"


def _together(pair: Pair) -> bool:
    """Do the two stand side by side as the subject of a verb?"""
    way = (*pair.up, *pair.down)
    above = next((one for one in chain(pair.mids[0]) if one.dep_ not in JOINED), None)
    joined = bool(way) and all(token.dep_ in JOINED for token in way)
    return joined and above is not None and above.dep_ in SUBJECT


def _below(pair: Pair, how: str) -> bool:
    """Does the target hang below the meeting point in a way that makes it one?"""
    if how == "joined":
        return True
    down = list(reversed(pair.down))
    if not down or len(down) > DEEPEST or pair.role(pair.mids[0]) == "S":
        return False
    if any(token.dep_ not in BELOW or token.lower_ in ASIDE for token in down):
        return False
    return _first_step(pair, down, how)


def _first_step(pair: Pair, down: list[Token], how: str) -> bool:
    meet, first = pair.mids[0], down[0]
    if first.dep_ in SUBJECT:  # two subjects of one verb: the other one's act
        return False
    if first.dep_ == "nsubjpass":
        return how == "agent"
    if first.dep_ == "agent":
        return False
    if first.dep_ == "advcl":
        return not any(
            child.dep_ in SUBJECT | {"nsubjpass"} or child.lower_ in ASIDE
            for child in first.children
        )
    if first.dep_ == "conj" and first.pos_ in VERBS:
        return not any(child.dep_ in SUBJECT | {"nsubjpass"} for child in first.children)
    return meet.pos_ in VERBS | {"NOUN", "ADJ"}


def _placed(pair: Pair) -> bool:
    preps = [token for token in reversed(pair.down) if token.dep_ == "prep"]
    return bool(preps) and preps[-1].lower_ in PLACE


def told(pair: Pair) -> bool:
    """Does the target stand in what the actor only says of others?

    "A said that B had attacked C" is A's word about B, and no act of A towards C.
    """
    down = list(reversed(pair.down))
    clauses = [rank for rank, token in enumerate(down) if token.dep_ == "ccomp"]
    if pair.mids[0].lemma_ == "deny" and any(token.dep_ in {"ccomp", "acl"} for token in down):
        return True
    if not clauses or pair.mids[0].lemma_ not in SPEECH:
        return False
    inner = down[clauses[0]]
    subjects = [child for child in inner.children if child.dep_ in SUBJECT | {"nsubjpass"}]
    return any(pair.role(token) != "T" and token.pos_ != "PRON" for token in subjects) and not any(
        token in subjects for token in down[clauses[0] :]
    )
