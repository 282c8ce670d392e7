"""`realpolitik rebuild FILE`."""

from __future__ import annotations

from typing import Any

import click

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._page import answered
from realpolitik.cli._verb import verb


@verb(
    "Ask about two actors",
    examples=(
        ("the same page again, from its twin", "realpolitik rebuild usa-iran.json"),
        ("under another name", "realpolitik rebuild usa-iran.json -o again.html"),
    ),
    terms=(
        ("the lock", "In the twin: question, seed, versions, and the digest of every input."),
        ("refused", "Where an input or a version is another; `realpolitik diff` compares."),
    ),
)
@click.argument("file")
@options.common("lake", page=True)
def rebuild(file: str, out: Output, output: str | None, **asked: Any) -> None:
    """Write a dossier again from the lock in its JSON twin.

    The same inputs give the same page, byte for byte. Where the record, the
    map or the program is another, it says what differs and writes nothing.
    """
    answered(out, output, lambda path: rp.rebuild(file, output=path, **asked))
