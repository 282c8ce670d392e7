"""KEDS Balkans: lines of `YYMMDD SRC TGT CODE (LABEL) TRIGGER PHRASE` with tabs between."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import keds, shape
from realpolitik.sources.sniff import Head

SOURCE = "keds_balkans"
ACTORS = Path(__file__).parent / "actors.csv"
FORM = keds.Form(SOURCE, "Reuters", (*keds.SAME, "text"))
VERSION = keds.VERSION
RULES = keds.rules("day, actor, target, code, label and trigger phrase")


def sniff(head: Head) -> str | None:
    """Why the file is KEDS Balkans, or None."""
    return keds.sniff_tabbed(head, SOURCE)


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every line with what it becomes and `refused`: null, or why it is not an act of its own."""
    rows = keds.tabbed(con, shape.paths_of(paths))
    return keds.marked(rows, FORM, keds.natives_of(rows, ACTORS), off)


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the file, exact repeats dropped; `n` is 1, the cluster is the day's root code.

    `text` is the phrase that made the coder choose the code. Nothing is said
    of secrecy, audience or reliability.
    """
    return shape.accepted(marked(con, paths))


def refusals(con: Backend, paths: Path | Sequence[Path]) -> dict[str, int]:
    """How many lines make no act, by reason."""
    return shape.refusals(marked(con, paths))
