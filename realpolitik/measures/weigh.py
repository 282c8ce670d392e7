"""Which reading of the relation does the record support, and what can it not tell?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from ibis.expr.types import Table

from realpolitik.constants import (
    BF_POSITIVE,
    BF_SHOWN,
    GATE_PRIVATE,
    GATE_WEIGH,
    NEEDED_MOST,
    PREDICTIVE,
)
from realpolitik.errors import BadDates
from realpolitik.findings import Finding
from realpolitik.measures import _tallied as tallied
from realpolitik.measures._evidence import Evidence, of_cases, of_months, typical, usual_of_cases
from realpolitik.measures._measure import Measure, Sheet, Statistic
from realpolitik.measures._question import Question, SourceSpan, not_covered
from realpolitik.measures._reference import Counts
from realpolitik.measures._weighing import Weighing
from realpolitik.stats.decide import Wanted
from realpolitik.stats.hypotheses import CELLS, NAMES, over_rivals, posterior
from realpolitik.stats.share import share
from realpolitik.vocab.actors import actor as known

TITLES = {
    "open_enmity": "open enmity",
    "staged_enmity": "staged enmity",
    "issue_specific": "issue-specific dealing",
    "patron_client": "patron and client",
    "open_friendship": "open friendship",
    "other_pattern": "some other pattern",
}
LISTED = 5  # acts named as speaking against the leader
CASES = (
    "Cases, not a sample: a reading is weighed on the acts a casebook chose to hold, and no typical "
    "dyad stands beside them, so one half is as much cooperation as conflict. An issue is read off the "
    "code, relative to how cooperative acts on it are in the rest of the book."
)
SAMPLE = (
    "Public acts alone, relative to the median dyad of the source: such a source holds nothing "
    "hidden, and the absence of hidden acts is evidence of nothing."
)
RANGE = "Lower and upper are the least and greatest value over all settings tried, not an interval."

MEASURE = Measure(
    name="weigh",
    sentence="Which of six readings of the relation does the record support, and what can it not tell?",
    table="acts",
    statistics=(
        Statistic(
            "prior", "probability", "Equal for all readings that the record could tell apart."
        ),
        Statistic(
            "posterior",
            "probability",
            "Prior times marginal likelihood of the counts by kind, openness, direction and issue, "
            "divided by their design effect; Beta priors that call cooperation rare, even or common. "
            + RANGE,
        ),
        Statistic(
            "bayes_factor",
            "ratio",
            "Marginal likelihood of a reading over that of its best rival; below 1 it is behind. "
            + RANGE,
        ),
        Statistic(
            "leader_share",
            "share of settings",
            "Share of the settings tried in which the leading reading leads each rival by a Bayes "
            f"factor of {BF_POSITIVE:g}; the lowest of the grid and of each way of leaving parts out.",
        ),
        Statistic(
            "weakest_bayes_factor",
            "ratio",
            "Smallest Bayes factor of the leading reading against its best rival over all settings.",
        ),
        Statistic(
            "predictive_p",
            "probability",
            "Share of replicas from the leading reading that scatter over cells and issues at least as "
            f"much as the counts; below {PREDICTIVE:g} or above {1 - PREDICTIVE:g} it does not fit.",
        ),
        Statistic(
            "design_effect",
            "ratio",
            "Acts per independent act, with publications (in a tallied source, months) as clusters.",
        ),
        Statistic(
            "transfers_share",
            "share of acts",
            "Share of the aid given between the two (CAMEO root 07) that the first gave the second; "
            "Jeffreys interval.",
        ),
        Statistic(
            "sensitivity",
            "ratio",
            "Bayes factor of the leading reading against its best rival with one assumption changed.",
        ),
    ),
    references=("fairfield2017", "kass1995", "rao1992"),
)


def weigh(
    acts: Table, tallies: Table, question: Question, sources: Sequence[SourceSpan]
) -> list[Finding]:
    """Prior, posterior and Bayes factor of each reading, with every setting under which they were tried.

    Unit: probabilities and ratios. One set a source and period: sources are
    not pooled. The pair has one relation, so actor and target stand in
    alphabetical order. Too few acts are "too thin", outside coverage "not
    covered", a sample without a reference set "cannot tell".

    Raises:
        BadDates: a source is asked for periods finer than it keeps.
    """
    return [
        finding for source in sources for finding in _of_source(acts, tallies, question, source)
    ]


def _of_source(
    acts: Table, tallies: Table, question: Question, source: SourceSpan
) -> Iterator[Finding]:
    cases = source.role == "cases"
    if not cases and question.by is not None and question.by not in tallied.UNITS:
        raise BadDates(
            f"{source.name} is tallied by month and cannot be divided by {question.by}: "
            "use --by month, quarter or year."
        )
    ends = question.directions()[0]
    blank = Sheet(MEASURE, *ends, question.asked(source), source.name, question.map, mutual=True)
    if not question.periods(source):
        yield from _missing(blank, "not covered", not_covered(question, source))
    counts = None if cases else Counts(tallies, question, source, [question.map])
    by_issue = usual_of_cases(acts, question, source.name) if cases else np.zeros(CELLS)
    for period in question.periods(source):
        sheet = replace(blank, period=period, notes=(CASES if cases else SAMPLE,))
        if counts is None:
            items = of_cases(acts, question, source.name, period)
            yield from _weighed(sheet, Evidence(items, by_issue), question.seed)
            continue
        usual = typical(counts, question.map, period)
        if isinstance(usual, str):
            yield from _missing(sheet, "cannot tell", usual)
        else:
            items = of_months(tallies, question, source, period)
            yield from _weighed(sheet, Evidence(items, usual), question.seed)


def _missing(sheet: Sheet, status: object, why: str, n: int = 0) -> Iterator[Finding]:
    for name in ("posterior", "leader_share"):
        yield sheet.missing(name, status, why, n=n)  # type: ignore[arg-type]


def _weighed(sheet: Sheet, evidence: Evidence, seed: int) -> Iterator[Finding]:
    if not evidence.items:
        yield from _missing(sheet, "not covered", f"{sheet.source} holds no such act of the two.")
    elif evidence.n < GATE_WEIGH:
        why = f"{evidence.n} non-neutral words and deeds; {GATE_WEIGH} are needed."
        yield from _missing(sheet, "too thin", why, evidence.n)
    else:
        yield from _findings(sheet, Weighing(evidence, seed))


def _findings(sheet: Sheet, found: Weighing) -> Iterator[Finding]:
    n, effective = found.evidence.n, found.evidence.n / found.evidence.design

    def given(name: str, value: float, *notes: str, **more: object) -> Finding:
        return sheet.ok(name, value, n=n, n_effective=effective, notes=notes, **more)  # type: ignore[arg-type]

    yield given("leader_share", found.share, *_verdict(sheet, found))
    for place in np.argsort(-found.base, kind="stable"):
        yield from _of_reading(given, found, int(place))
    lowest, where = found.weakest
    yield given("weakest_bayes_factor", _ratio(lowest), f"At {where}.")
    if np.isnan(found.fit):
        why = "The catch-all leads; it takes any shape, so there is nothing to hold it against."
        yield sheet.missing("predictive_p", "cannot tell", why, n=n)
    else:
        yield given("predictive_p", found.fit)
    yield given("design_effect", found.evidence.design, _counted(sheet, found.evidence))
    yield _transfers(sheet, found.evidence)
    for one in found.tried():
        other = "" if one.leader == found.leader else f"{_title(one.leader)} leads here."
        notes = (other.capitalize(),) if other else ()
        yield given("sensitivity", _ratio(one.log_factor), *notes, of=one.name)


def _of_reading(given: object, found: Weighing, place: int) -> Iterator[Finding]:
    make, name = given, NAMES[place]
    if not found.prior[place]:
        why = "All acts touch one issue, so dealing by issue cannot be told from the rest."
        yield make("prior", 0.0, why, of=name)  # type: ignore[operator]
        return
    spread = posterior(found.everywhere, found.prior)[..., place]
    factors = over_rivals(found.everywhere)[..., place]
    yield make("prior", float(found.prior[place]), of=name)  # type: ignore[operator]
    yield make(  # type: ignore[operator]
        "posterior",
        float(found.probabilities[place]),
        of=name,
        interval=(float(spread.min()), float(spread.max())),
        level=None,
    )
    yield make(  # type: ignore[operator]
        "bayes_factor",
        _ratio(float(over_rivals(found.base)[place])),
        of=name,
        interval=(_ratio(float(factors.min())), _ratio(float(factors.max()))),
        level=None,
    )


def _ratio(log: float) -> float:
    """A Bayes factor, cut where it is beyond telling."""
    return float(np.exp(np.clip(log, -np.log(BF_SHOWN), np.log(BF_SHOWN))))


def _verdict(sheet: Sheet, found: Weighing) -> Iterator[str]:
    """What may be said, what speaks against it, what would decide, and over whom it runs."""
    title = _title(found.leader)
    if found.robust:
        how = "strongly supports" if found.strong else "supports"
        yield (
            f"The record {how} {title}: it leads each rival by a Bayes factor of {BF_POSITIVE:g} or more "
            f"in {found.share:.0%} of the settings tried."
        )
    else:
        yield _undecided(found)
    yield from _reservations(found)
    yield from _against(found)
    yield from _deciding(sheet, found)
    yield from _governments(sheet)


def _undecided(found: Weighing) -> str:
    if found.misfit is not None:
        return (
            f"None of the named readings fits: {_title(found.misfit)} comes nearest, but the acts scatter "
            f"otherwise than it foretells (p {found.fit:.3f})."
        )
    if found.unseen:
        return (
            f"Cannot tell: {_title(found.leader)}, which is ahead, speaks of hidden conduct, of which this "
            f"source holds {found.evidence.private} acts; {GATE_PRIVATE} are needed before it may be named. "
            f"Next is {_title(found.rival)}."
        )
    titles = [_title(place) for place in found.open]
    return (
        f"Undecided between {', '.join(titles[:-1])} and {titles[-1]}: {_title(found.leader)} leads, but by "
        f"{BF_POSITIVE:g} or more against each rival in only {found.share:.0%} of the settings tried."
    )


def _reservations(found: Weighing) -> Iterator[str]:
    if NAMES[found.leader] == "patron_client":
        yield (
            "Counts cannot show who would be the patron, or that one leads and the other complies: see "
            "`realpolitik respond`."
        )


def _against(found: Weighing) -> Iterator[str]:
    """The acts that most lower the leader, those of one weight together."""
    named: list[str] = []
    for change, labels in found.against():
        room = LISTED - len(named)
        if room <= 0:
            break
        told = "; ".join(labels[:room])
        more = f" and {len(labels) - room} more alike" if len(labels) > room else ""
        named += labels[:room]
        yield f"Lowers {_title(found.leader)} by a factor of {np.exp(-change):.2f}: {told}{more}."


def _deciding(sheet: Sheet, found: Weighing) -> Iterator[str]:
    """What further acts would tell the leader from what leads where it does worst."""
    if found.robust:
        return
    for (holds, other, want), where in zip(found.deciding(), AT, strict=True):
        if want is not None:
            yield _wanted(sheet, _title(holds), _title(other), want, where)


AT = ("even under the setting that is worst for it", "under the base setting")


def _wanted(sheet: Sheet, holds: str, other: str, want: Wanted, where: str) -> str:
    if want.acts:
        many = f"{want.acts} more or so would tell it"
    elif want.each:
        many = f"they alone cannot tell it, but {want.each} more or so of every kind of act would"
    else:
        many = f"not even {NEEDED_MOST:,} more of every kind of act would tell it"
    return (
        f"If {holds} holds and not {other}, what tells most are {_cell(sheet, want.cell)}, "
        f"{want.share:.0%} of them cooperative; {many}, {where}."
    )


def _cell(sheet: Sheet, cell: int) -> str:
    kind, private, direction = cell // 4, cell // 2 % 2, cell % 2
    ends = (sheet.actor, sheet.target)[:: -1 if direction else 1]
    openness = "hidden" if private else "public"
    return f"{openness} {('words', 'deeds')[kind]} of {ends[0]} towards {ends[1]}"


def _governments(sheet: Sheet) -> Iterator[str]:
    """A relation may change with a government; a span over several mixes them."""
    for code in (sheet.actor, sheet.target):
        reigns = [
            one.code
            for one in known(code).maps_to
            if (one.start is None or one.start <= sheet.period.end)
            and (one.end is None or one.end >= sheet.period.start)
        ]
        if len(set(reigns)) > 1:
            yield (
                f"The span holds {len(set(reigns))} governments of {code} ({', '.join(dict.fromkeys(reigns))}); "
                "ask for one of them, or for a span."
            )


def _counted(sheet: Sheet, evidence: Evidence) -> str:
    counts = evidence.counts().sum(axis=(1, 2))
    told = [
        f"{_cell(sheet, cell)} {counts[cell, 0]:.0f} cooperative, {counts[cell, 1]:.0f} conflictual"
        for cell in range(CELLS)
        if counts[cell].sum()
    ]
    return f"Weighed: {'; '.join(told)}."


def _transfers(sheet: Sheet, evidence: Evidence) -> Finding:
    aid = [item.direction for item in evidence.items if item.aid]
    if not aid:
        why = "No aid between the two is coded, or the source is tallied without codes."
        return sheet.missing("transfers_share", "cannot tell", why, filters=("--code 07",))
    found = share(aid.count(0), len(aid))
    return sheet.ok(
        "transfers_share", found.estimate, found.interval, n=len(aid), filters=("--code 07",)
    )


def _title(place: int) -> str:
    return TITLES[NAMES[place]]
