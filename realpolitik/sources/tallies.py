"""Tallies: what a design effect needs of acts, by source, map, month, directed dyad and kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

from realpolitik.constants import TALLY_ACTS
from realpolitik.schema.table import load
from realpolitik.vocab import kinds

DYAD = ["source", "actor", "target"]
# The tables of sums, with the column of their period and the engine's name of its length.
PERIODS = {"tallies": ("month", "M"), "days": ("day", "D")}
# Variants of one cell are nearly equal: side by side they take the least room.
ORDER = ["source", "actor", "target", "month", "kind", "map"]


def map_table(name: str, rows: Iterable[kinds.MapRow]) -> pa.Table:
    """The rows of a map under its name as a table: map, system, mapped_code, kind, side."""
    listed = list(rows)
    columns = {
        "map": pa.array([name] * len(listed), pa.string()),
        "system": pa.array([row.system for row in listed], pa.string()),
        "mapped_code": pa.array([row.code for row in listed], pa.string()),
        "kind": pa.array([row.kind for row in listed], pa.string()),
        "side": pa.array([row.side for row in listed], pa.string()),
    }
    return pa.table(columns)


@cache
def _all_maps() -> pa.Table:
    return pa.concat_tables(map_table(name, kinds.map_rows(name)) for name in kinds.variants())


def tally(acts: ibis.Table, maps: ibis.Table, table: str = "tallies") -> ibis.Table:
    """The tallies of acts under each of the maps: one row per source, map, month, dyad, kind.

    Of the table "days" a row stands for a day in place of a month. An act
    counts in the period of its first day, `n` times. Clusters are those
    of the acts table, taken within a kind of the map: n are the non-neutral
    acts of a cluster, c the cooperative ones, and the sums run over clusters.
    An act whose code a map lacks is left out under it: see `unmapped`.
    """
    period, length = PERIODS[table]
    cell = ["source", "map", period, "actor", "target", "kind"]
    coded = [*DYAD, period, "cluster", "code_system", "code"]
    first = acts["date"].truncate(length).cast("date")
    # Summed before the join: each row is met by every map.
    rows = acts.mutate(**{period: first}).group_by(*coded).aggregate(n=acts["n"].sum())
    same = [rows["code_system"] == maps["system"], rows["code"] == maps["mapped_code"]]
    rows = rows.inner_join(maps, same)
    clusters = rows.group_by(*cell, "cluster").aggregate(
        cooperation=_of_side(rows, "cooperation"),
        conflict=_of_side(rows, "conflict"),
        neutral=_of_side(rows, "neutral"),
    )
    clusters = clusters.mutate(n=clusters["cooperation"] + clusters["conflict"])
    n, c = clusters["n"], clusters["cooperation"]
    cells = clusters.group_by(*cell).aggregate(
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
    return _shaped(cells, table)


def _of_side(rows: ibis.Table, side: str) -> Any:
    return ibis.ifelse(rows["side"] == side, rows["n"], 0).sum()


def _shaped(rows: ibis.Table, table: str = "tallies") -> ibis.Table:
    types = load(table).ibis_schema()
    return rows.select(**{name: rows[name].cast(types[name]) for name in types})


def daily(acts: ibis.Table) -> ibis.Table:
    """The sums by day of acts under every map, not yet computed; `month` holds the day."""
    return tally(acts, ibis.memtable(_all_maps()), "days").rename(month="day")


def unmapped(acts: ibis.Table, maps: pa.Table) -> dict[str, int]:
    """How many acts have a code that a map lacks, by map; maps that lack none are left out."""
    coded = acts.group_by("code_system", "code").aggregate(number=acts.count())
    found = coded.to_pyarrow().to_pylist()
    short: dict[str, int] = {}
    known = set(
        zip(*(maps[name].to_pylist() for name in ("map", "system", "mapped_code")), strict=True)
    )
    for name in sorted({map for map, _, _ in known}):
        lost = sum(r["number"] for r in found if (name, r["code_system"], r["code"]) not in known)
        if lost:
            short[name] = lost
    return short


def frequent(acts: ibis.Table, least: int = TALLY_ACTS) -> ibis.Table:
    """The acts of directed dyads with at least that many acts in their source, of any kind."""
    dyads = acts.group_by(*DYAD).aggregate(total=acts["n"].sum())
    return acts.semi_join(dyads.filter(dyads["total"] >= least), DYAD)


def build(acts: ibis.Table, least: int = TALLY_ACTS, table: str = "tallies") -> ibis.Table:
    """The tallies of the frequent dyads of acts under every map variant, in a fixed order.

    Raises ValueError when a map lacks a code of the acts, since its tallies
    would then silently be short.
    """
    kept = frequent(acts, least) if least > 1 else acts
    for name, number in unmapped(kept, _all_maps()).items():
        raise ValueError(f"map {name!r} lacks the codes of {number} acts")
    order = [PERIODS[table][0] if name == "month" else name for name in ORDER]
    return tally(kept, ibis.memtable(_all_maps()), table).order_by(order)


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The rows of bundled tallies, from one Parquet file or several."""
    listed = [paths] if isinstance(paths, Path) else list(paths)
    return _shaped(con.read_parquet([str(path) for path in listed]))
