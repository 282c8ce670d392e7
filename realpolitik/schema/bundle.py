"""What a package promises about the tables it carries: files, digests, and how to read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis
    from ibis.backends.duckdb import Backend

    Reader = Callable[[Backend, Sequence[Path]], ibis.Table]


@dataclass(frozen=True, slots=True)
class BundledFile:
    """One file of a bundled table: where it lies, its SHA-256, and its number of rows."""

    path: Path
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class BundledTable:
    """A table of one source, its files, and the reader that makes rows of the schema of them."""

    source: str
    table: str
    files: tuple[BundledFile, ...]
    read: Reader
