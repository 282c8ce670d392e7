"""The record the verbs answer from: the bundled tables, under the map that was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from realpolitik.errors import UsageError
from realpolitik.lake.record import Record, open_record
from realpolitik.measures._question import SourceSpan
from realpolitik.sources import bundled, card, names
from realpolitik.vocab.kinds import map_rows, map_version

DEFAULT = "realpolitik"


@dataclass(frozen=True, slots=True)
class Opened:
    """The tables of the record under one map, each read when it is first asked for."""

    record: Record
    map: str

    @property
    def acts(self) -> Table:
        """The acts, with kind and side under the asked map."""
        return self.record.acts if self.map == DEFAULT else remapped(self.record.acts, self.map)

    @property
    def tallies(self) -> Table:
        """The tallies of all maps and variants of maps."""
        return self.record.tallies


def record(lake: str | None, map: str = DEFAULT) -> Opened:
    """The bundled record; opened once a process.

    Raises:
        UsageError: `lake` is a URL or names something that is not an empty folder: this
            version reads the bundled record only.
        CorruptFile: a bundled file is damaged.
    """
    if lake is not None:
        _refuse_filled(lake)
    return Opened(_opened(), map)


def spans() -> tuple[SourceSpan, ...]:
    """Name, role, coverage and finest period of every source of the record."""
    return tuple(_span(name) for name in names())


def remapped(acts: Table, map: str) -> Table:
    """The acts with kind and side under another map than the default."""
    rows = map_rows(map)
    placed = pa.table(
        {
            "code_system": [row.system for row in rows],
            "code": [row.code for row in rows],
            "kind": [row.kind for row in rows],
            "side": [row.side for row in rows],
        }
    )
    bare = acts.drop("kind", "side", "map_version")
    joined = bare.inner_join(ibis.memtable(placed), ["code_system", "code"])
    return joined.mutate(map_version=ibis.literal(map_version(map))).select(*acts.columns)


@cache
def _opened() -> Record:
    return open_record(bundled())


def _span(name: str) -> SourceSpan:
    found = card(name)
    return SourceSpan(name, found.role, found.coverage.start, found.coverage.end, found.unit)


def _refuse_filled(lake: str) -> None:
    folder = Path(lake)
    filled = folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))
    if filled or "://" in lake:
        raise UsageError(
            f"The lake {lake!r} cannot be read: this version answers from the bundled record only. "
            "Leave out --lake and REALPOLITIK_LAKE."
        )
