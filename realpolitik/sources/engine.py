"""Readers of large files, as queries that the engine runs block by block."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc
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
# The lines under judgement, as queries name them.
BLOCK_VIEW = "block"
LINES_AT_ONCE = 100_000
REFUSED = pa.schema([*raw.LINES, ("refused", pa.string())])
# Takes lines that are no act, with `refused`, the reason.
Refuse = Callable[[pa.Table], None]


def table(con: Backend, query: str) -> ibis.Table:
    """What a query of `marked_columns` gives, read when it is asked for."""
    acts = {column.name: TYPES[column.type] for column in load("acts").columns}
    return con.sql(query, schema=ibis.schema({**OWN, **acts}))


def made(con: Backend, query: str) -> str:
    """The name of a table with what a query gives, computed at once."""
    name = str(ibis.util.gen_name("made"))
    con.con.execute(f'CREATE TEMP TABLE "{name}" AS {query}')
    return name


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


def accepted(con: Backend, marked: str, table: str = "acts") -> str:
    """A query for the rows of a table that are not refused, as `shape.accepted` gives them."""
    given = {name for name, *_ in con.con.execute(f'FROM "{marked}" LIMIT 0').description}
    columns = ", ".join(
        f"CAST({c.name if c.name in given else 'NULL'} AS {TYPE_NAMES[TYPES[c.type]]}) AS {c.name}"
        for c in load(table).columns
    )
    return f'SELECT {columns} FROM "{marked}" WHERE refused IS NULL'


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
    """A small table of the engine's own, once: it knows the size, and joins the right way round."""
    con.con.register(f"{name}_put", rows)
    try:
        con.con.execute(f'CREATE TABLE IF NOT EXISTS "{name}" AS FROM "{name}_put"')
    finally:
        con.con.unregister(f"{name}_put")


def append(con: Backend, name: str, rows: pa.Table) -> None:
    """Add rows to a table of the engine's own, which the first of them make."""
    con.con.register(f"{name}_more", rows)
    try:
        con.con.execute(f'CREATE TEMP TABLE IF NOT EXISTS "{name}" AS FROM "{name}_more" LIMIT 0')
        con.con.execute(f'INSERT INTO "{name}" FROM "{name}_more"')
    finally:
        con.con.unregister(f"{name}_more")


def nowhere(rows: pa.Table) -> None:
    """Take refused lines and forget them."""


def judge(con: Backend, lines: pa.Table, query: str, kept: str, refuse: Refuse) -> None:
    """Put lines to a query over `block`, which gives `line`, `refused` and what a line says.

    Lines with a reason go to `refuse`, without what they say; the others, with
    their text, into the table `kept`. Some lines at a time, so that a file of
    any length takes the same memory.
    """
    con.con.register(BLOCK_VIEW, lines)
    try:
        told = con.con.sql(query).to_arrow_table()
    finally:
        con.con.unregister(BLOCK_VIEW)
    first = lines["line"][0].as_py() if len(lines) else 0
    text = lines["raw_line"].combine_chunks()
    stands = pc.is_null(told["refused"])
    acts = told.filter(stands).drop_columns("refused")
    append(con, kept, _with_text(acts, text, first))
    no_act = told.select(["line", "refused"]).filter(pc.invert(stands)).sort_by("line")
    if len(no_act):
        refuse(_with_text(no_act, text, first).select(REFUSED.names))


def groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Batches of lines, as many together as are worth a query of their own."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(map(len, waiting)) >= LINES_AT_ONCE:
            yield pa.Table.from_batches(waiting)
            waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting)


def _with_text(rows: pa.Table, text: pa.StringArray, first: int) -> pa.Table:
    """Rows with the text of their lines, cut where it is very long; `first` is the line it begins with."""
    own = text.take(pc.subtract(rows["line"].combine_chunks(), first))
    if (pc.max(pc.binary_length(own)).as_py() or 0) > KEPT_OF_LINE:
        own = pc.utf8_slice_codeunits(own, 0, KEPT_OF_LINE)
    return rows.append_column("raw_line", own)


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
