"""Every directed dyad of a source, ranked: where do words and deeds part most?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from ibis.expr.types import Table

from realpolitik.findings import Finding
from realpolitik.findings.finding import Status
from realpolitik.measures._measure import Measure, Sheet, Statistic
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures._reading import MORE
from realpolitik.measures._reference import Counts, Held
from realpolitik.measures._tallied import Tallied, need_unit
from realpolitik.measures.gap import MEASURE as GAP
from realpolitik.stats.arrays import Bools, Estimate, stream_key
from realpolitik.stats.gap import Gap, joined, say_do_gap
from realpolitik.stats.labels import Label, gate, labels, surprise_q
from realpolitik.stats.shrinkage import World, shrunk_gap
from realpolitik.vocab.calendar import Period

SCORES = ("gap_z", "gap_z_shrunk", "surprise", "surprise_q")

MEASURE = Measure(
    name="scan",
    sentence="Where do words and deeds part most, among all dyads of a source?",
    table="tallies",
    statistics=tuple(
        Statistic(name, GAP.statistic(name).unit, GAP.statistic(name).method) for name in SCORES
    ),
    references=("benjamini1995", "efron1975"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One directed dyad and period in the ranking; `rank` is None where it has no score.

    `tier` is "descriptive" or "unusual", None where not even the sign of the
    gap is sure; `said` is the label as a sentence, or what is missing.
    """

    rank: int | None
    tier: str | None
    status: Status
    said: str
    words: int
    deeds: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One directed dyad in one period, before it is ranked."""

    sheet: Sheet
    words: int
    deeds: int
    status: Status
    missing: str


def scan(tallies: Table, question: Question, sources: Sequence[SourceSpan]) -> list[Place]:
    """Every directed dyad with an act, by the size of its shrunk gap, one ranking a source.

    A shrunk gap leads the ranking, so that the chance in few acts does not. The
    false discovery rate is held over all dyads and periods of a source. Dyads
    without a score follow in order of their names, each with what it lacks.
    Casebooks are cases, not samples, and are not ranked.

    Raises:
        BadDates: a source is asked for periods finer than it keeps.
    """
    samples = [source for source in sources if source.role == "sample"]
    return [place for source in samples for place in _of_source(tallies, question, source)]


def _of_source(tallies: Table, question: Question, source: SourceSpan) -> list[Place]:
    need_unit(question.by, source)
    counts = Counts(tallies, question, source, [question.map])
    parts = [_period(counts, question, source, period) for period in question.periods(source)]
    scored = [part for part in parts if len(part.gap.gap_positive)]
    places: list[Place] = []
    if scored:
        gaps = joined([part.gap for part in scored])
        rows = list(chain.from_iterable(part.scored for part in scored))
        shrunk = [part.shrunk[i] for part in scored for i in range(len(part.scored))]
        places = _ranked(rows, gaps, shrunk)
    missing = sorted(
        chain.from_iterable(part.missing for part in parts),
        key=lambda row: (row.sheet.actor, row.sheet.target, row.sheet.period.start),
    )
    return [*places, *(_unranked(row) for row in missing)]


@dataclass(frozen=True, slots=True)
class _Part:
    """The dyads of one period: those with a score, their scores, and those without."""

    scored: list[_Row]
    gap: Gap
    shrunk: Estimate
    missing: list[_Row]


def _period(counts: Counts, question: Question, source: SourceSpan, period: Period) -> _Part:
    own, held = counts.every(question.map, period), counts.held(question.map, period)
    rows = [_row(question, source, period, own, held, i) for i in range(len(own))]
    keep = np.asarray([row.status == "ok" for row in rows], dtype=np.bool_)
    gap, shrunk = _scores(own, keep, held, period, question.seed)
    return _Part(
        [row for row in rows if row.status == "ok"],
        gap,
        shrunk,
        [row for row in rows if row.status != "ok"],
    )


def _row(
    question: Question, source: SourceSpan, period: Period, own: Tallied, held: Held, i: int
) -> _Row:
    words, deeds = own.sums["word"][i], own.sums["deed"][i]
    ends = str(own.actors[i]), str(own.targets[i])
    sheet = Sheet(MEASURE, *ends, period, source.name, question.map, notes=held.notes)
    status: Status = "ok"
    missing = gate(words, deeds)
    if missing is not None:
        status = "too thin"
    elif held.reference.missing is not None:
        status, missing = "cannot tell", f"{held.reference.missing} {MORE}"
    return _Row(sheet, int(words.n), int(deeds.n), status, missing or "")


def _scores(
    own: Tallied, keep: Bools, held: Held, period: Period, seed: int
) -> tuple[Gap, Estimate]:
    """Gaps of the dyads to keep, plain and shrunk, on the draws that `gap` would make for each."""
    kept = own.pick(keep)
    words, deeds = kept.sums["word"], kept.sums["deed"]
    keys = [stream_key(period.start.isoformat(), period.end.isoformat())] * len(kept)
    gap = say_do_gap(words, deeds, keys, held.reference, seed)
    if not keys:
        return gap, gap.gap
    world = World.of(held.words, held.deeds)
    return gap, shrunk_gap(words, deeds, keys, world, held.reference, seed)


def _ranked(rows: list[_Row], gaps: Gap, shrunk: list[Estimate]) -> list[Place]:
    said, q = labels(gaps), surprise_q(gaps)
    order = sorted(range(len(rows)), key=lambda i: (-abs(float(shrunk[i].point)), *_name(rows[i])))
    return [
        _place(rank, rows[i], gaps[i], shrunk[i], said[i], float(q[i]))
        for rank, i in enumerate(order, start=1)
    ]


def _name(row: _Row) -> tuple[Any, ...]:
    return row.sheet.actor, row.sheet.target, row.sheet.period.start


def _place(rank: int, row: _Row, gap: Gap, shrunk: Estimate, label: Label, q: float) -> Place:
    findings = tuple(_findings(row, gap, shrunk, q))
    return Place(rank, label.tier, "ok", label.sentence, row.words, row.deeds, findings)


def _findings(row: _Row, gap: Gap, shrunk: Estimate, q: float) -> Iterator[Finding]:
    n = row.words + row.deeds
    worth = row.words / float(gap.design_words) + row.deeds / float(gap.design_deeds)
    for name, one in zip(SCORES, (gap.gap, shrunk, gap.surprise), strict=False):
        ends = float(one.lower), float(one.upper)
        yield row.sheet.ok(name, float(one.point), ends, n=n, n_effective=worth)
    yield row.sheet.ok("surprise_q", q, n=n)


def _unranked(row: _Row) -> Place:
    n = row.words + row.deeds
    found = row.sheet.missing("gap_z", row.status, row.missing, n=n)
    return Place(None, None, row.status, row.missing, row.words, row.deeds, (found,))
