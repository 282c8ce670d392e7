"""Build the bundled tallies from the publisher's file.

    python -m realpolitik.sources.keds_gulf.build Gulf99all.dat [-o tallies.parquet]

Prints what became of each line, and the rows and SHA-256 that belong in the card.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends.duckdb import Backend

from realpolitik.schema.fit import fit
from realpolitik.schema.table import load
from realpolitik.sources import shape, tallies
from realpolitik.sources.keds_gulf import acts

TARGET = Path(__file__).parent / "tallies.parquet"
# Types as narrow as the counts allow, so that the file stays small.
NARROW = {"string": pa.string(), "date": pa.date32(), "int": pa.int32()}


def rows(con: Backend, path: Path) -> pa.Table:
    """The tallies of the publisher's file, sorted, fitted against their schema."""
    read = shape.held(con, acts.read(con, path))
    built = fit(shape.held(con, tallies.build(read)), "tallies")
    return built.order_by(tallies.ORDER).to_pyarrow().cast(_narrow())


def _narrow() -> pa.Schema:
    return pa.schema([(column.name, NARROW[column.type]) for column in load("tallies").columns])


def write(table: pa.Table, target: Path) -> None:
    """Write the tallies as Parquet; the same rows give the same bytes."""
    pq.write_table(
        table, target, compression="zstd", compression_level=19, store_schema=False,
        row_group_size=len(table) or None,
    )  # fmt: skip


def report(con: Backend, path: Path, target: Path, written: int) -> str:
    """What became of each line of the file, and what the card must say of the tallies."""
    account = acts.account(con, path)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    refused = [f"refused    {number:>7}  {why}" for why, number in account.refused.items()]
    return "\n".join([
        f"lines      {account.lines:>7}",
        f"acts       {account.acts:>7}",
        f"repeats    {account.repeats:>7}",
        *refused,
        f"rows: {written}",
        f"sha256: {digest}",
        f"bytes: {target.stat().st_size}",
    ])  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the tallies of the file named on the command line."""
    parser = argparse.ArgumentParser(description="Build the bundled KEDS Gulf tallies.")
    parser.add_argument("path", type=Path, help="the publisher's file, Gulf99all.dat")
    parser.add_argument("-o", "--output", type=Path, default=TARGET, help="where to write")
    given = parser.parse_args(arguments)
    con = ibis.duckdb.connect()
    table = rows(con, given.path)
    write(table, given.output)
    sys.stdout.write(report(con, given.path, given.output, len(table)) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
