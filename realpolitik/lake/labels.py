"""What people found when they read acts again: one CSV in the lake, open to any spreadsheet.

Labels are hand work, so they outlive the acts they are of: a source taken out
and loaded again finds its labels as they were.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path

from realpolitik.errors import CorruptFile
from realpolitik.lake.store import Lake, move
from realpolitik.schema.labelled import Labelled

NAME = "labels.csv"
COLUMNS = tuple(field.name for field in fields(Labelled))
REPAIR = "Mend it, or move it away and give the filled-in files to `realpolitik audit` again."


def labels(folder: Path) -> tuple[Labelled, ...]:
    """The labelled acts of a lake, by act; none where there is no lake or no label.

    Raises CorruptFile where the file is not what `keep` wrote.
    """
    path = folder / NAME
    if not path.is_file():
        return ()
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            return tuple(Labelled(*(row[name] for name in COLUMNS)) for row in rows)
    except (OSError, UnicodeDecodeError, csv.Error, KeyError) as error:
        found = f"what cannot be read ({error})"
        raise CorruptFile(str(path), found, ", ".join(COLUMNS), REPAIR) from error


def keep(lake: Lake, new: Iterable[Labelled]) -> None:
    """Add labels to those of a lake; a later label of an act replaces the earlier.

    Raises LakeError where the lake cannot be written; its labels are then as before.
    """
    with lake.writing() as writer:
        held = {one.act_id: one for one in (*labels(lake.folder), *new)}
        staged = writer.staging / NAME
        with staged.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            table.writeheader()
            table.writerows(asdict(held[act_id]) for act_id in sorted(held))
        move(staged, lake.folder / NAME)
