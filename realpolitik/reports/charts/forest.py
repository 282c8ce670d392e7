"""Dots with intervals, one row an estimate: the form shared by several pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair as alt

from realpolitik.findings import Finding
from realpolitik.reports.charts.marks import (
    SIGNED,
    Drawing,
    Panel,
    below,
    beside,
    mark,
    panel,
    scale,
    x,
    y_pixels,
)
from realpolitik.reports.charts.theme import INK, NARROW, SOFT

PITCH = 24


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its label, the estimate with its bounds, and a comparison where there is one.

    `missing` is shown in place of an estimate that does not exist.
    """

    label: str
    estimate: float | None
    lower: float | None = None
    upper: float | None = None
    compared: float | None = None
    strong: bool = False
    missing: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The measure of a panel: pixels for labels and plot, domain, axis, and a line to mark."""

    gutter: int
    plot: int
    domain: tuple[float, float]
    axis: alt.Axis
    zero: float | None = None


def forest(drawing: Drawing, name: str, title: str, lines: list[Line], frame: Frame) -> Panel:
    """One panel; bounds beyond the domain are cut at its edge."""
    height = len(lines) * PITCH
    rows = [_row(line, place, frame.domain) for place, line in enumerate(lines)]
    data = drawing.rows(name, rows)
    over, up = scale(*frame.domain), y_pixels("y", height)

    def across(field: str) -> alt.X:
        return x(field, over, frame.axis)

    left = drawing.font | {"align": "left"}
    tick = {"color": SOFT, "thickness": 3, "size": 16, "orient": "vertical"}
    layers = [
        mark(data, "rule", "datum.lo != null", {"color": INK, "strokeWidth": 1.6},
             x=across("lo"), x2="hi", y=up),
        mark(data, "point", "datum.x != null",
             {"filled": True, "color": INK, "opacity": 1, "size": 58}, x=across("x"), y=up, tip="tip"),
        mark(data, "tick", "datum.base != null", tick, x=across("base"), y=up),
        mark(data, "text", "datum.x == null", left | {"color": SOFT, "fontStyle": "italic"},
             x=6, y=up, text="missing"),
        mark(data, "text", "datum.strong", left | {"fontWeight": "bold"}, x=-frame.gutter, y=up,
             text="label"),
        mark(data, "text", "!datum.strong", left, x=-frame.gutter, y=up, text="label"),
    ]  # fmt: skip
    if frame.zero is not None:
        zero = drawing.rows(f"{name}_zero", [{"x": frame.zero}])
        layers.insert(
            0, mark(zero, "rule", look={"color": SOFT, "strokeWidth": 1.2}, x=across("x"))
        )
    return panel(layers, frame.plot, height, title, -frame.gutter)


def both_ways(
    drawing: Drawing,
    found: Sequence[tuple[str, str, Sequence[Finding]]],
    line: Callable[[Finding, bool], Line],
    unit: str,
) -> Drawing:
    """A panel a direction over one domain: below each other where it is narrow, else side by side.

    `found` holds the name, the title and the findings of each; `line` makes a
    row, with its label or, beside another panel, without.
    """
    gutter, narrow, width = 172, drawing.width is NARROW, drawing.width.pixels
    plot = width - gutter - 10 if narrow else (width - gutter - 40) // 2
    flat = [value for _, _, items in found for item in items
            for value in (item.estimate, item.lower, item.upper)]  # fmt: skip
    axis = alt.Axis(title=unit, tickCount=5, labelExpr=SIGNED)
    first = Frame(gutter, plot, spread(flat, 0.5), axis, 0.0)
    frames = [first, first if narrow else replace(first, gutter=0)]
    panels = [
        forest(drawing, name, title, [line(item, frame.gutter > 0) for item in items], frame)
        for (name, title, items), frame in zip(found, frames, strict=True)
    ]
    return drawing.done(below(panels, 16) if narrow else beside(panels, 24))


def _row(line: Line, place: int, domain: tuple[float, float]) -> dict[str, Any]:
    def cut(value: float | None) -> float | None:
        return None if value is None else round(max(domain[0], min(domain[1], value)), 4)

    return {
        "y": place * PITCH + PITCH / 2, "label": line.label, "x": cut(line.estimate),
        "lo": cut(line.lower), "hi": cut(line.upper), "base": cut(line.compared),
        "strong": line.strong, "missing": line.missing, "tip": line.tip,
    }  # fmt: skip


def spread(values: list[float | None], at_least: float) -> tuple[float, float]:
    """A domain that holds zero and all values, with a little room at both ends."""
    known = [value for value in values if value is not None]
    low, high = min([*known, -at_least]), max([*known, at_least])
    room = 0.06 * (high - low)
    return (low - room, high + room)
