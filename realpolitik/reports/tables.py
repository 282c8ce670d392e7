"""Findings as tables: one row a statistic, one column a direction."""

from __future__ import annotations

import re

from realpolitik.findings import Finding
from realpolitik.reports.figure import Cell, Link, Table
from realpolitik.reports.links import from_command
from realpolitik.reports.prose import (
    TIMES,
    bounds,
    capital,
    count,
    estimate,
    interval,
    signed,
    span,
)
from realpolitik.reports.record import Record
from realpolitik.reports.wording import term

GAP = (
    "gap_z", "gap_z_shrunk", "gap_z_intensity", "gap_z_corrected", "gap_percentile", "surprise", "surprise_percentile",
    "surprise_q", "tone_words", "tone_deeds",
    "z_words", "z_deeds", "contact_share", "tipping_leakage", "design_effect_words",
    "design_effect_deeds",
)  # fmt: skip
SECRETS = (
    "hidden_minus_open", "tilt_omega", "tilt_unsure", "tone_secret", "tone_public_words",
    "disclosure_lag_median", "secrets_known", "secrets_nowcast", "killed_hindsight",
    "injured_hindsight", "gap_as_of", "gap_hindsight", "hindsight_gap",
)  # fmt: skip
THEN = ("gap_as_of", "hindsight_gap")
SPOKEN = ("gap_z", "killed_hindsight", "injured_hindsight")  # what their notes say stands elsewhere
TILTED = "tilted_"  # then the odds tried, over with an underscore
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
    note = (
        "Beneath an estimate stand its 95 % interval, where it has one, and the acts it rests on."
    )
    if any(item.n_effective for item in record.findings(*statistics, source=source)):
        note += " Worth: the number of independent acts that these reports amount to."
    head = ("", *(way.label for way in record.directions))
    return Table(caption, head, tuple(rows), note)


def tilts(record: Record) -> list[Table]:
    """Hidden minus open, had cooperative secrets come to light so many times as easily."""
    made = []
    caption = (
        "Hidden minus open, had hidden cooperation come out so many times as easily as conflict"
    )
    known = [one for one in record.material.findings if one.statistic.startswith(TILTED)]
    names = dict.fromkeys(one.statistic for one in known if one.estimate is not None)
    for card in record.roles("cases"):
        rows = []
        for name in names:
            found = [record.whole(name, way, card.name) for way in record.directions]
            odds = name.removeprefix(TILTED).replace("_", "/")
            rows.append((Cell(f"{odds} {TIMES}"), *map(_tilted, found)))
        if rows:
            made.append(
                Table(caption, ("Times", *(w.label for w in record.directions)), tuple(rows))
            )
    return made


def _tilted(item: Finding | None) -> Cell:
    """Hidden minus open under one tilt, its interval beneath."""
    if item is None or item.estimate is None:
        return Cell("")
    return Cell(Link(signed(item.estimate), from_command(item.acts), item.method), _bounds(item))


def cell(item: Finding) -> Cell:
    """A finding in a cell: the estimate as a link, beneath it interval and number of acts."""
    if item.estimate is None:
        return Cell(item.status, item.notes[0])
    under = [_bounds(item), count(item.n, "act") if item.n else ""]
    if item.n_effective is not None:
        under[1] += f" worth {item.n_effective:,.0f}"
    under += [note.rstrip(".") for note in item.notes[:1] if _belongs(item, note)]
    return Cell(
        Link(estimate(item), from_command(item.acts), item.method),
        "\n".join(part for part in under if part),
    )


def _bounds(item: Finding) -> str:
    """The bounds kept on one line where they fit; the note under the table says what they are."""
    return (bounds(item) if item.level else interval(item)).replace(" to ", "\N{NO-BREAK SPACE}to ")


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
