"""ATOP alliances by dyad and year: CSV, one row a direction and year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import built, pledges, repeats, shape
from realpolitik.sources.sniff import Head

SOURCE = "atop"
SYSTEM = "cameo"
COLUMNS = (
    "ccode1", "ccode2", "year", "atop_defense", "atop_offense", "atop_neutral", "atop_nonagg",
    "atop_consul",
)  # fmt: skip
FORM = pledges.Form(
    source=SOURCE,
    kinds={
        "atop_defense": "defence",
        "atop_offense": "offence",
        "atop_neutral": "neutrality",
        "atop_nonagg": "non-aggression",
        "atop_consul": "consultation",
    },
    first_year=1815,
    censored=None,
)
RULES = {repeats.RULE: repeats.ABOUT}


def sniff(head: Head) -> str | None:
    """Why the file is one of ATOP alliances, or None."""
    if head.lines and tuple(head.lines[0].replace('"', "").split(",")) == COLUMNS:
        return "comma-separated fields under the header ccode1, ccode2, year, atop_defense, ..., atop_consul"
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every row with what it becomes and `refused`: null, or why no pledge began with it."""
    rows = built.csv_rows(con, shape.paths_of(paths), COLUMNS)
    return built.marked(con, SOURCE, pledges.parts(rows, FORM, len(COLUMNS)), off)


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files: kinds of pledge that began between two states, dated to the year.

    A signature is a word under the map: what it promises is done, or not,
    later. Both directions are acts and name each other.
    """
    return shape.accepted(marked(con, paths))
