"""`realpolitik follow A B`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb

NEVER = re.compile(r"No [a-z]+ is coded in this direction\.$")


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
        ("hazard_TYPE_30d", "How many times faster a matching act comes while one is announced."),
        ("placebo_p_TYPE_30d", "How often shuffled dates are followed as often."),
        ("elsewhere_TYPE_30d", "Lift over such acts towards others; near 1: it is about this dyad."),
        ("brier_skill_TYPE_30d", "What announcements add to a forecast; 0 is nothing."),
        ("unannounced_TYPE_30d", "Share of such acts that no announcement preceded."),
        ("conceded_threat_30d", "Share of idle threats after which the target gave way."),
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
    may have been obeyed. The table leaves out types that were never announced.
    """
    found = rp.follow(a, b, **asked)
    if out.form == "table":
        found = replace(found, findings=_announced(found.findings))
    out.show(found)


def _announced(findings: Sequence[rp.Finding]) -> tuple[rp.Finding, ...]:
    """Of types without any announcement only the count, which says so."""
    return tuple(one for one in findings if not one.notes[:1] or not NEVER.match(one.notes[0]))
