"""How long each hidden act stayed hidden: a line from the act to its first public account."""

from __future__ import annotations

from typing import Any

from realpolitik.reports.charts.dots import said
from realpolitik.reports.charts.marks import (
    Drawing,
    Panel,
    below,
    beside,
    mark,
    panel,
    tip,
    y_pixels,
)
from realpolitik.reports.charts.theme import MEDIUM, NARROW, PAPER, SIDE, Width
from realpolitik.reports.charts.years import fraction, year_axis
from realpolitik.reports.figure import Cell, Figure, Link, Table
from realpolitik.reports.links import query
from realpolitik.reports.material import Material
from realpolitik.reports.prose import count, day, duration
from realpolitik.reports.record import Direction, Record, elapsed, record_of
from realpolitik.reports.wording import CASES, COOPERATIVE, MEMORY

NAME = "lags"
EMPTY = "No hidden act between these two is on record, so there is no time hidden to show."
TALL, PITCH, LEAST = 330.0, 9.0, 3.0


def hidden(record: Record, way: Direction) -> list[dict[str, Any]]:
    """Hidden cases of one direction, oldest first."""
    return record.select(record.cases, actor=way.actor.code, secrecy="secret")


def figure(material: Material) -> Figure:
    """Each hidden case as a line from its date to the first public account of it.

    A case whose disclosure has no date on record is a lone ring. Only what came
    out can be drawn: the true times are longer, and some acts are not here.
    """
    record = record_of(material)
    acts = {way.key: hidden(record, way) for way in record.directions}
    everything = [act for part in acts.values() for act in part]
    table = _table(record, everything)
    if not everything:
        return Figure(NAME, "How long hidden", "", EMPTY, table, empty=EMPTY)
    charts = {w.name: _picture(record, acts, w) for w in (NARROW, MEDIUM)}
    caption = (
        "Each line is one hidden case: from the ring, when it happened, to the bar, when the first "
        "public account known to us appeared. Blue cooperative, orange conflictual, grey neutral. "
        "What never came out cannot be drawn. " + CASES
    )
    return Figure(NAME, "How long each hidden act stayed hidden", caption, _alt(record, acts), table,
                  charts)  # fmt: skip


def _picture(record: Record, acts: dict[str, list[dict[str, Any]]], width: Width) -> Drawing:
    drawing = Drawing(width)
    narrow = width is NARROW
    plot = width.pixels - 26 if narrow else (width.pixels - 60) // 2
    ends = [fraction(str(when)) for part in acts.values() for act in part
            for when in (act["date"], act.get("disclosed")) if when]  # fmt: skip
    years = (int(min(ends)), int(max(ends)))
    shown = [way for way in record.directions if acts[way.key]]
    panels = [_panel(record, drawing, way, acts[way.key], years, plot) for way in shown]
    return drawing.done(below(panels, 16) if narrow else beside(panels, 30))


def _panel(
    record: Record,
    drawing: Drawing,
    way: Direction,
    acts: list[dict[str, Any]],
    years: tuple[int, int],
    plot: int,
) -> Panel:
    pitch = max(LEAST, min(PITCH, TALL / len(acts)))
    height = len(acts) * pitch + 6
    rows = [_row(record, act, round(place * pitch + pitch / 2 + 3, 2)) for place, act in
            enumerate(acts)]  # fmt: skip
    data = drawing.rows(f"lags_{way.key.replace('-', '_')}", rows)
    first, last, up = year_axis(years, plot), year_axis(years, plot, "x2"), y_pixels("y", height)
    ring = {"fill": PAPER, "size": min(34.0, pitch * pitch * 0.7), "strokeWidth": 1.5, "opacity": 1}
    end = {"orient": "vertical", "thickness": 2.4, "size": max(4.0, pitch * 0.8), "opacity": 1}
    out = "datum.x2 != null"
    layers = [
        mark(
            data,
            "rule",
            out,
            {"strokeWidth": 1.6},
            x=first,
            x2="x2",
            y=up,
            colour="colour",
            tip="tip",
        ),
        mark(data, "tick", out, end, x=last, y=up, colour="colour", tip="tip"),
        mark(data, "point", look=ring, x=first, y=up, outline="colour", tip="tip"),
    ]
    return panel(layers, plot, height, f"{way.label}: {count(len(acts), 'hidden case')}")


def _row(record: Record, act: dict[str, Any], y: float) -> dict[str, Any]:
    out = act.get("disclosed")
    words = said(record, act)
    if out:
        words += f"; first public account {day(out, act.get('disclosed_precision'))}"
    return {"x": fraction(act["date"]), "x2": fraction(out) if out else None, "y": y,
            "colour": SIDE[act["side"]], "tip": tip(words, query(id=act["act_id"]))}  # fmt: skip


def _alt(record: Record, acts: dict[str, list[dict[str, Any]]]) -> str:
    parts = []
    for way in record.directions:
        mine = acts[way.key]
        lags = sorted(lag for act in mine if (lag := elapsed(act)) is not None)
        text = f"{way.label}: {count(len(mine), 'hidden case')}"
        if lags:
            text += f", known after between {duration(lags[0])} and {duration(lags[-1])}"
        parts.append(text + ".")
    return " ".join(parts)


def _table(record: Record, acts: list[dict[str, Any]]) -> Table:
    body = []
    for act in sorted(acts, key=lambda act: (act["date"], act["act_id"])):
        lag = elapsed(act)
        out = act.get("disclosed")
        filters = {"id": act["act_id"]}
        mark = MEMORY if act.get("verification") == MEMORY else ""
        body.append((
            Cell(day(act["date"], act.get("date_precision"))),
            Cell(record.way(act).short),
            Cell(Link(act.get("text") or act["act_id"], filters), COOPERATIVE[act["side"]], mark),
            Cell(day(out, act.get("disclosed_precision")) if out else "no date on record"),
            Cell(Link(duration(lag), filters) if lag is not None else ""),
        ))  # fmt: skip
    head = ("Happened", "From", "Hidden act", "First public account", "Hidden for")
    return Table("Hidden cases and when they came out", head, tuple(body))
