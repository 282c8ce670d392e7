"""`realpolitik verify [CASEBOOK…]`."""

from __future__ import annotations

from typing import Any

import click

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Bring your own record",
    examples=(
        ("is the lake whole?", "realpolitik verify"),
        ("is a casebook of my own well kept?", "realpolitik verify mine.csv"),
        ("another lake, as data", "realpolitik verify --lake FOLDER --json"),
    ),
    terms=(
        ("where", "The part that is not as the catalog says; of a casebook row, id and field."),
        ("todo", "Ingest the files of that source again, or take it out with `lake rm`."),
    ),
)
@click.argument("files", metavar="[CASEBOOK]...", nargs=-1, type=click.Path())
@options.common("lake")
def verify(out: Output, files: tuple[str, ...], **asked: Any) -> None:
    """Check that the lake is whole, or a casebook of your own well kept.

    Of the lake every part against its hash, every sum against the acts; of a casebook every field of every row. Exit code 1 when
    something is wrong.
    """
    faults = rp.verify(*files, **asked)
    out.remark(faults.messages)
    text = "".join(_line(row) for row in faults.rows) if files else ""
    out.put(faults.to_dict(), faults.rows, text=text if faults.rows else "whole\n")
    if faults.rows:
        click.get_current_context().exit(1)


def _line(row: dict[str, Any]) -> str:
    return f"{row['file']}: {row['where']}: found {row['found']!r}, expected {row['expected']}\n"
