"""`realpolitik audit A B`."""

from __future__ import annotations

from typing import Any

import click

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "See the acts",
    examples=(
        ("fifty random acts to label by hand", "realpolitik audit USA IRN -n 50 -o labels.csv"),
        ("what the filled-in file says", "realpolitik audit USA IRN --labels labels.csv"),
    ),
    terms=(
        ("true_kind", "For you to fill: word, contact, deed, or none (no act of the two)."),
        ("true_side", "For you to fill: cooperation, conflict or neutral."),
        ("precision_...", "Share of what was coded so that you labelled so as well."),
        ("words_as_deeds", "Share of true words that the coder filed as deeds."),
        ("gap_z_corrected", "gap_z once that share is taken out, here and in the reference."),
    ),
)  # fmt: skip
@options.dyad
@click.option("-n", "n", metavar="N", type=click.IntRange(min=1), default=50, show_default=True,
              help="Acts to draw from each source.")  # fmt: skip
@click.option("--labels", metavar="FILE", help="The file you filled in.")
@options.dates
@options.source
@options.map_
@options.common("lake", "seed")
def audit(a: str, b: str, out: Output, **asked: Any) -> None:
    """How often is the coding right? Label random acts by hand.

    Draws acts at random, as many of each kind; you fill in what they truly
    were, and the labels say how far the coding and the gap can be trusted.
    The lake keeps them: from then on `gap` and the dossier tell and use them.
    """
    out.show(rp.audit(a, b, **asked))
