"""Tone of words and deeds by phase, with changes of level and the stretches in which they part."""

from __future__ import annotations

import math
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
    SHADE,
    SOFT,
    Width,
)
from realpolitik.reports.charts.years import fraction, year_axis
from realpolitik.reports.figure import Cell, Figure, Link, Table
from realpolitik.reports.links import finding_query, from_command
from realpolitik.reports.material import Material
from realpolitik.reports.prose import bounds, count, estimate, interval, month, span
from realpolitik.reports.record import Direction, Record, record_of
from realpolitik.reports.section import drawn, sampled

NAME, HEIGHT = "phases", 118
TITLE = "Tone of words and deeds by phase"
TONES = {"phase_tone_words": "words", "phase_tone_deeds": "deeds"}
EPISODES = ("episode_own", "episode_reference")
EMPTY = "Phases cannot be drawn: no source holds acts of both sides in enough months to divide them into phases."
Axes = tuple[tuple[int, int], float, int]  # first and last year, top in log-odds, pixels


def _breaks(record: Record, source: str) -> list[Finding]:
    way = record.directions[0]
    found = record.findings("break", way=way, source=source)
    return sorted(
        (one for one in found if one.estimate is not None), key=lambda one: one.estimate or 0
    )


def _episodes(record: Record, way: Direction, source: str) -> list[Finding]:
    """Stretches of one direction in which words and deeds part, in order of date."""
    found = record.findings(*EPISODES, way=way, source=source)
    return sorted(
        (one for one in found if one.estimate), key=lambda one: (one.start, one.statistic)
    )


def _source(record: Record) -> str | None:
    """The source that is drawn: that of the answer, else the first with a phase."""
    known = [name for name in sampled(record, "phase_tone_words")
             if any(i.estimate is not None for i in record.findings(*TONES, source=name))]  # fmt: skip
    return drawn(record, known)


def figure(material: Material) -> Figure:
    """Levels of words and deeds by phase, with yearly tones, breaks and divergent episodes.

    Unit: log-odds of cooperation against conflict. Yearly dots come from the
    monthly counts, half an act added to each side.
    """
    record = record_of(material)
    source = _source(record)
    levels = [item for name in TONES for way in record.directions
              for item in record.findings(name, way=way, source=source)
              if source and item.estimate is not None]  # fmt: skip
    head = ("Direction", "Phase", "Kind", "Tone (log-odds)", "95 % interval", "Acts")
    body = [
        _cells(item)
        for item in sorted(levels, key=lambda one: (one.actor != record.a.code, one.start))
    ]
    table = Table("Tone by phase", head, tuple(body))
    if source is None or not levels:
        return Figure(NAME, TITLE, "", EMPTY, table, empty=EMPTY)
    charts = {w.name: _picture(record, source, levels, w) for w in (NARROW, MEDIUM)}
    caption = (
        f"From {record.short(source)}. Lines: tone over each phase, with its interval; dots: the "
        "same by year. Upright lines: changes of level, their interval shaded. Grey stretches: months in "
        "which words and deeds part. Above 0: more cooperation than conflict."
    )
    return Figure(NAME, TITLE, caption, _alt(record, source, levels), table, charts)


def _cells(item: Finding) -> tuple[Cell, ...]:
    filters = from_command(item.acts)
    way = Cell(f"{item.actor} \N{RIGHTWARDS ARROW} {item.target}")
    return (way, Cell(_when(item)), Cell(TONES[item.statistic]), Cell(Link(estimate(item), filters)),
            Cell(bounds(item)), Cell(Link(f"{item.n:,}", filters)))  # fmt: skip


def _when(item: Finding) -> str:
    return f"{month(item.start)} to {month(item.end)}"


def _picture(record: Record, source: str, levels: list[Finding], width: Width) -> Drawing:
    drawing = Drawing(width)
    narrow = width is NARROW
    plot = width.pixels - 44 if narrow else (width.pixels - 112) // 2
    years = (min(int(i.start[:4]) for i in levels), max(int(i.end[:4]) for i in levels))
    dots = _yearly(record, source)
    most = [abs(v) for i in levels for v in (i.lower, i.upper) if v is not None]
    top = max([1.0, *most, *(abs(dot["y"]) for dot in dots)]) * 1.1
    frame = (years, top, plot)
    ways = [_way(drawing, record, source, way, levels, dots, frame) for way in record.directions]
    return drawing.done(below(ways, 16) if narrow else beside(ways, 30))


def _way(
    drawing: Drawing, record: Record, source: str, way: Direction, levels: list[Finding],
    dots: list[dict[str, Any]], frame: Axes,
) -> Panel:  # fmt: skip
    """One plot for words, one beneath it for deeds."""
    mine = [i for i in levels if (i.actor, i.target) == (way.actor.code, way.target.code)]
    rows = {
        "parted": [_stretch(i, way) for i in _episodes(record, way, source)],
        "turns": [_turn(i) for i in _breaks(record, source)],
    }
    plots = []
    for name, kind in TONES.items():
        rows["levels"] = [_level(i, way) for i in mine if i.statistic == name]
        rows["dots"] = [dot for dot in dots if (dot["way"], dot["kind"]) == (way.key, kind)]
        plots.append(_panel(drawing, way, kind, dict(rows), frame))
    return below(plots, 10)


