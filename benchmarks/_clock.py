"""Wall time and peak memory of a command in a process of its own."""

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
    """Median seconds and largest peak memory (MiB) over some runs."""

    seconds: float
    memory: float


def cost(*command: object, runs: int = 5, cwd: Path | None = None) -> Cost:
    """Run a command several times, after one run that warms the disk."""
    argv = [str(part) for part in command]
    taken = [_once(argv, cwd) for _ in range(runs + 1)][1:]
    return Cost(statistics.median(t for t, _ in taken), max(m for _, m in taken))


def _once(argv: list[str], cwd: Path | None) -> tuple[float, float]:
    start = time.perf_counter()
    with subprocess.Popen(argv, cwd=cwd, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(argv)} ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def line(what: str, found: Cost, than: str, base: Cost, bar: str = "") -> None:
    """Print one comparison."""
    print(
        f"{what:<44} {found.seconds:7.3f} s {found.memory:6.0f} MiB  "
        f"{found.seconds / base.seconds:6.1f} x {than}  {bar}"
    )
