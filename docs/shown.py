"""The commands that the documents show, and whether they print what is shown under them.

A block marked `console` holds command lines after `$ ` and, under each, lines
of its output; `...` stands for lines left out, and `exit=2` on the mark says
with which code the commands of the block end.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from click.testing import CliRunner

from realpolitik.cli import program

ROOT = Path(__file__).resolve().parents[1]
TRIM = "..."
WIDTH = "100"
BLOCK = re.compile(r"^```console(?P<mark>[^\n]*)\n(?P<body>.*?)^```$", re.M | re.S)
PIPE = " | "
GAP = re.compile(r"\s{2,}")


@dataclass(frozen=True, slots=True)
class Shown:
    """A command line in a document, the lines shown under it, and the exit code."""

    command: str
    output: tuple[str, ...]
    code: int = 0


def documents() -> list[Path]:
    """The documents that are written by hand."""
    names = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
    return [*(ROOT / name for name in names), *sorted((ROOT / "docs").glob("*.md"))]


def shown(text: str) -> list[Shown]:
    """Every command of the console blocks of a document, in order."""
    return [found for block in BLOCK.finditer(text) for found in _commands(block)]


def _commands(block: re.Match[str]) -> Iterator[Shown]:
    code = re.search(r"exit=(\d+)", block["mark"])
    for part in re.split(r"^\$ ", block["body"], flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        yield Shown(command, tuple(output.splitlines()), int(code[1]) if code else 0)


def run(found: Shown) -> tuple[int, list[str]]:
    """Exit code and printed lines of a command, in the current folder, on a plain screen.

    A text before a pipe (`echo "..." | realpolitik check -`) is its standard input.
    """
    before, _, line = found.command.rpartition(PIPE)
    given, words = " ".join(shlex.split(before)[1:]) or None, shlex.split(line)
    if words[0] != "realpolitik":
        raise ValueError(f"only realpolitik is run, not {found.command!r}")
    with mock.patch.dict(
        os.environ, {"COLUMNS": WIDTH, "NO_COLOR": "1", "REALPOLITIK_LAKE": "lake"}
    ):
        result = CliRunner().invoke(program, words[1:], input=given, prog_name="realpolitik")
    return result.exit_code, [line.rstrip() for line in result.output.splitlines()]


def missing(shown_lines: tuple[str, ...], printed: list[str]) -> list[str]:
    """Shown lines that were not printed in this order; how wide a column is does not count."""
    rest = iter([" ".join(line.split()) for line in printed])
    wanted = (" ".join(line.split()) for line in shown_lines)
    return [line for line in wanted if line and line != TRIM and line not in rest]


def renewed(found: Shown, printed: list[str]) -> tuple[str, ...]:
    """The shown lines as they are printed now: each is found again by how it opens.

    A line whose opening is printed no more is kept, for a person to look at.
    """
    lines, at = [], 0
    for line in found.output:
        place = next((i for i in range(at, len(printed)) if _same(line, printed[i])), None)
        fresh = line in ("", TRIM) or place is None
        lines.append(line if fresh else printed[place or 0])
        at = at if fresh else (place or 0) + 1
    return tuple(lines)


def _same(line: str, other: str) -> bool:
    return line == other or GAP.split(line.strip())[0] == GAP.split(other.strip())[0]


def renew(path: Path) -> None:
    """Print the shown lines of a document anew, and name those that need a person."""
    text = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for found in shown(text):
            _, printed = run(found)
            lines = renewed(found, printed)
            for line in missing(lines, printed):
                sys.stderr.write(f"{path.name}: $ {found.command}: not printed: {line}\n")
            before, after = (
                "\n".join((f"$ {found.command}", *kept)) for kept in (found.output, lines)
            )
            text = text.replace(before, after, 1)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Renew every document."""
    for path in documents():
        renew(path)


if __name__ == "__main__":
    main()
