"""Findings for a person: one table a direction, source and period, plain words first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from realpolitik.cli import _parts_table
from realpolitik.cli._text import number

if TYPE_CHECKING:
    from realpolitik.cli._tables import Screen

Row = dict[str, Any]
LABELS = ("gap_z", "benefit", "leader_share")  # their first note is the label in plain words
TOLD = "leader_share"  # its notes are sentences about the pair, not about the number
HEADINGS = ("statistic", "estimate", "interval", "unit", "n", "n eff.")
STATISTIC, UNIT = 0, 3  # the columns that may be broken over lines
JUSTIFY: dict[str, Literal["right"]] = dict.fromkeys(("estimate", "n", "n eff."), "right")
MUTUAL = "weigh"  # a measure of the pair, not of a direction
GUTTER = 2  # columns between two columns of a table
NAMED = 3  # statistics named beside a note they share


def parts(rows: Sequence[Row], screen: Screen) -> list[RenderableType]:
    """All findings, grouped by source, direction and period in the order they came."""
    if not rows:
        return [screen.text("no findings")]
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = (", ".join(row["sources"]), row["actor"], row["target"], row["start"], row["end"])
        groups.setdefault(key, []).append(row)
    return [part for key, group in groups.items() for part in _group(key, group, screen)]


def _group(key: tuple[str, ...], rows: list[Row], screen: Screen) -> list[RenderableType]:
    source, actor, target, start, end = key
    ends = f"{actor} and {target}" if rows[0]["measure"] == MUTUAL else f"{actor} → {target}"
    title = f"{ends}, {source}, {start} to {end}"
    label = next((row["notes"][0] for row in rows if _is_label(row)), None)
    apart = _parts_table.taken(rows)
    plain = [row for row in rows if row not in apart]
    usual = Counter(row["map"] for row in rows).most_common(1)[0][0]
    return [
        screen.text(title, "bold"),
        *([screen.text(label)] if label else []),
        *_parts_table.drawn(rows, screen),
        *_table(plain, usual, screen),
        *_notes(plain, label, screen),
        _indented(screen.text(f"acts: {min((row['acts'] for row in plain), key=len)}", "dim")),
        Text(""),
    ]


def _is_label(row: Row) -> bool:
    return row["statistic"] in LABELS and row["status"] == "ok" and bool(row["notes"])


def _table(rows: list[Row], usual: str, screen: Screen) -> list[RenderableType]:
    """One line a finding; stacked where that would cut a name or a number."""
    cells = [
        (_name(row, usual), _estimate(row), _interval(row), row["unit"], *_counts(row))
        for row in rows
    ]
    widths = _widths([HEADINGS, *cells], screen)
    if widths is None:
        return _stacked(rows, usual, screen)
    table = screen.table()
    for heading, width in zip(HEADINGS, widths, strict=True):
        table.add_column(
            heading, width=width, overflow="fold", justify=JUSTIFY.get(heading, "left")
        )
    for row, line in zip(rows, cells, strict=True):
        table.add_row(*map(screen.text, line), style="" if row["status"] == "ok" else "dim")
    return [table]


def _widths(lines: list[tuple[str, ...]], screen: Screen) -> list[int] | None:
    """Widths of the columns: statistic and unit give way, at most to their longest word."""
    natural = [max(map(len, column)) for column in zip(*lines, strict=True)]
    least = list(natural)
    least[STATISTIC] = max(len(word) for line in lines for word in line[STATISTIC].split())
    least[UNIT] = max(len(word) for line in lines for word in line[UNIT].split())
    gutters = GUTTER * (len(natural) - 1)
    if screen.width is None or sum(natural) + gutters <= screen.width:
        return natural
    spare = screen.width - gutters - sum(least)
    if spare < 0:
        return None
    for place in (UNIT, STATISTIC):
        given = min(spare, natural[place] - least[place])
        least[place] += given
        spare -= given
    return least


def _stacked(rows: list[Row], usual: str, screen: Screen) -> list[RenderableType]:
    lines: list[RenderableType] = []
    for row in rows:
        n, effective = _counts(row)
        counted = f"n {n} (effective {effective})" if effective else f"n {n}"
        answer = f"{_estimate(row)} {_interval(row)}".strip()
        lines += [
            screen.text(_name(row, usual)),
            _indented(screen.text(f"{answer} {row['unit']}" if row["status"] == "ok" else answer)),
            *([] if row["estimate"] == row["n"] else [_indented(screen.text(counted, "dim"))]),
        ]
    return lines


def _notes(rows: list[Row], label: str | None, screen: Screen) -> list[RenderableType]:
    said: dict[str, list[str]] = {}
    for row in rows:
        for note in row["notes"]:
            if note != label:
                said.setdefault(note, []).append(row["statistic"])
    every = len(rows)
    lines = [
        note if len(names) == every or names == [TOLD] else f"{_whose(names)}: {note}"
        for note, names in said.items()
    ]
    return [_indented(screen.text(line)) for line in lines]


def _whose(statistics: list[str]) -> str:
    names = list(dict.fromkeys(statistics))
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _name(row: Row, usual: str) -> str:
    name: str = row["statistic"]
    if row["map"] == usual:
        return name
    return f"{name} ({row['map'].removeprefix(f'{usual}+')})"


def _estimate(row: Row) -> str:
    return row["status"] if row["estimate"] is None else _told(row, "estimate")


def _told(row: Row, name: str) -> str:
    # A year told to three figures would hide the month of a break.
    return f"{row[name]:.2f}" if row["unit"] == "decimal year" else number(row[name])


def _interval(row: Row) -> str:
    if row["lower"] is None or row["upper"] is None:
        return ""
    return f"[{_told(row, 'lower')}, {_told(row, 'upper')}]"


def _counts(row: Row) -> tuple[str, str]:
    effective = row["n_effective"]
    return f"{row['n']:,}", "" if effective is None else f"{effective:,.1f}"


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2), expand=False)
