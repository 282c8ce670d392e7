"""Module 8: claims with a known verdict, held against the bundled record."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from realpolitik.api._evidence import acts_for
from realpolitik.api._record import record
from realpolitik.checks.calibrate import calibrated
from realpolitik.checks.decide import CONTRADICTED, SUPPORTED, Verdict, decide
from realpolitik.checks.evidence import Evidence
from realpolitik.checks.retrieve import Known
from realpolitik.coding.claim import Claim
from realpolitik.coding.claims import statements
from validation.bars import Bar, bar

MODULE = "8 check"
FILE = Path(__file__).with_name("claims.tsv")
VERDICTS = (
    "supported", "supported in part", "contradicted", "disputed", "not in record", "not checkable",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim with its label; `number` is value, unit and role where it asserts one.

    `second` is the label of a second coder, who saw the claims and the casebook, not the labels.
    """

    id: str
    verdict: str
    second: str
    acts: frozenset[str]
    number: tuple[float, str, str] | None
    as_of: date | None
    inner: bool
    like: str | None
    text: str

    @property
    def held(self) -> bool:
        """Was it written after the verdicts were tuned?"""
        return self.id.startswith("h")


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled claim as it was read, and the verdict given."""

    gold: Labelled
    claim: Claim
    found: Verdict

    @property
    def right(self) -> bool:
        """Is the verdict the label?"""
        return self.found.verdict == self.gold.verdict


@cache
def labelled() -> tuple[Labelled, ...]:
    """The claims of the set, in its order."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(_labelled(row) for row in csv.DictReader(lines, delimiter="\t"))


def _labelled(row: dict[str, str]) -> Labelled:
    asked = row["asked"]
    value, unit, role = row["number"].split() if row["number"] else ("", "", "")
    return Labelled(
        id=row["id"],
        verdict=row["verdict"],
        second=row["second"],
        acts=frozenset(f"casebook:{one}" for one in row["acts"].split(";") if one),
        number=(float(value), unit, role) if value else None,
        as_of=date.fromisoformat(asked) if asked[:1].isdigit() else None,
        inner=asked == "inner",
        like=row["like"] or None,
        text=row["text"],
    )


@cache
def evidence() -> tuple[Evidence, ...]:
    """The acts of the bundled record."""
    return tuple(acts_for(record(None), frozenset())[0])


@cache
def claim_of(one: Labelled) -> Claim:
    """The claim a label is about: the whole sentence, or with `inner` what it reports."""
    found = statements(one.text).claims
    if one.inner:
        return max(found, key=lambda claim: (len(claim.chain), len(claim.text)))
    return max(found, key=lambda claim: len(claim.text))


@cache
def known(as_of: date | None) -> Known:
    """The record as known on a day."""
    return Known(evidence(), as_of)


@cache
def raw() -> tuple[Judged, ...]:
    """Every claim of the set with the verdict before it is weighed how sure it is."""
    return tuple(
        Judged(one, claim_of(one), decide(claim_of(one), known(one.as_of))) for one in labelled()
    )


def judged(held: bool | None = None) -> list[Judged]:
    """Every claim with the verdict given; `held` keeps those written after the tuning, or the others."""
    found = [replace(one, found=calibrated(one.found)) for one in raw()]
    return [one for one in found if held is None or one.gold.held == held]


def f1(found: Sequence[Judged]) -> dict[str, float]:
    """F1 of each verdict."""
    scores = {}
    for verdict in VERDICTS:
        hit = sum(one.right for one in found if one.gold.verdict == verdict)
        given = sum(one.found.verdict == verdict for one in found)
        wanted = sum(one.gold.verdict == verdict for one in found)
        scores[verdict] = 2 * hit / (given + wanted) if given + wanted else 1.0
    return scores


def false_contradictions(found: Sequence[Judged]) -> float:
    """Share of claims not labelled contradicted that are called so."""
    others = [one for one in found if one.gold.verdict != CONTRADICTED]
    return sum(one.found.verdict == CONTRADICTED for one in others) / len(others)


def recall(found: Sequence[Judged]) -> float:
    """Share of claims that rest on acts of which one is among the ten found."""
    resting = [one for one in found if one.gold.acts]
    return sum(bool(one.gold.acts & set(one.found.found)) for one in resting) / len(resting)


def numbers(found: Sequence[Judged]) -> float:
    """Share of labelled quantities read with their value, unit and part."""
    asked = [one for one in found if one.gold.number]
    return sum(_read(one) for one in asked) / len(asked)


def _read(one: Judged) -> bool:
    return any((q.value, q.unit, q.role) == one.gold.number for q in one.claim.quantities)


def swaps(found: Sequence[Judged]) -> list[Judged]:
    """Supported claims of one actor towards another, with the verdict once the two are exchanged."""
    fitting = [
        one
        for one in found
        if one.found.verdict == SUPPORTED and one.claim.sure_roles and not _mutual(one)
    ]
    return [
        replace(one, found=calibrated(decide(one.claim.swapped(), known(one.gold.as_of))))
        for one in fitting
    ]


def _turned(one: Judged) -> bool:
    """Does the act no longer support the claim? Another act, the other way round, may."""
    before = decide(one.claim, known(one.gold.as_of)).acts
    return one.found.verdict != SUPPORTED or not set(before) & set(one.found.acts)


def _mutual(one: Judged) -> bool:
    acts = [act for id_ in one.found.acts if (act := known(None).get(id_))]
    return any(act.mutual for act in acts)


def kappa(claims: Sequence[Labelled]) -> float:
    """How far two coders agree beyond chance (Cohen 1960)."""
    many = len(claims)
    same = sum(one.verdict == one.second for one in claims) / many
    first, second = Counter(c.verdict for c in claims), Counter(c.second for c in claims)
    chance = sum(first[verdict] * second[verdict] for verdict in VERDICTS) / many**2
    return (same - chance) / (1 - chance)


def claim_bars() -> Iterator[Bar]:
    """Verdicts, false contradictions, evidence, numbers and swaps against section 8's bars."""
    from validation.calibration import calibration_error, crossed

    yield bar(MODULE, "agreement of two coders, kappa", [kappa(labelled())], low=0.7)
    found, held = judged(), judged(held=True)
    yield bar(MODULE, "macro F1 of six verdicts", [_macro(found)], low=0.75)
    yield bar(MODULE, "the same, claims written after the tuning", [_macro(held)], low=0.75)
    both = [false_contradictions(found), false_contradictions(held)]
    yield bar(MODULE, "false contradictions, all and those", both, high=0.03)
    yield bar(MODULE, "evidence among the ten found", [recall(found)], low=0.9)
    yield bar(MODULE, "quantities read with their part", [numbers(found)], low=0.95)
    turned = [_turned(one) for one in swaps(found)]
    yield bar(MODULE, "verdicts turned by exchanging the two", [sum(turned) / len(turned)], low=1.0)
    error = calibration_error(*crossed(raw()))
    yield bar(MODULE, "calibration error, cross-validated", [error], high=0.05)


def _macro(found: Sequence[Judged]) -> float:
    return sum(f1(found).values()) / len(VERDICTS)
