"""The gap again with each act weighted by its published intensity: does counting all alike decide it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from ibis.expr.types import Table

from realpolitik.measures import _tallied as tallied
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures._reading import Reading
from realpolitik.measures._reference import Counts
from realpolitik.measures._tallied import Tallied
from realpolitik.stats.arrays import Estimate, Floats, floats
from realpolitik.stats.gap import say_do_gap
from realpolitik.stats.reference import Reference
from realpolitik.stats.tone import Sums, design_effects, tone
from realpolitik.vocab.calendar import month_end

UNLISTED = (
    "Only sums of this source are at hand, and they hold no intensities; ingest its acts to have "
    "them weighted."
)
UNGRADED = (
    "No intensity is published for the codes of these acts, and none is filled in by analogy."
)
GRADED = ("word", "deed")
Points = dict[tuple[str, str], dict[str, tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Twin:
    """Gaps of a source with acts weighted by intensity, for one span and map."""

    question: Question
    points: Points
    own: Points
    members: Tallied
    means: dict[str, Floats]
    reference: Reference

    def gap(self, reading: Reading) -> Estimate:
        """The weighted gap of a dyad whose plain gap is known."""
        ends, sums = (reading.actor, reading.target), reading.sums
        effects = design_effects(sums["word"], sums["deed"])
        words, deeds = (_weighted([self.own.get(ends, {})], k, self.means, sums[k]) for k in GRADED)
        found = say_do_gap(
            words, deeds, [reading.key], self.reference, reading.seed, effects=effects
        )
        return found.gap[0]


def twin(acts: Table | None, question: Question, source: SourceSpan, counts: Counts) -> Twin | str:
    """What the weighted gaps are made from, or the sentence that says why there are none.

    An act counts its |intensity| over the mean of its kind and side among the
    reference dyads, so that the acts of each kind and side weigh 1 on average.
    Acts without a published intensity weigh nothing.
    """
    if acts is None or not source.listed:
        return UNLISTED
    rows = _graded(acts, question, source)
    points = _points(rows)
    if not any(total for cells in points.values() for pair in cells.values() for total in pair):
        return UNGRADED
    members = counts.members(question.map)
    listed = [points.get(ends, {}) for ends in members.ends()]
    means = {kind: _mean(listed, kind, members.sums[kind]) for kind in GRADED}
    effects = design_effects(members.sums["word"], members.sums["deed"])
    tones = [
        tone(_weighted(listed, kind, means, members.sums[kind]), effect)
        for kind, effect in zip(GRADED, effects, strict=True)
    ]
    known = ~np.isnan(tones[0]) & ~np.isnan(tones[1])
    reference = Reference(tones[0][known], tones[1][known], question.seed, counts.draws)
    if reference.missing is not None:
        return reference.missing
    own = _points(tallied.of_dyads(rows, question.directions(), "date"))
    return Twin(question, points, own, members, means, reference)


def _graded(acts: Table, question: Question, source: SourceSpan) -> Table:
    start, end = question.window(source) or (source.start, source.end)
    return acts.filter(
        acts.source == source.name,
        acts.date >= start.replace(day=1),
        acts.date <= month_end(end),
        acts.kind.isin(list(GRADED)),
        acts.side != "neutral",
    )


def _points(rows: Table) -> Points:
    """Goldstein points of each directed dyad by kind: cooperative, then conflictual."""
    keys = ["actor", "target", "kind", "side"]
    total = (rows.intensity.abs() * rows.n).sum()
    found: Points = {}
    for row in rows.group_by(keys).aggregate(points=total).to_pyarrow().to_pylist():
        cells = found.setdefault((row["actor"], row["target"]), dict.fromkeys(GRADED, (0.0, 0.0)))
        pair, points = cells[row["kind"]], row["points"] or 0.0
        here = (points, pair[1]) if row["side"] == "cooperation" else (pair[0], points)
        cells[row["kind"]] = here
    return found


def _mean(listed: list[dict[str, Any]], kind: str, sums: Sums) -> Floats:
    """Points an act of each side has on average; nan where there is no such act."""
    total = _stacked(listed, kind).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return floats(total / [sums.c.sum(), (sums.n - sums.c).sum()])


def _weighted(
    listed: list[dict[str, Any]], kind: str, means: dict[str, Floats], like: Sums
) -> Sums:
    """Counts weighted by intensity, in place of those of `like`; their squares are not known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        c, f = np.nan_to_num(_stacked(listed, kind) / means[kind]).T
    unknown = np.full(c.shape, np.nan)
    return Sums(c + f, c, unknown, unknown, unknown, like.clusters)


def _stacked(listed: list[dict[str, Any]], kind: str) -> Floats:
    return floats([cells.get(kind, (0.0, 0.0)) for cells in listed]).reshape(-1, 2)
