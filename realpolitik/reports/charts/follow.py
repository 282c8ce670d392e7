"""Promises, threats, offers and demands: followed, against how often such deeds happen anyway."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import altair as alt

from realpolitik.constants import HORIZONS
from realpolitik.findings import Finding
from realpolitik.reports.charts.forest import Frame, Line, forest
from realpolitik.reports.charts.marks import Drawing, below, beside, tip
from realpolitik.reports.charts.theme import MEDIUM, NARROW, Width
from realpolitik.reports.figure import Cell, Figure, Link, Table
from realpolitik.reports.links import finding_query, from_command
from realpolitik.reports.material import Material
from realpolitik.reports.prose import bounds, capital, count, estimate, interval, value
from realpolitik.reports.record import Direction, Record, record_of
from realpolitik.reports.section import drawn, sampled
from realpolitik.reports.wording import CASES, TYPES

NAME = "follow"
EMPTY = "No promise, threat, offer or demand is on record between these two."
UNLISTED = (
    "No sample of this page holds single acts, so that no announcement can be followed in one."
)
Pick = Callable[[str, Direction], Finding | None]


def figure(material: Material) -> Figure:
    """Share of announcements that a matching deed followed, by type and horizon.

    Unit: share of announcements (Kaplan-Meier), beside the share of days from
    which such a deed followed without an announcement. Types that never occur
    are left out.
    """
    record = record_of(material)
    bare = Figure(NAME, "Announced, and done?", CASES, EMPTY, _headed(()), empty=EMPTY)
    return _figure(record, record.case, bare)


def reported(material: Material) -> Figure:
    """The same in one sample whose single acts are at hand."""
    record = record_of(material)
    source = drawn(record, followed_samples(record))
    title = "Announced, and done? Among all reported acts"
    if source is None:
        return Figure("reported", title, "", UNLISTED, _headed(()), empty=UNLISTED)
    told = f"From {record.short(source)}: acts as reported, not chosen."
    bare = Figure("reported", title, told, EMPTY, _headed(()), empty=EMPTY)
    return _figure(record, partial(record.whole, source=source), bare)


def followed_samples(record: Record) -> list[str]:
    """The samples in which announcements were followed."""
    cases = {card.name for card in record.roles("cases")}
    return [name for name in sampled(record, f"announced_{TYPES[0]}") if name not in cases]


def announced(pick: Pick, way: Direction, kind: str) -> int:
    """How many announcements of a type are on record in one direction."""
    item = pick(f"announced_{kind}", way)
    return int(item.estimate) if item and item.estimate is not None else 0


def _figure(record: Record, pick: Pick, bare: Figure) -> Figure:
    """The figure of what a source says, or the bare one where no share is known."""
    ways = record.directions
    kinds = [kind for kind in TYPES if any(announced(pick, way, kind) for way in ways)]
    shares = (pick(f"followed_{k}_{d}d", way) for k in kinds for d in HORIZONS for way in ways)
    table = _table(record, pick)
    if all(item is None or item.estimate is None for item in shares):
        return replace(bare, caption="", table=table)
    caption = (
        "Dot and line: share of announcements after which a matching deed is on record within that "
        "many days, with its interval. Grey bar: how often such a deed follows from any other day. "
        "A dot no further right than its bar says nothing about the announcement. " + bare.caption
    )
    charts = {w.name: _picture(record, pick, kinds, w) for w in (NARROW, MEDIUM)}
    text = _alt(record, pick, kinds)
    return replace(bare, caption=caption, alt=text, table=table, charts=charts, empty="")


def _picture(record: Record, pick: Pick, kinds: list[str], width: Width) -> Drawing:
    drawing = Drawing(width)
    gutter, narrow = 160, width is NARROW
    plot = width.pixels - gutter - 22 if narrow else (width.pixels - 2 * gutter - 64) // 2
    axis = alt.Axis(title=None, values=[0, 0.5, 1], labelExpr="100 * datum.value + ' %'")
    frame = Frame(gutter, plot, (0.0, 1.0), axis)
    panels = []
    for way in record.directions:
        lines = [
            _line(pick, way, kind, days)
            for kind in kinds
            if announced(pick, way, kind)
            for days in HORIZONS
        ]
        if lines:
            name = way.key.replace("-", "_")
            panels.append(forest(drawing, name, way.label, lines, frame))
    return drawing.done(below(panels, 16) if narrow else beside(panels, 32))


def _line(pick: Pick, way: Direction, kind: str, days: int) -> Line:
    item, base = (pick(f"{part}_{kind}_{days}d", way) for part in ("followed", "base"))
    many = count(announced(pick, way, kind), kind)
    first = days == HORIZONS[0]
    label = f"{many}: {days} days" if first else f"{days} days"
    if item is None or item.estimate is None:
        return Line(label, None, strong=first, missing=item.status if item else "not covered")
    said = f"{way.label}, {kind}s: {estimate(item)} followed within {days} days, {interval(item)}"
    if base is not None and base.estimate is not None:
        said += f"; base rate {estimate(base)}"
    return Line(
        label, item.estimate, item.lower, item.upper, base.estimate if base else None, first,
        tip=tip(said, finding_query(item.acts)),
    )  # fmt: skip


def _alt(record: Record, pick: Pick, kinds: list[str]) -> str:
    parts = []
    for way in record.directions:
        for kind in kinds:
            item, base = (pick(f"{p}_{kind}_365d", way) for p in ("followed", "base"))
            if item is None or item.estimate is None:
                continue
            text = f"{way.label}: {estimate(item)} of {count(item.n, kind)} followed within a year"
            if base is not None and base.estimate is not None:
                text += f", base rate {value(base.estimate, base.unit)}"
            parts.append(text + ".")
    return " ".join(parts)


def _table(record: Record, pick: Pick) -> Table:
    body: list[tuple[Cell, ...]] = []
    for way in record.directions:
        for kind in TYPES:
            if announced(pick, way, kind):
                body += [_row(pick, way, kind, days) for days in HORIZONS]
    return _headed(tuple(body))


def _headed(rows: tuple[tuple[Cell, ...], ...]) -> Table:
    head = ("Direction", "Announced", "Within", "Followed", "Base rate", "Lift")
    return Table("Announcements followed by a matching deed", head, rows)


def _row(pick: Pick, way: Direction, kind: str, days: int) -> tuple[Cell, ...]:
    found = [pick(f"{part}_{kind}_{days}d", way) for part in ("followed", "base", "lift")]
    count_of = pick(f"announced_{kind}", way)
    many = _linked(count_of) if count_of else Cell("")
    head = (Cell(way.short), Cell(many.main, capital(kind) + "s"), Cell(f"{days} days"))
    return (*head, *(_linked(item) if item else Cell("") for item in found))


def _linked(item: Finding) -> Cell:
    if item.estimate is None:
        return Cell(item.status, item.notes[0])
    return Cell(Link(estimate(item), from_command(item.acts)), bounds(item))
