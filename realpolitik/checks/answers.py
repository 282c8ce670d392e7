"""Harm of an answering blow: "its retaliation caused no casualties" names no act, but what it answered.

The act meant is a deed of conflict between the two that follows another, the
other way round, of which the text speaks.
"""

from __future__ import annotations

import re
from datetime import timedelta

from realpolitik.checks.decide import ABSENT, CONTRADICTED, SILENT, SUPPORTED, Verdict
from realpolitik.checks.evidence import Evidence
from realpolitik.checks.numbers import HARM, counted
from realpolitik.checks.retrieve import Known
from realpolitik.checks.terms import actors_named, alike, base, terms
from realpolitik.coding.claim import Claim
from realpolitik.constants import ANSWER_LEAST, BELONG_DAYS

ANSWER = re.compile(
    r"\b(?:retaliat\w*|revenge|reprisals?|counter-?(?:strike|attack)s?|respon(?:se|ses|d\w*))\b",
    re.IGNORECASE,
)


def harmless(claim: Claim, known: Known, about: str) -> Verdict | None:
    """Return the verdict on a claim that an answering blow hurt nobody, None where it is no such claim.

    `about` is the whole text, which says what was answered.
    """
    asked = [one for one in claim.quantities if one.value == 0 and one.role in HARM]
    if not asked or not ANSWER.search(claim.own):
        return None
    act = _answering(claim, known, frozenset(terms(about)))
    if act is None:
        return None
    found = counted(asked[0], act, known.belonging(act))
    verdict = {"conflict": CONTRADICTED, "match": SUPPORTED}.get(found.status, ABSENT)
    acts = [act, *(one for id_ in found.acts if (one := known.get(id_)) and one.id != act.id)]
    lines = tuple(one.line for one in acts)
    why = f"Read as {act.actor}'s answer of {act.start}. {found.why}."
    slots = SILENT | {"act": "compatible", "quantity": found.status}
    return Verdict(
        verdict, why, slots, tuple(one.id for one in acts), lines, None, False, known.as_of
    )


def _answering(claim: Claim, known: Known, words: frozenset[str]) -> Evidence | None:
    """The blow that answers what the text speaks of most, None where nothing stands out."""
    codes = (claim.actor, claim.target, *claim.others)
    parties = frozenset(base(code) for code in codes if code) | actors_named(claim.own)
    blows = [one for one in known.acts if _is_blow(one) and one.parties <= parties]
    scored = [
        (_spoken_of(other, words, known), one.start.toordinal(), one)
        for one in blows
        for other in blows
        if base(other.actor) == base(one.target)
        and timedelta(0) < one.start - other.start <= timedelta(BELONG_DAYS)
    ]
    if not scored:
        return None
    best = max(scored, key=lambda pair: pair[:2])
    return best[2] if best[0] >= ANSWER_LEAST else None


def _is_blow(act: Evidence) -> bool:
    return act.kind == "deed" and act.side == "conflict" and act.code[:2] in {"18", "19", "20"}


def _spoken_of(act: Evidence, words: frozenset[str], known: Known) -> float:
    """The share of an act's words, by weight, that the text has."""
    total = sum(known.weights.of(word) for word in act.words) or 1.0
    return sum(alike(word, words) * known.weights.of(word) for word in act.words) / total
