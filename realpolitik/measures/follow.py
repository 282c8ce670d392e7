"""What was promised, threatened, offered or demanded, and was it done?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ibis.expr.types import Table

from realpolitik.constants import HORIZONS
from realpolitik.findings import Finding
from realpolitik.measures._announced import Announced, Ledger, ledger
from realpolitik.measures._measure import Measure, Sheet, Statistic
from realpolitik.measures._question import Question, SourceSpan, not_covered
from realpolitik.stats.arrays import stream_key
from realpolitik.stats.survival import follow_through, lift, mean_share
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
                made
                for days in HORIZONS
                for made in (
                    Statistic(
                        f"followed_{kind}_{days}d",
                        "share of announcements",
                        "Share followed within the horizon by an act that the fulfilment table "
                        "names; Kaplan-Meier, censored where the record ends.",
                    ),
                    Statistic(
                        f"base_{kind}_{days}d",
                        "share of days",
                        "Share of days without such an announcement from which a matching act "
                        "followed within the horizon.",
                    ),
                    Statistic(
                        f"lift_{kind}_{days}d",
                        "ratio",
                        "Share followed divided by the base rate; interval from draws of both.",
                    ),
                )
            ),
        )
    ),
    references=("kaplan1958", "schrodt2012"),
)


def follow(acts: Table, question: Question, sources: Sequence[SourceSpan]) -> list[Finding]:
    """Follow-through of announcements by type and horizon, for both directions.

    Unit: acts, shares, and a ratio. An announcement type that was never coded
    is "too thin" with null shares; outside coverage all is "not covered".
    """
    return [
        finding
        for source in sources
        if source.role == "cases"
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
    sheet = Sheet(MEASURE, actor, target, period, source.name, question.map, notes=(CASES, TIES))
    book = ledger(acts, source.name, actor, target)
    found = book.announced(*window)
    for kind in TYPES:
        announced = [one for one in found if one.type == kind]
        yield sheet.ok(f"announced_{kind}", len(announced), n=len(announced), filters=WORDS)
        for days in HORIZONS:
            yield from _within(sheet, kind, announced, days, book, question.seed)


def _within(
    sheet: Sheet, kind: str, announced: list[Announced], horizon: int, book: Ledger, seed: int
) -> Iterator[Finding]:
    names = tuple(f"{what}_{kind}_{horizon}d" for what in ("followed", "base", "lift"))
    n = len(announced)
    if not announced:
        for name in names:
            yield sheet.missing(name, "too thin", f"No {kind} is coded in this direction.")
        return
    times, observed = zip(*((one.watched, one.deed is not None) for one in announced), strict=True)
    followed = follow_through(times, observed, horizon)
    base = mean_share([book.base(one, announced, horizon) for one in announced])
    key = stream_key(kind, str(horizon), str(seed))
    ratio, *ends = lift(followed, base, key)
    for name, value, interval, effective in (
        (names[0], followed.estimate, followed.interval, followed.n_effective),
        (names[1], base.estimate, base.interval, base.n_effective),
        (names[2], ratio, (ends[0], ends[1]), None),
    ):
        if math.isnan(value):
            yield sheet.missing(name, "cannot tell", UNKNOWN, n=n)
        else:
            yield sheet.ok(name, value, interval, n=n, n_effective=effective, filters=WORDS)
