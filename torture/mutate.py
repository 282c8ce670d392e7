"""Damage files in every way files get damaged; no reader may crash, hang or lose a row unseen.

    python -m torture.mutate -n 2000

Takes the readers' own samples and, where they are, heads of the publishers'
files. Prints every failure and a table by reader. Exit code 1 on any.
"""

from __future__ import annotations

import argparse
import faulthandler
import gzip
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import realpolitik as rp
from realpolitik.errors import RealpolitikError
from realpolitik.sources import FOLDER, names, reader
from realpolitik.sources.sniff import Head, recognise
from torture._apart import table

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
HEADS = 3  # files of a source whose heads are damaged
HEAD = 60_000  # bytes of a publisher's file that are damaged
LIMIT = 10.0  # seconds of the processors a file may take
HUNG = 300.0  # seconds by the clock after which it never will end; the run stops and shows where
# Formats in which every line is a row; a header, where there is one, is none.
BY_LINE = {"gdelt_v1", "gdelt_v2", "icews", "keds_balkans", "keds_gulf", "keds_levant", "polecat"}
LONG = 10_000_000  # letters of a very long line
Damage = Callable[[bytes, random.Random], bytes]


def flipped(data: bytes, rng: random.Random) -> bytes:
    """Bits flipped at random."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 40)):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def cut(data: bytes, rng: random.Random) -> bytes:
    """The end is missing."""
    return data[: rng.randrange(len(data))]


def swapped(data: bytes, rng: random.Random) -> bytes:
    """Two columns change places in every line."""
    mark = b"\t" if b"\t" in data else b","
    lines = [line.split(mark) for line in data.split(b"\n")]
    width = max(map(len, lines))
    one, two = rng.randrange(width), rng.randrange(width)
    for fields in lines:
        if max(one, two) < len(fields):
            fields[one], fields[two] = fields[two], fields[one]
    return b"\n".join(mark.join(fields) for fields in lines)


def delimited(data: bytes, rng: random.Random) -> bytes:
    """Another delimiter."""
    return data.replace(b"\t", rng.choice([b",", b";", b"|", b" "]))


def nulled(data: bytes, rng: random.Random) -> bytes:
    """NUL bytes among the others."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 20)):
        out[rng.randrange(len(out))] = 0
    return bytes(out)


def long_line(data: bytes, rng: random.Random) -> bytes:
    """A line of ten million letters in the middle."""
    at = rng.randrange(len(data))
    return data[:at] + b"x" * LONG + data[at:]


def mixed(data: bytes, rng: random.Random) -> bytes:
    """Letters of several encodings in one file."""
    words = ["é".encode("latin-1"), "é".encode(), "é".encode("utf-16"), b"\xff\xfe", b"\xc3"]
    out = bytearray(data)
    for _ in range(rng.randint(1, 30)):
        at = rng.randrange(len(out))
        out[at:at] = rng.choice(words)
    return bytes(out)


def ended(data: bytes, rng: random.Random) -> bytes:
    """Other line ends."""
    return data.replace(b"\r\n", b"\n").replace(b"\n", rng.choice([b"\r", b"\r\n", b"\n\n"]))


def doubled(data: bytes, rng: random.Random) -> bytes:
    """The file after itself."""
    return data + data


def quoted(data: bytes, rng: random.Random) -> bytes:
    """A quotation mark that nobody closes."""
    at = rng.randrange(len(data))
    return data[:at] + b'"' + data[at:]


DAMAGES: tuple[Damage, ...] = (
    flipped, cut, swapped, delimited, nulled, mixed, ended, doubled, quoted,
)  # fmt: skip
RARE: Damage = long_line  # slow to write: one in fifty


