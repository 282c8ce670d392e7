"""`realpolitik diff OLD NEW`."""

from __future__ import annotations

import click

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Ask about two actors",
    examples=(
        ("what moved since the last dossier", "realpolitik diff last-year.json usa-iran.json"),
        ("every change, as data", "realpolitik diff last-year.json usa-iran.json --json"),
    ),
    terms=(
        ("old, new", "Estimate, or status where there is none."),
        ("moved", "Did the new estimate leave the old interval? Or did a finding come or go?"),
    ),
)
@click.argument("old")
@click.argument("new")
@options.common()
def diff(old: str, new: str, out: Output) -> None:
    """Compare two dossiers of one dyad, finding by finding.

    OLD and NEW are the JSON twins. On standard error: which inputs differ, and
    how many acts came and went.
    """
    out.show(rp.diff(old, new))
