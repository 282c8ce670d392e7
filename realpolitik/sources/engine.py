"""Readers of large files, as queries that the engine runs block by block."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

from realpolitik.errors import CorruptFile
from realpolitik.schema.table import TYPES, load
from realpolitik.sources import raw, shape

LONGEST_LINE = 16 * 1024 * 1024
# No field of an event file holds this; it keeps the engine from cutting lines into columns.
NO_DELIMITER = "\x1f\x1e"
# NULs, and line ends other than LF, of which the engine reads some mixtures wrongly.
TROUBLE = (b"\0", b"\r", NO_DELIMITER.encode())
BLOCK = 8 * 1024 * 1024
KEPT_OF_LINE = 2000
TYPE_NAMES = {
    "string": "VARCHAR", "date": "DATE", "int64": "BIGINT", "float64": "DOUBLE", "boolean": "BOOLEAN",
}  # fmt: skip
OWN = {"line": "int64", "raw_line": "string", "refused": "string"}


def table(con: Backend, query: str) -> ibis.Table:
    """What a query of `marked_columns` gives, read when it is asked for."""
    acts = {column.name: TYPES[column.type] for column in load("acts").columns}
    return con.sql(query, schema=ibis.schema({**OWN, **acts}))


def marked_columns(given: Mapping[str, str]) -> str:
    """The columns of a marked row: `line`, `raw_line`, `refused` and those of the acts table.

    `given` says how a column is computed; those it does not name are null.
    """
    raw_line = f"""CASE WHEN strlen(raw_line) <= {KEPT_OF_LINE} THEN raw_line
        ELSE left(raw_line, {KEPT_OF_LINE}) END AS raw_line"""
    named = [
        f"CAST({given.get(c.name, 'NULL')} AS {TYPE_NAMES[TYPES[c.type]]}) AS {c.name}"
        for c in load("acts").columns
    ]
    return ", ".join(["line", raw_line, "refused", *named])


def put_codes(con: Backend, name: str, system: str) -> None:
    """The codes of a system as a small table: known_code, label, root, kind, side, intensity."""
    put(con, name, _codes(system))


@cache
def _codes(system: str) -> pa.Table:
    return shape.code_table(system).to_pyarrow()


def lines(con: Backend, path: Path) -> str:
    """A query for every line of a file: `line`, from 1 on, and `raw_line`, "" where it is empty.

    Raises CorruptFile for a file that cannot be read.
    """
    if not _is_plain(path):
        return f'SELECT line, raw_line FROM "{raw.lines(con, [path]).get_name()}"'
    # A wildcard in a path is one of its letters.
    name = "".join(f"[{char}]" if char in "*?[" else char for char in str(path))
    return (
        "SELECT row_number() OVER () AS line, coalesce(raw_line, '') AS raw_line FROM read_csv("
        f"{quoted(name)}, delim='{NO_DELIMITER}', quote='', escape='', comment='', header=false, "
        f"auto_detect=false, columns={{'raw_line': 'VARCHAR'}}, max_line_size={LONGEST_LINE}, "
        "strict_mode=false, compression='none')"
    )


def put(con: Backend, name: str, rows: pa.Table) -> None:
    """A small table of the engine's own: it knows the size, and joins the right way round."""
    con.con.register(f"{name}_put", rows)
    try:
        con.raw_sql(f'CREATE OR REPLACE TEMP TABLE "{name}" AS FROM "{name}_put"')
    finally:
        con.con.unregister(f"{name}_put")


def quoted(text: str) -> str:
    """A text as the engine's language writes it."""
    return "'" + text.replace("'", "''") + "'"


def _is_plain(path: Path) -> bool:
    """Is the file UTF-8, not empty, and free of the signs the engine would trip over?"""
    decoder = codecs.getincrementaldecoder("utf-8")()
    size = 0
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                decoder.decode(block)
                size += len(block)
                if any(sign in block for sign in TROUBLE):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    except OSError as error:
        found = f"no readable file ({error.strerror})"
        raise CorruptFile(str(path), found, "a file of acts", "Check the path.") from error
    return size > 0
