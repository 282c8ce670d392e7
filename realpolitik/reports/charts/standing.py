"""Where the dyad stands among all dyads: words against deeds, and two strips of ranks."""

from __future__ import annotations

from typing import Any

import altair as alt

from realpolitik.reports.charts.marks import Drawing, Panel, below, mark, panel, scale, tip, x, y
from realpolitik.reports.charts.theme import CLOUD, INK, MEDIUM, NARROW, PAPER, SOFT, Width
from realpolitik.reports.figure import Cell, Figure, Link, Table
from realpolitik.reports.links import finding_query, from_command
from realpolitik.reports.material import Material, Standing
from realpolitik.reports.prose import count, ordinal, signed
from realpolitik.reports.record import Direction, Record, record_of

NAME, STRIP = "standing", "ranks"
LIMIT = 4.0
CLOSEST = 15
NO_REFERENCE = (
    "No source in this record samples enough dyads to serve as a reference set for these two, so "
    "where they stand among others cannot be told."
)


def figure(material: Material) -> Figure:
    """Words against deeds of every dyad of the reference set, both directions named.

    Both axes are in reference SD, 0 is the median dyad. On the diagonal deeds
    are as words; above it they are milder, below it harsher. Dyads further out
    than four SD are drawn at the edge.
    """
    record = record_of(material)
    if record.standings is None:
        table = Table("Dyads of the reference set", ("Dyad",), ())
        return Figure(NAME, "Where this dyad stands", "", NO_REFERENCE, table, empty=NO_REFERENCE)
    source, rows = record.standings
    own = _own(record, rows)
    charts = {w.name: _scatter(record, rows, own, w) for w in (NARROW, MEDIUM)}
    return Figure(
        NAME, "Words and deeds among all dyads", _caption(record, source, rows),
        _alt(record, source, rows, own), _table(record, rows, own), charts,
    )  # fmt: skip


def strip(material: Material) -> Figure:
    """Every dyad's gap and surprise on a line, both directions named.

    Gap and surprise are in reference SD; dyads further out than four SD are
    drawn at the edge.
    """
    record = record_of(material)
    if record.standings is None:
        table = Table("Ranks", ("Direction",), ())
        return Figure(
            STRIP, "Rank of gap and surprise", "", NO_REFERENCE, table, empty=NO_REFERENCE
        )
    source, rows = record.standings
    charts = {w.name: _strips(record, rows, w) for w in (NARROW, MEDIUM)}
    caption = (
        f"Each tick is one of {len(rows)} directed dyads of {record.short(source)}. The gap alone is "
        "no oddity among dyads with hostile words; the surprise compares a dyad only with what its own words "
        "would lead one to expect."
    )
    return Figure(STRIP, "How usual is that?", caption, _alt_strip(record, rows),
                  _table_strip(record, rows), charts)  # fmt: skip


def _own(record: Record, rows: tuple[Standing, ...]) -> list[tuple[Direction, Standing]]:
    found = {(row.actor, row.target): row for row in rows}
    pairs = [(way, found.get((way.actor.code, way.target.code))) for way in record.directions]
    return [(way, row) for way, row in pairs if row is not None]


def _clip(value: float) -> float:
    return round(max(-LIMIT, min(LIMIT, value)), 3)


def _cloud(record: Record, rows: tuple[Standing, ...]) -> list[dict[str, Any]]:
    own = {(way.actor.code, way.target.code) for way in record.directions}
    return [
        {"x": _clip(row.z_words), "y": _clip(row.z_deeds), "tip": tip(_point(record, row))}
        for row in rows
        if (row.actor, row.target) not in own
    ]


def _point(record: Record, row: Standing) -> str:
    who = f"{record.name(row.actor)} → {record.name(row.target)}"
    return (
        f"{who}: words {signed(row.z_words)}, deeds {signed(row.z_deeds)}, gap {signed(row.gap)} SD "
        f"({row.words:,} words, {row.deeds:,} deeds)"
    )


