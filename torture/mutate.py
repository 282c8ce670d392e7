"""Damage files in every way files get damaged; no reader may crash, hang or lose a row unseen.

    python -m torture.mutate -n 2000

Takes the readers' own samples and, where they are, heads of the publishers'
files. Prints one line a reader and every failure. Exit code 1 on any.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import realpolitik as rp
from realpolitik.errors import RealpolitikError
from realpolitik.sources import FOLDER, names

HEAD = 60_000  # bytes of a publisher's file that are damaged
LIMIT = 10.0  # seconds a file may take
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


def originals() -> Iterator[tuple[str, str, bytes]]:
    """Source, file name and bytes of every file to damage."""
    for name in names():
        for path in (FOLDER / name).glob("sample.*"):
            if path.is_file():
                yield name, path.name, path.read_bytes()


def lines_of(data: bytes) -> int:
    """How many lines a file has, whatever ends them."""
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return len(lines) - (lines[-1] == b"")


def tried(source: str, path: Path, lake: Path) -> str:
    """Load a damaged file; returns what is wrong with how it went, or nothing."""
    began = time.monotonic()
    try:
        [row] = rp.ingest(source, path, lake=str(lake)).rows
    except RealpolitikError as error:
        return "" if "\n" not in str(error) else f"an error of several lines: {error!r}"
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:200]}"
    took = time.monotonic() - began
    if took > LIMIT:
        return f"took {took:.1f} s"
    if row["status"] == "unreadable":
        return "" if "\n" not in row["why"] else "a reason of several lines"
    if row["rows"] != row["acts"] + row["repeats"] + row["refused"]:
        return f"{row['rows']} rows are not {row['acts']} + {row['repeats']} + {row['refused']}"
    lines = lines_of(path.read_bytes())
    if source in BY_LINE and row["rows"] not in (lines, lines - 1):
        return f"{row['rows']} rows of {lines} lines"
    return ""


def run(number: int, seed: int) -> int:
    """Damage and load so many files; 1 when anything went wrong."""
    rng = random.Random(seed)  # noqa: S311 - damage, no secrets
    files = list(originals())
    told: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as place:
        for i in range(number):
            source, name, data = files[i % len(files)]
            damage = RARE if i % 50 == 49 else rng.choice(DAMAGES)
            path = Path(place) / f"{i}-{name}"
            path.write_bytes(damage(data[:HEAD], rng))
            wrong = tried(source, path, Path(place) / f"lake-{source}")
            told[source, "WRONG" if wrong else "fine"] += 1
            if wrong:
                print(f"WRONG  {source} {damage.__name__} (file {i}, seed {seed}): {wrong}")
            path.unlink()
    for (source, how), count in sorted(told.items()):
        print(f"{how}  {source}: {count} damaged files")
    return int(any(how == "WRONG" for _, how in told))


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("-n", type=int, default=2000, help="files to damage")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    return run(given.n, given.seed)


if __name__ == "__main__":
    raise SystemExit(main())
