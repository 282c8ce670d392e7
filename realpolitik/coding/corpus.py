"""Labelled sentences the coder learns from.

`corpus/*.txt` were written for this project (CC0): a line is a sentence with
its source in [square] and its target in {curly} brackets, under a heading that
names its PLOVER root, `-` for no act. A file of another maker, in the columns of
Hu et al. (2024), is read by `marked_table` and is never shipped.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from realpolitik.errors import CorruptFile

FOLDER = Path(__file__).parent / "corpus"
QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2,
    "ACCUSE": 3, "REQUEST": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "MOBILIZE": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
NO_ACT = "-"
TAG = re.compile(r"</?([st])>")
BRACKETS = {"[": "s", "{": "t", "]": "s", "}": "t"}


class Example(NamedTuple):
    """A sentence with its marked pair and label; `quad` is 0 where there is no act."""

    text: str
    source: tuple[int, int]
    target: tuple[int, int]
    root: str
    quad: int


def own() -> list[Example]:
    """Return the project's own sentences, in the order of the files."""
    return [one for path in sorted(FOLDER.glob("*.txt")) for one in _bracketed(path)]


def _bracketed(path: Path) -> Iterator[Example]:
    root = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            root = line[1:].strip()
        elif line.strip():
            text, spans = unbracketed(line.strip())
            yield Example(text, spans["s"][0], spans["t"][0], root, QUADS.get(root, 0))


def unbracketed(line: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """Return a line without its brackets, and where the marked spans lie in it."""
    text, opened = "", {"s": 0, "t": 0}
    spans: dict[str, list[tuple[int, int]]] = {"s": [], "t": []}
    for sign in line:
        if sign in "[{":
            opened[BRACKETS[sign]] = len(text)
        elif sign in "]}":
            spans[BRACKETS[sign]].append((opened[BRACKETS[sign]], len(text)))
        else:
            text += sign
    return text, spans


def marked_table(path: str | Path) -> list[Example]:
    """Return the examples of a tab-separated file with <s> and <t> marks.

    Columns: `marked_sentence`, `gold_root`, `gold_penta`. A row with one mark
    missing takes the other for both. Raises CorruptFile for another file.
    """
    try:
        with Path(path).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t"))
        return [_marked(row) for row in rows]
    except (KeyError, ValueError, csv.Error) as error:
        raise CorruptFile(
            str(path),
            f"a row without {error}",
            "columns marked_sentence, gold_root and gold_penta",
            "Give a file of that form.",
        ) from error


def _marked(row: dict[str, str]) -> Example:
    text, spans = unmarked(row["marked_sentence"])
    source = (spans["s"] or spans["t"] or [(0, len(text))])[0]
    target = (spans["t"] or spans["s"] or [(0, len(text))])[0]
    return Example(text, source, target, row["gold_root"], int(row["gold_penta"]))


def unmarked(marked: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """Return a sentence without <s> and <t>, and where the marked spans lie in it."""
    text, last, opened = "", 0, {}
    spans: dict[str, list[tuple[int, int]]] = {"s": [], "t": []}
    for tag in TAG.finditer(marked):
        text += marked[last : tag.start()]
        last, role = tag.end(), tag.group(1)
        if not tag.group(0).startswith("</"):
            opened[role] = len(text)
        elif role in opened:
            spans[role].append((opened.pop(role), len(text)))
    return text + marked[last:], spans
