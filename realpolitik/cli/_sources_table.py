"""The list of sources, narrow enough to read; the card of one has everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType

if TYPE_CHECKING:
    from realpolitik.cli._tables import Screen

Row = dict[str, Any]
# Letters of the columns whose texts are long: with the others the list has at most 100.
HELD, TITLE = 30, 32


def parts(rows: Sequence[Row], screen: Screen) -> list[RenderableType]:
    """Name, years covered, role, what is held and title, one source a row."""
    table = screen.table()
    for heading, width in (
        ("name", None), ("role", None), ("covers", None), ("held", HELD), ("title", TITLE),
    ):  # fmt: skip
        table.add_column(heading, width=width, overflow="fold", no_wrap=width is None)
    for row in rows:
        covers = f"{row['start'][:4]}-{row['end'][:4]}"
        held = row["held"].replace("nothing yet: realpolitik ", "nothing yet: ")
        told = (row["name"], row["role"], covers, held, row["title"])
        table.add_row(*map(screen.text, told))
    return [
        table,
        screen.text("\nOne source with all that is known of it: realpolitik sources NAME"),
    ]
