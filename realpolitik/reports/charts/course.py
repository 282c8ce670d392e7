"""Relation and posture year by year, with the changes of level that were found."""

from __future__ import annotations

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
    tip,
    y,
)
from realpolitik.reports.charts.theme import (
    CLOUD,
    GRID,
    INK,
    MEDIUM,
    NARROW,
    NEUTRAL,
    PAPER,
    SOFT,
    Width,
)
from realpolitik.reports.charts.years import fraction, year_axis
from realpolitik.reports.figure import Cell, Figure, Link, Table
from realpolitik.reports.links import finding_query, from_command
from realpolitik.reports.material import Material
from realpolitik.reports.prose import bounds, count, estimate, interval, signed, span
from realpolitik.reports.record import Direction, Record, days, record_of
from realpolitik.reports.section import drawn, sampled

NAME, TITLE, HEIGHT = "course", "Relation and posture over the years", 150
LINES = {"relation_mean": "relation", "posture_mean": "posture"}
EMPTY = "The course of the relation cannot be drawn: no source holds enough deeds of the two over the years."
Found = dict[tuple[str, str], list[Finding]]


def figure(material: Material) -> Figure:
    """Relation (what deeds show) and posture (what words add) of both directions by year.

    Unit: log-odds against the middle dyad of the source. Years without a
    number are left out; a rule marks the first month of each new phase.
    """
    record = record_of(material)
    source = drawn(record, sampled(record, "posture_mean"))
    found = {(way.key, name): _years(record, way, name, source)
             for way in record.directions for name in LINES}  # fmt: skip
    table = _table(record, found)
    if source is None or not any(found.values()):
        return Figure(NAME, TITLE, "", EMPTY, table, empty=EMPTY)
    begins = sorted(
        {i.start for i in record.findings("break", source=source) if i.estimate is not None}
    )
    charts = {w.name: _picture(record, found, begins, w) for w in (NARROW, MEDIUM)}
    caption = (
        f"From {record.short(source)}. Dots: the mean of each year; bands: its 95 % interval. The "
        "relation is read off deeds; the posture is what words add to it, below 0 harsher than the "
        "relation explains. "
        + (f"Upright lines: {count(len(begins), 'change')} of level." if begins else
           "No change of level was found, so no upright line is drawn.")
    )  # fmt: skip
    return Figure(NAME, TITLE, caption, _alt(record, found), table, charts)


def _years(record: Record, way: Direction, name: str, source: str | None) -> list[Finding]:
    """The yearly numbers of one line, in order."""
    found = record.findings(name, way=way, source=source)
    short = [item for item in found if days(item) <= 366 and item.estimate is not None]
    return sorted(short, key=lambda item: item.start)


def _picture(record: Record, found: Found, begins: list[str], width: Width) -> Drawing:
    drawing, narrow = Drawing(width), width is NARROW
    plot = width.pixels - 44 if narrow else (width.pixels - 112) // 2
    flat = [item for items in found.values() for item in items]
    years = (min(int(i.start[:4]) for i in flat), max(int(i.end[:4]) for i in flat))
    ends = [value for i in flat for value in (i.lower, i.upper, i.estimate) if value is not None]
    top = max(1.0, 1.05 * max(map(abs, ends)))
    columns = []
    for way in record.directions:
        rows = [
            _panel(drawing, way, name, found[way.key, name], begins, (years, top, plot))
            for name in LINES
            if found[way.key, name]
        ]
        if rows:
            columns.append(below(rows, 12))
    return drawing.done(below(columns, 20) if narrow else beside(columns, 30))


def _panel(
    drawing: Drawing,
    way: Direction,
    name: str,
    items: list[Finding],
    begins: list[str],
    size: tuple[tuple[int, int], float, int],
) -> Panel:
    years, top, plot = size
    key = f"{LINES[name]}_{way.key.replace('-', '_')}"
    data = drawing.rows(key, [_row(way, name, item) for item in items])
    zero = drawing.rows(f"zero_{key}", [{"at": 0}])
    rules = drawing.rows(f"begins_{key}", [{"x": fraction(start)} for start in begins])
    across, over = year_axis(years, plot), scale(-top, top)
    axis = alt.Axis(title=None, tickCount=5, minExtent=30, maxExtent=30, labelExpr=SIGNED)
    colour = INK if name == "relation_mean" else NEUTRAL
    layers = [
        mark(data, "area", "datum.low != null", {"color": GRID, "opacity": 1},
             x=across, y=y("low", over, axis), y2="high"),
        mark(zero, "rule", look={"color": CLOUD, "strokeWidth": 1.5}, y=y("at", over, axis)),
        mark(rules, "rule", look={"color": SOFT, "strokeDash": [4, 3]}, x=across),
        mark(data, "line", look={"color": colour, "strokeWidth": 1.8}, x=across, y=y("at", over, axis)),
        mark(data, "point", look={"filled": True, "color": colour, "stroke": PAPER, "opacity": 1, "size": 42},
             x=across, y=y("at", over, axis), tip="tip"),
    ]  # fmt: skip
    return panel(layers, plot, HEIGHT, f"{way.label}: {LINES[name]}", -30)


def _row(way: Direction, name: str, item: Finding) -> dict[str, Any]:
    said = f"{way.label}, {LINES[name]} {span(item.start, item.end)}: {estimate(item)}, {interval(item)}"
    middle = (fraction(item.start) + fraction(item.end)) / 2
    return {"x": round(middle, 2), "at": item.estimate, "low": item.lower, "high": item.upper,
            "tip": tip(said, finding_query(item.acts) if item.n else "")}  # fmt: skip


def _alt(record: Record, found: Found) -> str:
    parts = []
    for way in record.directions:
        for name, word in LINES.items():
            known = [i.estimate for i in found[way.key, name] if i.estimate is not None]
            if known:
                parts.append(f"{way.label}, {word}: between {signed(min(known))} and "
                             f"{signed(max(known))} over {count(len(known), 'year')}.")  # fmt: skip
    return "Lines with bands, one panel a direction. " + " ".join(parts)


def _table(record: Record, found: Found) -> Table:
    body = []
    for way in record.directions:
        for relation, posture in zip(*(found[way.key, name] for name in LINES), strict=False):
            filters = from_command(relation.acts)
            cells = [
                Cell(
                    Link(estimate(item), filters) if item.n else f"({estimate(item)})", bounds(item)
                )
                for item in (relation, posture)
            ]
            body.append((Cell(relation.start[:4]), Cell(way.short), *cells))
    head = ("Year", "Direction", "Relation", "Posture")
    return Table("Relation and posture by year (log-odds)", head, tuple(body))
