"""Findings as tables: one row a statistic, one column a direction."""

from __future__ import annotations

import re

from realpolitik.findings import Finding
from realpolitik.reports.figure import Cell, Link, Table
from realpolitik.reports.links import from_command
from realpolitik.reports.prose import bounds, capital, count, estimate, interval, span
from realpolitik.reports.record import Record
from realpolitik.reports.wording import term

GAP = (
    "gap_z", "gap_percentile", "surprise", "surprise_percentile", "tone_words", "tone_deeds",
    "z_words", "z_deeds", "contact_share", "tipping_leakage", "design_effect_words",
    "design_effect_deeds",
)  # fmt: skip
SECRETS = (
    "hidden_minus_open", "tilt_omega", "tone_secret", "tone_public_words", "disclosure_lag_median",
    "gap_as_of", "gap_hindsight", "hindsight_gap",
)  # fmt: skip
THEN = ("gap_as_of", "hindsight_gap")
SPOKEN = ("gap_z",)
GENERAL = re.compile(r"Cases, not|Not yet known")


def findings_table(
    record: Record, statistics: tuple[str, ...], source: str, caption: str
) -> Table | None:
    """The findings of one source over its longest span; None where it has none of them."""
    rows = []
    for name in statistics:
        found = [record.whole(name, way, source) for way in record.directions]
        if not any(found):
            continue
        words = term(name)
        cells = (cell(item) if item else Cell("") for item in found)
        rows.append((Cell(words.name, words.reading), *cells))
    if not rows:
        return None
    note = "Worth: the number of independent acts that reports, repeated and clustered, amount to."
    counted = any(item.n_effective for item in record.findings(*statistics, source=source))
    head = ("", *(way.label for way in record.directions))
    return Table(caption, head, tuple(rows), note if counted else "")


def cell(item: Finding) -> Cell:
    """A finding in a cell: the estimate as a link, beneath it interval and number of acts."""
    if item.estimate is None:
        return Cell(item.status, item.notes[0])
    under = [bounds(item) and interval(item), count(item.n, "act") if item.n else ""]
    if item.n_effective is not None:
        under[1] += f" worth {item.n_effective:,.0f}"
    under += [note.rstrip(".") for note in item.notes[:1] if _belongs(item, note)]
    return Cell(
        Link(estimate(item), from_command(item.acts), item.method),
        "\n".join(part for part in under if part),
    )


def _belongs(item: Finding, note: str) -> bool:
    """Is this note about this number, and not said elsewhere or about bounds it lacks?"""
    if item.statistic in SPOKEN or GENERAL.match(note):
        return False
    return bool(bounds(item)) or "range" not in note


def captioned(record: Record, source: str, items: tuple[Finding, ...]) -> str:
    """What a table of findings rests on: source, years, and how many acts."""
    if not items:
        return record.title(source)
    first = items[0]
    acts = max((item.n for item in items), default=0)
    rest = f", up to {count(acts, 'act')}" if acts else ""
    return f"{capital(record.short(source))}, {span(first.start, first.end)}{rest}"
