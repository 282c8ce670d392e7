"""Where everything of the first picture lies: one column of bands, in pixels.

Each kind is a band: its name, the bars of the tallied source, and a lane of
dots, one a hand-coded case. Pixels are counted from the top, so that both
directions share every height and can be read against each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from realpolitik.reports.charts.dots import Lane, lanes, said_year
from realpolitik.reports.charts.theme import SIDE
from realpolitik.reports.charts.years import Year, coverage
from realpolitik.reports.record import Record
from realpolitik.reports.wording import KINDS, PLURAL

BARS, HEAD, GAP, GUTTER = 58.0, 18.0, 12.0, 38
ROOM = 5.0


@dataclass(slots=True)
class Column:
    """The marks of both directions (field `way` tells them apart) and the common height."""

    plot: int
    height: float = 0.0
    shade: list[dict[str, Any]] = field(default_factory=list)
    bars: list[dict[str, Any]] = field(default_factory=list)
    dots: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    names: list[dict[str, Any]] = field(default_factory=list)
    ticks: list[dict[str, Any]] = field(default_factory=list)
    dot: float = 8.0


def column(record: Record, tallied: list[Year], years: tuple[int, int], plot: int) -> Column:
    """Lay out all bands for a plot of this many pixels."""
    made = Column(plot)
    dots = lanes(record, years, plot)
    for kind in KINDS:
        mine = [year for year in tallied if year.kind == kind]
        if not mine and not dots[kind].marks:
            continue
        made.names.append({"text": PLURAL[kind].capitalize(), "y": made.height + 8})
        made.height += HEAD
        if mine:
            _bars(made, record, mine, years)
        if dots[kind].marks:
            _dots(made, dots[kind])
        made.height += GAP
    made.height = max(made.height, 12.0)
    return made


def _bars(made: Column, record: Record, mine: list[Year], years: tuple[int, int]) -> None:
    up, down = (max(getattr(year, side) for year in mine) for side in ("cooperation", "conflict"))
    unit = BARS / max(1, up + down)
    top, zero = made.height, made.height + up * unit
    made.shade += [gap | {"y": top, "y2": top + BARS} for gap in coverage(record, years)]
    made.lines.append({"y": zero})
    if up:
        made.ticks.append({"text": f"{up:,}", "y": top + ROOM})
    if down:
        made.ticks.append({"text": f"{down:,}", "y": top + BARS - ROOM})
    for year in mine:
        for side, sign in (("cooperation", -1), ("conflict", 1)):
            n = getattr(year, side)
            if n:
                made.bars.append(
                    {"x": year.year + 0.1, "x2": year.year + 0.9, "y": round(zero, 2),
                     "y2": round(zero + sign * n * unit, 2), "acts": n, "side": side,
                     "kind": year.kind, "way": year.way.key, "colour": SIDE[side],
                     "tip": said_year(record, year, side, n)}
                )  # fmt: skip
    made.height += BARS + ROOM


def _dots(made: Column, lane: Lane) -> None:
    zero = made.height + lane.up
    made.lines.append({"y": zero})
    made.ticks.append({"text": "cases", "y": zero})
    made.dot = lane.dot
    made.dots += [mark | {"y": round(zero - mark["y"], 2)} for mark in lane.marks]
    made.height += lane.up + lane.down