def _panel(
    drawing: Drawing, way: Direction, kind: str, rows: dict[str, list[dict[str, Any]]], frame: Axes
) -> Panel:
    years, top, plot = frame
    key = f"phases_{way.key}_{kind}".replace("-", "_")
    across, over = year_axis(years, plot), scale(-top, top)
    axis = alt.Axis(title=None, tickCount=4, minExtent=30, maxExtent=30, labelExpr=SIGNED)
    up = y("y", over, axis)
    data = {name: drawing.rows(f"{key}_{name}", found) for name, found in rows.items()}
    zero = drawing.rows(f"{key}_zero", [{"y": 0}])
    named = drawing.rows(f"{key}_name", [{"text": kind}])
    dashed = {"color": INK, "strokeWidth": 1.2, "strokeDash": [4, 3]}
    left = drawing.font | {"align": "left", "color": SOFT, "fontStyle": "italic"}
    layers = [
        mark(data["parted"], "rect", look={"color": GRID, "opacity": 1}, x=across, x2="x2", tip="tip"),
        mark(data["turns"], "rect", "datum.lo != null", {"color": SHADE},
             x=year_axis(years, plot, "lo"), x2="hi"),
        mark(data["levels"], "rect", look={"color": CLOUD, "opacity": 0.4}, x=across, x2="x2",
             y=y("lo", over, axis), y2="hi"),
        mark(zero, "rule", look={"color": SOFT, "strokeWidth": 1.2}, y=up),
        mark(data["turns"], "rule", look=dashed, x=across, tip="tip"),
        mark(data["dots"], "circle", look={"color": SOFT, "size": 20, "opacity": 1}, x=across, y=up),
        mark(data["levels"], "rule", look={"color": INK, "strokeWidth": 2.2}, x=across, x2="x2", y=up,
             tip="tip"),
        mark(named, "text", look=left, x=5, y=9, text="text"),
    ]  # fmt: skip
    return panel(layers, plot, HEIGHT, way.label if kind == "words" else "", -30)


def _level(item: Finding, way: Direction) -> dict[str, Any]:
    kind = TONES[item.statistic]
    said = f"{way.label}, {_when(item)}: tone of {kind} {estimate(item)}, {interval(item)}"
    return {"x": fraction(item.start), "x2": _end(item.end), "y": item.estimate, "lo": item.lower,
            "hi": item.upper, "tip": tip(said, finding_query(item.acts))}  # fmt: skip


def _stretch(item: Finding, way: Direction) -> dict[str, Any]:
    said = f"{way.label}, {_when(item)}: words and deeds part, {estimate(item)}, {interval(item)}"
    return {
        "x": fraction(item.start),
        "x2": _end(item.end),
        "tip": tip(said, finding_query(item.acts)),
    }


def _turn(item: Finding) -> dict[str, Any]:
    said = f"The level changes: {estimate(item)}, {interval(item)}"
    return {
        "x": item.estimate,
        "lo": item.lower,
        "hi": item.upper,
        "tip": tip(said, finding_query(item.acts)),
    }


def _end(text: str) -> float:
    return round(fraction(text) + 1 / 12, 3)


def _yearly(record: Record, source: str) -> list[dict[str, Any]]:
    """Tone of words and of deeds by year, from the monthly counts."""
    sums: dict[tuple[str, str, str], list[float]] = {}
    for row in record.tallies:
        if row.source == source and row.kind != "contact" and row.side != "neutral":
            way = record.way({"actor": row.actor, "target": row.target})
            cell = sums.setdefault((way.key, row.month[:4], f"{row.kind}s"), [0.5, 0.5])
            cell[row.side != "cooperation"] += row.n
    return [
        {
            "way": key,
            "kind": kind,
            "x": int(year) + 0.5,
            "y": round(math.log(good / bad), 3),
        }
        for (key, year, kind), (good, bad) in sorted(sums.items())
    ]


def _alt(record: Record, source: str, levels: list[Finding]) -> str:
    parts = [f"{len(_breaks(record, source))} changes of level."]
    for way in record.directions:
        mine = [i for i in levels if (i.actor, i.target) == (way.actor.code, way.target.code)]
        tones = ", ".join(
            f"{TONES[i.statistic]} {estimate(i)} in {span(i.start, i.end)}" for i in mine
        )
        parted = count(len(_episodes(record, way, source)), "stretch", "stretches")
        parts.append(f"{way.label}: {tones}; {parted} in which words and deeds part.")
    return " ".join(parts)
