"""Publications that methods and vocabularies rest on, as BibTeX entries by key."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from realpolitik.errors import UnknownName

KEY = re.compile(r"@\w+\{([^,]+),")


@cache
def entries() -> dict[str, str]:
    """All entries by key, each ending in a newline."""
    text = (files("realpolitik.vocab") / "data" / "references.bib").read_text(encoding="utf-8")
    blocks = [block.strip() + "\n" for block in text.split("\n\n") if block.strip()]
    return {KEY.match(block).group(1): block for block in blocks}  # type: ignore[union-attr]


def entry(key: str) -> str:
    """The BibTeX entry of a publication; UnknownName where there is none."""
    if key not in entries():
        raise UnknownName("reference", key, entries())
    return entries()[key]
