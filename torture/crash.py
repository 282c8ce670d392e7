"""Kill, crowd and starve an ingest; after each, the lake is whole and the next run completes it.

    python -m torture.crash auto ../shared/data/events/phoenix -n 50

Prints one line a trial and a table. Exit code 1 when any trial leaves a lake
that is not whole, or one that answers differently from an undisturbed one.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import realpolitik as rp
from torture._apart import Trial, apart, counted, start, table, warm

PROGRAM = (sys.executable, "-m", "realpolitik")
FINE = {"loaded", "unchanged", "replaced", "left out", "in the lake"}


@dataclass(frozen=True)
class Job:
    """What is loaded, and where the trials take place."""

    source: str
    paths: tuple[str, ...]
    place: Path

    def work(self, lake: Path) -> str:
        """Load everything; returns what was wrong with how it ended, or nothing."""
        rows = rp.ingest(self.source, *self.paths, lake=str(lake)).rows
        return "; ".join(
            f"{row['file']}: {row['why']}" for row in rows if row["status"] not in FINE
        )

    def command(self, verb: str, lake: Path, *rest: str) -> list[str]:
        """A command line of realpolitik on a lake."""
        return [*PROGRAM, verb, *rest, "--lake", str(lake), "--json"]

    def program(self, lake: Path, limit: int | None = None) -> subprocess.Popen[bytes]:
        """Begin an ingest as one types it; `limit` is how large, in bytes, a file may grow."""
        line = self.command("ingest", lake, self.source, *self.paths)
        small = (
            (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None
        )
        return subprocess.Popen(
            line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=small  # noqa: PLW1509
        )  # fmt: skip


def _answers(lake: Path) -> str:
    import duckdb

    from realpolitik.lake.store import Lake

    found = hashlib.sha256()
    for kind in ("acts", "records", "mentions", "tallies"):
        if files := Lake(lake).paths(kind):
            query = f"select * from read_parquet({files}, union_by_name = true) order by all"
            found.update(str(duckdb.connect().execute(query).fetchall()).encode())
    return found.hexdigest()


def answers(lake: Path) -> str:
    """Every act, record and sum of a lake, in a fixed order, as a digest."""
    return apart(lambda: _answers(lake))


def whole(lake: Path) -> str:
    """What `verify` says of a lake that is not whole, or nothing."""
    return apart(lambda: str(rp.verify(lake=str(lake)).rows or ""))


def settled(job: Job, lake: Path, expected: str) -> str:
    """Verify, run again, verify, compare; returns the first thing that is wrong."""
    return (
        whole(lake)
        or apart(lambda: job.work(lake))
        or whole(lake)
        or ("" if answers(lake) == expected else "other answers than an undisturbed run")
    )


def killed(job: Job, kind: str, expected: str, after: float) -> Trial:
    """Kill a run at a moment."""
    lake = job.place / "killed"
    shutil.rmtree(lake, ignore_errors=True)
    running = start(lambda: job.work(lake))
    time.sleep(after)
    running.kill()
    running.join()
    return f"{kind} killed at a random moment", f"after {after:.2f} s", settled(job, lake, expected)


def crowded(job: Job, expected: str) -> Trial:
    """Two ingests of the same files at once, with readers in between."""
    lake = job.place / "crowded"
    both = [job.program(lake) for _ in range(2)]
    readings = 0
    wrong = ""
    while any(one.poll() is None for one in both):
        line = job.command("lake", lake, "info")
        wrong = wrong or ("" if subprocess.run(line, capture_output=True, check=False).returncode
                          == 0 else "a reader failed during a write")  # fmt: skip
        readings += 1
    ends = [one.wait() for one in both]
    wrong = wrong or ("" if set(ends) <= {0, 3} else f"exit codes {ends}")
    wrong = wrong or settled(job, lake, expected)
    return "two ingests at once, read meanwhile", f"{readings} readings", wrong


def _refused(running: subprocess.Popen[bytes]) -> str:
    """What is wrong with how a program ended that found no room."""
    _, said = running.communicate()
    if running.returncode == 2 and b"Traceback" not in said and said.count(b"\n") == 1:
        return ""
    return f"exit code {running.returncode}: {said.decode()[-300:]}"


def starved(job: Job, expected: str, kilobytes: int) -> Trial:
    """An ingest on a disk that is too small; then the disk grows."""
    disk = job.place / "disk"
    disk.mkdir(exist_ok=True)
    kind, what = "disk full", f"disk of {kilobytes} kB"
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        return f"{kind}: NOT TRIED, needs the right to mount a tmpfs", what, ""
    try:
        lake = disk / "lake"
        if wrong := _refused(job.program(lake)) or whole(lake):
            return kind, what, wrong
        subprocess.run(["mount", "-o", "remount,size=2g", str(disk)], check=True)
        return kind, what, settled(job, lake, expected)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def limited(job: Job, expected: str, kilobytes: int) -> Trial:
    """An ingest that may write no file larger than some; then it may."""
    lake = job.place / "limited"
    shutil.rmtree(lake, ignore_errors=True)
    wrong = _refused(job.program(lake, kilobytes * 1024)) or settled(job, lake, expected)
    return "file size limited", f"at {kilobytes} kB", wrong


def _trials(job: Job, number: int, seed: int) -> Iterator[Trial]:
    calm = job.place / "calm"
    began = time.monotonic()
    wrong = apart(lambda: job.work(calm)) or whole(calm)
    span = time.monotonic() - began
    yield "ingest undisturbed", f"{span:.1f} s", wrong
    expected = answers(calm)
    rng = random.Random(seed)  # noqa: S311 - moments to kill at, no secrets
    for _ in range(number):
        yield killed(job, "ingest", expected, rng.uniform(0.0, span))
    yield crowded(job, expected)
    sizes = [file.stat().st_size for file in calm.rglob("*") if file.is_file()]
    for part in (0.02, 0.2, 0.5, 0.9):
        yield starved(job, expected, int(sum(sizes) * part) // 1024)
        yield limited(job, expected, int(max(sizes) * part) // 1024)


def run(source: str, paths: Sequence[str], trials: int, seed: int) -> Counter[tuple[str, bool]]:
    """Run the trials and print how each went."""
    warm()
    with tempfile.TemporaryDirectory() as place:
        return counted(_trials(Job(source, tuple(paths), Path(place)), trials, seed))


def main() -> int:
    """Run the trials named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("source")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("-n", type=int, default=50, help="moments to kill at")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    return table(run(given.source, given.paths, given.n, given.seed))


if __name__ == "__main__":
    raise SystemExit(main())
