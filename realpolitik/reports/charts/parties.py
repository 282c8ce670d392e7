"""What each third party adds to how far deeds suit the other."""

from __future__ import annotations

import altair as alt

from realpolitik.findings import Finding
from realpolitik.reports.charts.forest import Frame, Line, forest, spread
from realpolitik.reports.charts.marks import SIGNED, Drawing, below, beside, tip
from realpolitik.reports.charts.theme import MEDIUM, NARROW, Width
from realpolitik.reports.figure import Cell, Figure, Table
from realpolitik.reports.material import Material
from realpolitik.reports.prose import estimate, interval, signed
from realpolitik.reports.questions.parties import PARTY, contributions
from realpolitik.reports.record import Direction, Record, record_of
from realpolitik.reports.section import drawn, sampled

NAME, TITLE, TOP = "parties", "Which third parties matter", 8
LABEL = 20  # letters that fit beside a panel; a longer name gives way to its code
EMPTY = "No third party can be drawn: no source holds deeds towards actors whose ties are known."
Found = dict[str, list[Finding]]


def figure(material: Material) -> Figure:
    """The third parties that add most, by direction; all contributions add up to the benefit.

    Unit: share from -1 to 1. Right of 0: the deeds towards this third party suit
    the other.
    """
    record = record_of(material)
    source = drawn(record, sampled(record, "benefit"))
    found: Found = {
        way.key: contributions(record, way, source)[:TOP] if source else []
        for way in record.directions
    }
    table = _table(record, found)
    if source is None or not any(found.values()):
        return Figure(NAME, TITLE, "", EMPTY, table, empty=EMPTY)
    charts = {w.name: _picture(record, found, source, w) for w in (NARROW, MEDIUM)}
    caption = (
        f"From {record.short(source)}. First all third parties together, with the interval; the grey bar is "
        f"what chance would give. Then the {TOP} that add most, either way; right of 0 deeds towards them "
        "suit the target, left of 0 they do not. Look at the largest first: if it goes, does the answer stay?"
    )
    return Figure(NAME, TITLE, caption, _alt(record, found), table, charts)


def party(record: Record, item: Finding) -> str:
    """The third party's name, or its code where no name is known."""
    return record.name(item.statistic.removeprefix(PARTY))


def _picture(record: Record, found: Found, source: str, width: Width) -> Drawing:
    drawing, narrow = Drawing(width), width is NARROW
    gutter = 128
    plot = width.pixels - gutter - 10 if narrow else (width.pixels - 2 * gutter - 40) // 2
    flat = [item.estimate for items in found.values() for item in items]
    whole = {way.key: record.whole("benefit", way, source) for way in record.directions}
    flat += [end for one in whole.values() if one for end in (one.lower, one.upper)]
    axis = alt.Axis(title="share, \N{MINUS SIGN}1 to 1", tickCount=3, labelExpr=SIGNED)
    frame = Frame(gutter, plot, spread(flat, 0.005), axis, 0.0)
    panels = [
        forest(drawing, f"parties_{way.key.replace('-', '_')}", way.label,
               [*_all(record, way, whole[way.key]), *(_line(record, item) for item in found[way.key])],
               frame)
        for way in record.directions
        if found[way.key]
    ]  # fmt: skip
    return drawing.done(below(panels, 16) if narrow else beside(panels, 30))


def _all(record: Record, way: Direction, whole: Finding | None) -> list[Line]:
    """The benefit itself, with its interval and what chance would give."""
    if whole is None or whole.estimate is None:
        return []
    chance = record.whole("benefit_expected", way, whole.sources[0])
    said = f"{way.label}, all third parties: {estimate(whole)}, {interval(whole)}"
    return [Line("all third parties", whole.estimate, whole.lower, whole.upper,
                 chance.estimate if chance else None, strong=True, tip=tip(said))]  # fmt: skip


def _line(record: Record, item: Finding) -> Line:
    name, code = party(record, item), item.statistic.removeprefix(PARTY)
    said = f"{name}: adds {estimate(item)}. {item.notes[0] if item.notes else ''}"
    return Line(label=name if len(name) <= LABEL else code, estimate=item.estimate, lower=min(0.0, item.estimate or 0.0),
                upper=max(0.0, item.estimate or 0.0), tip=tip(said))  # fmt: skip


def _alt(record: Record, found: Found) -> str:
    parts = []
    for way in record.directions:
        named = [f"{party(record, i)} {signed(i.estimate or 0.0, 3)}" for i in found[way.key][:3]]
        if named:
            parts.append(f"{way.label}: {', '.join(named)}.")
    return "A bar from 0 for each third party, largest first. " + " ".join(parts)


def _table(record: Record, found: Found) -> Table:
    body = [
        (Cell(way.short), Cell(party(record, item)), Cell(estimate(item)),
         Cell(item.notes[0] if item.notes else ""), Cell(item.acts))
        for way in record.directions
        for item in found[way.key]
    ]  # fmt: skip
    head = ("Direction", "Third party", "Adds", "Deeds and tie", "Lists the acts")
    return Table(TITLE, head, tuple(body))
