"""Correlates of War formal alliances by dyad and year: CSV, one row a treaty, direction and year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import built, pledges, repeats, shape
from realpolitik.sources.sniff import Head

SOURCE = "cow_alliances"
SYSTEM = "cameo"
COLUMNS = (
    "ccode1", "ccode2", "year", "left_censor", "right_censor", "defense", "neutrality",
    "nonaggression", "entente",
)  # fmt: skip
FORM = pledges.Form(
    source=SOURCE,
    kinds={
        "defense": "defence",
        "neutrality": "neutrality",
        "nonaggression": "non-aggression",
        "entente": "consultation (entente)",
    },
    first_year=1816,
    censored="left_censor",
)
RULES = {repeats.RULE: repeats.ABOUT}


def sniff(head: Head) -> str | None:
    """Why the file is one of formal alliances, or None."""
    header = [name.strip('" ') for name in head.lines[0].split(",")] if head.lines else []
    if set(COLUMNS) <= set(header):
        return "comma-separated fields under a header with ccode1, ccode2, year, ..., entente"
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every row with what it becomes and `refused`: null, or why no pledge began with it."""
    listed = shape.paths_of(paths)
    rows = built.csv_rows(con, listed, COLUMNS)
    wanted = built.need(listed[0], COLUMNS)
    return built.marked(con, SOURCE, pledges.parts(rows, FORM, wanted), off)


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files: kinds of pledge that began between two states, dated to the year.

    A signature is a word under the map: what it promises is done, or not,
    later. Both directions are acts and name each other.
    """
    return shape.accepted(marked(con, paths))
