"""From acts and slots to a verdict: supported, in part, contradicted, disputed, not in record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from realpolitik.checks.evidence import Evidence
from realpolitik.checks.numbers import Counted, counted
from realpolitik.checks.retrieve import Candidate, Known
from realpolitik.checks.terms import alike, stem, terms
from realpolitik.coding.claim import Claim
from realpolitik.constants import (
    COVER_LEAST,
    COVER_SURE,
    COVER_UNIQUE,
    NAMES_MISSING,
    SAME_LEAST,
    SAME_SURE,
)

SUPPORTED, IN_PART, CONTRADICTED = "supported", "supported in part", "contradicted"
DISPUTED, ABSENT, UNCHECKABLE = "disputed", "not in record", "not checkable"
DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ial)|disputes?|rejects? the finding|had nothing to do)\b", re.IGNORECASE
)
WHY_NOT = {
    "intention": "It says what somebody wants or means; acts show what was done.",
    "prediction": "It says what will or would happen; the record holds what happened.",
    "evaluative": "It is a judgement, a description or a question; no act bears it out or refutes it.",
    "causal": "It says what led to what; acts show an order, not a cause.",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the record says to a claim.

    `probability` is the calibrated chance that the verdict is right; below
    CHECK_LEAST none is given and `abstained` is True. `slots` are match,
    compatible, conflict or silent. `acts` are the ids it rests on, `evidence`
    the lines of these acts.
    """

    verdict: str
    why: str
    slots: dict[str, str]
    acts: tuple[str, ...]
    evidence: tuple[str, ...]
    probability: float | None
    abstained: bool
    as_of: date | None
    found: tuple[str, ...] = ()
    score: float = 1.0

    def as_dict(self) -> dict[str, Any]:
        """The verdict as JSON-ready values."""
        return {
            "verdict": self.verdict,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "why": self.why,
            "slots": self.slots,
            "acts": list(self.acts),
            "evidence": list(self.evidence),
            "probability": self.probability,
            "abstained": self.abstained,
        }


SILENT = dict.fromkeys(("actor", "target", "act", "date", "quantity", "attribution"), "silent")


@dataclass(frozen=True, slots=True)
class Held:
    """A claim held against one candidate: the slots, the numbers, and who else the verdict rests on."""

    best: Candidate
    slots: dict[str, str]
    numbers: tuple[Counted, ...]
    acts: tuple[Evidence, ...]


def decide(claim: Claim, known: Known, complete: bool = False) -> Verdict:
    """Return the verdict on a claim.

    `complete` says that the record is declared complete for these actors and
    days: only then does silence contradict.
    """
    if not claim.checkable:
        return _bare(UNCHECKABLE, WHY_NOT.get(claim.kind, WHY_NOT["evaluative"]), known)
    found = known.find(claim)
    ids = tuple(one.act.id for one in found)
    held = [_held(claim, one, known) for one in found[:3] if one.same >= SAME_LEAST]
    if not held:
        return _absent(claim, found, known, complete, ids)
    best = _chosen(held)
    return _judged(claim, best, found, known, ids)


def _chosen(held: Sequence[Held]) -> Held:
    """The likeliest act; one the other way round only where none of the right way covers as much."""
    first = max(held, key=_fit)
    if not first.best.reversed:
        return first
    straight = [
        one
        for one in held
        if not one.best.reversed and one.best.like.covered >= first.best.like.covered
    ]
    return max(straight, key=_fit, default=first)


def _fit(held: Held) -> float:
    conflicts = sum(status == "conflict" for status in held.slots.values())
    return held.best.rank - 0.5 * conflicts


def _held(claim: Claim, one: Candidate, known: Known) -> Held:
    around = [] if claim.kind == "word" else known.belonging(one.act)
    numbers = tuple(
        counted(asked, one.act, around) for asked in claim.quantities if asked.unit not in {"time"}
    )
    numbers = tuple(_settled(numbers, claim))
    act = "match" if max(one.like.covered, one.like.code) >= 0.6 else "compatible"
    slots = {
        "actor": one.actor,
        "target": one.target,
        "act": "conflict" if claim.denied != _denying(one.act) and claim.denied else act,
        "date": one.date,
        "quantity": _worst(numbers),
        "attribution": _said(claim, one.act),
    }
    ids = dict.fromkeys((one.act.id, *(id_ for number in numbers for id_ in number.acts)))
    rests = tuple(one_ for id_ in ids if (one_ := known.get(id_)))
    return Held(one, slots, numbers, rests)


