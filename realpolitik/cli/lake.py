"""`realpolitik lake [info|rm|compact|days] [SOURCE]`."""

from __future__ import annotations

from typing import Any

import click

import realpolitik as rp
from realpolitik.cli import _complete
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb

ACTIONS = ("info", "rm", "compact", "days")


@verb(
    "Bring your own record",
    examples=(
        ("what is loaded", "realpolitik lake"),
        ("every loaded file of one source", "realpolitik lake info icews --files --json"),
        ("take a source out again", "realpolitik lake rm icews"),
        ("join thousands of small files", "realpolitik lake compact gdelt_v2"),
        ("sum a source by day as well, now and from now on", "realpolitik lake days icews"),
    ),
    terms=(
        ("rows", "Rows of the files: acts + repeats + refused."),
        ("start, end", "What the files cover."),
        ("labelled", "Acts that a person read again: see `realpolitik audit`."),
        ("sums", "Periods of the sums kept: --by day and --by week read those by day."),
    ),
)
@click.argument("action", type=click.Choice(ACTIONS), default="info")
@click.argument("source", required=False, shell_complete=_complete.sources)
@click.option("--files", is_flag=True, help="One row a loaded file.")
@options.common("lake")
def lake(out: Output, **asked: Any) -> None:
    """Show what the lake holds; take a source out; join files; sum by day."""
    out.show(rp.lake(**asked))
