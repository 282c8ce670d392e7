"""Work in processes of their own, forked from one that has everything loaded and no engine running."""

from __future__ import annotations

import importlib
import multiprocessing
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from multiprocessing.process import BaseProcess

FORK = multiprocessing.get_context("fork")
# Loaded before forking, so that a random moment is one of the work and not of starting Python.
WARM = ("realpolitik.api.ingest", "realpolitik.api.fetch", "realpolitik.api.verify",
        "realpolitik.lake.store", "ibis.backends.duckdb", "pyarrow.parquet")  # fmt: skip
# A trial: its kind, what was done in particular, and what went wrong (nothing, when all is well).
Trial = tuple[str, str, str]


def warm() -> None:
    """Load what the work needs."""
    for name in WARM:
        importlib.import_module(name)


def start(work: Callable[[], str]) -> BaseProcess:
    """Begin some work."""
    process = FORK.Process(target=work)
    process.start()
    return process


def apart(work: Callable[[], str]) -> str:
    """Do some work to its end; returns what it says, or the traceback it ended with."""
    here, there = FORK.Pipe(duplex=False)

    def told() -> str:
        try:
            there.send(work())
        except BaseException:
            there.send(traceback.format_exc())
        return ""

    process = start(told)
    there.close()
    try:
        said = str(here.recv())
    except EOFError:
        said = "the process ended without a word"
    process.join()
    return said


def counted(trials: Iterable[Trial]) -> Counter[tuple[str, bool]]:
    """Print every trial as it ends; how many of each kind went well (True) or not (False)."""
    told: Counter[tuple[str, bool]] = Counter()
    for kind, what, wrong in trials:
        print(f"{'WRONG' if wrong else 'whole'}  {kind}, {what}{f': {wrong}' if wrong else ''}",
              flush=True)  # fmt: skip
        told[kind, not wrong] += 1
    return told


def table(told: Counter[tuple[str, bool]]) -> int:
    """Print the numbers by kind; 1 when any went wrong."""
    kinds = list(dict.fromkeys(kind for kind, _ in told))
    width = max(map(len, kinds), default=0)
    print(f"\n{'':<{width}}  trials  whole  wrong")
    for kind in kinds:
        whole, wrong = told[kind, True], told[kind, False]
        print(f"{kind:<{width}}  {whole + wrong:6}  {whole:5}  {wrong:5}")
    return int(any(not well for _, well in told))
