"""`realpolitik secrets A B`."""

from __future__ import annotations

from typing import Any

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Ask about two actors",
    examples=(
        ("what was hidden between two actors", "realpolitik secrets USA IRN"),
        ("as an observer could know it at the end of 1985",
         "realpolitik secrets USA IRN --start 1980 --end 1989 --as-of 1985-12-31"),
        ("casualties as the account stood on that day",
         "realpolitik secrets USA IRN --start 2020-01-08 --end 2020-01-08 --as-of 2020-01-20"),
        ("as data", "realpolitik secrets PAK USA --format jsonl"),
    ),
    terms=(
        ("public_..., secret_...", "Acts by secrecy, kind and side; counts of cases."),
        ("tone_secret", "Log-odds of cooperation against conflict among hidden acts."),
        ("tone_public_words", "The same among open words."),
        ("hidden_minus_open", "Their difference: above 0, the hidden is the more cooperative."),
        ("tilt_omega", "How much likelier hidden cooperation must be to come out than hidden"
         " conflict for that difference to vanish; near 1 is fragile."),
        ("disclosure_lag_median", "Days from a hidden act to its first public account."),
        ("gap_as_of, gap_hindsight", "Deeds minus words as known then, and as known now."),
        ("hindsight_gap", "What later disclosure changed; its notes name the acts."),
        ("tilt_unsure", "The same, for the sign to be no longer sure."),
        ("tilted_1_10 to tilted_10", "Hidden minus open had disclosure these odds, 1/10 to 10."),
        ("killed_..., injured_...", "As the account then had it, and as the last one has it."),
        ("secrets_known, secrets_nowcast", "Hidden acts known by then, and estimated in all."),
    ),
)  # fmt: skip
@options.dyad
@options.dates
@options.by
@options.source
@options.as_of
@options.map_
@options.common("lake", "seed")
def secrets(a: str, b: str, out: Output, **asked: Any) -> None:
    """What was hidden, for how long, and what did it change?

    Rests on casebooks: cases collected by hand, not a sample. The counts say
    what was found, never how common it is.
    """
    out.show(rp.secrets(a, b, **asked))
