"""The answer at its shortest: three plain sentences above the picture, the rest stands below it."""

from __future__ import annotations

from realpolitik.findings import Finding
from realpolitik.reports import answer
from realpolitik.reports.answer import Piece, Sentence
from realpolitik.reports.charts.sensitivity import rows, turned
from realpolitik.reports.material import Material
from realpolitik.reports.prose import bounds, estimate, interval, span, with_article
from realpolitik.reports.record import Direction, Record, record_of

USUAL = "usual for pairs that talk like this"

Known = list[tuple[Direction, Finding]]


def lead(material: Material) -> tuple[str, ...]:
    """The answer as three plain sentences."""
    return tuple(answer.plain(sentence) for sentence in sentences(record_of(material)))


def sentences(record: Record) -> tuple[Sentence, ...]:
    """One sentence on the gap, one on what was hidden, one on what was announced."""
    return (_gap(record), _hidden(record), answer.followed(record, detailed=False))


def _gap(record: Record) -> Sentence:
    source = answer.main_source(record)
    known = _known(record, "gap_z", source)
    if source is None or len(known) < 2:
        return answer.gap(record)
    title, years = record.short(source), span(known[0][1].start, known[0][1].end)
    pieces = [Piece(f"In {title}" + (", " if years[:4] in title else f" ({years}), "))]
    labels = [answer.told(item).replace(USUAL, "usual") for _, item in known]
    alike = labels[0] == labels[1]
    for place, ((way, item), label) in enumerate(zip(known, labels, strict=True)):
        who = with_article(way.actor.name)
        if alike:
            said = f"; from {who} " if place else f"both ways {label} (gap from {who} "
        else:
            said = f"); from {who} {label} (" if place else f"from {who} {label} (gap "
        pieces.append(Piece(said))
        pieces += [Piece(f"{estimate(item)} SD", item), Piece(_range(item, place))]
    pieces.append(Piece(")"))
    if any(turned(rows(record, way, source)) for way in record.directions):
        pieces += [Piece("; "), Piece("other codings", anchor="#changes"), Piece(" turn the sign")]
    return (*pieces, Piece("."))


def _range(item: Finding, place: int) -> str:
    """The bounds of a gap, named the first time, and how sure its sign is."""
    sure = answer.sureness(item)
    parts = (bounds(item) if place else interval(item), sure)
    return "".join(f", {part}" for part in parts if part)


def _hidden(record: Record) -> Sentence:
    known = _known(record, "hidden_minus_open")
    if not known:
        return answer.hidden(record)
    pieces = [*answer.cases(record)]
    sides = [answer.side(item) for _, item in known]
    if len(known) == 2 and sides[0] == sides[1]:
        return (*pieces, Piece(f"; {_both_ways(sides[0])}."))
    # What can be told comes first, so that "those" of the second half has something to refer to.
    told = sorted(zip(known, sides, strict=True), key=lambda one: one[1] is None)
    for place, ((way, _), side) in enumerate(told):
        pieces.append(Piece(f"{', ' if place else '; '}{_one_way(way, side, bool(place))}"))
    return (*pieces, Piece("."))


def _both_ways(side: str | None) -> str:
    if side is None:
        return (
            "both ways it cannot be told whether these were more or less cooperative than the "
            "open words (intervals hold zero)"
        )
    return f"both ways these were {side} than the open words (intervals clear of zero)"


def _one_way(way: Direction, side: str | None, after: bool) -> str:
    whose = f"those of {with_article(way.actor.name)}"
    than = "" if after else " than the open words"
    if side is None:
        asked = "" if after else f" whether they were more or less cooperative{than}"
        return f"for {whose} it cannot be told{asked} (interval holds zero)"
    return f"{whose} {'' if after else 'were '}{side}{than} (interval clear of zero)"


def _known(record: Record, statistic: str, source: str | None = None) -> Known:
    """Both directions, those without a number left out."""
    found = ((way, record.whole(statistic, way, source)) for way in record.directions)
    return [(way, item) for way, item in found if item is not None and item.estimate is not None]
