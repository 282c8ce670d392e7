"""Who answers whom, how much, who leads; and was an answer smaller than its own history predicts?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from ibis.expr.types import Table

from realpolitik.constants import (
    ANSWER_DRAWS,
    ANSWER_P,
    GATE_PERIODS,
    GATE_ROWS,
    LAGS_MONTH,
    LAGS_SHOWN,
    LAGS_WEEK,
    LEAST_PHASE,
)
from realpolitik.findings import Finding
from realpolitik.measures._measure import Measure, Sheet, Statistic
from realpolitik.measures._question import Question, SourceSpan, not_covered
from realpolitik.measures._series import Ends, Panel, panel, unseen
from realpolitik.measures._shock import STATISTICS as SHOCKS
from realpolitik.measures._shock import shocked
from realpolitik.measures._weight import STATISTICS as WEIGHTS
from realpolitik.measures._weight import weighed
from realpolitik.stats import answer as numerics
from realpolitik.stats.arrays import stream, stream_key, tails
from realpolitik.stats.phases import divide, levels, signal
from realpolitik.stats.regression import ends as interval
from realpolitik.stats.series import Series

WEEKS_OF_A_MONTH = 52 / 12

MEASURE = Measure(
    name="respond",
    sentence="Who answers whom, how much, and who leads, in the tone of all acts by month or week?",
    table="tallies",
    statistics=(
        Statistic(
            "inertia", "log-odds per log-odds",
            "Sum of the coefficients of the actor's tone on its own past, in an autoregression "
            "weighted by precision; HC3 interval.",
        ),
        Statistic(
            "response", "log-odds per log-odds",
            "What a rise of 1 in the target's tone towards the actor adds to the actor's tone over "
            "the next 3 months or 6 weeks, summed; lag-augmented local projections, HC3 interval. "
            "Above 0 is reciprocity, below 0 an inverse response.",
        ),
        Statistic(
            "response_p", "probability",
            "Weighted Wald test with HC3 that the target's past tone does not help to foretell the "
            "actor's.",
        ),
        Statistic("response_words", "log-odds per log-odds", "The response, among words alone."),
        Statistic("response_deeds", "log-odds per log-odds", "The response, among deeds alone."),
        *(
            Statistic(
                f"response_{lags}_lags", "log-odds per log-odds",
                f"The response with {lags} lags instead of the number that BIC chooses.",
            )
            for lags in LAGS_SHOWN
        ),
        Statistic(
            "response_within_phases", "log-odds per log-odds",
            "The response once the mean of each phase has been taken from both series.",
        ),
        Statistic(
            "lead", "log ratio",
            "Geweke's feedback to the actor: log of the variance of its tone foretold without the "
            "target's past over the variance with it.",
        ),
        Statistic(
            "lead_balance", "-1 to 1",
            "Feedback from actor to target minus that from target to actor, over their sum; above "
            "0 the target follows the actor. Stationary bootstrap.",
        ),
        *WEIGHTS,
        *SHOCKS,
    ),
    references=(
        "geweke1982", "goldstein1990", "goldstein1992", "mackinnon1985", "montielolea2021",
        "politis1994",
    ),
)  # fmt: skip
NEWS = "Acts of one period never explain each other: one news item often tells both sides."
REPORTED = (
    "Of reported tone: what both sides do at once, or third parties cause, is not told apart."
)
NOBODY = (
    "Neither side's past shows in the other's tone (p {0:.2g} and {1:.2g}), so who leads cannot be "
    "told."
)
KINDS = {"response_words": ("word",), "response_deeds": ("deed",)}


@dataclass(frozen=True, eq=False, slots=True)
class _Way:
    """One direction: the actor's series, that of the target towards it, and the lags."""

    own: Series
    other: Series
    lags: int
    horizon: int

    def equation(self) -> numerics.Equation:
        return numerics.equation(self.own, self.other, self.lags)


def respond(
    tallies: Table, acts: Table, question: Question, sources: Sequence[SourceSpan],
    grain: str = "month", day: date | None = None,
) -> list[Finding]:  # fmt: skip
    """How each side's tone answers the other's, one set of findings a source and direction.

    `grain` is month or week; `day` is the day of a shock to be looked at. Unit:
    log-odds per log-odds unless said otherwise. Series with too few periods are
    "too thin"; outside coverage all is "not covered". Casebooks are cases, not
    series, and give no finding.

    Raises:
        BadDates: weeks are asked of a source of which only monthly tallies are at hand.
    """
    return [
        finding
        for source in sources
        if source.role == "sample"
        for finding in _of_source(tallies, acts, question, source, grain, day)
    ]


def _of_source(
    tallies: Table,
    acts: Table,
    question: Question,
    source: SourceSpan,
    grain: str,
    day: date | None,
) -> Iterator[Finding]:
    held = panel(tallies, acts, question, source, grain)
    for ends in question.directions():
        span = question.asked(source) if held is None else held.period(0, len(held.starts))
        sheet = Sheet(MEASURE, *ends, span, source.name, question.map, notes=(NEWS, REPORTED))
        if held is None:
            yield from _absent(sheet, not_covered(question, source), day)
            continue
        yield from _answers(sheet, held, ends, question.seed)
        yield from weighed(sheet, held, ends, acts, source)
        if day is not None:
            yield from shocked(sheet, held, ends, day, acts, question.seed)


