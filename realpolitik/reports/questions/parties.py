"""Whether deeds towards third parties suit the other."""

from __future__ import annotations

from realpolitik.findings import Finding
from realpolitik.reports.answer import Piece, Sentence
from realpolitik.reports.figure import Cell, Table
from realpolitik.reports.prose import bounds, count, estimate, interval, lower_first, with_article
from realpolitik.reports.record import Direction, Record
from realpolitik.reports.section import Section, named, sampled, untold, ways
from realpolitik.reports.tables import captioned
from realpolitik.reports.wording import term

STATISTICS = (
    "benefit", "benefit_expected", "benefit_p", "benefit_rank", "third_parties_effective",
    "tied_share", "cases_helped", "cases_hurt",
)  # fmt: skip
PARTY = "contribution_"
ABOUT = (
    "Help to a friend of the other, or harm to its rival, suits the other; who is friend and who "
    "rival is read off the years before each deed. That deeds suit somebody does not say that they "
    "were done for its sake. The deeds are those towards third parties and are not among the acts of "
    "this page: the command in each row lists them."
)


def section(record: Record) -> Section:
    """The benefit of both directions with what each third party adds, and hand-coded cases."""
    sentences = [
        _told(record, way, item)
        for source in sampled(record, "benefit")
        for way, item in ways(record, "benefit", source)
    ]
    sources = dict.fromkeys([*sampled(record, "benefit"), *sampled(record, "cases_helped")])
    tables = tuple(table for source in sources if (table := _table(record, source)))
    return Section(
        "parties", "Third parties", ABOUT, tuple(sentences), ("parties",), tables, look="commands"
    )


def _told(record: Record, way: Direction, item: Finding) -> Sentence:
    if item.estimate is None or not item.notes:
        who, whom = with_article(way.actor.name), with_article(way.target.name)
        return untold(f"Whether deeds of {who} towards third parties suit {whom}", item)
    text = named(record, item.notes[0])
    return (Piece(f"{way.label}, {record.short(item.sources[0])}: {lower_first(text)}"),)


def contributions(record: Record, way: Direction, source: str) -> list[Finding]:
    """What each third party adds over the longest span, the largest first."""
    found = [
        item
        for item in record.material.findings
        if item.statistic.startswith(PARTY)
        and source in item.sources
        and (item.actor, item.target) == (way.actor.code, way.target.code)
    ]
    return sorted(found, key=lambda item: (-abs(item.estimate or 0.0), item.statistic))


def _table(record: Record, source: str) -> Table | None:
    rows = []
    for name in STATISTICS:
        words = term(name)
        for way, item in ways(record, name, source):
            under = "\n".join(part for part in (interval(item), count(item.n, "act")) if part)
            why = item.notes[0] if item.estimate is None and item.notes else under
            rows.append((Cell(words.name, words.reading), Cell(way.short),
                         Cell(estimate(item), why if name == STATISTICS[0] or not bounds(item) else under),
                         Cell(item.acts)))  # fmt: skip
    if not rows:
        return None
    first = next(item for name in STATISTICS for _, item in ways(record, name, source))
    caption = captioned(record, source, (first,))
    return Table(caption, ("", "Direction", "Number", "Lists the acts"), tuple(rows))
