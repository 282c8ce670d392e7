"""How the gap changes with the map, with contacts moved, and with the source."""

from __future__ import annotations

from functools import partial
from typing import Any

from realpolitik.findings import Finding
from realpolitik.reports.charts.forest import Line, both_ways
from realpolitik.reports.charts.marks import Drawing, tip
from realpolitik.reports.charts.theme import MEDIUM, NARROW, Width
from realpolitik.reports.figure import Cell, Figure, Link, Table
from realpolitik.reports.links import finding_query, from_command
from realpolitik.reports.material import Material
from realpolitik.reports.prose import bounds, estimate, interval, signed
from realpolitik.reports.record import Direction, Record, record_of
from realpolitik.reports.wording import MAPS

NAME = "sensitivity"
EMPTY = "There is no gap to vary: no source samples both sides' words and deeds well enough."


def rows(record: Record, way: Direction, only: str | None = None) -> list[Finding]:
    """The gap of one direction under the chosen map first, then under every other, by source."""
    found: list[Finding] = []
    for source in dict.fromkeys(s for item in record.findings("gap_z") for s in item.sources):
        main = record.whole("gap_z", way, source)
        if main is not None and only in (None, source):
            longest = (main.start, main.end)
            others = record.findings("gap_z_sensitivity", way=way, source=source)
            found += [main, *(item for item in others if (item.start, item.end) == longest)]
    return found


def turned(items: list[Finding]) -> list[Finding]:
    """Of a gap and its variants, the gap first, those on the other side of zero."""
    if not items or items[0].estimate is None:
        return []
    main = items[0]
    return [
        item
        for item in items[1:]
        if item.estimate is not None and item.estimate * (main.estimate or 0.0) < 0
    ]


def figure(material: Material) -> Figure:
    """The gap under every map and treatment of contacts, both directions, with intervals.

    Unit: reference SD, each map against its own reference set. Estimates that
    do not exist are named with their status.
    """
    record = record_of(material)
    found = {way.key: rows(record, way) for way in record.directions}
    known = [item for items in found.values() for item in items if item.estimate is not None]
    table = _table(record, found)
    if not known:
        return Figure(NAME, "The gap under other maps", "", EMPTY, table, empty=EMPTY)
    charts = {w.name: _picture(record, found, w) for w in (NARROW, MEDIUM)}
    caption = (
        "The gap with its interval under each way of telling words from deeds. Above 0 deeds are "
        "milder than words. A gap that changes sides between maps depends on coding."
    )
    return Figure(NAME, "The gap under other maps", caption, _alt(record, found), table, charts)


def _picture(record: Record, found: dict[str, list[Finding]], width: Width) -> Drawing:
    panels = [(way.key.replace("-", "_"), way.label, found[way.key]) for way in record.directions]
    return both_ways(Drawing(width), panels, partial(_line, record), "reference SD")


def _line(record: Record, item: Finding, labelled: bool) -> Line:
    main = item.statistic == "gap_z"
    name = _name(record, item)
    said = f"{name}: gap {estimate(item)} reference SD, {interval(item)}"
    return Line(
        label=name if labelled else "", estimate=item.estimate, lower=item.lower, upper=item.upper,
        strong=main, missing=item.status, tip=tip(said, finding_query(item.acts)),
    )  # fmt: skip


def _name(record: Record, item: Finding) -> str:
    name = MAPS.get(item.map, item.map).replace(" (contacts apart)", "")
    sampled = {s for found in record.findings("gap_z") for s in found.sources}
    return name if len(sampled) < 2 else f"{name}, {item.sources[0]}"


def _alt(record: Record, found: dict[str, list[Finding]]) -> str:
    parts = []
    for way in record.directions:
        known = [item.estimate for item in found[way.key] if item.estimate is not None]
        if known:
            parts.append(
                f"{way.label}: the gap lies between {signed(min(known))} and {signed(max(known))} "
                f"reference SD over {len(known)} codings."
            )
    return "Dots with intervals. " + " ".join(parts)


def _table(record: Record, found: dict[str, list[Finding]]) -> Table:
    body: list[tuple[Cell, ...]] = []
    for way in record.directions:
        for item in found[way.key]:
            body.append((Cell(way.short), Cell(_name(record, item)), *_cells(item)))
    head = ("Direction", "Map", "Gap (SD)", "95 % interval", "Acts")
    return Table("The gap under every map", head, tuple(body))


def _cells(item: Finding) -> tuple[Cell, ...]:
    filters = from_command(item.acts)
    why = "" if item.estimate is not None else " ".join(item.notes[:1])
    main: Any = Link(estimate(item), filters) if item.n else estimate(item)
    n: Any = Link(f"{item.n:,}", filters) if item.n else f"{item.n}"
    return Cell(main, why), Cell(bounds(item)), Cell(n)
