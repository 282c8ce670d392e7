"""Tallies: what a design effect needs of acts, by source, map, month, directed dyad and kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

from realpolitik.constants import TALLY_ACTS
from realpolitik.schema.table import load
from realpolitik.vocab import kinds

DYAD = ["source", "actor", "target"]
CELL = ["source", "month", "actor", "target", "kind"]
# Variants of one cell are nearly equal: side by side they take the least room.
ORDER = ["source", "actor", "target", "month", "kind", "map"]


def map_table(rows: Iterable[kinds.MapRow]) -> ibis.Table:
    """The rows of a map as a table: system, mapped_code, kind, side."""
    listed = list(rows)
    columns = {
        "system": pa.array([row.system for row in listed], pa.string()),
        "mapped_code": pa.array([row.code for row in listed], pa.string()),
        "kind": pa.array([row.kind for row in listed], pa.string()),
        "side": pa.array([row.side for row in listed], pa.string()),
    }
    return ibis.memtable(pa.table(columns))


def tally(acts: ibis.Table, mapped: ibis.Table, variant: str) -> ibis.Table:
    """The tallies of acts under one map variant: one row per source, month, directed dyad, kind.

    An act counts in the month of its first day, `n` times. Clusters are those
    of the acts table, taken within a kind of this map: n are the non-neutral
    acts of a cluster, c the cooperative ones, and the sums run over clusters.
    An act whose code the map lacks is left out: see `unmapped`.
    """
    acts = acts.select(*DYAD, "date", "cluster", "code_system", "code", "n")
    same = [acts["code_system"] == mapped["system"], acts["code"] == mapped["mapped_code"]]
    rows = acts.inner_join(mapped, same)
    rows = rows.mutate(month=rows["date"].truncate("M").cast("date"))
    clusters = rows.group_by(*CELL, "cluster").aggregate(
        cooperation=_of_side(rows, "cooperation"),
        conflict=_of_side(rows, "conflict"),
        neutral=_of_side(rows, "neutral"),
    )
    clusters = clusters.mutate(n=clusters["cooperation"] + clusters["conflict"])
    n, c = clusters["n"], clusters["cooperation"]
    cells = clusters.group_by(*CELL).aggregate(
        cooperation=c.sum(),
        conflict=clusters["conflict"].sum(),
        neutral=clusters["neutral"].sum(),
        clusters=(n > 0).cast("int64").sum(),
        sum_n=n.sum(),
        sum_c=c.sum(),
        sum_nn=(n * n).sum(),
        sum_cn=(c * n).sum(),
        sum_cc=(c * c).sum(),
    )
    return _shaped(cells.mutate(map=ibis.literal(variant)))


def _of_side(rows: ibis.Table, side: str) -> Any:
    return ibis.ifelse(rows["side"] == side, rows["n"], 0).sum()


def _shaped(rows: ibis.Table) -> ibis.Table:
    table = load("tallies")
    types = table.ibis_schema()
    return rows.select(**{name: rows[name].cast(types[name]) for name in table.names})


def unmapped(acts: ibis.Table, mapped: ibis.Table) -> ibis.Table:
    """The acts whose code the map lacks."""
    same = [acts["code_system"] == mapped["system"], acts["code"] == mapped["mapped_code"]]
    return acts.anti_join(mapped, same)


def frequent(acts: ibis.Table, least: int = TALLY_ACTS) -> ibis.Table:
    """The acts of directed dyads with at least that many acts in their source, of any kind."""
    dyads = acts.group_by(*DYAD).aggregate(total=acts["n"].sum())
    return acts.semi_join(dyads.filter(dyads["total"] >= least), DYAD)


def build(acts: ibis.Table, least: int = TALLY_ACTS) -> ibis.Table:
    """The tallies of the frequent dyads of acts under every map variant, in a fixed order.

    Raises ValueError when a map lacks a code of the acts, since its tallies
    would then silently be short.
    """
    kept = frequent(acts, least)
    parts = []
    for variant in kinds.variants():
        mapped = map_table(kinds.map_rows(variant))
        if missing := int(unmapped(kept, mapped).count().to_pyarrow().as_py()):
            raise ValueError(f"map {variant!r} lacks the codes of {missing} acts")
        parts.append(tally(kept, mapped, variant))
    rows = ibis.union(*parts)
    return rows.order_by(ORDER)


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The rows of bundled tallies, from one Parquet file or several."""
    listed = [paths] if isinstance(paths, Path) else list(paths)
    return _shaped(con.read_parquet([str(path) for path in listed]))
