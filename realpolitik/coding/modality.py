"""Is an act said to have happened, promised, threatened, denied, or only imagined?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from realpolitik.coding.tree import Pair, chain

if TYPE_CHECKING:
    from spacy.tokens import Token

Modality = Literal["asserted", "promised", "threatened", "denied", "hypothetical"]
FUTURE = frozenset({"will", "shall", "'ll", "wo"})
POSSIBLE = frozenset({"may", "might", "could", "can", "would"})
CONDITIONS = frozenset({"if", "unless", "whether"})
NOT_YET = frozenset({"plan", "intend", "prepare", "consider", "expect", "want", "hope", "seek"})
AHEAD = frozenset({"going", "set", "due", "about", "ready", "likely"})
DENIALS = frozenset({"deny", "denial"})
# Words that deny of themselves: a negation beside them is no second one.
HARSH = frozenset({"REJECT", "SANCTION", "ACCUSE"})
COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD"})
DEEDS = frozenset({"COOPERATE", "AID", "YIELD", "PROTEST", "MOBILIZE", "SANCTION", "COERCE",
                   "ASSAULT"})  # fmt: skip


def modality(pair: Pair, root: str) -> Modality:
    """Return how an act of this root is put: as done, to come, denied or imagined."""
    verbs = pair.verbs()
    if root not in HARSH and (any(map(negated, verbs)) or _denied_above(pair)):
        return "denied"
    if any(map(conditional, verbs)):
        return "hypothetical"
    if root in {"AGREE", "THREATEN"}:
        return "promised" if root == "AGREE" else "threatened"
    if root in DEEDS | {"CONSULT"} and any(map(ahead, verbs)):
        return "promised" if root in COOPERATIVE else "threatened"
    possible = root in DEEDS and any(_aux(verb) & POSSIBLE for verb in verbs)
    return "hypothetical" if possible else "asserted"


def negated(verb: Token) -> bool:
    """Does a negation hang on this verb?"""
    return any(child.dep_ == "neg" for child in verb.children)


def conditional(verb: Token) -> bool:
    """Does the verb, or a clause it stands in, follow "if" or "whether"?"""
    clauses = (one for one in chain(verb) if one.pos_ in {"VERB", "AUX"})
    return any(
        child.lower_ in CONDITIONS and child.dep_ in {"mark", "advmod"}
        for clause in clauses
        for child in clause.children
    )


def ahead(verb: Token) -> bool:
    """Is what the verb says still to come?"""
    if _aux(verb) & FUTURE or verb.lower_ in AHEAD or verb.lemma_ in NOT_YET:
        return True
    return verb.dep_ == "xcomp" and (verb.head.lower_ in AHEAD or verb.head.lemma_ in NOT_YET)


def _aux(verb: Token) -> set[str]:
    return {child.lower_ for child in verb.children if child.dep_ == "aux"}


def _denied_above(pair: Pair) -> bool:
    on_way = {token.i for token in pair.path()}
    return any(
        token.lemma_.lower() in DENIALS
        for token in pair.doc
        if token.i in on_way or any(child.i in on_way for child in token.children)
    )