def _settled(numbers: Sequence[Counted], claim: Claim) -> Iterator[Counted]:
    """A number beside one of its unit that matches is a further detail, and no other count of the same."""
    asked = [one for one in claim.quantities if one.unit not in {"time"}]
    matched = {
        one.unit for one, found in zip(asked, numbers, strict=True) if found.status == "match"
    }
    for one, found in zip(asked, numbers, strict=True):
        detail = found.status == "conflict" and one.unit in matched
        yield Counted("silent", (), f"the act says nothing of {one.text}") if detail else found


def _denying(act: Evidence) -> bool:
    return act.code.startswith("016") or bool(DENIES.search(act.text))


def _worst(numbers: Sequence[Counted]) -> str:
    order = ("conflict", "silent", "compatible", "match")
    found = {one.status for one in numbers}
    return next((status for status in order if status in found), "silent")


def _said(claim: Claim, act: Evidence) -> str:
    """Is a saying matched by a saying? An act is no proof that somebody spoke of it."""
    if claim.kind != "word":
        return "silent"
    return "match" if act.kind == "word" else "compatible"


def _judged(
    claim: Claim, held: Held, found: Sequence[Candidate], known: Known, ids: tuple[str, ...]
) -> Verdict:
    best = held.best
    conflicts = [slot for slot, status in held.slots.items() if status == "conflict"]
    if best.reversed:
        conflicts = ["direction", *[slot for slot in conflicts if slot not in {"actor", "target"}]]
    if conflicts:
        return _conflicting(claim, held, conflicts, found, known, ids)
    if best.act.contested or _denied(best.act, known):
        why = "The record marks it as contested"
        return _made(DISPUTED, f"{why}:", held, known, ids)
    lacking = _lacking(claim, held, known) or _purpose(claim, held)
    if lacking:
        sums = "".join(f" {one.why}." for one in held.numbers if one.status == "match")
        why = f"The act is there; {lacking}.{sums}"
        return _made(IN_PART, why, held, known, ids)
    return _made(SUPPORTED, _reason(held), held, known, ids)


def _conflicting(
    claim: Claim,
    held: Held,
    conflicts: list[str],
    found: Sequence[Candidate],
    known: Known,
    ids: tuple[str, ...],
) -> Verdict:
    best = held.best
    said = "; ".join(_conflict(slot, claim, held) for slot in conflicts)
    carried = claim.when is not None and claim.when.carried and conflicts == ["date"]
    if carried:
        return _made(IN_PART, f"The act is there, but {said} (the date stands in the sentence before).", held, known, ids)  # fmt: skip
    if len(conflicts) > 1 or best.same < SAME_SURE or not _meant(claim, held, conflicts, found):
        return _far(claim, held, said, known, ids)
    if best.act.contested:
        return _made(DISPUTED, f"{said}; the record marks the act as contested.", held, known, ids)
    if not best.act.outranks and set(conflicts) <= {"act", "direction"}:
        return _made(
            DISPUTED, f"{said}; the source is of too low a grade to contradict.", held, known, ids
        )
    if not best.act.outranks:
        return _made(
            IN_PART, f"{said}; the source is of too low a grade to contradict.", held, known, ids
        )
    return _made(CONTRADICTED, f"{said}.", held, known, ids)


def _meant(claim: Claim, held: Held, conflicts: list[str], found: Sequence[Candidate]) -> bool:
    """Is the act surely the one meant, so that what differs is an error and not another act?"""
    best = held.best
    if conflicts == ["act"]:  # "never" is refuted by any one act
        return True
    if conflicts == ["direction"]:
        return claim.sure_roles
    if conflicts[0] in {"actor", "target"}:
        return False
    if best.like.missing > 0 or best.like.covered < COVER_SURE:
        return False
    if conflicts == ["quantity"]:
        return best.date != "conflict"
    rivals = [one for one in found if one.act.id != best.act.id and one.act.start != best.act.start
              and not one.reversed and one.act.parties == best.act.parties and one.act.code[:2] == best.act.code[:2]
              and one.like.covered > best.like.covered - COVER_UNIQUE]  # fmt: skip
    return not rivals


