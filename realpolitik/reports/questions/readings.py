"""Which reading of the relation the record supports."""

from __future__ import annotations

from typing import Any

from realpolitik.findings import Finding
from realpolitik.reports.answer import Piece, Sentence
from realpolitik.reports.figure import Cell, Link, Table
from realpolitik.reports.links import from_command
from realpolitik.reports.prose import capital, value
from realpolitik.reports.record import Record
from realpolitik.reports.section import Section, linked, opened, untold
from realpolitik.reports.tables import captioned
from realpolitik.reports.wording import MEMORY

LEADER, READING, TRIED = "leader_share", ("prior_", "posterior_", "bayes_factor_"), "sensitivity_"
ABOUT = (
    "Six readings, each of which says beforehand where cooperation should be rare, common or even: in "
    "public and hidden words, in public and hidden deeds. A reading is named only where it leads every "
    "rival in nearly all settings tried; the last, some other pattern, stands for whatever nobody "
    "thought of. The range is the least and greatest over all settings, and no interval."
)


def section(record: Record) -> Section:
    """The verdict of each source, the readings as rows, what speaks against, every setting."""
    sentences: list[Sentence] = []
    remarks: list[Sentence] = []
    said: list[str] = []
    readings: list[Table] = []
    settings: list[Table] = []
    for item in record.findings(LEADER):
        if item.estimate is None or not item.notes:
            sentences.append(
                untold(f"Which reading {record.short(item.sources[0])} supports", item)
            )
            continue
        sentences.append(opened(record, item, item.notes[0]))
        told = [note for note in item.notes[1:] if note not in said]
        said += told
        remarks += [linked(record, note, _act) for note in told]
        readings.append(_readings(record, item))
        settings.append(_settings(record, item))
    return Section(
        "readings", "Which reading", ABOUT, tuple(sentences), ("readings",), tuple(settings),
        tuple(readings), tuple(remarks), "What speaks against, and what would decide",
    )  # fmt: skip


def of(record: Record, leader: Finding, start: str) -> list[Finding]:
    """The findings of one weighing whose names begin alike, in the order they came."""
    key = (leader.sources, leader.start, leader.end, leader.actor)
    return [
        item
        for item in record.material.findings
        if item.statistic.startswith(start)
        and item.measure == leader.measure
        and (item.sources, item.start, item.end, item.actor) == key
    ]


def title(name: str) -> str:
    """What a reading or a setting is called."""
    text = name.replace("_", " ").replace("issue specific", "issue-specific dealing")
    return text.replace("patron client", "patron and client").replace(
        "other pattern", "some other pattern"
    )


def _act(act: dict[str, Any]) -> Sentence:
    """An act in its own words, linked, with the mark of a row from memory."""
    text = (act.get("text") or act.get("label") or act["act_id"]).rstrip(".")
    mark = f" [{MEMORY}]" if act.get("verification") == MEMORY else ""
    return (Piece(text, filters={"id": act["act_id"]}), Piece(mark))


def _readings(record: Record, leader: Finding) -> Table:
    rows = []
    for item in of(record, leader, READING[1]):
        name = item.statistic.removeprefix(READING[1])
        cells = (_cell(next(iter(of(record, leader, start + name)), None)) for start in READING)
        rows.append((Cell(capital(title(name))), *cells))
    caption = captioned(record, leader.sources[0], (leader,))
    note = "Beneath a number stands its range over all settings. Ratio: against the best rival."
    return Table(caption, ("Reading", "Prior", "Posterior", "Ratio"), tuple(rows), note)


def _settings(record: Record, leader: Finding) -> Table:
    rows = [
        (Cell(capital(title(item.statistic.removeprefix(TRIED)))), _cell(item),
         Cell(item.notes[0] if item.notes and "leads here" in item.notes[0] else ""))
        for item in of(record, leader, TRIED)
    ]  # fmt: skip
    short = capital(record.short(leader.sources[0]))
    caption = f"{short}: one assumption changed at a time"
    return Table(caption, ("Setting", "Leader against its best rival", "Remark"), tuple(rows))


def _cell(item: Finding | None) -> Cell:
    if item is None:
        return Cell("")
    if item.estimate is None:
        return Cell(item.status, item.notes[0] if item.notes else "")
    ends = [_shown(end, item.unit) for end in (item.lower, item.upper) if end is not None]
    shown = _shown(item.estimate, item.unit)
    return Cell(Link(shown, from_command(item.acts), item.method), " to ".join(ends))


def _shown(number: float, unit: str) -> str:
    """A number in its unit; a ratio below 1 as one in so many."""
    if unit != "ratio" or number >= 0.95 or number <= 0:
        return value(number, unit)
    return f"1/{1 / number:,.0f}" if number < 0.1 else f"1/{1 / number:.1f}"
