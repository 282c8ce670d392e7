"""Rows that are no act on their way into a part: written a block at a time, counted by reason."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa

SCHEMA = pa.schema([
    ("line", pa.int64()), ("raw_line", pa.string()), ("reason", pa.string()), ("file", pa.string()),
])  # fmt: skip
# Texts of lines differ: a dictionary of them would only cost time.
ENCODED = ["reason", "file"]


class Refusals:
    """The refused rows of one file, in a Parquet file once the block has ended.

    Compressing is left to a thread of its own, while the next block is read;
    no more than one block waits for it.
    """

    def __init__(self, path: Path, file: str) -> None:
        self.path, self._file = path, file
        self.reasons: Counter[str] = Counter()
        self._writer: Any = None
        self._thread = ThreadPoolExecutor(1)
        self._written: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        try:
            if self._written is not None and error is None:
                self._written.result()
        finally:
            self._thread.shutdown()
            if self._writer is not None:
                self._writer.close()

    def add(self, rows: pa.Table) -> None:
        """Take rows of line, raw_line and the reason."""
        if not len(rows):
            return
        reason = rows.column(2).combine_chunks()
        for one in reason.value_counts().to_pylist():
            self.reasons[one["values"]] += one["counts"]
        if self._written is not None:
            self._written.result()
        self._written = self._thread.submit(self._write, rows)

    def _write(self, rows: pa.Table) -> None:
        import pyarrow.parquet as pq

        file = pa.DictionaryArray.from_arrays(pa.array([0] * len(rows), pa.int32()), [self._file])
        table = pa.table([*rows.columns, file.cast(pa.string())], schema=SCHEMA)
        if self._writer is None:
            self._writer = pq.ParquetWriter(
                self.path, SCHEMA, compression="zstd", use_dictionary=ENCODED, store_schema=False,
                write_statistics=["line", *ENCODED],
            )  # fmt: skip
        self._writer.write_table(table)
