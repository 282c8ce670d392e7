"""`realpolitik codes [CODE]`."""

from __future__ import annotations

import click

import realpolitik as rp
from realpolitik.cli import _complete
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Look things up",
    examples=(
        ("what a code means, and where each map puts it", "realpolitik codes 057"),
        (
            "all codes of a system under one map",
            "realpolitik codes --system weis --map realpolitik",
        ),
        ("the whole map, to a file", "realpolitik codes --system cameo -o map.csv"),
    ),
    terms=(
        ("kind, side", "Word, contact or deed; cooperation, conflict or neutral."),
        ("reason", "Why the code stands there."),
        ("intensity_...", "Goldstein points, -10 to 10, as GDELT and as ICEWS publish them."),
        ("carried_out_by", "Deeds that carry out an announcement with this code."),
    ),
)
@options.named("code", _complete.codes)
@click.option("--system", metavar="NAME", help=f"One of {', '.join(_complete.SYSTEMS)}.")
@click.option("--map", "map", metavar="NAME", shell_complete=_complete.maps,
              help=f"One of {', '.join(_complete.MAPS)}.")  # fmt: skip
@options.common()
def codes(code: str | None, out: Output, system: str | None, map: str | None) -> None:
    """Explain a code: its meaning, its kind and side, and why.

    Codes are text: 010 is not 10.
    """
    out.show(rp.codes(code, system=system, map=map))
