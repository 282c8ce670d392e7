"""A picture with its words: chart variants, alt text, and the data as a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from realpolitik.reports.links import query, target


@dataclass(frozen=True, slots=True)
class Link:
    """A shown number (or word) and the filters that list the acts behind it."""

    text: str
    filters: dict[str, str] = field(default_factory=dict)
    title: str = ""

    @property
    def query(self) -> str:
        """The filters as the page's query text."""
        return query(**self.filters)

    @property
    def href(self) -> str:
        """Where the link leads with scripts off."""
        return target(self.filters)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: a text or a link, a smaller second line, and a remark."""

    main: str | Link
    small: str = ""
    mark: str = ""

    @property
    def link(self) -> Link | None:
        """The link of the cell, if it is one."""
        return self.main if isinstance(self.main, Link) else None

    @property
    def text(self) -> str:
        """The cell's first line as plain text."""
        return self.main.text if isinstance(self.main, Link) else self.main


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be shown: a caption, a head, and rows whose first cell heads the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The table as JSON-ready values."""
        return {
            "caption": self.caption,
            "head": list(self.head),
            "rows": [[cell.text for cell in row] for row in self.rows],
        }


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of the page.

    `charts` holds one Altair chart per width variant ("narrow", "medium",
    "wide"); the widest there is also serves every width above its own. It is
    empty where there is nothing to draw; then `empty` says why.
    """

    name: str
    title: str
    caption: str
    alt: str
    table: Table
    charts: dict[str, Any] = field(default_factory=dict)
    empty: str = ""


def number(value: int, **filters: str) -> Cell:
    """A count linked to its acts; a zero is not linked, for there is nothing to list."""
    text = f"{value:,}"
    return Cell(Link(text, filters)) if value else Cell(text)
