"""What was promised, threatened, offered or demanded, and was it done?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ibis.expr.types import Table

from realpolitik.constants import HORIZONS
from realpolitik.findings import Finding
from realpolitik.measures._announced import ledger
from realpolitik.measures._followed import Type, elsewhere
from realpolitik.measures._measure import Measure, Sheet, Statistic
from realpolitik.measures._question import Question, SourceSpan, not_covered
from realpolitik.vocab.calendar import Period

TYPES = ("promise", "threat", "offer", "demand")
CASES = "Cases, not a sample: announcements that a casebook chose to code."
TIES = (
    "An act that fits the fulfilment table is counted as carrying out the announcement; that it "
    "was done because of it is not shown."
)

WORDS = ("--kind word",)
UNKNOWN = (
    "No announcement was watched to the end of the horizon, or no such act is coded on any other "
    "day, so there is nothing to compare with."
)
# Of each type and horizon: what it is called, its unit, and its method in a sentence.
EACH = (
    ("followed", "share of announcements",
     "Share followed within the horizon by an act that the fulfilment table names; "
     "Kaplan-Meier, censored where the record ends."),
    ("base", "share of days",
     "Share of days without such an announcement from which a matching act followed within "
     "the horizon."),
    ("lift", "ratio",
     "Share followed divided by the base rate; interval from draws of both."),
    ("hazard", "ratio",
     "Hazard of a matching act while an announcement is in force over that while none is, "
     "as long after the last such act: Cox model with the announcement as a covariate that comes "
     "and goes, one stratum a code; profile interval, which takes each day's acts as independent."),
    ("placebo_p", "probability",
     "How often announcements are followed as often once all their dates are shifted by a "
     "random number of days."),
    ("elsewhere", "ratio",
     "Lift of the same announcements over acts of that kind towards all others; near 1 the acts "
     "answer the announcement and not a general mood."),
    ("unannounced", "share of acts",
     "Share of the acts that such an announcement could have announced which none preceded "
     "within the horizon."),
    ("brier_skill", "skill",
     "Brier skill of a forecast from announcements over the base rate, rates taken from the other "
     "four fifths of the record; 1 is perfect, 0 adds nothing."),
)  # fmt: skip

MEASURE = Measure(
    name="follow",
    sentence="What was announced, was it done within 30, 90 or 365 days, and would it have happened anyway?",
    table="acts",
    statistics=tuple(
        statistic
        for kind in TYPES
        for statistic in (
            Statistic(f"announced_{kind}", "acts", f"Number of coded acts that announce a {kind}."),
            *(
                Statistic(f"{name}_{kind}_{days}d", unit, method)
                for days in HORIZONS
                for name, unit, method in EACH
            ),
            *(
                Statistic(
                    f"conceded_threat_{days}d",
                    "share of threats",
                    "Share of the threats not carried out within the horizon after which the target "
                    "did, within it, what a demand could have asked for.",
                )
                for days in (HORIZONS if kind == "threat" else ())
            ),
        )
    ),
    references=("andersen1982", "brier1950", "cox1972", "kaplan1958", "schrodt2012"),
)


def follow(acts: Table, question: Question, sources: Sequence[SourceSpan]) -> list[Finding]:
    """Follow-through of announcements by type and horizon, for both directions.

    Unit: acts, shares, ratios, a probability and a skill. An announcement type
    that was never coded is "too thin" with null numbers; outside coverage all is
    "not covered". Samples are read where their single acts are at hand.
    """
    return [
        finding
        for source in sources
        if source.role == "cases" or source.listed
        for actor, target in question.directions()
        for finding in _direction(acts, question, source, actor, target)
    ]


def _direction(
    acts: Table, question: Question, source: SourceSpan, actor: str, target: str
) -> Iterator[Finding]:
    window = question.window(source)
    if window is None:
        sheet = Sheet(MEASURE, actor, target, question.asked(source), source.name, question.map)
        for statistic in MEASURE.statistics:
            yield sheet.missing(statistic.name, "not covered", not_covered(question, source))
        return
    period = Period(*window, f"{window[0]}/{window[1]}")
    notes = (CASES, TIES) if source.role == "cases" else (TIES,)
    sheet = Sheet(MEASURE, actor, target, period, source.name, question.map, notes=notes)
    book = ledger(acts, source, actor, target)
    found = book.announced(*window)
    others = elsewhere(acts, source, actor, target)
    for kind in TYPES:
        announced = [one for one in found if one.type == kind]
        yield sheet.ok(f"announced_{kind}", len(announced), n=len(announced), filters=WORDS)
        type_ = Type(kind, announced, book, others, source.role == "sample", question.seed)
        for days in HORIZONS:
            yield from _within(sheet, type_, days)


def _within(sheet: Sheet, type_: Type, horizon: int) -> Iterator[Finding]:
    if not type_.announced:
        for name in type_.names(horizon, [name for name, _, _ in EACH]):
            why = f"No {type_.kind} is coded in this direction."
            yield sheet.missing(name, "too thin", why)
        return
    for name, number in type_.numbers(horizon):
        if math.isnan(number.value):
            why = number.missing or UNKNOWN
            yield sheet.missing(name, number.status, why, n=number.n, filters=number.filters)
        else:
            yield sheet.ok(
                name,
                number.value,
                number.interval,
                n=number.n,
                n_effective=number.n_effective,
                filters=number.filters,
                notes=number.notes,
            )
