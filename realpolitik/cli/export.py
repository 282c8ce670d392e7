"""`realpolitik export A B --to FILE`."""

from __future__ import annotations

from typing import Any

import click

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb

WHAT = ("acts", "panel", "records")


@verb(
    "See the acts",
    examples=(
        ("every act, as Parquet", "realpolitik export USA IRN --to usa-iran.parquet"),
        ("a yearly panel for Stata, with COW numbers",
         "realpolitik export USA IRN --what panel --keys cow --to usa-iran.dta"),
        ("a database for Datasette", "realpolitik export USA IRN --to usa-iran.sqlite"),
    ),
    terms=(
        ("null", "A period that no source covers; 0 stands only where one was looking."),
        ("records", "Trade and arms that the lake holds, as their sources count them."),
        ("covered", "Share of a period's days inside the coverage of the source."),
    ),
)  # fmt: skip
@options.dyad
@click.option(
    "--to", metavar="FILE", required=True, type=click.Path(),
    help="File to write; .parquet, .csv, .jsonl, .dta, .sqlite or .db says in which format.",
)  # fmt: skip
@click.option("--what", type=click.Choice(WHAT), default="acts", show_default=True,
              help="Single acts, counts by directed dyad and period, or flows such as trade.")  # fmt: skip
@options.dates
@options.panel
@options.source
@options.map_
@options.common("lake")
def export(a: str, b: str, out: Output, **asked: Any) -> None:
    """Write acts, a panel or flows to a file for another program."""
    out.show(rp.export(a, b, **asked))
