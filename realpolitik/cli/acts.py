"""`realpolitik acts A B`."""

from __future__ import annotations

from typing import Any

import click

import realpolitik as rp
from realpolitik.cli import _complete
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "See the acts",
    examples=(
        ("what was done in secret", "realpolitik acts USA IRN --kind deed --secrecy secret"),
        ("what one of the two said in one year",
         "realpolitik acts USA IRN --actor IRN --kind word --start 1979 --end 1979"),
        ("as known at the end of 1985", "realpolitik acts USA IRN --as-of 1985-12-31 --json"),
        ("everything, to a file", "realpolitik acts USA IRN -o acts.parquet"),
    ),
    terms=(
        ("from memory", "No excerpt that supports the act has been read yet."),
        ("grade", "Admiralty grade: publisher A to F, information 1 to 6."),
        ("N mentions by M", "Reports of the act, and their publishers, where mentions are loaded."),
        ("N acts", "A month of a tallied source: N acts of this kind and side."),
    ),
)  # fmt: skip
@options.dyad
@options.dates
@options.source
@click.option("--actor", metavar="CODE", shell_complete=_complete.actors, help="Only acts by it.")
@click.option("--kind", type=click.Choice(options.KINDS), help="Only this kind.")
@click.option("--side", type=click.Choice(options.SIDES), help="Only this side.")
@click.option("--secrecy", type=click.Choice(options.SECRECY), help="Only open or hidden acts.")
@click.option("--code", metavar="CODE", shell_complete=_complete.codes, help="Only this code.")
@click.option("--id", metavar="ID", help="Only the act with this act_id.")
@options.as_of
@options.map_
@options.common("lake")
def acts(a: str, b: str, out: Output, **asked: Any) -> None:
    """List the acts themselves, each with its code and source.

    Every number of every verb names the command that lists the acts behind it;
    this is that command.
    """
    out.show(rp.acts(a, b, **asked))
