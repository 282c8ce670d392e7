"""What sort of claim a statement is: something the record can bear out, or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from realpolitik.coding import lexicon
from realpolitik.coding.claim import Kind
from realpolitik.coding.clauses import Clause
from realpolitik.coding.quantities import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Token

INTENT = frozenset(["intend", "want", "seek", "aim", "hope", "desire", "wish", "plan", "prefer", "fear", "eager", "intention", "motive", "purpose", "ambition", "intent", "aspire", "crave", "motivate", "willing", "interested"])  # fmt: skip
CAUSE = frozenset(["cause", "ensure", "prevent", "enable", "result", "trigger", "prompt", "provoke", "prolong", "embolden", "deter", "compel", "explain", "contribute", "stem", "bring", "allow", "weaken", "strengthen", "save", "underpin", "undermine"])  # fmt: skip
BECAUSE = frozenset({"because", "thanks", "owing", "hence", "therefore", "consequently"})
VALUE = frozenset(["should", "must", "ought"])
COPULA = frozenset(["be", "seem", "appear", "remain", "constitute", "represent", "highlight", "underscore", "reflect", "become", "look", "mean", "illustrate", "reveal", "show", "prove", "demonstrate", "amount", "matter", "deserve"])  # fmt: skip
JUDGE = frozenset(["wrong", "right", "unjust", "illegal", "legal", "flagrant", "immoral", "best", "worst", "great", "terrible", "disastrous", "mistaken", "brilliant", "foolish", "hypocritical", "legitimate", "illegitimate", "evil", "cynical", "reckless", "wise", "shameful", "naive", "important", "significant", "indispensable", "crucial", "pivotal", "considerable", "successful", "effective", "dangerous", "irresponsible", "unprovoked", "heroic", "noble", "brutal", "justified", "unjustified"])  # fmt: skip
SPEECH = frozenset(["01", "02", "09", "10", "11", "12", "13"])


def sort_of(
    clause: Clause,
    numbers: Sequence[Quantity],
    coded: bool,
    dated: bool,
    thought: bool = False,
) -> Kind:
    """Return the kind of a statement; what is wanted, foretold or valued cannot be checked.

    `coded` says that a word of the lexicon names an act, `dated` that a date is
    given, `thought` that it reports what somebody thinks.
    """
    head = clause.head
    if _asked(clause):
        return "evaluative"
    words = {child.lower_ for child in head.children if child.dep_ == "aux"}
    counts = [one for one in numbers if one.unit != "time"]
    if words & {"will", "shall", "'ll", "wo"} or (words & {"would"} and not dated and not counts):
        return "prediction"
    if words & VALUE:
        return "evaluative"
    if numbers and all(one.unit == "people" for one in numbers) and head.lemma_ == "be":
        return "deed"
    if _intends(clause, thought):
        return "intention"
    if _causes(clause):
        return "causal"
    if _values(clause, bool(numbers), coded, dated):
        return "evaluative"
    return "word" if _speaks(head) else "deed"


def _asked(clause: Clause) -> bool:
    return clause.tokens[-1].text == "?" or any(one.text == "?" for one in clause.tokens[-3:])


def _intends(clause: Clause, thought: bool) -> bool:
    head = clause.head
    near = [head, *[one for one in head.children if one.dep_ in {"acomp", "attr", "dobj"}]]
    wants = any(one.lemma_.lower() in INTENT for one in near)
    designed = head.lemma_ == "design" and any(one.dep_ == "xcomp" for one in head.children)
    return wants or designed or (thought and head.lemma_ not in {"accuse", "blame", "condemn", "criticize",
        "criticise", "praise", "endorse", "reject", "refuse", "decline", "welcome", "ask", "discuss", "oppose"})  # fmt: skip


def _causes(clause: Clause) -> bool:
    head = clause.head
    if head.lemma_.lower() in CAUSE and not lexicon_names(head):
        return True
    lead = head.lemma_ == "lead" and any(one.lower_ == "to" for one in head.children)
    marked = any(one.lower_ in BECAUSE for one in clause.tokens)
    due = any(one.lower_ == "due" and one.dep_ in {"prep", "acomp"} for one in clause.tokens)
    cleft = head.lemma_ == "be" and any(one.dep_ == "nsubj" and one.lower_ == "it" for one in head.children) and any(
        one.dep_ == "relcl" and one.lemma_ in CAUSE for one in head.subtree
    )  # fmt: skip
    return lead or marked or due or cleft


def lexicon_names(head: Token) -> bool:
    """Does the lexicon code this very word?"""
    return any(not entry.company for entry in lexicon.entries(head))


def _values(clause: Clause, numbered: bool, coded: bool, dated: bool) -> bool:
    """Is it a judgement, or says it only what something is?"""
    head = clause.head
    judged = [one for one in clause.tokens if one.lemma_.lower() in JUDGE]
    passive = any(one.dep_ in {"nsubjpass", "auxpass"} for one in head.children)
    if head.lemma_.lower() not in COPULA or passive:
        return bool(judged) and head.lemma_ in {"consider", "deem", "view", "regard"}
    there = any(one.dep_ == "expl" for one in head.children)
    if there:
        return bool(judged)
    return bool(judged) or not (numbered or dated)


def _speaks(head: Token) -> bool:
    codes = [entry.code[:2] for entry in lexicon.entries(head)]
    return bool(codes) and codes[0] in SPEECH
