"""`realpolitik train [TABLE…]`."""

from __future__ import annotations

import click

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Read texts",
    examples=(
        ("from the project's own sentences alone", "realpolitik train"),
        ("with labelled sentences of your own, into a folder",
         "realpolitik train labelled.tsv --into weights"),
    ),
    terms=(
        ("quad, root, deed macro F1", "Per cent, on sentences of the tables that the model had not seen."),
        ("temperature", "What makes the probabilities honest: fitted on unseen sentences."),
    ),
)  # fmt: skip
@click.argument("tables", metavar="TABLE", nargs=-1, type=click.Path())
@click.option("--into", metavar="FOLDER", type=click.Path(), help="Write the weights there.")
@options.common()
def train(out: Output, tables: tuple[str, ...], into: str | None) -> None:
    """Train the coder of texts, and test it on sentences it has not seen.

    A TABLE is tab-separated with the columns marked_sentence, gold_root and gold_penta.
    """
    out.show(rp.train(*tables, into=into))
