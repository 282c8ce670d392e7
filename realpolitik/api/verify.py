"""Is the lake whole, or a casebook well kept? Every part against its catalog, every field its kind."""

from __future__ import annotations

from dataclasses import asdict
from os import PathLike
from pathlib import Path

from realpolitik.api._lake import lake_at
from realpolitik.api._load import tally
from realpolitik.api.result import Rows
from realpolitik.errors import UsageError
from realpolitik.lake.verify import verify as check
from realpolitik.sources.casebook.acts import SOURCE
from realpolitik.sources.casebook.check import problems


def verify(*files: str | PathLike[str], lake: str | None = None) -> Rows:
    """One row a fault: source, where, what was found, what was expected; none when all is well.

    Without files: hashes every Parquet part of the lake, counts what the files
    brought, and computes the sums anew from the acts. With files: looks at
    every field of these casebooks of one's own; `where` is then the row
    (counted with the header as 1), its id and the field, and `file` the file.

    Raises:
        CorruptFile: the catalog cannot be read, or a file is no casebook at all.
        UsageError: a folder in place of a casebook.
    """
    if folders := [file for file in files if Path(file).is_dir()]:
        raise UsageError(
            f"{folders[0]}: a folder, where a casebook's file is expected. A lake is named with --lake."
        )
    if files:
        return _casebooks([Path(file) for file in files])
    found = lake_at(lake)
    faults = [asdict(fault) for fault in check(found, tally)]
    if not found.exists():
        said = f"No lake at {found.folder}: nothing to verify."
    elif faults:
        said = f"{found.folder}: {len(faults)} faults. Ingest the files of these sources again."
    else:
        said = f"{found.folder}: {len(found.catalog.parts())} parts are as the catalog says."
    return Rows("faults", faults, (said,))


def _casebooks(files: list[Path]) -> Rows:
    faults = [
        {"source": SOURCE, "file": str(file), "where": one.where, "found": one.found,
         "expected": one.expected}
        for file in files
        for one in problems(file)
    ]  # fmt: skip
    number = "no fault" if not faults else f"{len(faults)} fault{'s' * (len(faults) > 1)}"
    return Rows("faults", faults, (f"{len(files)} casebook{'s' * (len(files) > 1)}: {number}.",))
