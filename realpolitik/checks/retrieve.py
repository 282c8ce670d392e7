"""The acts a claim may mean, best first."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from realpolitik.checks.evidence import Evidence
from realpolitik.checks.slots import Likeness, dated, direction, likeness, names_in, reversed_
from realpolitik.checks.terms import Weights, base
from realpolitik.coding.claim import Claim
from realpolitik.constants import BELONG_DAYS, FOUND_MOST, WEIGHT_MOST

SCORE = Path(__file__).with_name("score.csv")
SIGNS = ("covered", "covering", "weight", "missing", "code", "parties", "unlike")


@cache
def weights() -> dict[str, float]:
    """The weights of the score, by sign; set by hand, each with its reason in the table."""
    with SCORE.open(encoding="utf-8", newline="") as lines:
        return {row["sign"]: float(row["weight"]) for row in csv.DictReader(lines)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An act a claim may mean.

    `same` is the chance, 0 to 1, that the claim is about this act, read off
    words, codes and parties alone; `rank` adds date and direction.
    """

    act: Evidence
    like: Likeness
    same: float
    rank: float
    actor: str
    target: str
    date: str
    reversed: bool


class Known:
    """The acts of the record, as known on a day, with the weight of every word in them."""

    def __init__(self, acts: Sequence[Evidence], as_of: date | None = None) -> None:
        self.as_of = as_of
        held = [one if as_of is None else one.without_note() for one in acts
                if as_of is None or max(one.known, one.start) <= as_of]  # fmt: skip
        self.acts = [_peopled(one, held) for one in held]
        self.weights = Weights(one.words for one in acts)
        self._by_id = {one.id: one for one in self.acts}

    def get(self, id_: str) -> Evidence | None:
        """The act with an id, None where it is not known."""
        return self._by_id.get(id_)

    def find(self, claim: Claim) -> list[Candidate]:
        """Return the acts a claim may mean, the likeliest first, at most FOUND_MOST."""
        parties = _parties(claim)
        near = [one for one in self.acts if not parties or parties & (one.parties | one.named)]
        scored = [self._candidate(claim, one, parties) for one in near]
        return sorted(scored, key=lambda one: (-one.rank, one.act.id))[:FOUND_MOST]

    def _candidate(self, claim: Claim, act: Evidence, parties: frozenset[str]) -> Candidate:
        like = likeness(claim, act, self.weights)
        known = weights()
        logit = known["intercept"] + sum(
            known[sign] * value
            for sign, value in zip(SIGNS, signs(claim, act, like, parties), strict=True)
        )
        actor, target = direction(claim, act)
        when = dated(claim, act)
        rank = logit + known[f"date {when}"] + known[f"side {actor}"] + known[f"side {target}"]
        same = 1 / (1 + math.exp(-logit))
        return Candidate(act, like, same, rank, actor, target, when, reversed_(claim, act))

    def belonging(self, act: Evidence) -> list[Evidence]:
        """Acts that belong to one: linked by their coder, or of its parties and code soon after."""
        linked = {*act.related, *(one.id for one in self.acts if act.id in one.related)}
        linked |= {other for one in linked for other in getattr(self.get(one), "related", ())}
        end = act.end + timedelta(BELONG_DAYS)
        return [
            one
            for one in self.acts
            if one.id != act.id
            and (
                one.id in linked
                or (one.parties == act.parties and one.code == act.code
                    and act.start - timedelta(BELONG_DAYS) <= one.start <= end)
            )
        ]  # fmt: skip


def _peopled(act: Evidence, acts: Sequence[Evidence]) -> Evidence:
    """Contacts that went on for a while, with the names of other acts of the two in these days.

    "Officials meet monthly" tells of the envoy whom the act of the second month names.
    """
    if act.kind != "contact" or act.start == act.end:
        return act
    during = (
        one for one in acts if one.parties == act.parties and act.start <= one.start <= act.end
    )
    named = frozenset(name for one in during if one.id != act.id for name in names_in(one.text))
    return replace(act, company=named)


def signs(
    claim: Claim, act: Evidence, like: Likeness, parties: frozenset[str]
) -> tuple[float, ...]:
    """The features of the score, in the order of SIGNS."""
    named = act.parties | act.named
    shared = len(parties & named) / len(parties) if parties else 0.5
    word = claim.kind == "word"
    unlike = float((act.kind == "word") != word and act.kind != "contact")
    return (
        like.covered,
        like.covering,
        min(like.weight, WEIGHT_MOST),
        like.missing,
        like.code,
        shared,
        unlike,
    )


def _parties(claim: Claim) -> frozenset[str]:
    codes = (claim.actor, claim.target, *claim.others)
    return frozenset(base(code) for code in codes if code)
