"""`realpolitik measures [NAME]`."""

from __future__ import annotations

import realpolitik as rp
from realpolitik.cli import _complete
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Look things up",
    examples=(
        ("every statistic with its unit and method", "realpolitik measures"),
        ("those of one measure", "realpolitik measures gap"),
    ),
    terms=(
        ("statistic, unit", "The name a finding carries, and what its estimate is counted in."),
        ("method", "How it is reached, in a sentence."),
    ),
)
@options.named("name", _complete.measures)
@options.common()
def measures(name: str | None, out: Output) -> None:
    """Explain the statistics: what each answers, its unit and method."""
    out.show(rp.measures(name))
