"""`realpolitik weigh A B`."""

from __future__ import annotations

from typing import Any

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Ask about two actors",
    examples=(
        ("what the record supports, over all the years covered", "realpolitik weigh USA IRN"),
        ("one period, from the hand-coded acts alone",
         "realpolitik weigh USA IRN --start 1981 --end 1988 --source casebook"),
        ("as data", "realpolitik weigh PAK USA --json"),
    ),
    terms=(
        ("prior_..., posterior_...", "Probability of a reading before and after; the range is that"
         " over all settings tried."),
        ("bayes_factor_...", "How many times better than its best rival a reading foretold the acts."),
        ("leader_share", "Settings in which the leader leads each rival by 3; 0.9 is needed."),
        ("weakest_bayes_factor", "The leader's worst case; 20 is needed to be called strong."),
        ("predictive_p", "Does the leader fit? Near 0 or 1 it does not."),
        ("design_effect", "Acts per independent act."),
        ("transfers_share", "Of the aid between the two, what the first gave the second."),
        ("sensitivity_...", "The leader's Bayes factor with one assumption changed."),
    ),
)  # fmt: skip
@options.dyad
@options.dates
@options.by
@options.source
@options.map_
@options.common("lake", "seed")
def weigh(a: str, b: str, out: Output, **asked: Any) -> None:
    """Which reading of the relation does the record support?

    Enmity, open or staged, dealing by issue, patron and client, friendship, or
    some other pattern: six readings, weighed by how well each foretells public and hidden words
    and deeds. Often the answer is that the record does not decide; what would is then named.
    """
    out.show(rp.weigh(a, b, **asked))
