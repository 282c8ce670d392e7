"""The two directions of a dyad month by month, or week by week, as series of tone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

import ibis
import numpy as np
from ibis.expr.types import Table
from numpy.typing import NDArray

from realpolitik.errors import BadDates
from realpolitik.measures import _tallied as tallied
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures._tallied import Tallied
from realpolitik.stats.series import Series, series
from realpolitik.stats.tone import Sums
from realpolitik.vocab.calendar import Period, month_end
from realpolitik.vocab.kinds import KINDS

GRAINS = ("week", "month")
WEEK = timedelta(days=7)
Ends = tuple[str, str]
UNSEEN = (
    "A {grain} without acts has no tone: it is never explained, and as a past value it stands for "
    "the mean of the series."
)


@dataclass(frozen=True, eq=False, slots=True)
class Panel:
    """Cluster sums of both directions by kind, one element a period of one grid."""

    grain: str
    starts: NDArray[np.datetime64]
    sums: dict[Ends, dict[str, Sums]]

    def series(self, ends: Ends, *kinds: str) -> Series:
        """The tone of some kinds of act together (all without any) in one direction."""
        parts = [self.sums[ends][kind] for kind in kinds or KINDS]
        whole = parts[0]
        for part in parts[1:]:
            whole = whole + part
        return series(whole)

    def place(self, day: date) -> int | None:
        """Which period holds a day; None where none does."""
        at = int(np.searchsorted(self.starts, np.datetime64(day, "D"), side="right")) - 1
        return at if at >= 0 and day <= self.end(at) else None

    def start(self, at: int) -> date:
        """First day of a period."""
        day: date = self.starts[at].astype(object)
        return day

    def end(self, at: int) -> date:
        """Last day of a period."""
        first = self.start(at)
        return month_end(first) if self.grain == "month" else first + WEEK - timedelta(days=1)

    def period(self, start: int, end: int) -> Period:
        """The days from one period to before another, as one stretch."""
        first, last = self.start(start), self.end(end - 1)
        return Period(first, last, f"{first}/{last}")


def panel(
    tallies: Table, acts: Table, question: Question, source: SourceSpan, grain: str = "month"
) -> Panel | None:
    """Both directions over the asked span inside coverage; None where they do not meet.

    Every month (or ISO week) of the span is there, with sums of 0 where it
    holds no act.

    Raises:
        BadDates: weeks are asked of a source of which only monthly tallies are at hand.
    """
    window = question.window(source)
    if grain == "week" and not source.listed:
        raise BadDates(
            f"{source.name} is at hand as monthly tallies only: use --by month, or load its acts "
            f"with `realpolitik ingest {source.name} FILE`."
        )
    if window is None:
        return None
    if grain == "week":
        rows, starts = _weekly(acts, question, source, window), _weeks(window)
    else:
        rows = tallied.of_dyads(
            tallied.months(tallies, source.name, [question.map], window), question.directions()
        )
        starts = months_of(window)
    found = tallied.summed(rows, grain)
    return Panel(
        grain, starts, {ends: _placed(found, ends, starts) for ends in question.directions()}
    )


def months_of(window: tuple[date, date]) -> NDArray[np.datetime64]:
    """First days of all months that touch a span."""
    first, last = (np.datetime64(day, "M") for day in window)
    return np.arange(first, last + 1).astype("M8[D]")


def _weeks(window: tuple[date, date]) -> NDArray[np.datetime64]:
    monday = window[0] - timedelta(days=window[0].weekday())
    return np.arange(np.datetime64(monday, "D"), np.datetime64(window[1], "D") + 1, 7)


def _weekly(
    acts: Table, question: Question, source: SourceSpan, window: tuple[date, date]
) -> Table:
    """Acts summed by ISO week in the shape of tallies, `month` being the Monday."""
    rows = of_source(acts, source, window)
    rows = tallied.of_dyads(rows, question.directions(), "date")
    rows = rows.mutate(month=rows.date.truncate("W").cast("date"), map=ibis.literal(question.map))
    keys = ["map", "actor", "target", "month", "kind"]
    clusters = rows.group_by(*keys, "cluster").aggregate(
        **{side: rows.n.sum(where=rows.side == side).fill_null(0)
           for side in ("cooperation", "conflict", "neutral")}
    )  # fmt: skip
    n, c = clusters.cooperation + clusters.conflict, clusters.cooperation
    return clusters.group_by(keys).aggregate(
        cooperation=c.sum(), conflict=clusters.conflict.sum(), neutral=clusters.neutral.sum(),
        clusters=(n > 0).cast("int64").sum(), sum_n=n.sum(), sum_c=c.sum(),
        sum_nn=(n * n).sum(), sum_cn=(c * n).sum(), sum_cc=(c * c).sum(),
    )  # fmt: skip


def of_source(acts: Table, source: SourceSpan, window: tuple[date, date]) -> Table:
    """The single acts of a source that begin inside a span."""
    return acts.filter(
        acts.source == ibis.literal(source.name),
        acts.date >= ibis.literal(window[0]),
        acts.date <= ibis.literal(window[1]),
    )


def _placed(found: Tallied, ends: Ends, starts: NDArray[np.datetime64]) -> dict[str, Sums]:
    own = found.pick((found.actors == ends[0]) & (found.targets == ends[1]))
    at = np.searchsorted(starts, own.starts)
    placed = {}
    for kind, sums in own.sums.items():
        columns = []
        for field in fields(Sums):
            column = np.zeros(len(starts))
            column[at] = getattr(sums, field.name)
            columns.append(column)
        placed[kind] = Sums(*columns)
    return placed


def unseen(panel: Panel, found: Sequence[Series]) -> tuple[str, ...]:
    """The remark on periods without acts, where there are any."""
    if all(one.seen.all() for one in found):
        return ()
    gaps = " and ".join(str(int((~one.seen).sum())) for one in found)
    told = UNSEEN.format(grain=panel.grain)
    return (f"{told} There are {gaps} such {panel.grain}s of {len(panel.starts)}, each way.",)