def _conflict(slot: str, claim: Claim, held: Held) -> str:
    act = held.best.act
    if slot == "date" and claim.when:
        return f"the claim says {claim.when.text}, the record {act.start}" + (
            f" to {act.end}" if act.end != act.start else ""
        )
    if slot == "quantity":
        return "; ".join(one.why for one in held.numbers if one.status == "conflict")
    if slot == "direction":
        return f"the record has it the other way round, {act.actor} towards {act.target}"
    if slot == "act":
        return "the claim denies what the record holds"
    return f"the {slot} is another, {getattr(act, slot)}"


def _far(claim: Claim, held: Held, said: str, known: Known, ids: tuple[str, ...]) -> Verdict:
    why = f"No act fits; the nearest differs: {said}. It is: {held.best.act.line}"
    far = 1 - held.best.like.covered
    return Verdict(ABSENT, why, dict(SILENT), (), (), None, False, known.as_of, ids, far)


def _denied(act: Evidence, known: Known) -> bool:
    """Is an act whose source does not outrank a denial denied by one who is said to have done it?"""
    if act.kind == "word":
        return False
    weak = act.graded is not None and act.graded[0] >= "C"
    by = [one for one in known.belonging(act) if one.code == "016" and one.actor == act.actor]
    return weak and (bool(by) or bool(DENIES.search(act.text)))


def _lacking(claim: Claim, held: Held, known: Known) -> str:
    """What the claim asserts and the act does not say, in words; empty where nothing weighs."""
    silent = [one.why for one in held.numbers if one.status == "silent"]
    if silent:
        return "; ".join(silent)
    if claim.quantities and any(one.cash for one in claim.quantities) and not _in_cash(held):
        return "the record does not say that it was cash"
    like = held.best.like
    things = {stem(word) for word in claim.things}
    new = [word for word in like.lacking if word in things and not known.weights.known(word)]
    many = len(like.lacking) >= 3 and like.covered < COVER_SURE
    if len(new) >= 2 or many or like.covered < COVER_LEAST or like.missing > NAMES_MISSING:
        words = _words(claim, new or like.lacking)
        return f"it says nothing of {words}" if words else "its words differ"
    return ""


def _purpose(claim: Claim, held: Held) -> str:
    """What a claim says an act was for, where the acts do not speak of it."""
    aim = terms(claim.purpose)
    held_words = frozenset(word for act in held.acts for word in act.words | act.extra)
    if aim and not all(alike(word, held_words) for word in aim):
        return f"what it was for (“{claim.purpose}”) is more than an act shows"
    return ""


def _words(claim: Claim, stems: Sequence[str]) -> str:
    """The claim's own words of some stems."""
    own = [word for word in re.findall(r"[^\W\d_][\w’'-]*", claim.own) if stem(word) in stems]
    return ", ".join(f"“{word}”" for word in dict.fromkeys(own[:6]))


def _in_cash(held: Held) -> bool:
    return any(one.cash for act in held.acts for one in act.numbers)


def _reason(held: Held) -> str:
    parts = [one.why for one in held.numbers if one.status == "match"]
    parts += (
        [] if held.slots["date"] != "compatible" else ["the dates agree as far as they are given"]
    )
    return "; ".join(["An act matches what is asserted", *parts]) + "."


def _made(verdict: str, why: str, held: Held, known: Known, ids: tuple[str, ...]) -> Verdict:
    acts = tuple(act.id for act in held.acts)
    lines = tuple(act.line for act in held.acts)
    covered = held.best.like.covered
    score = 1 - covered if verdict == IN_PART else covered
    return Verdict(verdict, why, held.slots, acts, lines, None, False, known.as_of, ids, score)


def _bare(verdict: str, why: str, known: Known) -> Verdict:
    return Verdict(verdict, why, dict(SILENT), (), (), None, False, known.as_of)


def _absent(
    claim: Claim, found: Sequence[Candidate], known: Known, complete: bool, ids: tuple[str, ...]
) -> Verdict:
    if complete:
        return _bare(
            CONTRADICTED, "The record is declared complete here and holds no such act.", known
        )
    near = f" The nearest act: {found[0].act.line}" if found else ""
    why = f"No act of the record covers it; the record is not meant to be complete here, so silence says nothing.{near}"
    far = 1 - (found[0].same if found else 0.0)
    return Verdict(ABSENT, why, dict(SILENT), (), (), None, False, known.as_of, ids, far)
