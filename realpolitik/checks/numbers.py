"""Quantities held against quantities: rounding, bounds, parts and wholes, casualty words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from realpolitik.checks.evidence import Evidence
from realpolitik.coding.quantities import Quantity
from realpolitik.constants import ABOUT_SHARE, PARTS_MOST

Status = Literal["match", "compatible", "conflict", "silent"]
HARM = frozenset({"deaths", "injuries", "casualties"})
TRIVIAL = frozenset({"time", "percent"})


@dataclass(frozen=True, slots=True)
class Counted:
    """How a quantity of a claim stands: status, the acts it rests on, and a sentence."""

    status: Status
    acts: tuple[str, ...]
    why: str


def equal(one: Quantity, other: Quantity) -> bool:
    """Are two values one within the rounding of their digits, "about" (a tenth) and bounds?"""
    a, b = one.value, other.value
    if one.bound == "at least" and b >= a - one.digits:
        return True
    if one.bound == "at most" and b <= a + one.digits:
        return True
    if other.bound == "at least" and one.bound != "at most" and a >= b:
        return a <= 2 * b
    slack = one.digits + other.digits
    if "about" in (one.bound, other.bound):
        slack = max(slack, ABOUT_SHARE * max(a, b))
    return abs(a - b) <= slack + 1e-9 * max(a, b)


def counted(asked: Quantity, nearest: Evidence, around: Sequence[Evidence]) -> Counted:
    """Return how a quantity stands against an act and the acts that belong to it.

    `around` are acts linked to the nearest one: named by its coder, or of the
    same story. Zero casualties conflict with any harm; zero deaths do not
    conflict with injuries.
    """
    if asked.value == 0 and asked.role in HARM:
        return _none_harmed(asked, [nearest, *around])
    own = _fitting(asked, nearest)
    hit = next((one for one in own if equal(asked, one)), None)
    if hit is not None:
        return Counted("match", (nearest.id,), f"{asked.text} is {_shown(hit)} there")
    summed = _sum(asked, nearest, around)
    if summed:
        return summed
    if own and asked.unit not in TRIVIAL:
        near = min(own, key=lambda one: abs(one.value - asked.value))
        return Counted("conflict", (nearest.id,), f"{asked.text} against {_shown(near)} there")
    return Counted("silent", (), f"the act says nothing of {asked.text}")


def _shown(one: Quantity) -> str:
    return f"“{one.text}”"


def _fitting(asked: Quantity, act: Evidence) -> list[Quantity]:
    """Quantities of an act in the same unit and a part that may be the same."""
    known = [*act.numbers, *act.noted]
    return [one for one in known if one.unit == asked.unit and _same_part(asked, one)]


def _same_part(one: Quantity, other: Quantity) -> bool:
    if one.unit != "people":
        return True
    if one.role in HARM and other.role in HARM:
        return one.role == other.role or "casualties" in (one.role, other.role)
    return one.role == other.role or "count" in (one.role, other.role)


def _sum(asked: Quantity, nearest: Evidence, around: Sequence[Evidence]) -> Counted | None:
    """The quantity as a sum of parts: within one act, or over acts that belong together."""
    for pool in (_parts(asked, [nearest]), _parts(asked, [nearest, *around])):
        for size in range(1, min(len(pool), PARTS_MOST) + 1):
            for chosen in combinations(pool, size):
                total = sum(one.value for _, one in chosen)
                slack = asked.digits + sum(one.digits for _, one in chosen)
                slack = max(slack, ABOUT_SHARE * total if asked.bound == "about" else 0.0)
                if abs(total - asked.value) <= slack + 1e-9 * total:
                    parts = " + ".join(f"{one.text} ({act.start})" for act, one in chosen)
                    acts = tuple(dict.fromkeys(act.id for act, _ in chosen))
                    return Counted("match", acts, f"{asked.text} = {parts}")
    return None


def _parts(asked: Quantity, acts: Sequence[Evidence]) -> list[tuple[Evidence, Quantity]]:
    if asked.unit in TRIVIAL:
        return []
    return [
        (act, one)
        for act in acts
        for one in act.numbers
        if one.unit == asked.unit and one.value > 0 and (not asked.cash or one.cash or one.role == "paid")
    ][:8]  # fmt: skip


def _none_harmed(asked: Quantity, acts: Sequence[Evidence]) -> Counted:
    told = [(act, one) for act in acts for one in (*act.numbers, *act.noted) if one.role in HARM]
    counts = (
        {"deaths"}
        if asked.role == "deaths"
        else {asked.role, "casualties"} | (HARM if asked.role == "casualties" else set())
    )
    harmed = [(act, one) for act, one in told if one.value > 0 and one.role in counts]
    if harmed:
        act, one = max(harmed, key=lambda pair: pair[0].known)
        acts_ = tuple(dict.fromkeys(act.id for act, _ in harmed))
        return Counted(
            "conflict", acts_, f"{asked.text} against “{one.text}” {one.role} ({act.id})"
        )
    spared = [act for act, one in told if one.value == 0 and one.role in {asked.role, "casualties"}]
    if spared:
        return Counted("match", tuple(act.id for act in spared), f"{asked.text}: so it was told")
    return Counted("silent", (), f"no act says whether there were any: {asked.text}")
