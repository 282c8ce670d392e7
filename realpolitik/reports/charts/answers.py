"""How far each side answers the other: the response with its interval, and its variants."""

from __future__ import annotations

from realpolitik.findings import Finding
from realpolitik.reports.charts.forest import Line, both_ways
from realpolitik.reports.charts.marks import Drawing, tip
from realpolitik.reports.charts.theme import MEDIUM, NARROW, Width
from realpolitik.reports.figure import Cell, Figure, Link, Table
from realpolitik.reports.links import finding_query, from_command
from realpolitik.reports.material import Material
from realpolitik.reports.prose import bounds, estimate, interval
from realpolitik.reports.record import Direction, Record, record_of
from realpolitik.reports.section import drawn, sampled
from realpolitik.reports.wording import term

NAME, TITLE = "answers", "How far each side answers the other"
SHOWN = (
    "response", "response_words", "response_deeds", "response_within_phases", "response_2_lags",
    "response_4_lags", "response_6_lags",
)  # fmt: skip
EMPTY = "No response can be drawn: no source holds enough months of acts in both directions."


def figure(material: Material) -> Figure:
    """The response of both directions, of all acts first, then of its variants.

    Unit: log-odds of the actor's tone per log-odds of the target's. Variants
    that do not exist are named with their status.
    """
    record = record_of(material)
    source = drawn(record, sampled(record, SHOWN[0]))
    found = {way.key: _rows(record, way, source) for way in record.directions}
    known = [item for items in found.values() for item in items if item.estimate is not None]
    table = _table(record, found)
    if source is None or not known:
        return Figure(NAME, TITLE, "", EMPTY, table, empty=EMPTY)
    charts = {w.name: _picture(record, found, w) for w in (NARROW, MEDIUM)}
    caption = (
        f"From {record.short(source)}. What a rise of 1 in the target's tone adds to the actor's over "
        "the next months, with its interval. Above 0 an answer in kind, below 0 an inverse one; where "
        "the interval holds 0 it cannot be told."
    )
    return Figure(NAME, TITLE, caption, _alt(record, found), table, charts)


def _rows(record: Record, way: Direction, source: str | None) -> list[Finding]:
    found = (record.whole(name, way, source) for name in SHOWN)
    return [item for item in found if item is not None]


def _picture(record: Record, found: dict[str, list[Finding]], width: Width) -> Drawing:
    panels = [
        (f"answers_{way.key.replace('-', '_')}", way.label, found[way.key])
        for way in record.directions
    ]
    return both_ways(Drawing(width), panels, _line, "response")


def _line(item: Finding, labelled: bool) -> Line:
    name = term(item.statistic).name
    said = f"{name}: {estimate(item)}, {interval(item)}"
    return Line(
        label=name if labelled else "", estimate=item.estimate, lower=item.lower, upper=item.upper,
        strong=item.statistic == SHOWN[0], missing=item.status,
        tip=tip(said, finding_query(item.acts)),
    )  # fmt: skip


def _alt(record: Record, found: dict[str, list[Finding]]) -> str:
    parts = [
        f"{way.label}: response {estimate(item)}, {interval(item) or 'no interval'}."
        for way in record.directions
        for item in found[way.key][:1]
    ]
    return "Dots with intervals, one row a way of forming the response. " + " ".join(parts)


def _table(record: Record, found: dict[str, list[Finding]]) -> Table:
    body = []
    for way in record.directions:
        for item in found[way.key]:
            filters = from_command(item.acts)
            main = Link(estimate(item), filters) if item.n else estimate(item)
            n = Link(f"{item.n:,}", filters) if item.n else f"{item.n}"
            why = "" if item.estimate is not None else " ".join(item.notes[:1])
            body.append((Cell(way.short), Cell(term(item.statistic).name), Cell(main, why),
                         Cell(bounds(item)), Cell(n)))  # fmt: skip
    head = ("Direction", "Formed from", "Response", "95 % interval", "Acts")
    return Table(TITLE, head, tuple(body))
