"""Tallied months summed to calendar years, and the years a source does not cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt

from realpolitik.reports.charts.marks import scale, x
from realpolitik.reports.record import Direction, Record


@dataclass(frozen=True, slots=True)
class Year:
    """Tallied acts of one direction and kind in one calendar year."""

    source: str
    way: Direction
    kind: str
    year: int
    cooperation: int
    conflict: int
    neutral: int

    def filters(self, side: str) -> dict[str, str]:
        """The filters that list the acts of one side."""
        return {
            "source": self.source, "actor": self.way.actor.code, "kind": self.kind, "side": side,
            "start": f"{self.year}-01-01", "end": f"{self.year}-12-31",
        }  # fmt: skip


def by_year(record: Record) -> list[Year]:
    """Acts a year of the source the page draws, by direction and kind; empty where none is."""
    sums: dict[tuple[str, str, int], dict[str, int]] = {}
    for row in record.tallies:
        if row.source != record.tallied:
            continue
        way = record.way({"actor": row.actor, "target": row.target})
        cell = sums.setdefault((way.key, row.kind, int(row.month[:4])), {})
        cell[row.side] = cell.get(row.side, 0) + row.n
    ways = {way.key: way for way in record.directions}
    return [
        Year(
            str(record.tallied), ways[key], kind, year,
            cell.get("cooperation", 0), cell.get("conflict", 0), cell.get("neutral", 0),
        )
        for (key, kind, year), cell in sorted(sums.items())
    ]  # fmt: skip


def coverage(record: Record, years: tuple[int, int]) -> list[dict[str, Any]]:
    """The stretches of the time axis that the tallied source does not cover."""
    months = [row.month for row in record.tallies if row.source == record.tallied]
    card = record.cards.get(record.tallied or "")
    first = fraction(card.start if card else min(months))
    last = fraction(card.end if card else max(months))
    gaps = [(years[0], first), (last, years[1] + 1)]
    return [{"x": x, "x2": x2} for x, x2 in gaps if x2 > x]


def fraction(date: str) -> float:
    """An ISO date, or its first part, as a year with its fraction, to the month."""
    year, month = (int(part) for part in (*date.split("-"), "1")[:2])
    return round(year + (month - 1) / 12, 3)


def year_axis(years: tuple[int, int], plot: int, field: str = "x") -> alt.X:
    """A time axis in years, labelled as densely as the pixels allow."""
    length = years[1] - years[0] + 1
    step = next(s for s in (1, 2, 5, 10, 20, 50) if s == 50 or length / s * 42 <= plot)
    marks = [year for year in range(years[0], years[1] + 2) if year % step == 0]
    axis = alt.Axis(values=marks, format="d", title=None, grid=True, labelFlush=False,
                    labelOverlap=False)  # fmt: skip
    return x(field, scale(years[0], years[1] + 1), axis)
