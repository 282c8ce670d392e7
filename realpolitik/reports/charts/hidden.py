"""Hidden against open: how many cases of each kind and side."""

from __future__ import annotations

from typing import Any

from realpolitik.reports.charts.marks import (
    Drawing,
    Panel,
    below,
    beside,
    mark,
    panel,
    scale,
    tip,
    x,
    y_pixels,
)
from realpolitik.reports.charts.theme import CLOUD, MEDIUM, NARROW, PAPER, SIDE, SOFT, Width
from realpolitik.reports.figure import Cell, Figure, Table, number
from realpolitik.reports.links import query
from realpolitik.reports.material import Material
from realpolitik.reports.prose import count
from realpolitik.reports.record import Direction, Record, record_of
from realpolitik.reports.wording import CASES, COOPERATIVE, KINDS, PLURAL, SIDES

NAME = "hidden"
OPENNESS = (("public", "open"), ("secret", "hidden"))
PITCH, HALF = 21, 7
EMPTY = "No casebook in this record holds an act between these two."


def counted(record: Record, way: Direction, secrecy: str, kind: str, side: str) -> int:
    """Cases of one direction, openness, kind and side."""
    wanted = {"actor": way.actor.code, "secrecy": secrecy, "kind": kind, "side": side}
    return len(record.select(record.cases, **wanted))


def figure(material: Material) -> Figure:
    """Counts of cases, open and hidden, by kind and side, both directions.

    Counts are acts of casebooks: cases, never a rate. Neutral acts are in the
    table only.
    """
    record = record_of(material)
    table = _table(record)
    if not record.cases:
        return Figure(NAME, "Open and hidden", "", EMPTY, table, empty=EMPTY)
    charts = {w.name: _picture(record, w) for w in (NARROW, MEDIUM)}
    caption = (
        "Hand-coded cases: to the right cooperative, to the left conflictual; filled open, hollow "
        "hidden at the time. Neutral acts are in the table. " + CASES
    )
    return Figure(NAME, "Open and hidden, by kind and side", caption, _alt(record), table, charts)


def _picture(record: Record, width: Width) -> Drawing:
    drawing = Drawing(width)
    narrow = width is NARROW
    gutter = 108
    plot = width.pixels - gutter - 8 if narrow else (width.pixels - 2 * gutter - 46) // 2
    rows = {way.key: _rows(record, way) for way in record.directions}
    most = max((abs(row["n"]) for part in rows.values() for row in part), default=1)
    panels = [_panel(drawing, way, rows[way.key], most, gutter, plot) for way in record.directions]
    return drawing.done(below(panels, 16) if narrow else beside(panels, 30))


def _rows(record: Record, way: Direction) -> list[dict[str, Any]]:
    made = []
    for place, (kind, secrecy, word) in enumerate(_order()):
        for side, sign in (("cooperation", 1), ("conflict", -1)):
            n = counted(record, way, secrecy, kind, side)
            if not n:
                continue
            filters = {"source": record.case_sources(), "actor": way.actor.code, "kind": kind,
                       "side": side, "secrecy": secrecy}  # fmt: skip
            said = f"{way.label}: {count(n, 'case')}, {word} {COOPERATIVE[side]} {PLURAL[kind]}"
            made.append({"y": _y(place) - HALF, "y2": _y(place) + HALF, "mid": _y(place), "zero": 0,
                         "n": sign * n, "count": n, "hidden": secrecy == "secret",
                         "colour": SIDE[side], "tip": tip(said, query(**filters))})  # fmt: skip
    return made


def _order() -> list[tuple[str, str, str]]:
    return [(kind, secrecy, word) for kind in KINDS for secrecy, word in OPENNESS]


def _y(place: int) -> float:
    return place * PITCH + PITCH / 2 + (place // 2) * 9


def _panel(
    drawing: Drawing, way: Direction, rows: list[dict[str, Any]], most: int, gutter: int, plot: int
) -> Panel:
    height = _y(5) + PITCH / 2
    room = most * (1 + 2 * 26 / plot)
    over, key = scale(-room, room), way.key.replace("-", "_")
    data = drawing.rows(key, rows)
    zero = drawing.rows(f"{key}_zero", [{"n": 0}])
    labels = drawing.rows(f"{key}_names", [
        {"y": _y(place), "text": f"{word.capitalize()} {PLURAL[kind]}"}
        for place, (kind, _, word) in enumerate(_order())
    ])  # fmt: skip
    mid = y_pixels("mid", height)
    box: Panel = {
        "x": x("n", over),
        "x2": "zero",
        "y": y_pixels("y", height),
        "y2": "y2",
        "tip": "tip",
    }
    hollow = {"fill": PAPER, "strokeWidth": 1.8, "opacity": 1}
    layers = [
        mark(data, "rect", "!datum.hidden", {"opacity": 1}, colour="colour", **box),
        mark(data, "rect", "datum.hidden", hollow, outline="colour", **box),
        mark(zero, "rule", look={"color": CLOUD}, x=x("n", over)),
        mark(data, "text", "datum.n > 0", drawing.font | {"align": "left", "dx": 5}, x=x("n", over),
             y=mid, text="count"),
        mark(data, "text", "datum.n < 0", drawing.font | {"align": "right", "dx": -5},
             x=x("n", over), y=mid, text="count"),
        mark(labels, "text", look=drawing.font | {"align": "left", "color": SOFT}, x=-gutter,
             y=y_pixels("y", height), text="text"),
    ]  # fmt: skip
    return panel(layers, plot, height, way.label, -gutter)


def _alt(record: Record) -> str:
    parts = []
    for way in record.directions:
        words = []
        for secrecy, word in OPENNESS:
            n = {side: sum(counted(record, way, secrecy, kind, side) for kind in KINDS)
                 for side in ("cooperation", "conflict")}  # fmt: skip
            words.append(
                f"{n['cooperation']} cooperative and {n['conflict']} conflictual {word} cases"
            )
        parts.append(f"{way.label}: {' against '.join(words)}.")
    return " ".join(parts)


def _table(record: Record) -> Table:
    body = []
    for way in record.directions:
        for kind, secrecy, word in _order():
            cells = [Cell(way.short), Cell(f"{word} {PLURAL[kind]}")]
            for side in SIDES:
                n = counted(record, way, secrecy, kind, side)
                cells.append(number(n, source=record.case_sources(), actor=way.actor.code, kind=kind,
                                    side=side, secrecy=secrecy))  # fmt: skip
            body.append(tuple(cells))
    head = ("Direction", "Cases", "Cooperative", "Conflictual", "Neutral")
    return Table("Cases by openness, kind and side", head, tuple(body))
