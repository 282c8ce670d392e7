"""How probable each reading of the relation is, over all settings tried."""

from __future__ import annotations

import altair as alt

from realpolitik.findings import Finding
from realpolitik.reports.charts.forest import Frame, Line, forest
from realpolitik.reports.charts.marks import Drawing, below, beside, tip
from realpolitik.reports.charts.theme import MEDIUM, NARROW, Width
from realpolitik.reports.figure import Cell, Figure, Link, Table
from realpolitik.reports.links import finding_query, from_command
from realpolitik.reports.material import Material
from realpolitik.reports.prose import bounds, capital, estimate, interval
from realpolitik.reports.questions.readings import LEADER, READING, of, title
from realpolitik.reports.record import Record, record_of

NAME, TITLE = "readings", "How probable each reading is"
EMPTY = "No reading can be weighed: no source holds enough words and deeds of the two."
Found = list[tuple[Finding, list[Finding]]]


def figure(material: Material) -> Figure:
    """The posterior of each reading by source, with its range over all settings.

    Unit: probability. The line is a range, not an interval; the tick is the
    prior.
    """
    record = record_of(material)
    found: Found = [
        (leader, of(record, leader, READING[1]))
        for leader in record.findings(LEADER)
        if leader.estimate is not None
    ]
    table = _table(record, found)
    if not found:
        return Figure(NAME, TITLE, "", EMPTY, table, empty=EMPTY)
    charts = {w.name: _picture(record, found, w) for w in (NARROW, MEDIUM)}
    caption = (
        "Dots: the probability of each reading under the base setting; lines: its range over every "
        "setting tried, which is no interval; ticks: the prior. Where the lines overlap, the record does "
        "not decide."
    )
    return Figure(NAME, TITLE, caption, _alt(record, found), table, charts)


def _picture(record: Record, found: Found, width: Width) -> Drawing:
    drawing, narrow = Drawing(width), width is NARROW
    gutter = 160
    plot = width.pixels - gutter - 16 if narrow else (width.pixels - 2 * gutter - 46) // 2
    axis = alt.Axis(title="probability", tickCount=3, format="%")
    panels = [
        forest(drawing, f"readings_{leader.sources[0]}", capital(record.short(leader.sources[0])),
               [_line(item, record, leader) for item in items],
               Frame(gutter, plot, (-0.02, 1.02), axis))
        for leader, items in found
    ]  # fmt: skip
    pairs = [panels[at : at + 2] for at in range(0, len(panels), 2)]
    wide = below([beside(pair, 30) for pair in pairs], 20)
    return drawing.done(below(panels, 16) if narrow else wide)


def _line(item: Finding, record: Record, leader: Finding) -> Line:
    name = _name(item)
    prior = next(
        iter(of(record, leader, READING[0] + item.statistic.removeprefix(READING[1]))), None
    )
    said = f"{name}: {estimate(item)}, {interval(item)}"
    return Line(
        label=name, estimate=item.estimate, lower=item.lower, upper=item.upper,
        compared=prior.estimate if prior else None, missing=item.status,
        tip=tip(said, finding_query(item.acts)),
    )  # fmt: skip


def _name(item: Finding) -> str:
    return capital(title(item.statistic.removeprefix(READING[1])))


def _alt(record: Record, found: Found) -> str:
    parts = [
        f"{capital(record.short(leader.sources[0]))}: "
        + ", ".join(
            f"{_name(item)} {estimate(item)}" for item in items[:3] if item.estimate is not None
        )
        + "."
        for leader, items in found
    ]
    return "Dots with ranges, one row a reading, most probable first. " + " ".join(parts)


def _table(record: Record, found: Found) -> Table:
    body = [
        (Cell(record.title(leader.sources[0])), Cell(_name(item)),
         Cell(Link(estimate(item), from_command(item.acts)) if item.n else estimate(item)),
         Cell(bounds(item)))
        for leader, items in found
        for item in items
    ]  # fmt: skip
    return Table(TITLE, ("Source", "Reading", "Probability", "Range"), tuple(body))
