"""A claim held against one act, slot by slot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from realpolitik.checks.evidence import Evidence
from realpolitik.checks.terms import Weights, alike, base, terms
from realpolitik.coding.claim import Claim
from realpolitik.constants import DATE_SLACK_DAY, DATE_SLACK_MONTH
from realpolitik.vocab import kinds


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near a claim's words are to an act's.

    `covered` is the weighted share of the claim's words that the act has,
    `covering` the share of the act's that the claim has, `weight` the
    weight of the words shared, `missing` the share of the claim's names that
    the act lacks, `code` 0 to 1 how near the codes are.
    """

    covered: float
    covering: float
    weight: float
    missing: float
    code: float
    lacking: tuple[str, ...]


def likeness(claim: Claim, act: Evidence, weights: Weights) -> Likeness:
    """Return how near the words and codes of a claim are to an act's."""
    own = terms(claim.own)
    rest = act.words | act.extra
    total = sum(weights.of(word) for word in own) or 1.0
    beside = act.extra | act.company
    found = {word: max(alike(word, act.words), 0.7 * alike(word, beside)) for word in own}
    shared = sum(found[word] * weights.of(word) for word in own)
    mine = frozenset(own)
    whole = sum(weights.of(word) for word in act.words) or 1.0
    back = sum(alike(word, mine) * weights.of(word) for word in act.words)
    names = names_in(claim.own, rest)
    lost = [name for name in names if not alike(name, rest)]
    return Likeness(
        covered=shared / total,
        covering=back / whole,
        weight=shared,
        missing=len(lost) / len(names) if names else 0.0,
        code=code_likeness(claim.codes, act),
        lacking=tuple(word for word in own if not found[word]),
    )


def names_in(text: str, held: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Stems of words with a capital, names of actors left out; a first word only where `held` has it."""
    words = text.replace("-", " ").split()
    capital = [word for word in words[1:] if word[:1].isupper()]
    first = [stem for stem in terms(" ".join(words[:1])) if stem in held]
    return tuple(dict.fromkeys([*first, *terms(" ".join(capital))]))


def code_likeness(codes: tuple[str, ...], act: Evidence) -> float:
    """Return 1 for a code within another, 0.8 for one root, 0.5 for one kind and side, else 0."""
    best = 0.0
    for one in codes:
        short, own = one.rstrip("0") or one, act.code.rstrip("0") or act.code
        if one.startswith(own) or act.code.startswith(short):
            return 1.0
        if one[:2] == act.code[:2]:
            best = max(best, 0.8)
        elif _place(one) == (act.kind, act.side):
            best = max(best, 0.5)
    return best


def _place(code: str) -> tuple[str, str]:
    found = kinds.place("cameo", code)
    return found.kind, found.side


def direction(claim: Claim, act: Evidence) -> tuple[str, str]:
    """Return how actor and target of a claim stand to those of an act."""
    if act.mutual or claim.mutual:
        both = {base(code) for code in (claim.actor, claim.target) if code}
        status = "match" if both <= act.parties or both & _about(act) == both else "conflict"
        return (status if claim.actor else "silent", status if claim.target else "silent")
    actor = _one(claim.actor, act.actor, act, claim.sure_roles, silent="conflict")
    return actor, _one(claim.target, act.target, act, claim.sure_roles, silent="silent")


def _one(asked: str | None, held: str, act: Evidence, sure: bool, silent: str) -> str:
    """One side; where the grammar leaves the roles open, a party on the other side is compatible.

    `silent` is what an open role of somebody the act does not name amounts to.
    """
    if asked is None:
        return "silent"
    if base(asked) == base(held):
        return "match"
    if base(asked) in _about(act) - act.parties or (not sure and base(asked) in act.parties):
        return "compatible"
    return "conflict" if sure else silent


def _about(act: Evidence) -> frozenset[str]:
    """Everybody an act names: its parties, its alleged principal, and the actors in its words."""
    return act.parties | act.named | ({act.principal} if act.principal else frozenset())


def reversed_(claim: Claim, act: Evidence) -> bool:
    """Is the act that of the claim's target towards its actor?"""
    if act.mutual or claim.mutual or not (claim.actor and claim.target):
        return False
    return base(claim.actor) == base(act.target) and base(claim.target) == base(act.actor)


def dated(claim: Claim, act: Evidence) -> str:
    """Return how the days of a claim stand to those of an act; compatible where one is coarser."""
    asked = claim.when
    if asked is None:
        return "silent"
    start, end = asked.start or date.min, asked.end or date.max
    if start <= act.start and act.end <= end:
        return "match"
    if start <= act.end and act.start <= end:
        return "compatible"
    slack = timedelta(DATE_SLACK_DAY if asked.precision == "day" else DATE_SLACK_MONTH)
    near = min(abs(act.start - end), abs(start - act.end)) <= slack
    return "compatible" if asked.precision in {"day", "month"} and near else "conflict"
