"""What is asked of a measure: two actors, a span of time, a map, and the sources at hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from realpolitik.schema.labelled import Labelled
from realpolitik.vocab.calendar import Period, month_end, periods


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """What a measure must know of a source: its role, coverage and finest period.

    `role` is "sample" (rates may be formed) or "cases" (they may not); `grain`
    is the period of its tallies, or "day" where it has none. `listed` tells
    whether its single acts are at hand, or only their tallies; `labels` are
    the acts of it that a person has read again.
    """

    name: str
    role: str
    start: date
    end: date
    grain: str
    listed: bool = True
    labels: tuple[Labelled, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Two actors and what is asked about them; dates are inclusive, None is open.

    Directions come in alphabetical order, so that A B and B A are one question.
    """

    a: str
    b: str
    start: date | None = None
    end: date | None = None
    by: str | None = None
    map: str = "realpolitik"
    seed: int = 0

    def directions(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Both directed dyads, in an order that does not depend on who was named first."""
        first, second = sorted((self.a, self.b))
        return (first, second), (second, first)

    def window(self, source: SourceSpan) -> tuple[date, date] | None:
        """The asked span inside a source's coverage; None where they do not meet."""
        start = max(self.start or source.start, source.start)
        end = min(self.end or source.end, source.end)
        return (start, end) if start <= end else None

    def asked(self, source: SourceSpan) -> Period:
        """The asked span as one period, whether the source covers it or not."""
        start, end = self.start or source.start, self.end or source.end
        if start > end:
            start = end = self.start or self.end or source.start
        return Period(start, end, f"{start}..{end}")

    def periods(self, source: SourceSpan) -> tuple[Period, ...]:
        """The periods to answer for, clipped to the source's coverage; none outside it."""
        window = self.window(source)
        return periods(*window, self.by) if window else ()


def not_covered(question: Question, source: SourceSpan) -> str:
    """The sentence for a span that a source does not cover."""
    start = f"from {question.start} " if question.start else ""
    end = f"to {question.end}" if question.end else "on"
    return (
        f"{source.name} covers {source.start} to {source.end}; it says nothing of the time "
        f"asked for, {start}{end}."
    )


WIDENED = "The source is tallied by month: the dates were widened to whole months."


def widened(question: Question, source: SourceSpan) -> tuple[str, ...]:
    """The remark for a day asked for that lies inside a month of a source tallied by month."""
    if source.grain != "month":
        return ()
    inside_start = question.start is not None and question.start > source.start
    inside_end = question.end is not None and question.end < source.end
    cut = bool(
        (inside_start and question.start and question.start.day != 1)
        or (inside_end and question.end and month_end(question.end) != question.end)
    )
    return (WIDENED,) if cut else ()
