"""Rows as JSON, JSON Lines, CSV or Parquet: the same columns in each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

Rows = list[dict[str, Any]]

SUFFIXES = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".txt": "table",
}


def encode(form: str, content: dict[str, Any], rows: Rows, ascii_only: bool = False) -> bytes:
    """Rows in a machine's format: `content` is the whole object, `rows` its table.

    Text is UTF-8; with `ascii_only` JSON escapes everything else.
    """
    if form == "json":
        return _json(content, ascii_only, indent=2)
    if form == "jsonl":
        return b"".join(_json(row, ascii_only) for row in rows)
    return _BINARY[form](rows)


def _json(value: Any, ascii_only: bool, indent: int | None = None) -> bytes:
    import json

    text = json.dumps(value, allow_nan=False, ensure_ascii=ascii_only, indent=indent)
    return f"{text}\n".encode()


def _csv(rows: Rows) -> bytes:
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    columns = _columns(rows)
    writer.writerow(columns)
    writer.writerows([_flat(row.get(column)) for column in columns] for row in rows)
    return buffer.getvalue().encode("utf-8", "replace")


def _parquet(rows: Rows) -> bytes:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {name: _column([row.get(name) for row in rows], pa) for name in _columns(rows)}
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer, compression="zstd")
    return buffer.getvalue()


def _column(values: list[Any], arrow: Any) -> pa.Array:
    column = arrow.array([_nested(value) for value in values])
    # A column without any value has no type of its own: text, so that files of one verb agree.
    if arrow.types.is_null(column.type):
        return column.cast(arrow.string())
    if column.type == arrow.list_(arrow.null()):
        return column.cast(arrow.list_(arrow.string()))
    return column


def _nested(value: Any) -> Any:
    return _text(value) if isinstance(value, dict) else value


def _text(value: Any) -> str:
    import json

    return json.dumps(value, allow_nan=False, ensure_ascii=False)


def _columns(rows: Rows) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))


def _flat(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple) and not any(isinstance(item, dict) for item in value):
        return "; ".join(map(str, value))
    if isinstance(value, list | tuple | dict):
        return _text(value)
    return value


_BINARY: dict[str, Callable[[Rows], bytes]] = {"csv": _csv, "parquet": _parquet}
