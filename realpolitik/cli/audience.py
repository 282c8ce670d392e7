"""`realpolitik audience A B`."""

from __future__ import annotations

from typing import Any

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Ask about two actors",
    examples=(
        ("words at home against words abroad", "realpolitik audience USA IRN"),
        ("from the hand-coded acts alone, as data",
         "realpolitik audience IRN USA --source casebook --json"),
    ),
    terms=(
        ("words_home, words_abroad", "Words that praise or blame, by audience."),
        ("matched_events", "Days with words for both, of both sides: only these tell."),
        ("audience_difference", "Tone at home minus abroad; below 0, harsher at home."),
    ),
)  # fmt: skip
@options.dyad
@options.dates
@options.by
@options.source
@options.map_
@options.common("lake", "seed")
def audience(a: str, b: str, out: Output, **asked: Any) -> None:
    """Do they speak differently at home and abroad?

    Compares only words of one actor on one day, since outlets choose what they
    print. Where the record does not say for whom a word was meant, it says so.
    """
    out.show(rp.audience(a, b, **asked))