def _absent(sheet: Sheet, why: str, day: date | None) -> Iterator[Finding]:
    names = {statistic.name for statistic in SHOCKS} if day is None else set()
    for statistic in MEASURE.statistics:
        if statistic.name not in names:
            yield sheet.missing(statistic.name, "not covered", why)


def pair(held: Panel, ends: Ends, *kinds: str) -> tuple[Series, Series]:
    """The series of the actor and that of the target towards it."""
    return held.series(ends, *kinds), held.series(ends[::-1], *kinds)


def too_short(held: Panel, own: Series, other: Series, most: int) -> str | None:
    """The sentence that says which series is too short; None where neither is."""
    least = max(GATE_PERIODS, GATE_ROWS * (2 * most + 1))
    seen = [int(one.seen.sum()) for one in (own, other)]
    if min(seen) >= least and all(one.process > 0 for one in (own, other)):
        return None
    return (
        f"The record is too thin: it holds acts in {seen[0]} {held.grain}s this way and {seen[1]} "
        f"the other ({least} needed each way, not all of one side)."
    )


def most_lags(held: Panel) -> int:
    """Most lags that BIC may choose, and the periods over which an answer is summed."""
    return LAGS_WEEK if held.grain == "week" else LAGS_MONTH


def _answers(sheet: Sheet, held: Panel, ends: Ends, seed: int) -> Iterator[Finding]:
    own, other = pair(held, ends)
    most = most_lags(held)
    n = int(own.n.sum())
    why = too_short(held, own, other, most)
    if why is not None:
        for statistic in MEASURE.statistics[: -len(WEIGHTS) - len(SHOCKS)]:
            yield sheet.missing(statistic.name, "too thin", why, n=n)
        return
    way = _Way(own, other, numerics.best_lags((own, other), most), most)
    equation = way.equation()
    test = equation.answers()
    notes = (f"{way.lags} {held.grain}s of the past, by BIC.", *unseen(held, (own, other)))
    total, deviation = equation.inertia()
    reach = interval(total, deviation, equation.fit.freedom)
    worth = n / own.design
    yield sheet.ok("inertia", total, reach, notes=notes, n=n, n_effective=worth)
    yield _response(sheet, "response", way, notes)
    yield sheet.ok("response_p", test.p, notes=(f"F = {test.f:.2f}.",), n=n, n_effective=worth)
    yield from _by_kind(sheet, held, ends)
    for lags in LAGS_SHOWN:
        yield _response(sheet, f"response_{lags}_lags", replace(way, lags=lags))
    yield _within(sheet, held, way)
    yield from _leads(sheet, way, seed)


def _response(sheet: Sheet, name: str, way: _Way, notes: tuple[str, ...] = ()) -> Finding:
    n = int(way.own.n.sum())
    found = numerics.response(way.own, way.other, way.lags, way.horizon)
    reach = interval(found.estimate, found.deviation, found.freedom)
    return sheet.ok(
        name, found.estimate, reach, n=n, n_effective=n / way.own.design, notes=notes,
        filters=tuple(f"--kind {kind}" for kind in KINDS.get(name, ())),
    )  # fmt: skip


def _by_kind(sheet: Sheet, held: Panel, ends: Ends) -> Iterator[Finding]:
    most = most_lags(held)
    for name, kinds in KINDS.items():
        own, other = pair(held, ends, *kinds)
        why = too_short(held, own, other, most)
        if why is not None:
            yield sheet.missing(name, "too thin", why, n=int(own.n.sum()))
            continue
        way = _Way(own, other, numerics.best_lags((own, other), most), most)
        test = way.equation().answers()
        yield _response(sheet, name, way, (f"Wald test: p = {test.p:.2g}.",))


def _within(sheet: Sheet, held: Panel, way: _Way) -> Finding:
    """The response around the mean of each phase: a lasting change of both is no answer."""
    both = signal((way.own, way.other))
    least = LEAST_PHASE if held.grain == "month" else round(LEAST_PHASE * WEEKS_OF_A_MONTH)
    breaks = divide(both.tone, both.precision, both.penalty, least)
    fitted = levels(both.tone, both.precision, breaks)
    own, other = (
        replace(one, tone=one.tone - np.where(one.seen, fitted[:, i], one.tone))
        for i, one in enumerate((way.own, way.other))
    )
    months = ", ".join(held.start(at).isoformat()[:10] for at in breaks)
    said = f"Phases begin on {months}." if breaks else "There is one phase only."
    return _response(sheet, "response_within_phases", replace(way, own=own, other=other), (said,))


def _leads(sheet: Sheet, way: _Way, seed: int) -> Iterator[Finding]:
    mine, theirs = way.equation(), replace(way, own=way.other, other=way.own).equation()
    found = numerics.lead(mine, theirs)
    n = int(way.own.n.sum())
    yield sheet.ok("lead", found.to_first, n=n, notes=(f"p = {mine.answers().p:.2g}.",))
    p = mine.answers().p, theirs.answers().p
    if min(p) > ANSWER_P:
        yield sheet.missing("lead_balance", "cannot tell", NOBODY.format(*p), n=n)
        return
    key = stream_key(sheet.period.start.isoformat(), sheet.period.end.isoformat())
    drawn = numerics.lead_draws((mine, theirs), stream(seed, key), ANSWER_DRAWS, 2.0 * way.horizon)
    balances = (drawn[:, 1] - drawn[:, 0]) / np.maximum(drawn.sum(axis=1), 1e-12)
    low, high = np.quantile(balances, tails())
    point = -found.balance
    yield sheet.ok("lead_balance", point, (min(low, point), max(high, point)), n=n)
