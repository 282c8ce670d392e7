"""KEDS Gulf: lines of `YYMMDD SRC TGT CODE LABEL` in columns of eight characters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

from realpolitik.errors import CorruptFile
from realpolitik.sources import shape
from realpolitik.vocab import crosswalk

SOURCE = "keds_gulf"
SYSTEM = "weis"
LINE_END = re.compile(r"\r\n|\r|\n")
WIDTH = 8
# Two-digit years: the series runs from 1979, so 79-99 belong to one century and 00-78 to the next.
PIVOT = 79
REPEAT = "exact repeat"


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


@cache
def _actors() -> ibis.Table:
    natives = crosswalk.native_codes("keds")
    columns = {
        "native": pa.array([n.native for n in natives], pa.string()),
        "reason": pa.array([n.reason or None for n in natives], pa.string()),
        "code": pa.array([n.code for n in natives], pa.string()),
        "start": pa.array([n.start or date.min for n in natives], pa.date32()),
        "end": pa.array([n.end or date.max for n in natives], pa.date32()),
    }
    return ibis.memtable(pa.table(columns))


def _resolved(rows: ibis.Table, side: str) -> ibis.Table:
    known = _actors().rename({side: "code", f"{side}_reason": "reason"}).view()
    when = [
        rows[f"{side}_native"] == known["native"],
        rows["date"] >= known["start"],
        rows["date"] <= known["end"],
    ]
    return rows.left_join(known, when).drop("native", "start", "end")


def marked(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """Every line with what it becomes and `refused`: null, or why it is not an act of its own."""
    rows = raw(con, paths)
    century = ibis.ifelse(rows["day"].substr(0, 2) >= str(PIVOT), "19", "20")
    whole = century + rows["day"].substr(0, 2) + "-" + rows["day"].substr(2, 2) + "-"
    rows = rows.mutate(date=shape.first_day(whole + rows["day"].substr(4)))
    rows = shape.coded(_resolved(_resolved(rows, "actor"), "target"), SYSTEM)
    rows = rows.mutate(refused=_reason(rows))
    same = ["day", "actor_native", "target_native", "code", "raw_label"]
    order = ibis.row_number().over(group_by=same, order_by=rows["line"])
    rows = rows.mutate(order=order)
    repeated = rows["refused"].isnull() & (rows["order"] > 0)
    return rows.mutate(refused=ibis.ifelse(repeated, REPEAT, rows["refused"]))


def _reason(rows: ibis.Table) -> ibis.Value:
    return shape.first_reason(
        (rows["raw_line"].strip() == "", "empty line"),
        (rows["date"].isnull(), "unreadable date"),
        (rows["actor"].isnull(), _no_actor(rows, "actor")),
        (rows["target"].isnull(), _no_actor(rows, "target")),
        (rows["code"] == "", "no code"),
        (rows["kind"].isnull(), "code not in the vocabulary"),
        (rows["actor"] == rows["target"], "actor and target are one"),
    )


def _no_actor(rows: ibis.Table, side: str) -> ibis.Value:
    """The code and why it stands for no one actor, as the crosswalk puts it."""
    native = rows[f"{side}_native"]
    told = ibis.ifelse(native == "", "blank", native) + ": " + rows[f"{side}_reason"]
    return told.fill_null("unknown actor code")


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the file, exact repeats dropped; `n` is 1, and the cluster is the day's root code.

    Lines equal in day, actor, target, code and label are one act, named after
    the first of them. Nothing is said of secrecy, audience or reliability.
    """
    rows = marked(con, paths)
    key = rows["line"].cast("string")
    rows = rows.mutate(
        act_id=SOURCE + ":" + key,
        source=ibis.literal(SOURCE),
        source_event_id=key,
        end_date=rows["date"],
        date_precision=ibis.literal("day"),
        n=ibis.literal(1),
        cluster=shape.cluster(rows),
        source_publisher=ibis.literal("Reuters"),
    )
    return shape.accepted(rows)


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
    repeats = refused.pop(REPEAT, 0)
    return Account(lines, lines - repeats - sum(refused.values()), repeats, refused)
