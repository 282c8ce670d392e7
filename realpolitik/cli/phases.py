"""`realpolitik phases A B`."""

from __future__ import annotations

from typing import Any

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Ask about two actors",
    examples=(
        ("when the relation changed, and when words and deeds parted",
         "realpolitik phases USA IRN"),
        ("as data", "realpolitik phases IRQ KWT --json"),
        ("over part of the record", "realpolitik phases IRN IRQ --start 1984 --end 1995"),
    ),
    terms=(
        ("breaks", "Changes of words and deeds of both directions together."),
        ("breaks_half_penalty, ..._double_penalty", "The same, more and less readily."),
        ("breaks_words, breaks_deeds", "Changes of each alone."),
        ("break", "First month of a new phase as a decimal year; 1979.83 is November 1979."),
        ("phase_tone_words, phase_tone_deeds", "Mean tone over a phase."),
        ("episode_own", "A window in which deeds minus words leave the level usual for the two."),
        ("episode_reference", "The same against other dyads."),
        ("episode_..._p", "Chance of such a window in a flat series."),
        ("coverage_breaks", "Changes in how much the source reports of anyone."),
    ),
)  # fmt: skip
@options.dyad
@options.dates
@options.source
@options.map_
@options.contacts
@options.common("lake", "seed")
def phases(a: str, b: str, out: Output, **asked: Any) -> None:
    """When did the relation change, and when did words and deeds part?

    A break is a change of what is reported, found without looking at history;
    nothing here says what caused it.
    """
    out.show(rp.phases(a, b, **asked))
