"""`realpolitik panel [A B]`."""

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
        ("two states by year", "realpolitik panel USA IRN"),
        ("every dyad of states, with COW numbers", "realpolitik panel --start 1990 --end 1991 --keys cow -o panel.csv"),
    ),
    terms=(
        ("covered", "Share of a period's days inside the coverage of the source."),
        ("goods_sold, arms_ordered", "With --flows: from actor to target in the year; null where not known."),
        ("null", "A period that no source covers; 0 stands only where one was looking."),
    ),
)  # fmt: skip
@click.argument("a", metavar="A", required=False, shell_complete=_complete.actors)
@click.argument("b", metavar="B", required=False, shell_complete=_complete.actors)
@options.dates
@options.panel
@options.source
@options.map_
@options.contacts
@options.common("lake")
def panel(a: str | None, b: str | None, out: Output, **asked: Any) -> None:
    """Count acts by directed dyad and period, ready for a regression."""
    out.show(rp.panel(a, b, **asked))
