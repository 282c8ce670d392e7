"""What the people and things of a state are called: "Iranian", "British"."""

from __future__ import annotations

from functools import cache

from realpolitik.vocab.rows import parts, rows


@cache
def demonyms() -> dict[str, tuple[str, ...]]:
    """Return the demonyms, and some cities that stand for a state, by its code; in capitals."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("demonyms.csv", ("code", "words")):
        found[row["code"]] = (*found.get(row["code"], ()), *parts(row["words"]))
    return found
