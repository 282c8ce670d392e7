"""Does the answer stand when the coding or the sources change? In sentences."""

from __future__ import annotations

from realpolitik.findings import Finding
from realpolitik.reports.answer import Piece, Sentence
from realpolitik.reports.charts.sensitivity import rows, turned
from realpolitik.reports.prose import count, estimate, listed, signed
from realpolitik.reports.record import Direction, Record
from realpolitik.reports.wording import MAPS


def depends(record: Record) -> list[str]:
    """For each direction and source: does the gap keep its sign under every other coding?"""
    found = []
    for way in record.directions:
        by_source: dict[str, list[Finding]] = {}
        for item in rows(record, way):
            by_source.setdefault(item.sources[0], []).append(item)
        for source, items in by_source.items():
            sentence = _one(way, items)
            many = len(by_source) > 1
            found.append(f"{record.short(source)}: {sentence}" if many else sentence)
    return found


def _one(way: Direction, items: list[Finding]) -> str:
    main, others = items[0], [item for item in items[1:] if item.estimate is not None]
    if main.estimate is None:
        return f"{way.label}: there is no gap to vary ({main.status})."
    if not others:
        return f"{way.label}: no other coding of the same acts gives a gap to compare with."
    other_side = turned(items)
    open_ = [item for item in items if item not in other_side and _spans_zero(item)]
    if not other_side and not open_:
        return (
            f"{way.label}: the sign of the gap is the same, and its interval clear of zero, under "
            f"all {count(len(items), 'coding')}."
        )
    parts = []
    if other_side:
        parts.append(f"the sign of the gap turns under {_names(other_side)}")
    if open_:
        parts.append(f"the interval holds zero under {_names(open_)}")
    return f"{way.label}: the answer depends on coding: {'; '.join(parts)}."


def _spans_zero(item: Finding) -> bool:
    return item.lower is not None and item.upper is not None and item.lower <= 0 <= item.upper


def _names(items: list[Finding]) -> str:
    return listed(
        f"\N{LEFT DOUBLE QUOTATION MARK}{_map(item)}\N{RIGHT DOUBLE QUOTATION MARK}"
        for item in items
    )


def _map(item: Finding) -> str:
    return MAPS.get(item.map, item.map).replace(" (contacts apart)", "")


def left_out(record: Record) -> list[Sentence]:
    """What remains of the answer when each source is left out."""
    sampled = list(dict.fromkeys(s for i in record.findings("gap_z") for s in i.sources
                                 if i.estimate is not None))  # fmt: skip
    found = [_sample(record, source, [s for s in sampled if s != source]) for source in sampled]
    for card in record.roles("cases"):
        found += _cases(record, card.name)
    nothing = "No source gives a number here, so leaving one out changes nothing."
    return found or [(Piece(nothing),)]


def _sample(record: Record, source: str, rest: list[str]) -> Sentence:
    title = record.short(source)
    if not rest:
        return (
            Piece(f"Without {title} there is no gap: no other source here samples both sides."),
        )
    pieces = [Piece(f"Without {title} the gap is")]
    for other in rest:
        for way in record.directions:
            item = record.whole("gap_z", way, other)
            if item is not None and item.estimate is not None:
                comma = "," if len(pieces) > 1 else ""
                pieces += [
                    Piece(f"{comma} {way.short} "), Piece(f"{signed(item.estimate)} SD", item),
                    Piece(f" by {record.short(other)}"),
                ]  # fmt: skip
    return (*pieces, Piece("."))


def _cases(record: Record, source: str) -> list[Sentence]:
    found: list[Sentence] = []
    title = record.short(source)
    for way in record.directions:
        item = record.whole("hidden_minus_open", way, source)
        if item is None or item.estimate is None:
            continue
        found.append((
            Piece(f"{way.label}, hidden minus open: "), Piece(estimate(item), item),
            Piece(f" log-odds with all publications of {title}. {item.notes[0]}"),
        ))  # fmt: skip
    if len(record.roles("cases")) == 1 and record.cases:
        text = f"Without {title} nothing is known here of what was hidden, or of what followed announcements."
        found.append((Piece(text),))
    return found
