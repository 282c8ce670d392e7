"""`realpolitik train [TABLE…]`."""

from __future__ import annotations

from typing import Any

import click

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._progress import bar
from realpolitik.cli._verb import verb


@verb(
    "Read texts",
    examples=(
        ("from the project's own sentences alone", "realpolitik train"),
        ("with labelled sentences of your own, into a folder",
         "realpolitik train labelled.tsv --into weights"),
        ("the neural coder of this machine", "realpolitik train labelled.tsv --neural"),
    ),
    terms=(
        ("quad, root, deed macro F1", "Per cent, on sentences of the tables that the model had not seen."),
        ("coder", "With --neural: the linear one, the neural one, the mean of both that is used."),
        ("sd", "With --neural: standard deviation over the five folds."),
        ("temperature", "What makes the probabilities honest: fitted on unseen sentences."),
    ),
)  # fmt: skip
@click.argument("tables", metavar="TABLE", nargs=-1, type=click.Path())
@click.option("--into", metavar="FOLDER", type=click.Path(), help="Write the weights there.")
@click.option(
    "--neural", is_flag=True,
    help="Fine-tune a small encoder too and use it from then on (about half an hour).",
)  # fmt: skip
@options.common("seed", progress=True)
def train(out: Output, progress: bool, tables: tuple[str, ...], **asked: Any) -> None:
    """Train the coder of texts, and test it on sentences it has not seen.

    A TABLE is tab-separated with the columns marked_sentence, gold_root and gold_penta. With --neural the weights go into the user's data folder unless --into names another.
    """
    with bar(progress and not out.quiet, "train") as tell:
        found = rp.train(*tables, **asked, progress=tell)
    out.show(found)
