"""Which two actors of a sentence may stand in an act: by the grammar between them.

The actor must be the subject of a verb, the agent of a passive, or own the noun
that names the act ("Iran's attack on Iraq"); the target must hang below the same
verb or noun. A place ("in Iraq") is no target, unless force was used there or
somebody travelled there. Two joined subjects act on each other where the act is mutual,
and so do those between whom there was such an act.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from realpolitik.coding.lexicon import entries
from realpolitik.coding.mentions import PERSONS, Mention
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
# Two stand behind these as parties of something, or one as what is spoken of.
PARTIES = frozenset({"between", "among"})
TOPIC = frozenset({"about", "regarding", "concerning"})
# What follows these is background of the act, not whom it is aimed at.
ASIDE = frozenset({"after", "before", "during", "despite", "since", "amid", "than", "like", "unlike",
                   "besides", "because", "without", "until", "following", "ahead", "as"})  # fmt: skip
SPEECH = frozenset(["say", "tell", "announce", "report", "state", "claim", "add", "note", "declare", "argue", "believe", "think", "know", "write", "insist", "suggest", "explain"])  # fmt: skip
OTHERS_ACT = frozenset({"advcl", "acl", "relcl", "pcomp"})
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
    """The noun that somebody owns: "C's attack", "the attack of C", "the attack by C".

    What is "of C" and no act, as in "southwest of C", is a part or place of it.
    """
    if token.dep_ == "poss" or (token.dep_ in OWNER and entries(token.head)):
        return int(token.head.i)
    if token.dep_ == "pobj" and token.head.lower_ in {"of", "by", "from"}:
        noun = token.head.head
        return int(noun.i) if token.head.lower_ == "by" or entries(noun) else None
    return None


def _how(pair: Pair, actor: Mention) -> str | None:
    """In which part the actor meets the target; None where it is not one who acts."""
    up = [token.dep_ for token in _led(pair.up)]
    up = _introduced(pair, up)
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
    owned = pair.down and pair.down[-1].dep_ in OWNER  # "B's occupation of A" is B's
    return "owner" if up[:2] == ["pobj", "prep"] and _of(pair) and not owned else None


def _introduced(pair: Pair, up: list[str]) -> list[str]:
    """The way up of one who speaks for the actor: "Crocker, a State Department *official*, flew"."""
    if "appos" not in up[:3] or up[up.index("appos") + 1 :] != ["nsubj"]:
        return up
    at = up.index("appos")
    office = pair.up[len(pair.up) - len(up) + at]
    served = office.lemma_.lower() in PERSONS and all(dep in OWNER for dep in up[:at])
    return up[at + 1 :] if served else up


def _led(up: tuple[Token, ...]) -> list[Token]:
    """The way up without the list the actor stands in: "Britain *and France* condemned"."""
    for rank, token in enumerate(up):
        if token.dep_ not in JOINED or token.pos_ in VERBS:
            return list(up[rank:])
    return []


def _of(pair: Pair) -> bool:
    """Is it "the attack of A on B", or "from A"? "The killing of A by B" is B's."""
    done = any(child.lower_ == "by" for child in pair.mids[0].children)
    of = len(pair.up) == 2 and pair.up[1].lower_ in {"of", "from"}
    return of and pair.mids[0].pos_ == "NOUN" and not done


def _together(pair: Pair) -> bool:
    """Do the two stand side by side as the subject of a verb?"""
    way = (*pair.up, *pair.down)
    above = next((one for one in chain(pair.mids[0]) if one.dep_ not in JOINED), None)
    joined = bool(way) and all(token.dep_ in JOINED for token in way)
    return joined and above is not None and (above.dep_ in SUBJECT or _between(above))


def _between(token: Token) -> bool:
    """Is it "talks *between A and B*", where the noun names an act?"""
    prep = token.head
    return token.dep_ == "pobj" and prep.lower_ == "between" and bool(entries(prep.head))


def _below(pair: Pair, how: str) -> bool:
    """Does the target hang below the meeting point in a way that makes it one?"""
    if how == "joined":
        return True
    down = list(reversed(pair.down))
    if not down or len(down) > DEEPEST or pair.role(pair.mids[0]) == "S":
        return False
    if any(token.dep_ not in BELOW or token.lower_ in ASIDE or _clausal(token) for token in down):
        return False
    return _first_step(pair, down, how)


def _clausal(token: Token) -> bool:
    """Is it "remarks *that C was weak*": a clause of somebody else's?"""
    return token.dep_ == "acl" and any(child.dep_ in SUBJECT for child in token.children)


def _first_step(pair: Pair, down: list[Token], how: str) -> bool:
    meet, first = pair.mids[0], down[0]
    if first.dep_ in SUBJECT:  # two subjects of one verb: the other one's act
        return False
    if first.dep_ == "nsubjpass":
        return how == "agent"
    if first.dep_ == "agent" or (first.lower_ == "by" and meet.pos_ == "NOUN"):
        return False
    if first.dep_ == "advcl":
        return (_subject(pair, first) and first.tag_ == "VB") or not any(
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
    if not clauses:
        return False
    inner = down[clauses[0]]
    subjects = [child for child in inner.children if child.dep_ in SUBJECT | {"nsubjpass"}]
    return any(pair.role(token) != "T" and token.pos_ != "PRON" for token in subjects) and not any(
        token in subjects for token in down[clauses[0] :]
    )


def aside(pair: Pair) -> bool:
    """Does the target belong to another act than the one at the meeting point?

    "A met B to discuss ways of fighting C" is no meeting of A and C.
    """
    return any(
        token.dep_ in OTHERS_ACT and token.pos_ in VERBS and not _own_clause(pair, token)
        for token in pair.down
    )


def _own_clause(pair: Pair, verb: Token) -> bool:
    """Is it "called for *B to leave*", or "a threat *to use* force against B"?"""
    return _subject(pair, verb) or (
        verb.dep_ == "acl" and verb.tag_ == "VB" and verb.head in pair.mids
    )


def _subject(pair: Pair, verb: Token) -> bool:
    """Is the target the subject of this verb?"""
    return pair.target.root.head == verb and pair.target.root.dep_ == "nsubj"


def spoken_of(pair: Pair) -> bool:
    """Is the target only what is talked about: "we talked *about B*", "money for peace *between B* and C"?"""
    return any(token.lower_ in TOPIC | PARTIES and token.dep_ == "prep" for token in pair.down)


def buried(pair: Pair, root: str) -> bool:
    """Is the act only named by a noun deep below: "has concerns *about threats* to B"?

    Of "a series of attacks on B" the attacks count.
    """
    noun = False
    for token in reversed(pair.down):
        if root in {entry.root for entry in entries(token)}:
            return noun and token.pos_ == "NOUN"
        noun = noun or (token.dep_ == "prep" and token.lower_ != "of" and token.head.pos_ == "NOUN")
    return False
