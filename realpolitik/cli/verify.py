"""`realpolitik verify`."""

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
        ("another lake, as data", "realpolitik verify --lake FOLDER --json"),
    ),
    terms=(
        ("where", "The part or file that is not as the catalog says."),
        ("todo", "Ingest the files of that source again, or take it out with `lake rm`."),
    ),
)
@options.common("lake")
def verify(out: Output, **asked: Any) -> None:
    """Check that the lake is whole.

    Every part against its hash, every tally against the acts. Exit code 1 when something is not as the catalog says.
    """
    faults = rp.verify(**asked)
    out.remark(faults.messages)
    out.put(faults.to_dict(), faults.rows, text="" if faults.rows else "whole\n")
    if faults.rows:
        click.get_current_context().exit(1)
