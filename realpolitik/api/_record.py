"""The record the verbs answer from: the bundled tables and the lake, under the map asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from realpolitik.api._lake import lake_at, named
from realpolitik.errors import UsageError
from realpolitik.lake.labels import labels
from realpolitik.lake.record import Record, open_record
from realpolitik.measures._question import SourceSpan
from realpolitik.measures._tallied import FINE
from realpolitik.schema.labelled import Labelled
from realpolitik.sources import bundled, card
from realpolitik.sources.tallies import daily
from realpolitik.vocab.kinds import map_rows, map_version

DEFAULT = "realpolitik"


@dataclass(frozen=True, slots=True)
class Opened:
    """The tables of the record under one map, each read when it is first asked for."""

    record: Record
    map: str
    labels: tuple[Labelled, ...] = ()

    @property
    def acts(self) -> Table:
        """The acts, with kind and side under the asked map."""
        return self.record.acts if self.map == DEFAULT else remapped(self.record.acts, self.map)

    @property
    def tallies(self) -> Table:
        """The tallies of all maps and variants of maps."""
        return self.record.tallies

    def sums(self, by: str | None) -> Table:
        """The tallies, or for days and weeks sums of the same columns in which `month` is a day.

        The sums by day come from the lake where it keeps them, else from the
        acts; a source whose single acts are not at hand has none.
        """
        if by not in FINE:
            return self.tallies
        held = self.record.days.rename(month="day")
        rest = [
            span.name
            for span in self.spans
            if span.role == "sample" and span.listed and span.name not in self.record.by_day
        ]
        if not rest:
            return held
        acts = self.record.acts
        return ibis.union(held, daily(acts.filter(acts.source.isin(rest))))

    @property
    def spans(self) -> tuple[SourceSpan, ...]:
        """Name, role, coverage and finest period of every source that the record holds."""
        ships = {table.source for table in bundled()}
        held = {**dict.fromkeys(sorted(ships)), **self.record.loaded}
        return tuple(_span(name, held[name], self.labels) for name in sorted(held))


def record(lake: str | None, map: str = DEFAULT) -> Opened:
    """The bundled record and the lake; where both hold a source, the lake's is used.

    Opened once a process and state of the lake. The folder of the environment,
    or the platform's, adds nothing where no lake is in it; one that was named must be a lake.

    Raises:
        UsageError: `lake` is an address that is no folder, or a folder that is no lake.
        CorruptFile: a bundled file or the lake is damaged.
    """
    found = lake_at(lake)
    if named(lake) and not found.exists():
        raise UsageError(
            f"No lake at {found.folder}: check --lake, or load files into it with "
            "`realpolitik ingest`. Without --lake the answer comes from what ships."
        )
    key = tuple((part.path, part.kind, part.source) for part in found.catalog.parts())
    return Opened(_opened(str(found.folder) if key else None, key), map, labels(found.folder))


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
def _opened(folder: str | None, _state: tuple[tuple[str, str, str], ...]) -> Record:
    return open_record(bundled(), lake_at(folder) if folder else None)


def _span(
    name: str, loaded: tuple[date, date] | None, labelled: tuple[Labelled, ...]
) -> SourceSpan:
    """What the card says, and of a loaded source the part of it that its files cover."""
    found = card(name)
    start, end, unit = found.coverage.start, found.coverage.end, found.unit
    own = tuple(label for label in labelled if label.source == name)
    if loaded is None:
        there = "acts" in found.tables
        return SourceSpan(name, found.role, start, end, unit, listed=there, labels=own)
    unit = "month" if found.role == "sample" else unit
    return SourceSpan(
        name, found.role, max(start, loaded[0]), min(end, loaded[1]), unit, labels=own
    )
