"""`realpolitik follow A B`."""

from __future__ import annotations

from typing import Any

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Ask about two actors",
    examples=(
        ("promises, threats, offers and demands, both ways", "realpolitik follow USA IRN"),
        ("from 1979 on, as data", "realpolitik follow USA IRN --start 1979 --json"),
        ("which deed carries out a code", "realpolitik codes 030"),
    ),
    terms=(
        ("announced_TYPE", "Acts that announce: promise, threat, offer or demand."),
        ("followed_TYPE_30d", "Share followed by a matching act within 30 (90, 365) days;"
         " an announcement that is still open counts for the days it was watched."),
        ("base_TYPE_30d", "Share of days without such an announcement after which a matching"
         " act came all the same."),
        ("lift_TYPE_30d", "followed / base: 1 means the announcement told nothing."),
    ),
)  # fmt: skip
@options.dyad
@options.dates
@options.source
@options.map_
@options.common("lake", "seed")
def follow(a: str, b: str, out: Output, **asked: Any) -> None:
    """What was promised or threatened, and was it done?

    Announcements are matched to deeds by the fulfilment table, row by row. A
    deed that follows is not shown to be caused; a threat that no deed follows
    may have been obeyed.
    """
    out.show(rp.follow(a, b, **asked))
