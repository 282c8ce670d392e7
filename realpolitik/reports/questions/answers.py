"""Who answers whom, and who leads."""

from __future__ import annotations

from realpolitik.findings import Finding
from realpolitik.reports.answer import Piece, Sentence
from realpolitik.reports.prose import capital, estimate, interval, with_article
from realpolitik.reports.record import Direction, Record
from realpolitik.reports.section import Section, clear, sampled, untold, ways
from realpolitik.reports.tables import captioned, findings_table

STATISTICS = (
    "response", "response_p", "response_words", "response_deeds", "inertia", "lead_balance",
    "deeds_balance", "response_within_phases", "response_2_lags", "response_4_lags",
    "response_6_lags",
)  # fmt: skip
ABOUT = (
    "When one side's reported tone rises, does the other's rise in the months after? Months with "
    "few acts count for less, and acts of one month never explain each other. What both sides do at "
    "once, or what a third party causes, is not told apart from an answer."
)


def section(record: Record) -> Section:
    """The responses of both directions, who leads, and what that rests on."""
    sentences: list[Sentence] = []
    tables = []
    for source in sampled(record, "response"):
        found = ways(record, "response", source)
        sentences += [_answers(way, item) for way, item in found]
        sentences += _leads(record, source)
        caption = captioned(record, source, tuple(item for _, item in found))
        table = findings_table(record, STATISTICS, source, caption)
        tables += [table] if table else []
    return Section(
        "answers", "Who answers whom", ABOUT, tuple(sentences), ("answers",), tuple(tables)
    )


def _answers(way: Direction, item: Finding) -> Sentence:
    actor, target = with_article(way.actor.name), with_article(way.target.name)
    if item.estimate is None:
        return untold(f"Whether {actor} answers {target}", item)
    number = Piece(estimate(item), item)
    if not clear(item):
        start = f"Whether {actor} answers {target} cannot be told: the response is "
        return (Piece(start), number, Piece(f", and its {interval(item)} holds 0."))
    how = "in kind" if item.estimate > 0 else "inversely"
    start = (
        f"{capital(actor)} answers {target} {how}: where the reported tone towards it is higher by "
        "1, its own moves by "
    )
    return (Piece(start), number, Piece(f" over the next months ({interval(item)})."))


def _leads(record: Record, source: str) -> list[Sentence]:
    found = [(way, item) for way, item in ways(record, "lead_balance", source) if item.estimate]
    if not found:
        return []
    way, item = max(found, key=lambda pair: pair[1].estimate or 0.0)
    actor, target = with_article(way.actor.name), with_article(way.target.name)
    number = Piece(estimate(item), item)
    if clear(item):
        text = f"{capital(target)} follows {actor} more than the other way round (lead "
        return [(Piece(text), number, Piece(f", {interval(item)})."))]
    return [(Piece("Who leads cannot be told (lead "), number, Piece(f", {interval(item)})."))]
