"""Results as text for a person: rich draws, the terminal's width and letters decide how."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from realpolitik.cli import _acts_list, _findings_table, _sources_table
from realpolitik.cli._text import fitted, safe

Row = dict[str, Any]
UNBOUNDED = 100_000  # columns: nothing wraps, each row stays one line for grep
RULED = box.Box("    \n    \n -- \n    \n    \n -- \n    \n    \n", ascii=True)
SENTENCE = 40  # letters above which a value of a list gets a line of its own
GUTTER = 2  # columns between two columns of a table
WRAPPED = 28  # letters from which a cell may be broken over lines


@dataclass(frozen=True, slots=True)
class Screen:
    """What the text is drawn for; `width` is None where lines may be any length."""

    width: int | None
    encoding: str
    colour: bool

    @classmethod
    def of(cls, stream: Any) -> Screen:
        """The screen behind a stream; a pipe or file has no width unless COLUMNS says so."""
        is_terminal = stream is not None and stream.isatty()
        has_width = is_terminal or os.environ.get("COLUMNS", "").isdigit()
        plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
        return cls(
            width=max(20, shutil.get_terminal_size().columns) if has_width else None,
            encoding=getattr(stream, "encoding", None) or "utf-8",
            colour=is_terminal and not plain,
        )

    def holds(self, width: int) -> bool:
        """Is there room for lines of `width` letters?"""
        return self.width is None or width <= self.width

    def table(self) -> Table:
        """An empty table with a line below its heading, in letters the screen has."""
        line = box.SIMPLE if self.encoding.lower().startswith("utf") else RULED
        return Table(box=line, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))

    def text(self, text: str, style: str = "") -> Text:
        """Text this screen can show, without control characters."""
        return Text(fitted(safe(text), self.encoding), style=style)


def drawn(content: dict[str, Any], screen: Screen) -> str:
    """The text of a result: `content` is its name and its rows."""
    name, rows = next(iter(content.items()))
    console = Console(
        file=io.StringIO(), width=screen.width or UNBOUNDED, force_terminal=screen.colour,
        color_system="auto" if screen.colour else None, no_color=not screen.colour,
        highlight=False, markup=False, emoji=False, legacy_windows=False,
    )  # fmt: skip
    for part in _PARTS.get(name, _table)(rows, screen):
        console.print(part)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _table(rows: Sequence[Row], screen: Screen) -> list[RenderableType]:
    """One table if it fits, else one part for each value of the first column."""
    if not rows:
        return [screen.text("nothing found")]
    columns = _columns(rows)
    if len(rows) > 1 and _fits(rows, columns, screen):
        return [_drawn_table(rows, columns, screen)]
    groups = groupby(rows, key=lambda row: _cell(row.get(columns[0])))
    return [part for _, group in groups for part in _group(list(group), screen)]


def _group(rows: Sequence[Row], screen: Screen) -> list[RenderableType]:
    """What the rows share once, then where they differ."""
    columns = _columns(rows)
    apart = [key for key in columns if len({_cell(row.get(key)) for row in rows}) > 1]
    shared = _stacked({key: rows[0][key] for key in columns if key not in apart}, screen)
    if not apart:
        return shared
    if _fits(rows, apart, screen):
        return [*shared, _drawn_table(rows, apart, screen), Text("")]
    cut = [{key: row.get(key) for key in apart} for row in rows]
    return [*shared, *(part for row in cut for part in _stacked(row, screen))]


def _columns(rows: Sequence[Row]) -> list[str]:
    keys = dict.fromkeys(key for row in rows for key in row)
    return [key for key in keys if any(_cell(row.get(key)) for row in rows)]


def _drawn_table(rows: Sequence[Row], columns: Sequence[str], screen: Screen) -> Table:
    table = screen.table()
    flat = [key for key in columns if not any(_is_nested(row.get(key)) for row in rows)]
    for key in flat:
        is_short = _length(rows, key) <= WRAPPED
        table.add_column(screen.text(_title(key)), no_wrap=is_short, overflow="fold")
    for row in rows:
        table.add_row(*(screen.text(_cell(row.get(key))) for key in flat))
    return table


def _fits(rows: Sequence[Row], columns: Sequence[str], screen: Screen) -> bool:
    needed = sum(min(_length(rows, key), WRAPPED) + GUTTER for key in columns)
    return screen.holds(needed)


def _length(rows: Sequence[Row], key: str) -> int:
    return max(len(key), *(len(_cell(row.get(key))) for row in rows))


def _title(key: str) -> str:
    return key.replace("_", " ")


def _stacked(row: Row, screen: Screen) -> list[RenderableType]:
    """One row as lines of name and value, the first as a heading."""
    shown = [(_title(key), row[key]) for key in row if _cell(row[key])]
    lines: list[RenderableType] = [screen.text(_cell(shown[0][1]), "bold")] if shown else []
    for name, value in shown[1:]:
        if isinstance(value, list | tuple) and _is_long(value):
            lines.append(_indented(screen.text(f"{name}:", "dim"), 2))
            lines += [_indented(screen.text(f"- {_cell(item)}"), 4) for item in value]
        else:
            lines.append(_indented(screen.text(f"{name}: ", "dim") + screen.text(_cell(value)), 2))
    return [*lines, Text("")]


def _indented(text: Text, by: int) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)


def _is_long(values: Sequence[Any]) -> bool:
    return any(isinstance(value, dict) or len(str(value)) > SENTENCE for value in values)


def _is_nested(value: Any) -> bool:
    items = value if isinstance(value, list | tuple) else [value]
    return any(isinstance(item, dict) for item in items)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, dict):
        return ", ".join(f"{key} {item}" for key, item in value.items() if item is not None)
    if isinstance(value, list | tuple):
        cells = [_cell(item) for item in value]
        return ("; " if any("," in cell for cell in cells) else ", ").join(cells)
    return str(value)


def _changes(rows: Sequence[Row], screen: Screen) -> list[RenderableType]:
    """What moved between two dossiers, with the estimate or the status before and after."""
    about = ("statistic", "actor", "target", "start", "end", "sources")
    told = [
        {key: row[key] for key in about}
        | {"old": _number_or_why(row, "old"), "new": _number_or_why(row, "new")}
        | {"moved": row["moved"]}
        for row in rows
    ]
    return _table(told, screen) if told else [screen.text("no finding moved")]


def _number_or_why(row: Row, when: str) -> Any:
    estimate = row[f"{when}_estimate"]
    return row[f"{when}_status"] if estimate is None else estimate


def _sources(rows: Sequence[Row], screen: Screen) -> list[RenderableType]:
    """A list where there are several and room for one; else each card."""
    listed = len(rows) > 1 and all(key in rows[0] for key in ("held", "start", "end"))
    return (
        _sources_table.parts(rows, screen) if listed and screen.holds(100) else _table(rows, screen)
    )


_PARTS = {
    "changes": _changes, "findings": _findings_table.parts, "acts": _acts_list.parts,
    "sources": _sources,
}  # fmt: skip
