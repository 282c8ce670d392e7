"""What the templates are given: the page's parts, computed once from a `Material`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from realpolitik.findings import Finding
from realpolitik.reports import acts, answer, changes, lead, pairs, tables
from realpolitik.reports.answer import Sentence
from realpolitik.reports.charts import (
    answers,
    course,
    draw,
    follow,
    hidden,
    hindsight,
    lags,
    parties,
    phases,
    readings,
    sensitivity,
    standing,
    timeline,
)
from realpolitik.reports.charts.marks import unchecked
from realpolitik.reports.figure import Figure, Table
from realpolitik.reports.links import safe_url
from realpolitik.reports.material import Material
from realpolitik.reports.prose import capital, lower_first, span
from realpolitik.reports.questions import sections
from realpolitik.reports.record import Direction, Record, record_of
from realpolitik.reports.section import linked, named
from realpolitik.reports.wording import LIMITS, MAPS

FIGURES: tuple[tuple[str, Callable[[Material], Figure]], ...] = (
    ("timeline", timeline.figure),
    ("standing", standing.figure),
    ("ranks", standing.strip),
    ("hidden", hidden.figure),
    ("lags", lags.figure),
    ("hindsight", hindsight.figure),
    ("follow", follow.figure),
    ("reported", follow.reported),
    ("answers", answers.figure),
    ("phases", phases.figure),
    ("course", course.figure),
    ("parties", parties.figure),
    ("readings", readings.figure),
    ("sensitivity", sensitivity.figure),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with its pictures drawn."""

    figure: Figure
    pictures: dict[str, Markup]


_LAST: list[tuple[Material, dict[str, Figure]]] = []


def figures(material: Material) -> dict[str, Figure]:
    """All figures of a page, by name; not yet drawn.

    Page and twin ask for the same: those of the last material are kept.
    """
    if not _LAST or _LAST[0][0] is not material:
        with unchecked():
            _LAST[:] = [(material, {name: make(material) for name, make in FIGURES})]
    return _LAST[0][1]


def drawn(material: Material) -> dict[str, Shown]:
    """All figures of a page with their pictures."""
    made = figures(material)
    with unchecked():
        return {name: Shown(figure, draw.svgs(figure)) for name, figure in made.items()}


def page(material: Material) -> dict[str, Any]:
    """Everything the templates use, by name."""
    record = record_of(material)
    return {
        "m": material,
        "record": record,
        "question": answer.question(material),
        "answer": lead.sentences(record),
        "answer_text": " ".join(lead.lead(material)),
        "detail": answer.sentences(record),
        "covers": _covers(record),
        "figures": drawn(material),
        "gap": gap_blocks(record),
        "cautions": cautions(record),
        "secrets": _secret_tables(record),
        "tilts": tables.tilts(record),
        "pairs": pairs.table(record),
        "pairs_note": pairs.note(record),
        "sections": sections(record),
        "items": acts.items(record),
        "tallied": acts.tallied(record),
        "depends": changes.depends(record),
        "left_out": changes.left_out(record),
        "methods": _methods(record),
        "sources": [(card, safe_url(card.url)) for card in material.sources],
        "bibtex": "\n\n".join(bib.strip() for bib in bibtex(material)),
        "limits": LIMITS,
        "years": record.years(),
    }


def cautions(record: Record) -> list[Sentence]:
    """What to hold against the gap, with names in place of codes and the acts it rests on linked."""
    return [linked(record, _in_words(record, one.sentence)) for one in record.material.cautions]


def _in_words(record: Record, text: str) -> str:
    """A sentence with the titles of sources and the names of maps and actors in place of codes."""
    for name in sorted(MAPS, key=len, reverse=True):
        text = text.replace(
            f" {name} (",
            f" \N{LEFT DOUBLE QUOTATION MARK}{MAPS[name]}\N{RIGHT DOUBLE QUOTATION MARK} (",
        )
    for card in record.roles("sample"):
        text = re.sub(rf"\b{re.escape(card.name)}(?=[ ,.]|: )", record.short(card.name), text)
    return capital(named(record, text))


def bibtex(material: Material) -> list[str]:
    """Citations of the sources and of the methods, each once."""
    entries = [card.bibtex for card in material.sources] + list(material.methods_bibtex)
    return list(dict.fromkeys(entry for entry in entries if entry.strip()))


def _covers(record: Record) -> str:
    parts = [
        f"{record.short(card.name)} ({span(card.start, card.end)})"
        for card in record.material.sources
    ]
    return "; ".join(parts) or "no source"


def gap_blocks(record: Record) -> list[dict[str, Any]]:
    """For each source with a gap: its title, the label of each direction, and the table."""
    blocks = []
    for source in dict.fromkeys(s for item in record.findings("gap_z") for s in item.sources):
        found = [(way, record.whole("gap_z", way, source)) for way in record.directions]
        items = tuple(item for _, item in found if item is not None)
        caption = tables.captioned(record, source, items)
        labels = [
            (way.label, _label(item), item.estimate is not None)
            for way, item in found
            if item is not None
        ]
        table = tables.findings_table(record, tables.GAP, source, caption)
        blocks.append({"title": record.title(source), "labels": labels, "table": table})
    return blocks


def _label(item: Finding) -> str:
    words = item.notes[0] if item.notes else ""
    if not answer.UNTOLD.match(lower_first(words.rstrip("."))):
        sure = answer.sureness(item)
        doubt = f" The gap is {sure}, though its interval includes 0." if sure else ""
        return f"{words}{doubt}"
    return f"{words} {capital(answer.NARROWER)}."


def _secret_tables(record: Record) -> list[Table]:
    made = []
    for card in record.roles("cases"):
        moved = any(item.estimate for item in record.findings("hindsight_gap", source=card.name)
                    if item == record.whole("hindsight_gap", _way(record, item), card.name))  # fmt: skip
        wanted = tuple(name for name in tables.SECRETS if moved or name not in tables.THEN)
        caption = f"{capital(record.short(card.name))}: cases"
        table = tables.findings_table(record, wanted, card.name, caption)
        if table is not None:
            made.append(table)
    return made


def _way(record: Record, item: Finding) -> Direction:
    first, second = record.directions
    return first if item.actor == first.actor.code else second


def _methods(record: Record) -> list[tuple[str, int, list[tuple[list[str], str, str]]]]:
    """By measure: how many statistics, and those reached in one way under one row."""
    found: dict[str, dict[tuple[str, str], dict[str, None]]] = {}
    for item in record.material.findings:
        ways = found.setdefault(item.measure, {})
        ways.setdefault((item.unit, item.method), {})[item.statistic] = None
    return [
        (
            measure,
            sum(map(len, ways.values())),
            [(list(names), *way) for way, names in ways.items()],
        )
        for measure, ways in found.items()
    ]
