"""`realpolitik gap A B`."""

from __future__ import annotations

from typing import Any

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Ask about two actors",
    examples=(
        ("both directions, over all the years covered", "realpolitik gap USA IRN"),
        ("year by year, as data", "realpolitik gap USA IRN --by year --json"),
        ("with meetings and talks counted as deeds", "realpolitik gap USA IRN --contacts deeds"),
        ("to a file, under another border of words and deeds",
         "realpolitik gap Pakistan USA --map gdelt -o gap.csv"),
    ),
    terms=(
        ("tone_words, tone_deeds", "log-odds of cooperation against conflict; 0 is even."),
        ("contact_share", "Meetings, talks and visits among all acts."),
        ("z_words, z_deeds", "Tone against other dyads of the source; 0 is the median dyad."),
        ("gap_z", "z_deeds minus z_words: above 0, deeds are milder than words."),
        ("surprise", "How far deeds lie from what dyads with such words do; 0 is as usual."),
        ("..._percentile", "Rank among the other dyads, 0 to 100."),
        ("surprise_q", "False discovery rate of the surprise over all rows shown."),
        ("gap_z_shrunk", "gap_z less what chance in few acts would give."),
        ("gap_z_intensity", "gap_z with each act weighted by its published intensity."),
        ("tipping_leakage", "Share of words misfiled as deeds that would turn the sign."),
        ("design_effect_...", "Reports per independent report; 1 means none repeats another."),
        ("words_as_deeds", "Share of words misfiled as deeds, where acts were labelled by hand."),
        ("gap_z_corrected", "gap_z without those; `realpolitik audit` draws acts to label."),
        ("gap_z_sensitivity", "gap_z under each other map, and with contacts moved."),
    ),
)  # fmt: skip
@options.dyad
@options.dates
@options.by
@options.source
@options.map_
@options.contacts
@options.common("lake", "seed")
def gap(a: str, b: str, out: Output, **asked: Any) -> None:
    """Do deeds match words? The gap between them, against other dyads.

    Dyads with hostile words mostly act more mildly than they talk, so the gap
    by itself is the usual case; the surprise says whether this dyad differs from others
    that talk alike. A number that the record cannot carry says so.
    """
    out.show(rp.gap(a, b, **asked))
