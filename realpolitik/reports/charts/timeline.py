"""The first picture: words, contacts and deeds in both directions, over time.

Bars are tallied acts a year, cooperative up and conflictual down. Beneath them
each hand-coded case is a dot at its date; a hollow dot was hidden at the time.
"""

from __future__ import annotations

from realpolitik.reports.charts.layout import GUTTER, Column, column
from realpolitik.reports.charts.marks import Drawing, Panel, below, beside, mark, panel, y_pixels
from realpolitik.reports.charts.theme import (
    CLOUD,
    MEDIUM,
    NARROW,
    PAPER,
    SHADE,
    SIDE,
    SOFT,
    WIDE,
    Width,
)
from realpolitik.reports.charts.years import Year, by_year, year_axis
from realpolitik.reports.figure import Cell, Figure, Table, number
from realpolitik.reports.material import Material
from realpolitik.reports.prose import DASH, MINUS, count
from realpolitik.reports.record import Direction, Record, record_of
from realpolitik.reports.wording import KINDS, PLURAL

NAME = "timeline"
BETWEEN = 28


def figure(material: Material) -> Figure:
    """Acts a year by kind and side, both directions, with the hand-coded cases beneath.

    Counts are acts; neutral acts are in the table and not in the bars. Where no
    source tallies the dyad only cases are drawn; where there are none either,
    the figure is empty and says so.
    """
    record = record_of(material)
    years = record.years()
    if years is None:
        table = Table("Acts a year", ("Year",), ())
        why = "Nothing is on record between these two: there is no act to draw."
        return Figure(NAME, "Nothing on record", "", why, table, empty=why)
    tallied = by_year(record)
    charts = {
        width.name: _picture(record, tallied, years, width) for width in (NARROW, MEDIUM, WIDE)
    }
    return Figure(
        NAME,
        f"What each said and did to the other, {years[0]}{DASH}{years[1]}",
        _caption(record),
        _alt(record, tallied),
        _table(record, tallied),
        charts,
    )


def _picture(record: Record, tallied: list[Year], years: tuple[int, int], width: Width) -> Drawing:
    side_by_side = width is WIDE
    plot = ((width.pixels - BETWEEN) // 2 if side_by_side else width.pixels) - GUTTER - 8
    laid = column(record, tallied, years, plot)
    drawing = Drawing(width)
    for name in ("shade", "bars", "dots", "lines", "names", "ticks"):
        drawing.rows(name, getattr(laid, name))
    ways = [_way(drawing, laid, way, years) for way in record.directions]
    return drawing.done(beside(ways, BETWEEN) if side_by_side else below(ways, 20))


def _way(drawing: Drawing, laid: Column, way: Direction, years: tuple[int, int]) -> Panel:
    own = f"datum.way == '{way.key}'"
    at: Panel = {"x": year_axis(years, laid.plot), "y": y_pixels("y", laid.height)}
    box = at | {"x2": "x2", "y2": "y2"}
    area = laid.dot * laid.dot * 0.7854
    ring = {"size": area * 0.7, "fill": PAPER, "strokeWidth": 1.8, "opacity": 1}
    left = drawing.font | {"align": "left", "fontWeight": "bold"}
    right = drawing.font | {"align": "right", "color": SOFT}
    layers = [
        mark("shade", "rect", look={"color": SHADE}, **box),
        mark("bars", "rect", own, colour="colour", tip="tip", **box),
        mark("lines", "rule", look={"color": CLOUD}, y=at["y"]),
        mark("dots", "circle", f"{own} && !datum.hidden", {"size": area, "opacity": 1},
             colour="colour", tip="tip", **at),
        mark("dots", "point", f"{own} && datum.hidden", ring, outline="colour", tip="tip", **at),
        mark("names", "text", look=left, x=-GUTTER, y=at["y"], text="text"),
        mark("ticks", "text", look=right, x=-5, y=at["y"], text="text"),
    ]  # fmt: skip
    return panel(layers, laid.plot, laid.height, way.label, -GUTTER)


def _caption(record: Record) -> str:
    parts = []
    if record.tallied:
        card = record.cards.get(record.tallied)
        when = f", {card.start[:4]}{DASH}{card.end[:4]}" if card else ""
        parts.append(
            f"Bars: acts a year coded from {record.short(record.tallied)}{when}; each row has its "
            "own scale, the same in both directions; shaded years are not covered. Neutral acts "
            "are in the table only."
        )
    else:
        parts.append("No source here counts all acts of this dyad, so there are no bars.")
    if record.cases:
        parts.append(
            "Dots: cases coded by hand, one each, at their date. They are cases, not a sample: "
            "their number says nothing of how common such acts were. A hollow dot was hidden when "
            "it happened."
        )
    return " ".join(parts)


def _alt(record: Record, tallied: list[Year]) -> str:
    return " ".join(_said(record, way, tallied) for way in record.directions)


def _said(record: Record, way: Direction, tallied: list[Year]) -> str:
    parts = []
    for kind in KINDS:
        mine = [y for y in tallied if y.way == way and y.kind == kind]
        good, bad = sum(y.cooperation for y in mine), sum(y.conflict for y in mine)
        if good + bad:
            parts.append(f"{good:,} cooperative and {bad:,} conflictual {PLURAL[kind]}")
    cases = record.select(record.cases, actor=way.actor.code)
    hidden = [act for act in cases if act.get("secrecy") == "secret"]
    kind_hidden = sum(act["side"] == "cooperation" for act in hidden)
    text = f"{way.label}: "
    if parts:
        text += f"{', '.join(parts)} tallied; "
    if not cases:
        return f"{text}no hand-coded case."
    hidden_text = f"{len(hidden)} of them hidden at the time ({kind_hidden} cooperative)"
    return f"{text}{count(len(cases), 'hand-coded case')}, {hidden_text}."


def _table(record: Record, tallied: list[Year]) -> Table:
    head = ("Year", "From", *(f"{PLURAL[k].capitalize()} {s}" for k in KINDS
                              for s in ("+", MINUS, "0")), "Cases", "of them hidden")  # fmt: skip
    rows = []
    years = {y.year for y in tallied} | {int(act["date"][:4]) for act in record.cases}
    for year in sorted(years):
        for way in record.directions:
            row = _row(record, way, year, tallied)
            if row:
                rows.append(row)
    return Table(
        "Acts a year by direction, kind and side",
        head,
        tuple(rows),
        f"+ cooperative, {MINUS} conflictual, 0 neutral; tallied acts"
        + (f" from {record.short(record.tallied)}" if record.tallied else ": none")
        + ". The last two columns count hand-coded cases.",
    )


def _row(record: Record, way: Direction, year: int, tallied: list[Year]) -> tuple[Cell, ...] | None:
    mine = {y.kind: y for y in tallied if y.way == way and y.year == year}
    span = {"start": f"{year}-01-01", "end": f"{year}-12-31", "actor": way.actor.code}
    cases = [a for a in record.select(record.cases, actor=way.actor.code)
             if int(a["date"][:4]) <= year <= int((a.get("end_date") or a["date"])[:4])]  # fmt: skip
    if not mine and not cases:
        return None
    cells = [Cell(str(year)), Cell(way.short)]
    for kind in KINDS:
        for side in SIDE:
            found = mine.get(kind)
            n = getattr(found, side) if found else 0
            cells.append(number(n, **found.filters(side)) if found else Cell(""))
    source = record.case_sources()
    hidden = [act for act in cases if act.get("secrecy") == "secret"]
    cells.append(number(len(cases), source=source, **span))
    cells.append(number(len(hidden), source=source, secrecy="secret", **span))
    return tuple(cells)
