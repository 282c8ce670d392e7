"""KEDS Gulf: lines of `YYMMDD SRC TGT CODE LABEL` in columns of eight characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

from realpolitik.errors import CorruptFile
from realpolitik.sources import keds, shape
from realpolitik.sources.keds import SYSTEM
from realpolitik.sources.sniff import Head
from realpolitik.vocab import crosswalk

SOURCE = "keds_gulf"
LINE_END = re.compile(r"\r\n|\r|\n")
WIDTH = 8
FORM = keds.Form(SOURCE, "Reuters")
VERSION = keds.VERSION
RULES = keds.rules("day, actor, target, code and label")
__all__ = ["RULES", "SYSTEM", "VERSION", "account", "marked", "raw", "read", "sniff"]


def raw(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The lines of the file as text: `line` (counted from 1, on through all files) and five fields.

    Lines may end in CRLF, CR or LF; fields are stripped of padding, an absent
    field is empty. Raises CorruptFile for a file that cannot be read as ASCII.
    """
    texts = [text for path in shape.paths_of(paths) for text in _lines(path)]
    lines = pa.array(range(1, len(texts) + 1), pa.int64())
    columns = pa.table({"line": lines, "raw_line": pa.array(texts, pa.string())})
    table = shape.held(con, ibis.memtable(columns))
    fields = {
        name: table["raw_line"].substr(start, length).strip()
        for name, start, length in (
            ("day", 0, WIDTH), ("actor_native", WIDTH, WIDTH), ("target_native", 2 * WIDTH, WIDTH),
            ("code", 3 * WIDTH, WIDTH), ("raw_label", 4 * WIDTH, 80),
        )
    }  # fmt: skip
    return table.mutate(**fields)


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_bytes().decode("ascii")
    except (OSError, UnicodeDecodeError) as error:
        found = f"unreadable text ({type(error).__name__})"
        raise CorruptFile(str(path), found, "an ASCII file", "Fetch it again.") from error
    lines = LINE_END.split(text)
    return lines[:-1] if lines[-1] == "" else lines


def sniff(head: Head) -> str | None:
    """Why the file is KEDS Gulf, or None."""
    line = re.compile(r"\d{6}  .{8}.{8}[0-9O\]-]{0,3} *(.{0,12} *)?")
    if head.lines and "\t" not in head.text and all(line.fullmatch(one) for one in head.lines):
        return "lines of YYMMDD, two actors, a WEIS code and a label in columns of eight characters"
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every line with what it becomes and `refused`: null, or why it is not an act of its own."""
    rows = keds.marked(raw(con, paths), FORM, crosswalk.native_codes("keds"), off)
    return rows.mutate(source_event_id=rows["line"].cast("string"))


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the file, exact repeats dropped; `n` is 1, and the cluster is the day's root code.

    Lines equal in day, actor, target, code and label are one act, named after
    what they say. Nothing is said of secrecy, audience or reliability.
    """
    return shape.accepted(marked(con, paths))


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the lines of a file: lines = acts + repeats + the sum of refused."""

    lines: int
    acts: int
    repeats: int
    refused: dict[str, int]


def account(con: Backend, paths: Path | Sequence[Path]) -> Account:
    """Count the lines of a file, the acts they make, exact repeats, and refusals by reason."""
    rows = shape.held(con, marked(con, paths))
    lines = int(con.to_pyarrow(rows.count()).as_py())
    refused = shape.refusals(rows)
    repeats = refused.pop(shape.REPEAT, 0)
    return Account(lines, lines - repeats - sum(refused.values()), repeats, refused)
