"""Rows of GDELT 2.0 into a lake, against what else people read them with.

    python -m benchmarks.ingest --rows 5000000

The publisher's files beside the checkout, again and again under other numbers
and addresses, so that no copy is a repeat of another. Every way reads the same
files in a process of its own; processor time is compared, for the clock also
counts what else the machine does. Where gdeltPyR is not in an environment of
its own (`--gdeltpyr PYTHON`, or GDELTPYR), its line says so: the project does
not pin it, its licence is not ours.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks._clock import SCRIPT, Cost, once

FILES = Path(__file__).resolve().parents[2] / "shared" / "data" / "events" / "gdelt_v2"
RIVALS = Path(__file__).parent / "rivals"
ROWS = 5_000_000
# Where memory is taken a first time: it must not grow from here on.
FIRST = 1_000_000
# Files of so many rows, as many as a day of the publisher's.
AT_ONCE = 100_000
# Numbers and addresses of a copy differ by so much from those of the one before.
STEP = 10_000_000_000


@dataclass(frozen=True)
class Way:
    """A way to read the files: its name, the command before the paths, and the bar it sets."""

    name: str
    command: tuple[str, ...]
    bar: str = ""


def copies(lines: list[bytes]) -> Iterator[bytes]:
    """The lines without end, each time as other acts told elsewhere."""
    copy = 0
    while True:
        for line in lines:
            number, _, rest = line.partition(b"\t")
            yield b"%d\t%s#%d\n" % (int(number) + STEP * copy, rest, copy)
        copy += 1


def write(folder: Path, rows: int) -> None:
    """Files of so many rows in all."""
    lines = [
        line
        for path in sorted(FILES.glob("*.export.CSV"))
        for line in path.read_bytes().splitlines()
        if line.count(b"\t") == 60
    ]
    folder.mkdir()
    source = copies(lines)
    for start in range(0, rows, AT_ONCE):
        with (folder / f"{start // AT_ONCE:04d}.export.CSV").open("wb") as file:
            file.writelines(next(source) for _ in range(min(AT_ONCE, rows - start)))


def ways(lake: Path, gdeltpyr: str | None) -> list[Way]:
    """Realpolitik first, then the others."""
    python = sys.executable
    found = [
        Way("realpolitik ingest", (str(SCRIPT), "ingest", "gdelt_v2", "--quiet", "--lake", str(lake))),
        Way("DuckDB COPY, by hand", (python, str(RIVALS / "duckdb_copy.py")), "bar: at most 2 x"),
        Way("pandas, by hand", (python, str(RIVALS / "with_pandas.py")), "bar: at least 10 x"),
    ]  # fmt: skip
    if gdeltpyr:
        own = (gdeltpyr, str(RIVALS / "gdeltpyr.py"))
        found.append(Way("gdeltPyR, in memory", own, "bar: at least 10 x"))
    return found


def ingest(rows: int = ROWS, gdeltpyr: str | None = os.environ.get("GDELTPYR")) -> None:
    """Print rows a second and peak memory of each way, and how realpolitik compares."""
    if not FILES.is_dir():
        print(f"{FILES} is not here: no rows to read")
        return
    sizes = sorted({min(rows, FIRST), rows})
    with tempfile.TemporaryDirectory() as place:
        for size in sizes:
            folder = Path(place) / f"{size}"
            write(folder, size)
            _compare(folder, size, Path(place), gdeltpyr)
    if not gdeltpyr:
        print(
            "gdeltPyR: not measured. It needs an environment of its own: python3 -m venv DIR; "
            "DIR/bin/pip install gdelt; GDELTPYR=DIR/bin/python make bench"
        )


def _compare(folder: Path, size: int, place: Path, gdeltpyr: str | None) -> None:
    own: Cost | None = None
    print(f"{size:,} rows of GDELT 2.0 in {len(list(folder.iterdir()))} files")
    for way in ways(place / f"lake-{size}", gdeltpyr):
        if size > FIRST and "memory" in way.name:
            continue
        found = once([*way.command, str(folder)], place)
        own = own or found
        ratio = own.processor / found.processor
        told = f"{ratio:.1f} x its time" if ratio >= 1 else f"{1 / ratio:.1f} x as fast"
        print(
            f"  {way.name:<22} {size / found.processor:9,.0f} rows/s of a processor "
            f"{found.seconds:7.1f} s {found.memory:6.0f} MiB"
            + (f"   realpolitik: {told}  {way.bar}" if found is not own else "   bar: 1024 MiB"),
            flush=True,
        )


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--gdeltpyr", default=os.environ.get("GDELTPYR"), metavar="PYTHON")
    given = parser.parse_args()
    ingest(given.rows, given.gdeltpyr)


if __name__ == "__main__":
    main()
