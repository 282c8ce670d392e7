"""`realpolitik latent A B`."""

from __future__ import annotations

from typing import Any

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Ask about two actors",
    examples=(
        ("both directions, over all the years covered", "realpolitik latent USA IRN"),
        ("year by year, as data", "realpolitik latent USA IRN --by year --json"),
        ("the path by month, for a chart", "realpolitik latent USA IRN --by month -o path.csv"),
    ),
    terms=(
        ("relation_mean", "Log-odds of cooperation in deeds; 0 is the middle dyad."),
        ("posture_mean", "What words add: below 0, harsher than such a relation explains."),
        ("..._shift", "Later half of the span minus the earlier."),
        ("..._change", "With --by: the period minus the whole span."),
        ("..._persistence, ..._step", "How paths move from month to month."),
        ("loading", "How far words follow the relation."),
        ("joint_steps", "Do both directions' relations move together?"),
        ("check_...", "Does the model make such records? Near 0 or 1 it misses something."),
        ("..._strong, ..._secret", "On strong deeds alone; with hidden deeds added."),
    ),
)
@options.dyad
@options.dates
@options.by
@options.source
@options.map_
@options.engine
@options.common("lake", "seed")
def latent(a: str, b: str, out: Output, **asked: Any) -> None:
    """What relation do deeds show, and what posture do words add?

    Deeds are taken as the truth of the relation and words as what follows it
    plus a posture. Quarters and years can be read; a single month cannot.
    """
    out.show(rp.latent(a, b, **asked))
