"""Kill, crowd and starve an ingest; after each, the lake is whole and the next run completes it.

    python -m torture.crash auto ../shared/data/events/phoenix -n 50

Prints one line a trial. Exit code 1 when any trial leaves a lake that is not
whole, or one that answers differently from an undisturbed one.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from realpolitik.lake.store import Lake

PROGRAM = (sys.executable, "-m", "realpolitik")


@dataclass(frozen=True)
class Job:
    """What is loaded, and where the trials take place."""

    source: str
    paths: tuple[str, ...]
    place: Path

    def command(self, verb: str, lake: Path, *rest: str) -> list[str]:
        """A command line of realpolitik on a lake."""
        return [*PROGRAM, verb, *rest, "--lake", str(lake), "--json"]

    def start(self, lake: Path) -> subprocess.Popen[bytes]:
        """Begin an ingest in a process of its own."""
        line = self.command("ingest", lake, self.source, *self.paths)
        return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def finish(self, lake: Path) -> str:
        """Run the ingest to its end; returns what is wrong with how it ended, or nothing."""
        running = self.start(lake)
        _, said = running.communicate()
        return "" if running.returncode in (0, 3) else said.decode()[-300:]


def answers(lake: Path) -> bytes:
    """Every act and tally of a lake, in a fixed order, as bytes."""
    parts = []
    for table in ("acts", "tallies"):
        files = Lake(lake).paths(table)
        query = f"select * from read_parquet({files}) order by all"
        parts.append(str(duckdb.connect().execute(query).fetchall()).encode())
    return b"\n".join(parts)


def whole(job: Job, lake: Path) -> str:
    """What `verify` says of a lake that is not whole, or nothing."""
    found = subprocess.run(job.command("verify", lake), capture_output=True, check=False)
    return "" if found.returncode == 0 else (found.stdout + found.stderr).decode()[-500:]


def settled(job: Job, lake: Path, expected: bytes) -> str:
    """Verify, run again, verify, compare; returns the first thing that is wrong."""
    return (
        whole(job, lake)
        or job.finish(lake)
        or whole(job, lake)
        or ("" if answers(lake) == expected else "other answers than an undisturbed ingest")
    )


def killed(job: Job, expected: bytes, span: float, rng: random.Random) -> tuple[str, str]:
    """Kill an ingest at a random moment."""
    lake = job.place / "killed"
    shutil.rmtree(lake, ignore_errors=True)
    running = job.start(lake)
    after = rng.uniform(0.05, span)
    time.sleep(after)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    return f"killed after {after:.2f} s", settled(job, lake, expected)


def crowded(job: Job, expected: bytes) -> tuple[str, str]:
    """Two ingests of the same files at once, with readers in between."""
    lake = job.place / "crowded"
    both = [job.start(lake) for _ in range(2)]
    readings = 0
    wrong = ""
    while any(one.poll() is None for one in both):
        line = job.command("lake", lake, "info")
        wrong = wrong or ("" if subprocess.run(line, capture_output=True, check=False).returncode
                          == 0 else "a reader failed during a write")  # fmt: skip
        readings += 1
    ends = [one.wait() for one in both]
    wrong = wrong or ("" if set(ends) <= {0, 3} else f"exit codes {ends}")
    return f"two at once, {readings} readings", wrong or settled(job, lake, expected)


def starved(job: Job, expected: bytes, kilobytes: int) -> tuple[str, str]:
    """An ingest on a disk that is too small; then the disk grows."""
    disk = job.place / "disk"
    disk.mkdir()
    what = f"disk of {kilobytes} kB"
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        return what, "not tried: needs the right to mount a tmpfs"
    try:
        lake = disk / "lake"
        running = job.start(lake)
        _, said = running.communicate()
        if running.returncode != 2 or b"Traceback" in said or said.count(b"\n") != 1:
            return what, f"exit code {running.returncode}: {said.decode()[-300:]}"
        if wrong := whole(job, lake):
            return what, wrong
        subprocess.run(["mount", "-o", "remount,size=2g", str(disk)], check=True)
        return what, settled(job, lake, expected)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _trials(job: Job, number: int, seed: int) -> Iterator[tuple[str, str]]:
    """Every trial: what was done, and what went wrong (nothing, when all is well)."""
    calm = job.place / "calm"
    began = time.monotonic()
    wrong = job.finish(calm) or whole(job, calm)
    span = time.monotonic() - began
    yield f"undisturbed, {span:.1f} s", wrong
    expected = answers(calm)
    rng = random.Random(seed)  # noqa: S311 - moments to kill at, no secrets
    for _ in range(number):
        yield killed(job, expected, span, rng)
    yield crowded(job, expected)
    size = sum(file.stat().st_size for file in calm.rglob("*") if file.is_file())
    yield starved(job, expected, size // 2048)


def run(source: str, paths: Sequence[str], trials: int, seed: int) -> int:
    """Run the trials and print how each went; 1 when any went wrong."""
    failed = 0
    with tempfile.TemporaryDirectory() as place:
        job = Job(source, tuple(paths), Path(place))
        for what, wrong in _trials(job, trials, seed):
            print(f"{'WRONG' if wrong else 'whole'}  {what}{f': {wrong}' if wrong else ''}")
            failed += bool(wrong)
    return int(failed > 0)


def main() -> int:
    """Run the trials named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("source")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("-n", type=int, default=50, help="moments to kill at")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    return run(given.source, given.paths, given.n, given.seed)


if __name__ == "__main__":
    raise SystemExit(main())
