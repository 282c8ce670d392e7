"""What later disclosure changed: the gap as known then, whom accounts said was harmed, what is to come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from realpolitik.constants import GATE_LAGS, SENSITIVITY_DRAWS
from realpolitik.findings import Finding
from realpolitik.measures._cases import Case
from realpolitik.measures._measure import Sheet
from realpolitik.stats.cases import log_odds
from realpolitik.stats.lags import nowcast
from realpolitik.stats.versions import known_as_of

CAUSES = 10  # acts named with what each would have moved; the others are counted
HARMED = ("killed", "injured")
UNCHANGED = "No act here has an account that was changed later, as far as the casebook holds."
NOT_YET = "No account of such an act was public on {day}."


@dataclass(frozen=True, slots=True)
class Account:
    """One account of an act: since when it was public, whom it said was harmed (null: silent)."""

    act_id: str
    version: int
    known: date
    killed: int | None
    injured: int | None
    at_least: bool
    told: str


Accounts = Mapping[str, Sequence[Account]]


def gaps(sheet: Sheet, inside: list[Case], day: date) -> Iterator[Finding]:
    """Deeds against words as known on a day and as known now, and which acts make the difference."""
    known = [case for case in inside if case.known is not None and case.known <= day]
    then, now = _say_do(known), _say_do(inside)
    late = [case for case in inside if case not in known and case.side != "neutral"]
    names = "; ".join(case.act_id for case in late) if late else "none of these acts"
    notes = (f"Not yet known on {day}: {names}.", *_causes(known, late))
    for statistic, value, over in (
        ("gap_as_of", then, known),
        ("gap_hindsight", now, inside),
        ("hindsight_gap", None if then is None or now is None else now - then, inside),
    ):
        filters = (f"--as-of {day}",) if statistic == "gap_as_of" else ()
        if value is None:
            why = f"As known on {day}, words or deeds that are not neutral are missing."
            yield sheet.missing(statistic, "too thin", why, n=len(over), filters=filters)
        else:
            said = notes if statistic == "hindsight_gap" else notes[:1]
            said = () if statistic == "gap_hindsight" else said
            yield sheet.ok(statistic, value, n=len(over), filters=filters, notes=said)


def _causes(known: list[Case], late: list[Case]) -> tuple[str, ...]:
    """What each late word or deed alone would have added to the gap then, greatest first."""
    then = _say_do(known)
    if then is None:
        return ()
    moved = []
    for case in late:
        with_it = _say_do([*known, case])
        if case.kind != "contact" and with_it is not None:
            moved.append((with_it - then, case))
    moved.sort(key=lambda one: (-abs(one[0]), one[1].act_id))
    if not moved:
        return ()
    told = "; ".join(
        f"{case.act_id} ({case.kind} of {case.side}) {by:+.2f}" for by, case in moved[:CAUSES]
    )
    more = f"; and {len(moved) - CAUSES} more" if len(moved) > CAUSES else ""
    return (f"Had one of them alone been known, the gap then would have moved by: {told}{more}.",)


def _say_do(over: list[Case]) -> float | None:
    """Tone of deeds minus tone of words; None where either is silent."""
    words, deeds = (
        [
            case.side == "cooperation"
            for case in over
            if case.kind == kind and case.side != "neutral"
        ]
        for kind in ("word", "deed")
    )
    return log_odds(deeds) - log_odds(words) if words and deeds else None


def harmed(sheet: Sheet, inside: list[Case], day: date, accounts: Accounts) -> Iterator[Finding]:
    """Whom the accounts said was harmed, as public on a day and as the last account has it."""
    # No account of an act is public before the act is.
    told = [
        replace(one, known=max(one.known, case.known))
        for case in inside
        if case.known is not None
        for one in accounts.get(case.act_id, ())
    ]
    acts, known = [one.act_id for one in told], [one.known.toordinal() for one in told]
    for when, upto in (("as_of", day), ("hindsight", max([day, *(one.known for one in told)]))):
        standing = [
            one
            for one, stands in zip(told, known_as_of(acts, known, upto.toordinal()), strict=True)
            if stands
        ]
        filters = (f"--as-of {day}",) if when == "as_of" else ()
        for what in HARMED:
            counted = [one for one in standing if getattr(one, what) is not None]
            name, n = f"{what}_{when}", len(counted)
            if not told:
                yield sheet.missing(name, "not covered", UNCHANGED, filters=filters)
            elif not counted:
                yield sheet.missing(name, "not covered", NOT_YET.format(day=day), filters=filters)
            else:
                total = sum(getattr(one, what) for one in counted)
                notes = _chains(told, upto, counted)
                yield sheet.ok(name, total, n=n, filters=filters, notes=notes)


def _chains(told: list[Account], upto: date, counted: list[Account]) -> tuple[str, ...]:
    """The accounts public by a day, act by act in order, and whether the last is a lower bound."""
    notes = []
    for act in dict.fromkeys(one.act_id for one in counted):
        chain = [one for one in told if one.act_id == act and one.known <= upto]
        notes.append(f"{act}: " + " → ".join(f"{one.known} {one.told}" for one in chain))
    if any(one.at_least for one in counted):
        notes.append("A lower bound: the account standing says 'more than'.")
    return tuple(notes)


def to_come(
    sheet: Sheet, found: list[Case], inside: list[Case], day: date, seed: int
) -> Iterator[Finding]:
    """Secret acts of the period that were known on a day, and how many there were in all."""
    secret = [
        case for case in found if case.secret and case.known is not None and case.known <= day
    ]
    here = [case for case in secret if case in inside]
    filters = ("--secrecy secret", f"--as-of {day}")
    yield sheet.ok("secrets_known", len(here), n=len(here), filters=filters)
    last = min(sheet.period.end, day)
    if len(secret) < GATE_LAGS or not here:
        why = (
            f"{len(secret)} secret acts known by {day}, {len(here)} of them of this period; at "
            f"least {GATE_LAGS} and one are needed to tell how many are still to come out."
        )
        yield sheet.missing("secrets_nowcast", "too thin", why, n=len(here), filters=filters)
        return
    occurred = np.array([case.placed.toordinal() for case in secret])
    lags = np.array([max(0, (case.known - case.placed).days) for case in secret if case.known])
    made = nowcast(
        occurred, lags, day.toordinal(), sheet.period.start.toordinal(), seed, SENSITIVITY_DRAWS,
        until=last.toordinal(),
    )  # fmt: skip
    oldest = day - timedelta(days=int(max(day.toordinal() - occurred)))
    note = f"Lags longer than those seen since {oldest}, and acts never disclosed, are not in it."
    yield sheet.ok(
        "secrets_nowcast", made.estimate, (made.lower, made.upper), n=len(here), filters=filters,
        notes=(note,),
    )  # fmt: skip
