"""When the relation changed, and what lies under words and deeds."""

from __future__ import annotations

from collections.abc import Iterator

from realpolitik.findings import Finding
from realpolitik.reports.answer import Piece, Sentence
from realpolitik.reports.prose import (
    capital,
    count,
    estimate,
    interval,
    listed,
    lower_first,
    month,
    span,
    with_article,
)
from realpolitik.reports.record import Direction, Record
from realpolitik.reports.section import Section, clear, sampled, untold, ways
from realpolitik.reports.tables import captioned, findings_table

STATISTICS = (
    "breaks", "breaks_half_penalty", "breaks_double_penalty", "breaks_words", "breaks_deeds",
    "breaks_volume", "coverage_breaks", "episode_own_p", "episode_reference_p", "relation_mean",
    "posture_mean", "relation_shift", "posture_shift", "loading", "joint_steps",
    "relation_mean_secret", "posture_mean_secret",
)  # fmt: skip
EPISODES = ("episode_own", "episode_reference")
ABOUT = (
    "A change of level is looked for in words and deeds of both directions together; it is a change "
    "of what is reported, and nothing here says what caused it. The relation is what the deeds show, "
    "month by month; the posture is what the words add to it. Deeds that were hidden or not coded are "
    "not in either."
)


def section(record: Record) -> Section:
    """Changes of level, divergent episodes, and relation and posture over the years."""
    sentences: list[Sentence] = []
    tables = []
    for source in sampled(record, "breaks"):
        sentences += [*_breaks(record, source), *_episodes(record, source)]
    for source in sampled(record, "posture_mean"):
        sentences += [_posture(way, item) for way, item in ways(record, "posture_mean", source)]
    for source in sampled(record, "breaks"):
        found = tuple(item for _, item in ways(record, "breaks", source))
        table = findings_table(record, STATISTICS, source, captioned(record, source, found))
        tables += [table] if table else []
    return Section(
        "course",
        "When the relation changed",
        ABOUT,
        tuple(sentences),
        ("phases", "course"),
        tuple(tables),
    )


def _breaks(record: Record, source: str) -> Iterator[Sentence]:
    item = next((item for _, item in ways(record, "breaks", source)), None)
    if item is None or item.estimate is None:
        yield untold("Whether the relation changed its level", item)
        return
    found = dict.fromkeys(
        item.start for item in record.findings("break", source=source) if item.estimate is not None
    )
    years = span(item.start, item.end)
    if found:
        when = listed(month(start) for start in found)
        number = Piece(count(len(found), "change"), item)
        yield (
            number,
            Piece(f" of level told from chance in {years}: a new phase begins in {when}."),
        )
        return
    pieces = [Piece("No change of level", item), Piece(f" in {years} can be told from chance")]
    eased = record.whole("breaks_half_penalty", record.directions[0], source)
    if eased is not None and eased.estimate:
        said = lower_first(eased.notes[0].rstrip("."))
        pieces += [Piece("; with half the penalty for each there would be "),
                   Piece(f"{eased.estimate:.0f}", eased), Piece(f" ({said})")]  # fmt: skip
    yield (*pieces, Piece("."))


def _episodes(record: Record, source: str) -> Iterator[Sentence]:
    """A sentence for each stretch in which words and deeds parted."""
    for way in record.directions:
        for item in record.findings(*EPISODES, way=way, source=source):
            if item.estimate is None:
                continue
            when = f"{month(item.start)} to {month(item.end)}"
            yield (
                Piece(f"{way.label}, {when}: {lower_first(item.notes[0].rstrip('.'))} ("),
                Piece(estimate(item), item),
                Piece(f" {item.unit}{_comma(interval(item))})."),
            )


def _comma(text: str) -> str:
    return f", {text}" if text else ""


def _posture(way: Direction, item: Finding) -> Sentence:
    who, whom = with_article(way.actor.name), with_article(way.target.name)
    if item.estimate is None:
        return untold(f"What posture the words of {who} add", item)
    number = Piece(estimate(item), item)
    if not clear(item):
        start = (
            f"whether words of {who} to {whom} are harsher or milder than the relation explains "
        )
        return (Piece(f"{capital(start)}cannot be told (posture "), number,
                Piece(f", {interval(item)})."))  # fmt: skip
    how = "milder" if item.estimate > 0 else "harsher"
    start = f"Words of {who} to {whom} are {how} than the relation read off its deeds explains"
    return (Piece(f"{start} (posture "), number, Piece(f", {interval(item)})."))
