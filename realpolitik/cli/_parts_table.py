"""Findings that come one to a reading or to a third party, as tables of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from realpolitik.cli._text import number

if TYPE_CHECKING:
    from realpolitik.cli._tables import Screen

Row = dict[str, Any]
READING = ("prior_", "posterior_", "bayes_factor_")
PARTY = "contribution_"
TOP = 8  # third parties drawn; data formats hold all of them


def taken(rows: Sequence[Row]) -> list[Row]:
    """The rows that stand in these tables and nowhere else."""
    return [row for row in rows if _of(row)]


def drawn(rows: Sequence[Row], screen: Screen) -> list[RenderableType]:
    """The table of readings, or of third parties; nothing where there are none."""
    mine = taken(rows)
    if not mine:
        return []
    return _readings(mine, screen) if mine[0]["measure"] == "weigh" else _parties(mine, screen)


def _of(row: Row) -> str:
    """The reading or third party a finding is of."""
    prefixes = {"weigh": READING, "benefit": (PARTY,)}.get(row["measure"], ())
    name: str = row["statistic"]
    return next((name.removeprefix(start) for start in prefixes if name.startswith(start)), "")


def _readings(rows: list[Row], screen: Screen) -> list[RenderableType]:
    cells: dict[str, dict[str, Row]] = {}
    for row in rows:
        cells.setdefault(_of(row), {})[row["statistic"].removesuffix(_of(row))] = row
    lines = [
        (name.replace("_", " "), *(_number(found.get(start)) for start in READING), _span(found))
        for name, found in cells.items()
    ]
    heads = ("reading", "prior", "posterior", "over best rival", "posterior over all settings")
    return _table(heads, lines, screen)


def _number(row: Row | None) -> str:
    if row is None or row["estimate"] is None:
        return "cannot tell"
    value = row["estimate"]
    return "< 0.001" if 0 < value < 0.001 else number(value)


def _span(found: dict[str, Row]) -> str:
    row = found.get("posterior_")
    return f"{row['lower']:.2f} to {row['upper']:.2f}" if row and row["lower"] is not None else ""


def _parties(rows: list[Row], screen: Screen) -> list[RenderableType]:
    lines = [(_of(row), f"{row['estimate']:+.4f}", row["notes"][0]) for row in rows[:TOP]]
    drawn = _table(("third party", "adds", "deeds and tie"), lines, screen)
    more = len(rows) - TOP
    if more > 0:
        drawn.append(screen.text(f"and {more} more third parties: see --json", "dim"))
    return drawn


def _table(
    heads: Sequence[str], lines: Sequence[tuple[str, ...]], screen: Screen
) -> list[RenderableType]:
    """A table where it fits, else each line stacked under its first cell."""
    widths = [max(map(len, column)) for column in zip(heads, *lines, strict=True)]
    if screen.holds(sum(widths) + 2 * len(widths)):
        table = screen.table()
        for head, width in zip(heads, widths, strict=True):
            table.add_column(head, width=width)
        for line in lines:
            table.add_row(*map(screen.text, line))
        return [table, Text("")]
    stacked: list[RenderableType] = []
    for line in lines:
        stacked.append(screen.text(line[0], "bold"))
        stacked += [
            screen.text(f"  {head}: {cell}") for head, cell in zip(heads[1:], line[1:], strict=True)
        ]
    return [*stacked, Text("")]
