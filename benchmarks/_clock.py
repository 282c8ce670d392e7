"""Wall time, processor time and peak memory of a command in a process of its own."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(sys.executable).parent / "realpolitik"


@dataclass(frozen=True)
class Cost:
    """Median seconds by the clock and of the processors, and largest peak memory (MiB)."""

    seconds: float
    processor: float
    memory: float


def cost(*command: object, runs: int = 5, cwd: Path | None = None) -> Cost:
    """Run a command several times, after one run that warms the disk."""
    argv = [str(part) for part in command]
    return _median([once(argv, cwd) for _ in range(runs + 1)][1:])


def once(argv: list[str], cwd: Path | None = None) -> Cost:
    """Run a command once; what its own children take counts as well."""
    start = time.perf_counter()
    with subprocess.Popen(argv, cwd=cwd, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(argv)} ended with {process.returncode}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _median(found: list[Cost]) -> Cost:
    return Cost(
        statistics.median(one.seconds for one in found),
        statistics.median(one.processor for one in found),
        max(one.memory for one in found),
    )


def line(what: str, found: Cost, than: str, base: Cost, bar: str = "") -> None:
    """Print one comparison."""
    print(
        f"{what:<44} {found.seconds:7.3f} s {found.memory:6.0f} MiB  "
        f"{found.seconds / base.seconds:6.1f} x {than}  {bar}"
    )
