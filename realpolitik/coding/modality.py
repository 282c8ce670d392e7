"""Is an act said to have happened, promised, threatened, denied, or only imagined?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from realpolitik.coding.tree import VERBS, Pair, chain

if TYPE_CHECKING:
    from spacy.tokens import Token

Modality = Literal["asserted", "promised", "threatened", "denied", "hypothetical"]
FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
POSSIBLE = frozenset({"may", "might", "could", "can", "would"})
OUGHT = frozenset({"should", "must", "ought"})
CONDITIONS = frozenset({"if", "unless", "whether"})
NOT_YET = frozenset({"plan", "intend", "prepare", "consider", "expect", "want", "hope", "seek",
                     "mull", "vow", "promise", "pledge"})  # fmt: skip
WISHES = frozenset(
    {"want", "urge", "ask", "expect", "like", "need", "tell", "order", "wish", "invite"}
)
AHEAD = frozenset({"going", "set", "due", "about", "ready", "likely", "poised", "scheduled"})
SPEECH = frozenset({"say", "announce", "declare", "state", "tell", "add", "insist", "confirm",
                    "report", "claim", "note"})  # fmt: skip
DENIALS = frozenset({"deny", "denial"})
# Words that deny of themselves: a negation beside them is no second one.
HARSH = frozenset({"REJECT", "SANCTION", "ACCUSE"})
COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD"})
DEEDS = frozenset({"COOPERATE", "AID", "YIELD", "PROTEST", "MOBILIZE", "SANCTION", "COERCE",
                   "ASSAULT"})  # fmt: skip


def to_come(pair: Pair, root: str) -> str:
    """Return the root of an act that is still to come: a promise, a threat, or as it was.

    The codebook of PLOVER reads cooperation in the future tense as AGREE and
    conflict in the future tense as THREATEN.
    """
    verbs = pair.verbs()
    if root not in DEEDS | {"CONSULT"} or not any(map(ahead, verbs)):
        return root
    if any(map(negated, verbs)) or any(map(conditional, verbs)):
        return root
    return "AGREE" if root in COOPERATIVE else "THREATEN"


def modality(pair: Pair, root: str) -> Modality:
    """Return how an act of this root is put: as done, to come, denied or imagined."""
    verbs = pair.verbs()
    if root not in HARSH and (any(map(negated, verbs)) or _denied_above(pair)):
        return "denied"
    if root in {"AGREE", "THREATEN"} and not conditional(pair.mids[0]):
        return "promised" if root == "AGREE" else "threatened"  # "X will, if": still said by X
    if any(map(conditional, verbs)) or any(map(_wanted, verbs)):
        return "hypothetical"
    if root in {"AGREE", "THREATEN"}:
        return "promised" if root == "AGREE" else "threatened"
    wished = OUGHT | POSSIBLE if root in DEEDS else OUGHT
    return "hypothetical" if any(_aux(verb) & wished for verb in verbs) else "asserted"


def _wanted(verb: Token) -> bool:
    """Is it only what somebody else wants done: "A wants *B to attack* C"?"""
    own = any(child.dep_ == "nsubj" for child in verb.children)
    return verb.dep_ == "ccomp" and verb.tag_ == "VB" and own and verb.head.lemma_ in WISHES


def negated(verb: Token) -> bool:
    """Does a negation hang on this verb?"""
    return any(child.dep_ == "neg" for child in verb.children)


def conditional(verb: Token) -> bool:
    """Does the verb, or a clause it stands in, follow "if" or "whether"?"""
    clauses = (one for one in chain(verb) if one.pos_ in VERBS)
    return any(
        child.lower_ in CONDITIONS and child.dep_ in {"mark", "advmod"}
        for clause in clauses
        for child in clause.children
    )


def ahead(verb: Token) -> bool:
    """Is what the verb says still to come?"""
    held = any(child.dep_ == "oprd" for child in verb.children)  # "is considered important"
    if _aux(verb) & FUTURE or (verb.lemma_ in NOT_YET and not held):
        return True
    if verb.lower_ in AHEAD:  # "is going to send", not "is going to school"
        return any(child.dep_ == "xcomp" for child in verb.children)
    above = verb.head
    if verb.dep_ == "xcomp":
        return above.lower_ in AHEAD or above.lemma_ in NOT_YET
    # "said it would send": the future of what was said.
    return verb.dep_ == "ccomp" and above.lemma_ in SPEECH and "would" in _aux(verb)


def _aux(verb: Token) -> set[str]:
    return {child.lower_ for child in verb.children if child.dep_ == "aux"}


def _denied_above(pair: Pair) -> bool:
    way = pair.path()
    near = [*way, *(token.head for token in way)]
    return any(token.lemma_.lower() in DENIALS for token in near)
