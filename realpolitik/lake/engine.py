"""The engine behind the record and the lake: in memory, offline, silent."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.duckdb import Backend

# The engine fetches extensions by itself unless told not to; nothing here needs one.
OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


def engine(**settings: Any) -> Backend:
    """A new engine in memory with these settings of DuckDB."""
    con = ibis.duckdb.connect(**settings, **OFFLINE)
    # In a notebook or under `python -c` it would print a bar to standard output.
    con.raw_sql("set enable_progress_bar = false")
    return con


def quoted(text: str) -> str:
    """A text as the engine's language writes it."""
    return "'" + text.replace("'", "''") + "'"


def files(paths: Iterable[Path]) -> str:
    """What stands for the rows of Parquet files in a query."""
    listed = ", ".join(quoted(str(path)) for path in paths)
    return f"read_parquet([{listed}], hive_partitioning = false)"
