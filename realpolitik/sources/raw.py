"""Raw rows of a publisher's file as text: one row a line, or one row a CSV record, none lost.

Lines end in CRLF, LF or CR, mixed as they come. A file that is not UTF-8 is
read as Latin-1, in which every byte is a letter. Blocks stream into the
engine, so that a file need not fit into memory.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
from ibis.backends.duckdb import Backend

from realpolitik.errors import CorruptFile

# Blocks that fit a processor's cache: each is gone over several times.
BLOCK = 2 * 1024 * 1024
LF = 10
BOM = "\ufeff"
# What is kept of a raw row for those who look a refusal up.
KEPT = 2_000
LINES = pa.schema([("line", pa.int64()), ("raw_line", pa.string())])


def lines(con: Backend, paths: Sequence[Path]) -> ibis.Table:
    """Every line of the files: `line`, counted from 1 on through all files, and `raw_line`.

    Raises CorruptFile for a file that cannot be read.
    """
    return _streamed(con, LINES, numbered(paths))


def records(
    con: Backend, paths: Sequence[Path], delimiter: str = ",", columns: Sequence[str] = ()
) -> ibis.Table:
    """Every record of CSV files below their header, with quotes minded: all columns as text.

    `line` is the number of the record's last line in its file, `raw_line` its
    fields joined anew, `fields` their number; missing fields are null, those
    too many are left out. The columns are those of the first file's header,
    unless `columns` names those of a file without one.
    Raises CorruptFile for a file that cannot be read, or whose header is another.
    """
    header = tuple(columns) or first_record(paths[0], delimiter)
    schema = pa.schema(
        [*LINES, pa.field("fields", pa.int64()), *((name, pa.string()) for name in header)]
    )
    made = (_record_blocks(path, delimiter, header, schema, not columns) for path in paths)
    return _streamed(con, schema, chain.from_iterable(made))


def first_record(path: Path, delimiter: str = ",") -> tuple[str, ...]:
    """The header of a CSV file, as `named` gives it; empty for an empty file."""
    with _text(path) as file:
        try:
            return named(next(csv.reader(file, delimiter=delimiter), []))
        except csv.Error:
            return ()


def named(header: Iterable[str]) -> tuple[str, ...]:
    """The names of columns; one that is empty or met twice gets its place behind it."""
    names: list[str] = []
    seen = {*LINES.names, "fields"}
    for place, name in enumerate(header, start=1):
        plain = name.strip()
        names.append(f"{plain}_{place}" if not plain or plain.lower() in seen else plain)
        seen.add(names[-1].lower())
    return tuple(names)


def _streamed(con: Backend, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> ibis.Table:
    name = ibis.util.gen_name("raw")
    failed: list[CorruptFile] = []

    def kept() -> Iterator[pa.RecordBatch]:
        # An error inside the engine comes out as the engine's own: ours is kept to be raised.
        try:
            yield from batches
        except CorruptFile as error:
            failed.append(error)

    con.con.register(f"{name}_stream", pa.RecordBatchReader.from_batches(schema, kept()))
    try:
        con.raw_sql(f'CREATE TEMP TABLE "{name}" AS SELECT * FROM "{name}_stream"')
        if failed:
            raise failed[0]
    finally:
        con.con.unregister(f"{name}_stream")
    return con.table(name)


def numbered(paths: Sequence[Path], always: bool = False) -> Iterator[pa.RecordBatch]:
    """Every line of the files, a block at a time: `line`, counted from 1 on, and `raw_line`.

    With `always` there is one block, an empty one, even where there is no line. Raises CorruptFile for a file that cannot be read.
    """
    start = 1
    for block in chain.from_iterable(map(_line_blocks, paths)):
        lines = np.arange(start, start + len(block), dtype=np.int64)
        yield pa.record_batch([pa.array(lines), block], schema=LINES)
        start += len(block)
    if always and start == 1:
        yield pa.RecordBatch.from_pylist([], LINES)


def _line_blocks(path: Path) -> Iterator[pa.StringArray]:
    """The lines of one file, a block at a time; a missing last line end loses nothing."""
    encoding, rest = _encoding(path), b""
    with path.open("rb") as file:
        file.seek(len(codecs.BOM_UTF8) if file.read(3) == codecs.BOM_UTF8 else 0)
        while block := file.read(BLOCK):
            # A CR at the end may be half of a CRLF: it waits for the next block.
            held = b"\r" if block.endswith(b"\r") else b""
            data = rest + block[: len(block) - len(held)]
            if b"\r" in data:
                data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            end = data.rfind(b"\n") + 1
            rest = data[end:] + held
            if end:
                yield _cut(data[:end], encoding)
    if rest:
        yield _cut(rest.removesuffix(b"\r") + b"\n", encoding)


def _cut(data: bytes, encoding: str) -> pa.StringArray:
    """The lines of a text whose every line ends in LF; they lie side by side once the ends are out."""
    if encoding != "utf-8":
        data = data.decode(encoding).encode()
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == LF)
    offsets = np.zeros(len(ends) + 1, np.int32)
    offsets[1:] = ends - np.arange(len(ends))
    body = data.replace(b"\n", b"")
    return pa.StringArray.from_buffers(len(ends), pa.py_buffer(offsets), pa.py_buffer(body))


def _record_blocks(
    path: Path, delimiter: str, header: tuple[str, ...], schema: pa.Schema, has_header: bool
) -> Iterator[pa.RecordBatch]:
    if has_header and (found := first_record(path, delimiter)) != header:
        raise CorruptFile(
            str(path), f"the columns {', '.join(found)[:200]}", f"{', '.join(header)[:200]}",
            "Give files of one form at a time.",
        )  # fmt: skip
    width = len(header)
    with _text(path) as file:
        reading = csv.reader(file, delimiter=delimiter)
        rows: list[tuple[object, ...]] = []
        try:
            if has_header:
                next(reading, None)
            for row in reading:
                padded = (*row[:width], *(None for _ in range(width - len(row))))
                rows.append((reading.line_num, delimiter.join(row), len(row), *padded))
                if len(rows) == 50_000:
                    yield _batch(rows, schema)
                    rows = []
        except csv.Error as error:
            found_error = f"what is no CSV at line {reading.line_num} ({error})"
            raise CorruptFile(str(path), found_error, "a CSV file", "Check its quotes.") from error
        if rows:
            yield _batch(rows, schema)


def _batch(rows: list[tuple[object, ...]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.record_batch(arrays, schema=schema)


def _text(path: Path) -> io.TextIOWrapper:
    """The file as text, opened with line ends made one and a byte order mark left out."""
    encoding = _encoding(path)
    try:
        file = path.open(encoding=encoding, newline=None)
        if file.read(1) != BOM:
            file.seek(0)
    except OSError as error:
        raise _unreadable(path, error) from error
    return file


def _encoding(path: Path) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK // 32 + 1):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "latin-1"
    except OSError as error:
        raise _unreadable(path, error) from error
    return "utf-8"


def _unreadable(path: Path, error: OSError) -> CorruptFile:
    found = f"no readable file ({error.strerror})"
    return CorruptFile(str(path), found, "a file of acts", "Check the path.")
