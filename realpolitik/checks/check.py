"""A text's statements held against the record, claim by claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from realpolitik.checks.answers import harmless
from realpolitik.checks.calibrate import calibrated
from realpolitik.checks.decide import (
    ABSENT,
    CONTRADICTED,
    IN_PART,
    SILENT,
    SUPPORTED,
    Verdict,
    decide,
)
from realpolitik.checks.evidence import Evidence
from realpolitik.checks.retrieve import Known
from realpolitik.checks.sources import Found, found, of_press
from realpolitik.coding.claim import Claim
from realpolitik.coding.claims import Statements
from realpolitik.constants import SAME_LEAST


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with the verdict on it, and how it stood earlier where that differs."""

    claim: Claim
    verdict: Verdict
    earlier: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Every claim of a text with its verdict, and where each citation leads."""

    claims: tuple[Checked, ...]
    sources: dict[str, Found]


def check(
    said: Statements,
    acts: Sequence[Evidence],
    as_of: date | None = None,
    complete: bool = False,
    about: str = "",
) -> Report:
    """Hold every claim of a text against acts, as known at the end of a day; `about` is the text.

    `complete` says that the acts are declared complete: then silence contradicts.
    """
    known = Known(acts, as_of)
    sources = {one.id: found(one, known.acts) for one in said.citations}
    checked = tuple(_checked(claim, known, acts, complete, about) for claim in said.claims)
    return Report(checked, sources)


def _checked(
    claim: Claim, known: Known, acts: Sequence[Evidence], complete: bool, about: str
) -> Checked:
    if claim.kind == "citation":
        return Checked(claim, _reported(claim, known))
    verdict = _judged(claim, known, complete, about)
    return Checked(claim, verdict, _earlier(claim, verdict, known, acts, about))


def _judged(claim: Claim, known: Known, complete: bool, about: str) -> Verdict:
    return calibrated(harmless(claim, known, about) or decide(claim, known, complete))


def _reported(claim: Claim, known: Known) -> Verdict:
    """Does the record rest on this publication for what it is said to report?"""
    press = of_press(claim.speaker or "", known.acts)
    near = {one.act.id: one for one in known.find(replace(claim, kind="deed"))}
    fitting = [near[act.id] for act in press if act.id in near and near[act.id].same >= SAME_LEAST]
    ids = tuple(near)
    if fitting:
        best = max(fitting, key=lambda one: one.rank)
        slots = SILENT | {"attribution": "match", "act": "match"}
        return Verdict(
            SUPPORTED, "The record has this from the same publication.", slots,
            (best.act.id,), (best.act.line,), None, False, known.as_of, ids,
        )  # fmt: skip
    why = f"The record holds no such report of {claim.speaker}; what it reports is checked on its own."
    return Verdict(ABSENT, why, dict(SILENT), (), (), None, False, known.as_of, ids)


def _earlier(
    claim: Claim, verdict: Verdict, known: Known, acts: Sequence[Evidence], about: str
) -> Verdict | None:
    """The verdict as of the day of the act, where a later disclosure has turned it."""
    if verdict.verdict not in {CONTRADICTED, IN_PART} or known.as_of is not None:
        return None
    rests = [act for id_ in verdict.acts if (act := known.get(id_))]
    if len({act.known for act in rests}) < 2:
        return None
    day = min(act.known for act in rests)
    then = _judged(claim, Known(acts, day), False, about)
    return then if then.verdict != verdict.verdict and then.verdict != ABSENT else None