def _marks(record: Record, own: list[tuple[Direction, Standing]]) -> list[dict[str, Any]]:
    made = []
    for way, row in own:
        words, deeds = (record.whole(name, way) for name in ("z_words", "z_deeds"))
        gap = record.whole("gap_z", way)
        point: Panel = {
            "x": _clip(row.z_words), "y": _clip(row.z_deeds), "way": way.key, "label": way.short, "left": row.z_words > 1.2,
            "tip": tip(_point(record, row), finding_query(gap.acts) if gap else ""),
        }  # fmt: skip
        for axis, item in (("x", words), ("y", deeds)):
            low = item.lower if item and item.lower is not None else None
            high = item.upper if item and item.upper is not None else None
            point[f"{axis}0"] = point[axis] if low is None else _clip(low)
            point[f"{axis}1"] = point[axis] if high is None else _clip(high)
        made.append(point)
    return _placed(made)


def _placed(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Labels up and to the right, the lower of two close points down and to the right."""
    order = sorted(made, key=lambda one: -float(one["y"]))
    for place, one in enumerate(order):
        one["dy"] = -13 if place == 0 else 14
    return made


def _scatter(
    record: Record,
    rows: tuple[Standing, ...],
    own: list[tuple[Direction, Standing]],
    width: Width,
) -> Drawing:
    drawing = Drawing(width)
    side = min(width.pixels - 46, 430)
    over = scale(-LIMIT, LIMIT)
    steps: dict[str, Any] = {"values": [-4, -2, 0, 2, 4], "labelExpr": _SIGNED}
    across = alt.Axis(title="Words: harsher ← → warmer (SD)", **steps)
    up = alt.Axis(title="Deeds: harsher ← → milder (SD)", **steps)
    at: Panel = {"x": x("x", over, across), "y": y("y", over, up)}
    cloud = drawing.rows("cloud", _cloud(record, rows))
    diagonal = drawing.rows("diagonal", [{"x": v, "y": v} for v in (-LIMIT, LIMIT)])
    mine = drawing.rows("own", _marks(record, own))
    cross = {"color": INK, "strokeWidth": 1.4}
    diamond = {"shape": "diamond", "size": 110, "filled": True, "color": INK, "stroke": PAPER,
               "strokeWidth": 1.5, "opacity": 1}  # fmt: skip
    layers = [
        mark(cloud, "circle", look={"size": 26, "color": CLOUD, "opacity": 0.75}, tip="tip", **at),
        mark(diagonal, "line", look={"color": SOFT, "strokeWidth": 1, "strokeDash": [4, 3]}, **at),
        *_zones(drawing, at),
        mark(mine, "rule", look=cross, x=x("x0", over, across), x2="x1", y=at["y"]),
        mark(mine, "rule", look=cross, x=at["x"], y=y("y0", over, up), y2="y1"),
        mark(mine, "point", look=diamond, tip="tip", **at),
        *_labels(drawing, mine, at),
    ]
    return drawing.done(panel(layers, side, side))


def _zones(drawing: Drawing, at: Panel) -> list[Panel]:
    made = []
    corners = (("left", -3.8, 3.55, "deeds milder than words"),
               ("right", 3.8, -3.55, "deeds harsher than words"))  # fmt: skip
    for align, across, up, text in corners:
        data = drawing.rows(f"zone_{align}", [{"x": across, "y": up, "text": text}])
        look = drawing.font | {"align": align, "color": SOFT, "fontStyle": "italic"}
        made.append(mark(data, "text", look=look, text="text", **at))
    return made


def _labels(drawing: Drawing, data: str, at: Panel) -> list[Panel]:
    made = []
    bold = {"fontSize": drawing.width.text + 1, "fontWeight": "bold"}
    for dy in (-13, 14):
        for left, align, dx in (("datum.left", "right", -8), ("!datum.left", "left", 8)):
            look = bold | {"align": align, "dx": dx, "dy": dy}
            for edge in ({"stroke": PAPER, "strokeWidth": 4}, {}):
                where = f"datum.dy == {dy} && {left}"
                made.append(mark(data, "text", where, look | edge, text="label", **at))
    return made


_SIGNED = "datum.value > 0 ? '+' + datum.value : datum.value < 0 ? '−' + abs(datum.value) : '0'"
_STRIPS = (
    ("gap", "Gap", "gap_percentile", "deeds harsher than words", "milder than words"),
    (
        "surprise",
        "Surprise given the words",
        "surprise_percentile",
        "deeds harsher than expected",
        "milder",
    ),
)


def _strips(record: Record, rows: tuple[Standing, ...], width: Width) -> Drawing:
    drawing = Drawing(width)
    made = []
    for column, title, rank, low, high in _STRIPS:
        ticks = [
            {"x": _clip(getattr(row, column)), "tip": tip(_point(record, row))} for row in rows
        ]
        own = [
            _ranked(record, way, getattr(row, column), (title, rank), width, place == 0)
            for place, (way, row) in enumerate(_own(record, rows))
        ]
        made.append(_strip(drawing, column, (title, low, high), ticks, own))
    return drawing.done(below(made, 10))


def _ranked(
    record: Record, way: Direction, at: float, words: tuple[str, str], width: Width, up: bool
) -> dict[str, Any]:
    """A direction's mark on a strip; its label is centred on it but kept inside the plot."""
    title, rank = words
    item = record.whole(rank, way)
    known = item.estimate if item else None
    text = way.short if known is None else f"{way.short}, {ordinal(known)} percentile"
    plot = _plot(width)
    half = len(text) * width.text * 0.3 + 4
    middle = max(half, min(plot - half, (_clip(at) + LIMIT) / (2 * LIMIT) * plot))
    words_of = f"{way.label}: {title.lower()} {signed(at)} SD"
    query = finding_query(item.acts) if item else ""
    return {"x": _clip(at), "text": text, "up": up, "tip": tip(words_of, query),
            "tx": round(middle / plot * 2 * LIMIT - LIMIT, 3)}  # fmt: skip


def _plot(width: Width) -> int:
    return min(width.pixels, 620) - 24


def _strip(
    drawing: Drawing,
    name: str,
    words: tuple[str, str, str],
    ticks: list[dict[str, Any]],
    own: list[dict[str, Any]],
) -> Panel:
    title, low, high = words
    over = scale(-LIMIT, LIMIT)
    axis = alt.Axis(title=f"← {low}  |  {high} →", values=[-4, -2, 0, 2, 4], labelExpr=_SIGNED,
                    grid=False)  # fmt: skip
    across, beneath = x("x", over, axis), x("tx", over, axis)
    every = drawing.rows(f"all_{name}", ticks)
    mine = drawing.rows(f"own_{name}", own)
    tick = {"color": CLOUD, "thickness": 1.2, "size": 22, "opacity": 0.8}
    bold = drawing.font | {"fontSize": drawing.width.text + 1, "fontWeight": "bold"}
    layers = [mark(every, "tick", look=tick, x=across, y=45, tip="tip")]
    for up, start, end, label in (("datum.up", 20, 56, 10), ("!datum.up", 34, 70, 81)):
        rule = {"color": INK, "strokeWidth": 2.5}
        layers.append(mark(mine, "rule", up, rule, x=across, y=start, y2=end, tip="tip"))
        layers.append(mark(mine, "text", up, bold, x=beneath, y=label, text="text"))
    return panel(layers, _plot(drawing.width), 92, f"{title} (reference SD)")


def _caption(record: Record, source: str, rows: tuple[Standing, ...]) -> str:
    return (
        f"Each grey dot is one of {len(rows)} directed dyads of {record.short(source)}, same years, "
        "same map. On the dashed line deeds are as words. Both directions here carry their "
        "intervals as crosses. SD: reference standard deviations, 0 is the median dyad."
    )


def _alt(
    record: Record, source: str, rows: tuple[Standing, ...], own: list[tuple[Direction, Standing]]
) -> str:
    parts = [
        f"{way.label} stands at words {signed(row.z_words)} and deeds {signed(row.z_deeds)} SD, "
        f"{'above' if row.gap > 0 else 'below'} the line on which deeds are as words."
        for way, row in own
    ]
    nobody = [] if parts else ["Neither direction has enough acts to be placed."]
    head = f"Scatter of {len(rows)} directed dyads of {record.short(source)}, words against deeds."
    return " ".join([head, *parts, *nobody])


def _alt_strip(record: Record, rows: tuple[Standing, ...]) -> str:
    parts = []
    for way, row in _own(record, rows):
        text = f"{way.label}: gap {signed(row.gap)} SD"
        for rank in ("gap_percentile", "surprise_percentile"):
            item = record.whole(rank, way)
            if item and item.estimate is not None:
                text += f", {ordinal(item.estimate)} percentile by {rank.split('_')[0]}"
        parts.append(text + ".")
    return f"Two strips of {count(len(rows), 'dyad')}. " + " ".join(parts)


def _table(
    record: Record, rows: tuple[Standing, ...], own: list[tuple[Direction, Standing]]
) -> Table:
    """Both directions, and the dyads that stand nearest to them."""
    mine = {(row.actor, row.target) for _, row in own}
    centre = [row for _, row in own] or list(rows[:1])

    def far(row: Standing) -> float:
        return min((row.z_words - c.z_words) ** 2 + (row.z_deeds - c.z_deeds) ** 2 for c in centre)

    others = sorted((r for r in rows if (r.actor, r.target) not in mine), key=far)[:CLOSEST]
    body = [_line(record, row, linked=True) for _, row in own]
    body += [_line(record, row, linked=False) for row in others]
    note = (
        f"Both directions and the {len(others)} dyads nearest to them; the JSON twin has all "
        f"{len(rows)}. The acts of another dyad X, Y are listed by `realpolitik acts X Y`."
    )
    head = ("Dyad", "Words (SD)", "Deeds (SD)", "Gap (SD)", "Surprise (SD)", "Words (acts)",
            "Deeds (acts)")  # fmt: skip
    return Table("Dyads of the reference set", head, tuple(body), note)


def _line(record: Record, row: Standing, linked: bool) -> tuple[Cell, ...]:
    way = next(
        (w for w in record.directions if (w.actor.code, w.target.code) == (row.actor, row.target)),
        None,
    )
    gap = record.whole("gap_z", way) if way else None
    filters = from_command(gap.acts) if gap and linked else None
    shown = (signed(row.z_words), signed(row.z_deeds), signed(row.gap), signed(row.surprise))
    cells = [Cell(f"{record.name(row.actor)} → {record.name(row.target)}")]
    cells += [Cell(Link(text, filters)) if filters else Cell(text) for text in shown]
    for n, kind in ((row.words, "word"), (row.deeds, "deed")):
        only = filters | {"kind": kind} if filters else None
        cells.append(Cell(Link(f"{n:,}", only)) if only else Cell(f"{n:,}"))
    return tuple(cells)


def _table_strip(record: Record, rows: tuple[Standing, ...]) -> Table:
    body = []
    for way, row in _own(record, rows):
        cells = [Cell(way.label)]
        for value, rank in ((row.gap, "gap_percentile"), (row.surprise, "surprise_percentile")):
            item = record.whole(rank, way)
            filters = from_command(item.acts) if item else {}
            cells.append(Cell(Link(signed(value), filters)))
            known = item is not None and item.estimate is not None
            text = (
                ordinal(item.estimate) if known and item and item.estimate is not None else "none"
            )
            cells.append(Cell(Link(text, filters)))
        body.append(tuple(cells))
    head = ("Direction", "Gap (SD)", "Percentile", "Surprise (SD)", "Percentile")
    return Table("Ranks of both directions", head, tuple(body))
