"""Verbs on the bundled record against importing pandas and DuckDB, which a script of one's own needs."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks._clock import SCRIPT, cost, line


def verbs() -> None:
    """Whole commands, interpreter start included."""
    imports = cost(sys.executable, "-c", "import duckdb, pandas, scipy.stats")
    than = "importing duckdb, pandas, scipy"
    line("import duckdb, pandas, scipy.stats", imports, than, imports)
    for command, bar in (
        (("gap", "USA", "IRN", "--json"), "bar: 3 s"),
        (("secrets", "USA", "IRN", "--json"), ""),
        (("follow", "USA", "IRN", "--json"), ""),
        (("acts", "USA", "IRN", "--json"), ""),
    ):
        line(f"realpolitik {' '.join(command)}", cost(SCRIPT, *command), than, imports, bar)
    with tempfile.TemporaryDirectory() as folder:
        found = cost(SCRIPT, "dossier", "USA", "IRN", runs=3, cwd=Path(folder))
        line("realpolitik dossier USA IRN", found, than, imports, "bar: 16 s")
