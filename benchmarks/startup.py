"""How fast the command line answers before it has done anything."""

from __future__ import annotations

import sys

from benchmarks._clock import SCRIPT, cost, line


def startup() -> None:
    """`--help` against a Python that does nothing."""
    nothing = cost(sys.executable, "-c", "pass", runs=11)
    than = "python -c pass"
    line("python -c pass", nothing, than, nothing)
    line("realpolitik --help", cost(SCRIPT, "--help", runs=11), than, nothing, "bar: 12 x")
    line("import realpolitik", cost(sys.executable, "-c", "import realpolitik"), than, nothing)
