"""Words against deeds as known at the time, and as known now, year by year."""

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
from realpolitik.reports.charts.theme import CLOUD, INK, MEDIUM, NARROW, PAPER, SOFT, Width
from realpolitik.reports.charts.years import year_axis
from realpolitik.reports.figure import Cell, Figure, Link, Table
from realpolitik.reports.links import finding_query, from_command
from realpolitik.reports.material import Material
from realpolitik.reports.prose import count, estimate, signed, span
from realpolitik.reports.record import Direction, Record, days, record_of
from realpolitik.reports.wording import CASES

NAME, HEIGHT = "hindsight", 170
EMPTY = (
    "In no stretch of time do the cases hold both words and deeds, so the gap as known then and as "
    "known now cannot be set side by side."
)


def periods(record: Record, way: Direction) -> list[tuple[Finding, Finding]]:
    """Pairs (as known then, as known now) of the short periods of one direction, in order."""
    now = {(f.start, f.end): f for f in record.findings("gap_hindsight", way=way)}
    then = record.findings("gap_as_of", way=way)
    longest = max((days(item) for item in then), default=0)
    short = [item for item in then if days(item) < 0.8 * longest] or list(then)
    pairs = [(item, now[item.start, item.end]) for item in short if (item.start, item.end) in now]
    known = [p for p in pairs if p[1].estimate is not None]
    return sorted(known, key=lambda pair: pair[0].start)


def figure(material: Material) -> Figure:
    """The gap over cases by period: a ring as known at its end, a dot as known now.

    Unit: log-odds over cases. Periods without words or without deeds are left
    out; a dot without a ring means nothing could be said at the time.
    """
    record = record_of(material)
    found = {way.key: periods(record, way) for way in record.directions}
    table = _table(record, found)
    if not any(found.values()):
        return Figure(NAME, "As known then, as known now", "", EMPTY, table, empty=EMPTY)
    charts = {w.name: _picture(record, found, w) for w in (NARROW, MEDIUM)}
    caption = (
        "Tone of deeds minus tone of words over the cases of each period: the ring as known when "
        "the period ended, the dot as known now. A dot inside its ring: nothing changed. Where they "
        "part, hidden acts came out later. A dot without a ring: at the time words or deeds were "
        "unknown. Periods hold few cases. " + CASES
    )
    return Figure(NAME, "As known then, as known now", caption, _alt(record, found), table, charts)


Found = dict[str, list[tuple[Finding, Finding]]]


def _picture(record: Record, found: Found, width: Width) -> Drawing:
    drawing = Drawing(width)
    narrow = width is NARROW
    plot = width.pixels - 44 if narrow else (width.pixels - 112) // 2
    flat = [pair for pairs in found.values() for pair in pairs]
    years = (min(int(p[0].start[:4]) for p in flat), max(int(p[0].end[:4]) for p in flat))
    most = max(abs(item.estimate) for p in flat for item in p if item.estimate is not None)
    top = max(1.0, 1.4 * most)
    panels = [
        _panel(drawing, way, found[way.key], years, top, plot)
        for way in record.directions
        if found[way.key]
    ]
    return drawing.done(below(panels, 16) if narrow else beside(panels, 30))


def _panel(
    drawing: Drawing,
    way: Direction,
    pairs: list[tuple[Finding, Finding]],
    years: tuple[int, int],
    top: float,
    plot: int,
) -> Panel:
    key = way.key.replace("-", "_")
    data = drawing.rows(f"hindsight_{key}", [_row(way, *pair) for pair in pairs])
    zero = drawing.rows(f"hindsight_zero_{key}", [{"now": 0}])
    across, over = year_axis(years, plot), scale(-top, top)
    axis = alt.Axis(title=None, tickCount=5, minExtent=30, maxExtent=30, labelExpr=SIGNED)
    now, then = y("now", over, axis), y("then", over, axis)
    both, solid = "datum.then != null", {"color": INK, "opacity": 1}
    layers = [
        mark(zero, "rule", look={"color": CLOUD, "strokeWidth": 1.5}, y=now),
        mark(data, "rule", both, {"color": INK, "strokeWidth": 1.4}, x=across, y=then, y2="now"),
        mark(data, "point", both, solid | {"fill": PAPER, "size": 90, "strokeWidth": 1.5}, x=across,
             y=then, tip="tip"),
        mark(data, "circle", look=solid | {"size": 30}, x=across, y=now, tip="tip"),
    ]  # fmt: skip
    look = drawing.font | {"align": "left", "color": SOFT, "fontStyle": "italic"}
    for text, at in (("deeds milder than words", 9), ("deeds harsher than words", HEIGHT - 9)):
        note = drawing.rows(f"hindsight_note_{at}", [{"text": text}])
        layers.append(mark(note, "text", look=look, x=5, y=at, text="text"))
    return panel(layers, plot, HEIGHT, way.label, -30)


def _row(way: Direction, then: Finding, now: Finding) -> dict[str, Any]:
    middle = (int(now.start[:4]) + int(now.end[:4]) + 1) / 2
    said = f"{way.label}, {span(now.start, now.end)}: as known then {_said(then)}, as known now {_said(now)}"
    return {"x": middle, "then": then.estimate, "now": now.estimate,
            "tip": tip(said, finding_query(now.acts))}  # fmt: skip


def _said(item: Finding) -> str:
    return item.status if item.estimate is None else signed(item.estimate, 1)


def _alt(record: Record, found: Found) -> str:
    parts = []
    for way in record.directions:
        pairs = found[way.key]
        moved = [span(now.start, now.end) for then, now in pairs
                 if then.estimate is None or abs((now.estimate or 0) - then.estimate) >= 0.05]  # fmt: skip
        text = f"{way.label}: {len(pairs)} periods can be compared"
        parts.append(f"{text}; what came out later moved {len(moved)} of them"
                     + (f" ({', '.join(moved)})." if moved else "."))  # fmt: skip
    return " ".join(parts)


def _table(record: Record, found: Found) -> Table:
    body = []
    for way in record.directions:
        for then, now in found[way.key]:
            cells = [Cell(way.short), Cell(span(now.start, now.end))]
            for item in (then, now):
                filters = from_command(item.acts)
                cells.append(Cell(Link(estimate(item), filters) if item.n else estimate(item)))
            body.append((*cells, _late(record, way, now)))
    head = ("Direction", "Period", "As known then", "As known now", "What came out later")
    return Table("The gap over cases, then and now (log-odds)", head, tuple(body))


def _late(record: Record, way: Direction, now: Finding) -> Cell:
    """Acts of the period that were first told of after its end."""
    ids = [
        act["act_id"]
        for act in record.select(record.cases, actor=way.actor.code, secrecy="secret")
        if now.start <= act["date"] <= now.end and (act.get("disclosed") or "9999") > now.end
    ]
    return Cell(Link(count(len(ids), "act"), {"id": ",".join(ids)})) if ids else Cell("none")
