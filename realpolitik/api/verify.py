"""Is the lake whole? Every part against its catalog, every tally against its acts."""

from __future__ import annotations

from dataclasses import asdict

from realpolitik.api._lake import lake_at
from realpolitik.api._load import tally
from realpolitik.api.result import Rows
from realpolitik.lake.verify import verify as check


def verify(lake: str | None = None) -> Rows:
    """One row a fault: source, where, what was found, what was expected; none when all is well.

    Hashes every Parquet part, counts what the files brought, and computes the
    tallies anew from the acts.

    Raises:
        CorruptFile: the catalog itself cannot be read.
    """
    found = lake_at(lake)
    faults = [asdict(fault) for fault in check(found, tally)]
    if not found.exists():
        said = f"No lake at {found.folder}: nothing to verify."
    elif faults:
        said = f"{found.folder}: {len(faults)} faults. Ingest the files of these sources again."
    else:
        said = f"{found.folder}: {len(found.catalog.parts())} parts are as the catalog says."
    return Rows("faults", faults, (said,))
