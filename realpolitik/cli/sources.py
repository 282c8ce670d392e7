"""`realpolitik sources [NAME]`."""

from __future__ import annotations

from typing import Any

import realpolitik as rp
from realpolitik.cli import _complete
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Look things up",
    examples=(
        ("what the record is made of", "realpolitik sources"),
        ("one source: coverage, licence, known biases", "realpolitik sources casebook"),
        ("the same as data", "realpolitik sources casebook --json"),
    ),
    terms=(
        ("held", "What answers come from: the lake, what ships, or nothing yet and how to get it."),
        ("role", "A sample gives rates and gaps; cases give acts and secrets, never a rate."),
        ("known biases", "What the source is known to get wrong."),
        ("files", "How its files are had: by fetch, or why not and where by hand."),
        ("not verified", "What the card says without its having been seen at the publisher's."),
    ),
)
@options.named("name", _complete.sources)
@options.common("lake")
def sources(name: str | None, out: Output, **asked: Any) -> None:
    """List the sources: what each holds, gets wrong, and what is here."""
    out.show(rp.sources(name, **asked))
