"""Does an expression fit its table? If not: the one column that does not, and why."""

from __future__ import annotations

from typing import Any

import ibis

from realpolitik.errors import CorruptFile
from realpolitik.schema.table import Column, Table, load

REPAIR = "Correct the reader or the file it reads."


def fit(rows: ibis.Table, table: Table | str, where: str | None = None) -> ibis.Table:
    """Return the rows unchanged if they fit the table; else raise CorruptFile.

    Checked in this order: every column is there and no other, each has its
    type (any width of int or float will do), required columns hold no null,
    values lie in their list or range, the key is unique. The last three run on
    the engine. `where` names the origin in the message (default: the table).
    """
    if isinstance(table, str):
        table = load(table)
    where = where or table.name
    fit_types(rows, table, where)
    _fit_values(rows, table, where)
    _fit_key(rows, table, where)
    return rows


def fit_types(rows: ibis.Table, table: Table, where: str) -> None:
    """Check names and types of the columns only; nothing is executed."""
    for column in table.columns:
        if column.name not in rows.columns:
            raise CorruptFile(where, f"no column {column.name!r}", f"type {column.type}", REPAIR)
        found = rows[column.name].type()
        if not _is_type(found, column.type):
            raise CorruptFile(where, f"column {column.name!r} of type {found}", column.type, REPAIR)
    if extra := [name for name in rows.columns if name not in table.names]:
        raise CorruptFile(
            where, f"column {extra[0]!r}", f"no other than those of {table.name}", REPAIR
        )


def _is_type(found: Any, wanted: str) -> bool:
    tests = {
        "string": found.is_string, "date": found.is_date, "int": found.is_integer,
        "float": found.is_floating, "bool": found.is_boolean,
    }  # fmt: skip
    return bool(tests[wanted]())


def _fit_values(rows: ibis.Table, table: Table, where: str) -> None:
    checks: dict[str, tuple[str, str]] = {}
    counts: dict[str, Any] = {}
    for column in table.columns:
        for bad, found, wanted in _faults(rows, column):
            name = f"fault_{len(counts)}"
            counts[name] = bad.sum().fill_null(0)
            checks[name] = (f"{found} in column {column.name!r}", wanted)
    [result] = rows.aggregate(**counts).to_pyarrow().to_pylist()
    for name, number in result.items():
        if number:
            found, wanted = checks[name]
            raise CorruptFile(where, f"{number} rows with {found}", wanted, REPAIR)


def _faults(rows: ibis.Table, column: Column) -> list[tuple[Any, str, str]]:
    value = rows[column.name]
    faults: list[tuple[Any, str, str]] = []
    if column.required:
        faults.append((value.isnull().cast("int64"), "null", "a value in every row"))
    if column.values:
        listed = f"one of {', '.join(column.values)}"
        faults.append(((~value.isin(column.values)).cast("int64"), "an unlisted value", listed))
    low, high = column.range or (None, None)
    if low is not None:
        faults.append(
            (
                (value < low).cast("int64"),
                f"less than {low}",
                f"at least {low}",
            )
        )
    if high is not None:
        faults.append(((value > high).cast("int64"), f"more than {high}", f"at most {high}"))
    return faults


def _fit_key(rows: ibis.Table, table: Table, where: str) -> None:
    keys = rows.group_by(*table.key).aggregate(copies=rows.count())
    repeated = int(keys.filter(keys.copies > 1).count().to_pyarrow().as_py())
    if repeated:
        found = f"{repeated} repeated keys in column {' + '.join(table.key)!r}"
        raise CorruptFile(where, found, "each key once", REPAIR)
