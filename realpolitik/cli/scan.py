"""`realpolitik scan`."""

from __future__ import annotations

from typing import Any

import click

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb

COLUMNS = ("rank", "actor", "target", "start", "end", "source", "gap_z", "surprise", "q", "tier",
           "words", "deeds", "said")  # fmt: skip


@verb(
    "Ask about two actors",
    examples=(
        ("the twenty dyads whose words and deeds part most", "realpolitik scan --top 20"),
        ("every dyad and year, as a table of data", "realpolitik scan --by year -o scan.csv"),
        ("one span, as findings", "realpolitik scan --start 1990 --end 1991 --json"),
    ),
    terms=(
        ("rank", "By the size of gap_z_shrunk: the gap less what chance in few acts would give."),
        ("gap_z", "Tone of deeds minus tone of words, against other dyads, with its interval."),
        ("surprise", "How far deeds lie from what dyads with such words do; 0 is as usual."),
        ("q", "False discovery rate over all rows: at 0.05, one in twenty so marked is chance."),
        ("tier", "descriptive: the sign is sure; unusual: and the surprise stands out, q <= 0.05."),
    ),
)  # fmt: skip
@click.option("--top", metavar="N", type=click.IntRange(min=1), help="Only the first N ranks.")
@options.dates
@options.by
@options.source
@options.map_
@options.contacts
@options.common("lake", "seed")
def scan(out: Output, **asked: Any) -> None:
    """Where do words and deeds part most, among all dyads?

    Each directed dyad is held against the others of its source, as `gap` does
    for one. Dyads with too few acts come last and say what they lack.
    """
    found = rp.scan(**asked)
    out.remark(found.messages)
    if out.form == "table":
        out.put({"scan": [_line(row) for row in found.rows]}, [])
    else:
        out.put(found.to_dict(), found.rows)


def _line(row: dict[str, Any]) -> dict[str, Any]:
    """A row as a person reads it: each number with its interval in one cell."""
    cells = row | {name: _number(row, name) for name in ("gap_z", "surprise")}
    q = row["surprise_q"]
    cells["q"] = None if q is None else f"{q:.2g}"
    return {name: cells[name] for name in COLUMNS}


def _number(row: dict[str, Any], name: str) -> str:
    if row[name] is None:
        return str(row["status"])
    return f"{row[name]:.2f} [{row[f'{name}_lower']:.2f}, {row[f'{name}_upper']:.2f}]"
