"""Whether words differ at home and abroad."""

from __future__ import annotations

from collections.abc import Iterator

from realpolitik.findings import Finding
from realpolitik.reports.answer import Piece, Sentence
from realpolitik.reports.prose import estimate, interval, with_article
from realpolitik.reports.record import Direction, Record
from realpolitik.reports.section import Section, clear, sampled, untold, ways
from realpolitik.reports.tables import captioned, findings_table

Ways = list[tuple[Direction, Finding]]
STATISTICS = ("audience_difference", "matched_events", "words_home", "words_abroad")
ABOUT = (
    "Words of one actor about the other, for an audience at home and for one abroad, compared inside "
    "the days that hold both. An audience is known where a casebook codes it, or where an outlet's "
    "address names its country."
)


def section(record: Record) -> Section:
    """The difference by direction and source; where the data have neither, what would tell."""
    sentences: list[Sentence] = []
    tables = []
    for source in sampled(record, "audience_difference"):
        found = ways(record, "audience_difference", source)
        sentences += list(_differ(record, source, found))
        if any(record.whole("words_home", way, source) is not None for way, _ in found):
            caption = captioned(record, source, tuple(item for _, item in found))
            table = findings_table(record, STATISTICS, source, caption)
            tables += [table] if table else []
    return Section("audience", "At home and abroad", ABOUT, tuple(sentences), (), tuple(tables))


def _differ(record: Record, source: str, found: Ways) -> Iterator[Sentence]:
    """A sentence a direction; where the same is missing from both, one for the two."""
    lacking = [(way, item) for way, item in found if item.estimate is None]
    if len(lacking) > 1 and len({item.notes[:1] for _, item in lacking}) == 1:
        who = " or ".join(with_article(way.actor.name) for way, _ in lacking)
        yield _untold(record, source, who, lacking[0][1])
        return
    for way, item in found:
        who = with_article(way.actor.name)
        if item.estimate is None:
            yield _untold(record, source, who, item)
        else:
            yield _differs(record, source, who, item)


def _untold(record: Record, source: str, who: str, item: Finding) -> Sentence:
    return untold(
        f"In {record.short(source)}, whether {who} speaks otherwise at home than abroad", item
    )


def _differs(record: Record, source: str, who: str, item: Finding) -> Sentence:
    where, number = record.short(source), Piece(estimate(item), item)
    if not clear(item):
        start = f"In {where}, whether {who} speaks otherwise at home than abroad cannot be told ("
        return (Piece(start), number, Piece(f", {interval(item)})."))
    how = "harsher" if item.estimate is not None and item.estimate < 0 else "milder"
    return (Piece(f"In {where} words of {who} are {how} at home than abroad ("), number,
            Piece(f" log-odds, {interval(item)})."))  # fmt: skip