@dataclass(frozen=True)
class Original:
    """A file to damage: its source, its name, its first bytes, and what must lie beside it."""

    source: str
    name: str
    data: bytes
    beside: tuple[Path, ...]

    def put(self, folder: Path, damaged: bytes, number: int) -> Path:
        """A damaged file in a folder, under a name of its own."""
        folder.mkdir(exist_ok=True)
        for path in self.beside:
            shutil.copyfile(path, folder / path.name)
        damaged_file = folder / f"{number}-{self.name}"
        damaged_file.write_bytes(damaged)
        return damaged_file


def _original(source: str, path: Path) -> Original:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as file:
        data = file.read(HEAD)
    named = getattr(reader(source), "BESIDE", ())
    beside = tuple(path.parent / name for name in named if (path.parent / name).exists())
    return Original(source, path.name.removesuffix(".gz"), data, beside)


def originals() -> Iterator[Original]:
    """Every reader's sample, and heads of the publishers' files that readers take for theirs."""
    for name in names():
        for path in (FOLDER / name).glob("sample.*"):
            if path.is_file():
                yield _original(name, path)
    told: Counter[str] = Counter()
    for path in sorted(DATA.rglob("*")) if DATA.is_dir() else ():
        if path.is_file() and len(found := recognise(_head(path), names())) == 1:
            [one] = found
            told[one.source] += 1
            if told[one.source] <= HEADS:
                yield _original(one.source, path)


def _head(path: Path) -> Head:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as file:
        data = file.read(HEAD)
    return Head(data, len(data) < HEAD)


def lines_of(data: bytes) -> int:
    """How many lines a file has, whatever ends them."""
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return len(lines) - (lines[-1] == b"")


def tried(source: str, path: Path, lake: Path) -> str:
    """Load a damaged file; returns what is wrong with how it went, or nothing."""
    began = time.process_time()
    faulthandler.dump_traceback_later(HUNG, exit=True)
    try:
        [row] = rp.ingest(source, path, lake=str(lake)).rows
    except RealpolitikError as error:
        return "" if "\n" not in str(error) else f"an error of several lines: {error!r}"
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:200]}"
    finally:
        faulthandler.cancel_dump_traceback_later()
    took = time.process_time() - began
    if took > LIMIT:
        return f"took {took:.1f} s"
    return _unaccounted(source, row, path)


def _unaccounted(source: str, row: dict[str, Any], path: Path) -> str:
    """What is wrong with the account of a file, or nothing."""
    if row["status"] == "unreadable":
        return "" if "\n" not in row["why"] else "a reason of several lines"
    if row["rows"] != row["acts"] + row["repeats"] + row["refused"]:
        return f"{row['rows']} rows are not {row['acts']} + {row['repeats']} + {row['refused']}"
    lines = lines_of(path.read_bytes())
    if source in BY_LINE and row["rows"] not in (lines, lines - 1):
        return f"{row['rows']} rows of {lines} lines"
    return ""


def run(number: int, seed: int) -> Counter[tuple[str, bool]]:
    """Damage and load so many files; by reader, how many went well (True) or not (False)."""
    rng = random.Random(seed)  # noqa: S311 - damage, no secrets
    files = list(originals())
    told: Counter[tuple[str, bool]] = Counter()
    with tempfile.TemporaryDirectory() as place:
        for i in range(number):
            one = files[i % len(files)]
            damage = RARE if i % 50 == 49 else rng.choice(DAMAGES)
            path = one.put(Path(place) / one.source, damage(one.data, rng), i)
            # A lake of many files takes long to look through; a few make repeats across files.
            wrong = tried(one.source, path, Path(place) / f"lake-{one.source}-{i // 500}")
            told[f"damaged files of {one.source}", not wrong] += 1
            if wrong:
                said = f"{one.name} {damage.__name__} (file {i}, seed {seed}): {wrong}"
                print(f"WRONG  {one.source}, {said}", flush=True)
            path.unlink()
    return told


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("-n", type=int, default=2000, help="files to damage")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    return table(run(given.n, given.seed))


if __name__ == "__main__":
    raise SystemExit(main())
