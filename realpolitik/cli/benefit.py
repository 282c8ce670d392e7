"""`realpolitik benefit A B`."""

from __future__ import annotations

from typing import Any

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Ask about two actors",
    examples=(
        ("both directions, over all the years covered", "realpolitik benefit USA ISR"),
        ("year by year, as data", "realpolitik benefit USA IRN --by year --json"),
        ("deeds of sponsored groups counted for their sponsor",
         "realpolitik benefit IRN USA --sponsor"),
    ),
    terms=(
        ("benefit", "Above 0, friends of the second are helped or its rivals hit; -1 to 1."),
        ("benefit_expected", "What the same deeds would come to if ties were dealt at random."),
        ("benefit_p", "How often random ties do as well; near 0 suits more than chance, near 1 less."),
        ("benefit_rank", "Whom the deeds suit best: 1 is first among all actors."),
        ("third_parties_effective", "Third parties of one weight; below 4 there is no verdict."),
        ("tied_share", "Share of the deeds for which the tie is known."),
        ("benefit_intensity", "The same with deeds weighed by intensity."),
        ("contribution_NAME", "What one third party adds; all together make the benefit."),
        ("cases_helped, cases_hurt", "Hand-coded acts towards others, by the coder's word."),
    ),
)  # fmt: skip
@options.dyad
@options.dates
@options.by
@options.source
@options.sponsor
@options.map_
@options.common("lake", "seed")
def benefit(a: str, b: str, out: Output, **asked: Any) -> None:
    """Do A's deeds towards third parties suit B?

    Deeds are held against ties from the years before them. To suit is not to
    be done for somebody's sake: that is a question about a mind.
    """
    out.show(rp.benefit(a, b, **asked))
