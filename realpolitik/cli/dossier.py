"""`realpolitik dossier A B`."""

from __future__ import annotations

from typing import Any

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._page import answered
from realpolitik.cli._verb import verb


@verb(
    "Ask about two actors",
    examples=(
        ("writes usa-iran.html, and usa-iran.json beside it", "realpolitik dossier USA IRN"),
        ("another name and period",
         "realpolitik dossier PAK USA --start 1980 --end 1995 -o page.html"),
        ("the page to another program", "realpolitik dossier USA IRN -o - > page.html"),
    ),
    terms=(
        ("the page", "One self-contained HTML file: no network, no other file needed."),
        ("the twin", "The same numbers as JSON: {\"findings\": [...]} and what they rest on."),
    ),
)  # fmt: skip
@options.dyad
@options.dates
@options.source
@options.map_
@options.common("lake", "seed", page=True)
def dossier(a: str, b: str, out: Output, output: str | None, **asked: Any) -> None:
    """Write the whole question as one page, with a JSON twin.

    The answer in plain sentences, words against deeds over time, hidden against
    open, promises and threats kept, and every act with its source.
    """
    answered(out, output, lambda path: rp.dossier(a, b, output=path, **asked))
