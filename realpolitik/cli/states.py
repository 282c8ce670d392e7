"""`realpolitik states [NAME]`."""

from __future__ import annotations

import realpolitik as rp
from realpolitik.cli import _complete
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Look things up",
    examples=(
        ("which code has an actor, by name, former name or alias", "realpolitik states soviet"),
        ("its codes in other systems, as data", "realpolitik states IRN --json"),
        ("every state, to a file", "realpolitik states -o states.csv"),
    ),
    terms=(
        ("code", "ISO 3166 alpha-3, or the code of a regime or group."),
        ("start, end", "Days between which the code is valid."),
        ("cow, gw", "Numbers of Correlates of War, and of Gleditsch and Ward."),
    ),
)
@options.named("name", _complete.actors)
@options.common()
def states(name: str | None, out: Output) -> None:
    """Find actors by code, name or alias, with their dates and codes.

    Without NAME it lists every state; regimes and groups appear when named.
    """
    out.show(rp.states(name))
