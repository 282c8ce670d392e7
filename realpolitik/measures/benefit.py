"""Do an actor's deeds towards third parties suit another actor, more than chance would have it?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from ibis.expr.types import Table

from realpolitik.constants import (
    FDR,
    GATE_DEEDS,
    GATE_PARTIES,
    TIE_ACTS,
    TIE_YEARS,
)
from realpolitik.findings import Finding
from realpolitik.measures._measure import Measure, Sheet, Statistic
from realpolitik.measures._parties import Deeds, Parties, deeds_of, laid_out
from realpolitik.measures._question import Question, SourceSpan, not_covered
from realpolitik.measures._third import bearing, weighted_deeds
from realpolitik.stats.arrays import Floats, stream_key
from realpolitik.stats.benefit import (
    Alignment,
    Chance,
    alignment,
    chance,
    effective_parties,
    suits,
)
from realpolitik.stats.labels import adjusted

_T = "Sum over third parties of cooperative minus conflictual {what} times the tie of the one it may suit, "
MEASURE = Measure(
    name="benefit",
    sentence="Do an actor's deeds towards third parties suit the other: are its friends helped, its rivals hit?",
    table="tallies",
    statistics=(
        Statistic(
            "benefit",
            "share, -1 to 1",
            _T.format(what="deeds")
            + "over all deeds whose tie is known. A tie is tanh of half the "
            "log-odds of cooperation between two actors, above those of all dyads, over all acts of "
            f"the {TIE_YEARS} years before the quarter. Interval: bootstrap over third parties.",
        ),
        Statistic(
            "benefit_expected",
            "share, -1 to 1",
            "Mean benefit of the same deeds when the ties are dealt out among the third parties at random.",
        ),
        Statistic(
            "benefit_p",
            "probability",
            "Share of random dealings of the ties with a benefit at least as large; near 0 the deeds "
            "suit more, near 1 less, than chance.",
        ),
        Statistic(
            "benefit_rank",
            "rank",
            "Place of the target among all actors by how much the same actor's deeds suit them; 1 is best.",
        ),
        Statistic(
            "third_parties_effective",
            "third parties",
            "One over the sum of squared shares of the third parties in the deeds that count.",
        ),
        Statistic(
            "tied_share",
            "share of deeds",
            f"Share of the deeds towards third parties whose tie is known, from {TIE_ACTS} acts or more.",
        ),
        Statistic(
            "benefit_intensity",
            "share, -1 to 1",
            _T.format(what="deeds, each weighed by its Goldstein intensity,")
            + "over all such weights whose tie is known.",
        ),
        Statistic(
            "contribution",
            "share, -1 to 1",
            "What one third party, named last, adds to the benefit; the contributions add up to it.",
        ),
        Statistic(
            "cases_helped",
            "acts",
            "Hand-coded acts towards third parties that the coder held to help the target at the time.",
        ),
        Statistic(
            "cases_hurt",
            "acts",
            "Hand-coded acts towards third parties that the coder held to hurt the target at the time.",
        ),
    ),
    references=("goldstein1992", "lerner2016", "maoz2007"),
)
TALLIED = ("benefit", "benefit_expected", "benefit_p", "benefit_rank", "third_parties_effective",
           "tied_share", "benefit_intensity")  # fmt: skip
SUITS = "Suits: what was done, held against ties from before it. Not: for the sake of, nor agreed."
LISTED = "Each contribution names the command for its own acts; here it is that of the largest."
DEED = ("--kind deed",)


@dataclass(frozen=True, eq=False)
class Reading:
    """One direction and period: the deeds laid out by third party and quarter, and the ties."""

    sheet: Sheet
    parties: Parties
    target: int
    actor: int
    net: Floats
    gross: Floats
    seed: int

    @cached_property
    def key(self) -> int:
        """The same for both directions, so that exchanging the actors mirrors the draws."""
        return stream_key("benefit", str(self.sheet.period.start), str(self.sheet.period.end))

    def ties(self, place: int) -> Floats:
        """Ties of an actor with all third parties; the one whose deeds are judged is none of them."""
        found = self.parties.ties_of(place)
        found[self.actor] = np.nan
        return found

    @cached_property
    def own(self) -> Floats:
        """Ties of the one whom the deeds may suit."""
        return self.ties(self.target)

    @cached_property
    def found(self) -> Alignment:
        """How far the deeds follow those ties."""
        return alignment(self.net, self.gross, self.own, self.key, self.seed)

    @cached_property
    def chance(self) -> Chance:
        """What random ties would give."""
        return chance(self.net, self.gross, self.own, self.key, self.seed)

    @cached_property
    def deeds(self) -> int:
        """Deeds towards third parties, those without a known tie among them."""
        return int(self.gross.sum() - self.gross[self.target].sum())

    @cached_property
    def tied(self) -> int:
        """Deeds that count."""
        return int(np.sum(self.gross * ~np.isnan(self.own)))

    @property
    def thin(self) -> str | None:
        """What is missing for any number, as a sentence."""
        if self.tied >= GATE_DEEDS:
            return None
        return (
            f"{self.tied} of {self.deeds} deeds towards third parties meet a known tie; "
            f"{GATE_DEEDS} are needed. A tie needs {TIE_ACTS} acts in the {TIE_YEARS} years before."
        )

    @property
    def narrow(self) -> str | None:
        """Why no verdict is given, as a sentence."""
        if self.found.n_effective >= GATE_PARTIES:
            return None
        most = int(np.nanargmax(self.found.weights))
        return (
            f"No verdict: the deeds are worth {self.found.n_effective:.1f} third parties, "
            f"{GATE_PARTIES} are needed; {self.found.weights[most]:.0%} of them are towards "
            f"{self.parties.names[most]}."
        )

    def rank(self) -> tuple[int, int]:
        """Place of the target among all whom the deeds may suit, and how many there are."""
        values = []
        for place in range(len(self.parties.names)):
            if place in (self.actor, self.target):
                continue
            ties = self.ties(place)
            if effective_parties(self.gross, ties) >= GATE_PARTIES:
                values.append(float(suits(self.net, self.gross, ties)))
        better = sum(value > self.found.estimate for value in values)
        return better + 1, len(values) + 1


def benefit(
    tallies: Table,
    acts: Table,
    question: Question,
    sources: Sequence[SourceSpan],
    sponsor: bool = False,
) -> list[Finding]:
    """How far each actor's deeds towards third parties suit the other, and who contributes what.

    Unit: shares from -1 to 1, a rank, a probability. Third parties are actors
    of their day: a state with dated regimes stands for the regime that
    governed. With `sponsor`, deeds of groups that an actor is said to have
    sponsored at the time count as its own. Below 4 effective third parties rank and
    p are "cannot tell". Casebooks give counts of cases, no rate.
    """
    found: list[Finding] = []
    for source in sources:
        if source.role == "cases":
            found += bearing(MEASURE, acts, question, source, sponsor)
        else:
            found += _of_source(tallies, acts, question, source, sponsor)
    return found


def _of_source(
    tallies: Table, acts: Table, question: Question, source: SourceSpan, sponsor: bool
) -> list[Finding]:
    window = question.window(source)
    if window is None:
        return [
            Sheet(MEASURE, *ends, question.asked(source), source.name, question.map).missing(
                name, "not covered", not_covered(question, source)
            )
            for ends in question.directions()
            for name in TALLIED
        ]
    rows = tallies.filter(tallies.source == source.name, tallies["map"] == question.map)
    parties = Parties(rows, (question.a, question.b), *window)
    readings: list[Reading] = []
    weighed: list[Deeds | None] = []
    for ends in question.directions():
        own = deeds_of(rows.filter(rows.kind == "deed"), *ends, sponsor)
        strong = weighted_deeds(acts, source, *ends, sponsor)
        for period in question.periods(source):
            sheet = Sheet(MEASURE, *ends, period, source.name, question.map, notes=(SUITS,))
            laid = laid_out(own, parties, period.start, period.end)
            actor, target = (parties.place(end) for end in ends)
            readings.append(Reading(sheet, parties, target, actor, *laid, question.seed))
            weighed.append(strong)
    labels = _labels(readings)
    return [
        finding
        for one, strong in zip(readings, weighed, strict=True)
        for finding in _findings(one, labels.get(id(one), ""), strong)
    ]


def _labels(readings: list[Reading]) -> dict[int, str]:
    """A sentence a reading; the false discovery rate is held over all of them, either way."""
    told = [one for one in readings if one.thin is None and one.narrow is None]
    if not told:
        return {}
    sure = adjusted(np.asarray([one.chance.p_either for one in told])) <= FDR
    return {id(one): _label(one, bool(s)) for one, s in zip(told, sure, strict=True)}


def _label(one: Reading, sure: bool) -> str:
    pair = f"Deeds of {one.sheet.actor} towards third parties"
    if not sure:
        return f"{pair} are not shown to suit {one.sheet.target} more or less than chance would."
    way = "more" if one.chance.p < one.chance.p_less else "less"
    return f"{pair} suit {one.sheet.target} {way} than the same deeds under random ties would."


def _findings(one: Reading, label: str, strong: Deeds | None) -> Iterator[Finding]:
    sheet = one.sheet
    if one.thin is not None:
        for name in TALLIED:
            yield sheet.missing(name, "too thin", one.thin, n=one.tied, filters=DEED)
        return
    found, n, narrow = one.found, one.tied, one.narrow
    parts = list(_contributions(one))
    listed = parts[0].acts

    def given(name: str, value: float, *notes: str, **more: object) -> Finding:
        made = sheet.ok(name, value, n=n, n_effective=found.n_effective, notes=notes, **more)  # type: ignore[arg-type]
        return replace(made, acts=listed)

    interval = found.lower, found.upper
    yield given("benefit", found.estimate, narrow or label, LISTED, interval=interval)
    yield given("benefit_expected", one.chance.expected)
    if narrow is None:
        rank, of = one.rank()
        yield given("benefit_p", one.chance.p)
        yield given("benefit_rank", rank, f"Rank among {of} actors; 1 is whom the deeds suit best.")
    else:
        for name in ("benefit_p", "benefit_rank"):
            yield replace(sheet.missing(name, "cannot tell", narrow, n=n), acts=listed)
    yield given("third_parties_effective", found.n_effective)
    yield given("tied_share", one.tied / one.deeds)
    yield _intensity(one, strong, listed)
    yield from parts


def _intensity(one: Reading, strong: Deeds | None, listed: str) -> Finding:
    sheet, name = one.sheet, "benefit_intensity"
    if strong is not None:
        span = sheet.period.start, sheet.period.end
        net, gross = laid_out(strong, one.parties, *span)
        value = float(suits(net, gross, one.own))
        if not math.isnan(value):
            return replace(sheet.ok(name, value, n=one.tied), acts=listed)
    why = (
        "Tallies hold no intensities, and the source's single acts are not at hand or have none: "
        "a lake that holds a source coded in CAMEO gives this number."
    )
    return replace(sheet.missing(name, "cannot tell", why, n=one.tied), acts=listed)


def _contributions(one: Reading) -> Iterator[Finding]:
    """What each third party adds, the largest first."""
    found = one.found
    counted = one.gross * ~np.isnan(one.own)
    order = np.lexsort((one.parties.names, -found.weights, -np.abs(found.contributions)))
    for place in order:
        n = int(counted[place].sum())
        if not n:
            continue
        conflict = int(np.sum((one.gross - one.net)[place] * ~np.isnan(one.own[place])) / 2)
        met = np.average(np.nan_to_num(one.own[place]), weights=counted[place])
        name = str(one.parties.names[place])
        note = f"{n - conflict} cooperative and {conflict} conflictual deeds, mean tie {met:+.2f}."
        made = one.sheet.ok(
            "contribution", float(found.contributions[place]), n=n, of=name, notes=(note,)
        )
        yield replace(made, acts=replace(one.sheet, target=name).acts(*DEED))
