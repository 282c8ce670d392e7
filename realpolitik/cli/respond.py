"""`realpolitik respond A B`."""

from __future__ import annotations

from typing import Any

import click

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Ask about two actors",
    examples=(
        ("both directions, month by month", "realpolitik respond USA IRN"),
        ("was the answer to the shelling of the oil platforms smaller than usual?",
         "realpolitik respond USA IRN --shock 1987-10-19"),
        ("as data, over the war years",
         "realpolitik respond IRN IRQ --start 1980 --end 1988 --json"),
    ),
    terms=(
        ("inertia", "How much of the actor's tone carries over from its own past."),
        ("response", "What a rise of 1 in the other's tone adds, summed over 3 months or 6 weeks:"
         " above 0 like is answered with like, below 0 the reverse."),
        ("response_p", "Chance of such a link if the other's past told nothing."),
        ("response_N_lags, ..._within_phases", "The response with other lags; around each phase."),
        ("lead, lead_balance", "How far the other's past foretells; above 0 the target follows."),
        ("deeds_balance", "Who does more: log ratio of deeds."),
        ("summed_goldstein_...", "The published test on sums of scores, for comparison only."),
        ("shock_...", "Answer foretold and come, their ratio, p, and the power of that test."),
    ),
)  # fmt: skip
@options.dyad
@options.dates
@click.option(
    "--by", type=click.Choice(("week", "month"), case_sensitive=False), default="month",
    show_default=True, help="Period of the series; weeks need single acts.",
)  # fmt: skip
@click.option("--shock", metavar="DATE", help="Day of one act; was its answer smaller than usual?")
@options.source
@options.map_
@options.contacts
@options.common("lake", "seed")
def respond(a: str, b: str, out: Output, **asked: Any) -> None:
    """Who answers whom, how much, and who leads?

    A response is a link in time between reported tones, not a cause. A large p
    of a shock never means that an answer was proportionate.
    """
    out.show(rp.respond(a, b, **asked))
