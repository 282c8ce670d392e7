"""From a reader's own columns to rows of the acts table: codes looked up, refusals set apart.

A reader marks each raw row with `refused`: null for a row that becomes an act,
else the reason. Nothing is dropped unseen: rows in = acts + refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend
from ibis.expr.operations import DatabaseTable

from realpolitik.schema.table import TYPES, load
from realpolitik.vocab import kinds, scales

MAP = "realpolitik"
# How the reason of a row begins that is no act of its own because another row is the same act.
REPEAT = "exact repeat"
WHOLE_DATE = r"^\d{4}(-\d{2}){0,2}$"


def held(con: Backend, rows: ibis.Table) -> ibis.Table:
    """The rows computed once and kept in the engine under a name of their own.

    `rows` must be an expression: ibis 12 fails on bare Arrow data, and its
    `.cache()` fails at exit (both its issue 12124). What is kept already is
    not kept twice.
    """
    if isinstance(rows.op(), DatabaseTable):
        return rows
    return con.create_table(ibis.util.gen_name("held"), rows, temp=True)


def paths_of(paths: Path | Sequence[Path]) -> list[Path]:
    """One path or several, as a list."""
    return [paths] if isinstance(paths, Path) else list(paths)


@cache
def code_table(system: str) -> ibis.Table:
    """Every code of a system under the realpolitik map, one row a code.

    Columns: known_code, label, root, kind, side, intensity (Goldstein points
    as GDELT publishes them; null outside CAMEO).
    """
    placed = {row.code: row for row in kinds.map_rows(MAP) if row.system == system}
    codes = [code for code in kinds.codes(system) if code.code in placed]
    columns = {
        "known_code": pa.array([code.code for code in codes], pa.string()),
        "label": pa.array([code.label for code in codes], pa.string()),
        "root": pa.array([code.root for code in codes], pa.string()),
        "kind": pa.array([placed[code.code].kind for code in codes], pa.string()),
        "side": pa.array([placed[code.code].side for code in codes], pa.string()),
        "intensity": pa.array([_intensity(system, code.code) for code in codes], pa.float64()),
    }
    return ibis.memtable(pa.table(columns))


def _intensity(system: str, code: str) -> float | None:
    return scales.intensity(code, "gdelt") if system == "cameo" else None


def coded(rows: ibis.Table, system: str) -> ibis.Table:
    """The rows with label, root, kind, side and intensity of their `code`; null for unknown codes."""
    codes = code_table(system)
    joined = rows.left_join(codes, rows["code"] == codes["known_code"]).drop("known_code")
    return joined.mutate(code_system=ibis.literal(system), map_version=ibis.literal(_version()))


def _version() -> str:
    return kinds.map_version(MAP)


def first_reason(*reasons: tuple[Any, str]) -> Any:
    """The first reason whose condition holds, or null; a condition that is null does not hold."""
    return ibis.cases(*((test.fill_null(False), reason) for test, reason in reasons))


def accepted(rows: ibis.Table, table: str = "acts") -> ibis.Table:
    """The rows that are not refused, as rows of the acts table, or of that of records.

    Columns not given are null.
    """
    kept = rows.filter(rows["refused"].isnull())
    return kept.select(
        **{c.name: _column(kept, c.name, TYPES[c.type]) for c in load(table).columns}
    )


def _column(rows: ibis.Table, name: str, dtype: str) -> Any:
    return rows[name].cast(dtype) if name in rows.columns else ibis.null(dtype)


def refusals(rows: ibis.Table) -> dict[str, int]:
    """How many rows were refused, by reason, the most frequent first."""
    counts = rows.group_by("refused").aggregate(n=rows.count())
    found = counts.filter(counts["refused"].notnull()).to_pyarrow().to_pylist()
    return {
        row["refused"]: row["n"] for row in sorted(found, key=lambda r: (-r["n"], r["refused"]))
    }


def first_day(text: Any) -> Any:
    """The first day of YYYY, YYYY-MM or YYYY-MM-DD; null where the text is none of these."""
    whole = ibis.cases(
        (text.length() == 4, text + "-01-01"), (text.length() == 7, text + "-01"), else_=text
    )
    return ibis.ifelse(text.re_search(WHOLE_DATE), whole, ibis.null("string")).try_cast("date")


def last_day(text: Any) -> Any:
    """The last day of YYYY, YYYY-MM or YYYY-MM-DD; null where the text is none of these."""
    first = first_day(text)
    return ibis.cases(
        (text.length() == 4, (first + ibis.interval(years=1) - ibis.interval(days=1)).cast("date")),
        (
            text.length() == 7,
            (first + ibis.interval(months=1) - ibis.interval(days=1)).cast("date"),
        ),
        else_=first,
    )


def precision(text: Any) -> Any:
    """How finely YYYY, YYYY-MM or YYYY-MM-DD is dated: year, month or day; null for null."""
    return ibis.cases(
        (text.length() == 4, "year"), (text.length() == 7, "month"), (text.length() == 10, "day")
    )


def cluster(rows: ibis.Table) -> Any:
    """The cluster of an act of a source without stories: actor, target, day and root code."""
    day = rows["date"].strftime("%Y-%m-%d")
    return rows["actor"] + "|" + rows["target"] + "|" + day + "|" + rows["root"]
