"""Measures on the bundled record: processor time of one call, in a process that is warm.

Processor time, since wall time tells how busy the machine is; and as a multiple
of sorting five million numbers, since machines differ.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

import realpolitik as rp

SOURCE = "keds_gulf"
YEARS = {"start": "1985-01", "end": "1994-12"}
CALLS: tuple[tuple[str, float, Callable[[], object]], ...] = (
    ("gap with intervals, all directed dyads (scan)", 5, lambda: rp.scan(source=SOURCE)),
    ("weigh USA IRN", 2, lambda: rp.weigh("USA", "IRN")),
    ("respond USA IRN", 2, lambda: rp.respond("USA", "IRN", source=SOURCE)),
    ("latent USA IRN, 120 months", 2, lambda: rp.latent("USA", "IRN", source=SOURCE, **YEARS)),
)


def measures() -> None:
    """One line a call: seconds of processor time, multiple of a sort, and the bar."""
    numbers = np.random.default_rng(1).random(5_000_000)
    sorting = _taken(lambda: np.sort(numbers))
    for name, most, call in CALLS:
        found = _taken(call)
        print(
            f"{name:<46} {found:7.3f} s of processor  {found / sorting:6.1f} x sorting 5 million "
            f"numbers  bar: {most} s {'ok' if found <= most else 'MISSED'}",
            flush=True,
        )


def _taken(call: Callable[[], object], runs: int = 3) -> float:
    """Median processor time of some calls, after one that imports and reads."""
    call()
    taken = []
    for _ in range(runs):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return statistics.median(taken)
