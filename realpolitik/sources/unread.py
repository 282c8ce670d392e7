"""Files that are known and hold no acts: what they are, and why they are left out.

A table is known by its columns, R data by its first bytes, running text by its
lines, a list by the form of them all. Nothing here says that a file is bad.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from realpolitik.sources.sniff import Head

FILE = Path(__file__).with_suffix(".csv")
# How R begins what `save` and `saveRDS` write, as it lies inside the compression.
R_DATA = (b"RDX2\n", b"RDX3\n", b"RDA2\n", b"RDA3\n", b"RDB2\n", b"RDB3\n")
R_OBJECT = (b"X\n\0\0\0", b"A\n2\n", b"A\n3\n", b"B\n\2\0\0", b"B\n\3\0\0")
R_HELP = "\\docType{data}"
# Lists of other things, every line of which has this form.
LISTS = (
    (re.compile(r"(\d+ )?([0-9a-f]{32} +)?\S+\.(zip|csv)", re.IGNORECASE),
     "names of a publisher's files, with size or digest: what fetch reads first"),
    (re.compile(r"\d+[ \t]\d+([ \t]\d+)?"), "how many names a numbered file has"),
)  # fmt: skip
NUMBERED = re.compile(r"[^\t]+\t(\d+)")
DELIMITERS = (",", "\t", ";", "|")


def why(seen: Head) -> str | None:
    """What a file is that is known to hold no acts, and what to read instead; None for others."""
    if seen.data.startswith((*R_DATA, *R_OBJECT)):
        return (
            "It holds objects of R, which no reader opens: write the table in R as CSV "
            "(write.csv) and ingest that."
        )
    if not seen.lines or b"\0" in seen.data:
        return None
    return _table(seen) or _list(seen) or _text(seen)


def _table(seen: Head) -> str | None:
    header = next(csv.reader([seen.lines[0].lstrip("\ufeff")]))
    found = {name.strip() for name in header}
    for columns, what in _listed():
        if columns <= found:
            return f"It holds {what}."
    return None


def _list(seen: Head) -> str | None:
    for line, what in LISTS:
        if all(map(line.fullmatch, seen.lines)):
            return f"It holds {what}."
    numbers = [int(found[1]) for found in map(NUMBERED.fullmatch, seen.lines) if found]
    if numbers and numbers == list(range(numbers[0], numbers[0] + len(seen.lines))):
        return "It holds names with their numbers: who reads numbered acts looks into it by itself."
    return None


def _text(seen: Head) -> str | None:
    if R_HELP in seen.text:
        return "It is a page of help on a data set of R, and holds no rows."
    if seen.lines[0].startswith(("# ", "---", "<h1")) and not any(
        sign in seen.lines[0] for sign in DELIMITERS
    ):
        return "It is a text for readers, and holds no rows."
    return None


@cache
def _listed() -> tuple[tuple[frozenset[str], str], ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple((frozenset(row["columns"].split(";")), row["what"]) for row in rows)
