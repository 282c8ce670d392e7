"""The vocabulary files under `data/`, read as rows of text."""

from __future__ import annotations

import csv
from pathlib import Path

from realpolitik.errors import CorruptFile

DATA = Path(__file__).parent / "data"
REPAIR = "Install realpolitik again."


def rows(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of one file under `data/`; a blank cell is an empty string.

    Raises CorruptFile when the file is missing, is not UTF-8 CSV, lacks one of
    `columns`, or has a row of another width than its header.
    """
    path = DATA / name
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            found = list(reader)
            header = tuple(reader.fieldnames or ())
    except (OSError, UnicodeError, csv.Error) as error:
        raise CorruptFile(str(path), str(error), "a CSV file in UTF-8", REPAIR) from error
    missing = [column for column in columns if column not in header]
    if missing:
        raise CorruptFile(str(path), f"no column {missing[0]}", ", ".join(columns), REPAIR)
    for number, row in enumerate(found, start=2):
        if None in row or None in row.values():
            raise CorruptFile(
                str(path), f"line {number} of another width", "one cell a column", REPAIR
            )
    return found


def parts(cell: str) -> tuple[str, ...]:
    """Return the items of a cell that joins them by a bar; an empty cell has none."""
    return tuple(item.strip() for item in cell.split("|")) if cell.strip() else ()
