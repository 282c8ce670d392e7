"""Acts for a person: when, who to whom, what kind, in what words, on whose word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.padding import Padding

if TYPE_CHECKING:
    from realpolitik.cli._tables import Screen

Row = dict[str, Any]
FROM_MEMORY = "from memory"
_DATE_LENGTH = {"year": 4, "month": 7}


def parts(rows: Sequence[Row], screen: Screen) -> list[RenderableType]:
    """One block an act; one line where lines may be any length."""
    if not rows:
        return [screen.text("no acts")]
    return [part for row in rows for part in _act(row, screen)]


def _act(row: Row, screen: Screen) -> list[RenderableType]:
    head = screen.text(f"{when(row)}  {row['actor']} → {row['target']}", "bold")
    head += screen.text("  " + ", ".join(_what(row)))
    if row.get("verification") == FROM_MEMORY:
        head += screen.text(f"  [{FROM_MEMORY}]", "yellow")
    body = [text for text in (row.get("text"), *_versions(row), _code(row), _source(row)) if text]
    if screen.width is None:
        return [screen.text("  ".join([head.plain, *body]))]
    return [head, *(Padding(screen.text(line), (0, 0, 0, 2), expand=False) for line in body)]


def _versions(row: Row) -> list[str]:
    """The accounts of an act whose account changed, one a line."""
    return [
        f"version {one['version']}, {one['disclosed']}: {one['account']}"
        + (f" [{FROM_MEMORY}]" if one["verification"] == FROM_MEMORY else "")
        for one in row.get("versions") or ()
    ]


def when(row: Row) -> str:
    """The date of an act, no finer than its source dates it."""
    start, end = str(row["date"]), str(row.get("end_date") or row["date"])
    precision = row.get("date_precision")
    if precision in _DATE_LENGTH:
        return start[: _DATE_LENGTH[precision]]
    return start if start == end else f"{start} to {end}"


def _what(row: Row) -> list[str]:
    said = [
        f"{row['kind']} of {row['side']}" if row["side"] != "neutral" else f"neutral {row['kind']}"
    ]
    if (row.get("n") or 1) > 1:
        said.append(f"{row['n']:,} acts")
    if row.get("mentions"):
        said.append(f"{row['mentions']:,} mentions by {row['publishers']:,}")
    if row.get("secrecy") == "secret":
        disclosed = row.get("disclosed")
        length = _DATE_LENGTH.get(row.get("disclosed_precision") or "", 10)
        said.append(f"secret until {str(disclosed)[:length]}" if disclosed else "secret")
    return said


def _code(row: Row) -> str:
    label = f" {row['label']}" if row.get("label") else ""
    return f"{row['code_system']} {row['code']}{label}" if row.get("code") else ""


def _source(row: Row) -> str:
    published = ", ".join(
        str(row[key])
        for key in ("source_title", "source_publisher", "source_year", "url")
        if row.get(key)
    )
    grade = f"{row.get('reliability') or ''}{row.get('credibility') or ''}"
    said = [row["act_id"], published, f"grade {grade}" if grade else ""]
    return "; ".join(part for part in said if part)
