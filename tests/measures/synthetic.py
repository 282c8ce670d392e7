"""A made-up record with a known truth: tallies of many dyads of states, and a few acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from realpolitik.measures._question import Question, SourceSpan
from realpolitik.schema.table import load
from realpolitik.vocab.kinds import variants
from realpolitik.vocab.states import all_states

SAMPLE = SourceSpan(
    "made_up", "sample", date(1990, 1, 1), date(1991, 12, 31), "month", listed=False
)
BOOK = SourceSpan("book", "cases", date(1980, 1, 1), date(1990, 12, 31), "day")
CODES = [state.code for state in all_states() if state.code not in ("USA", "IRN")]


def row(actor: str, target: str, kind: str, c: int, f: int, **more: Any) -> dict[str, Any]:
    """One tallied month in which every act is a cluster of its own."""
    return {
        "source": "made_up", "map": "realpolitik", "month": date(1990, 1, 1),
        "actor": actor, "target": target, "kind": kind,
        "cooperation": c, "conflict": f, "neutral": 0, "clusters": c + f,
        "sum_n": c + f, "sum_c": c, "sum_nn": c + f, "sum_cn": c, "sum_cc": c,
    } | more  # fmt: skip


def dyads(count: int = 150, seed: int = 1) -> list[dict[str, Any]]:
    """Reference dyads whose tones scatter around zero, words and deeds correlated."""
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(count):
        words, deeds = rng.multivariate_normal([0, 0], [[1, 0.4], [0.4, 1]])
        for kind, tone, n in (("word", words, 400), ("deed", deeds, 150)):
            c = int(rng.binomial(n, 1 / (1 + np.exp(-tone))))
            rows.append(row(CODES[i], CODES[i + 1], kind, c, n - c))
    return rows


def tallies(rows: list[dict[str, Any]], every_map: bool = False) -> ibis.Table:
    """Rows as a tallies table; `every_map` copies them under all maps and variants."""
    maps = variants() if every_map else ("realpolitik",)
    copies = [one | {"map": map} for map in maps for one in rows]
    return _table("tallies", copies)


def variants_of(rows: list[dict[str, Any]], **others: list[dict[str, Any]]) -> ibis.Table:
    """Rows under the default map, and those of other maps under their names."""
    more = [one | {"map": name} for name, found in others.items() for one in found]
    return _table("tallies", rows + more)


def acts(rows: list[dict[str, Any]]) -> ibis.Table:
    """Rows as an acts table of a casebook; what is not given has a plain default."""
    return _table("acts", [_act(i, one) for i, one in enumerate(rows)])


def weighted(
    rows: list[dict[str, Any]], intensity: Callable[[dict[str, Any]], float | None]
) -> ibis.Table:
    """The acts behind tallied rows, one row a side with `n` acts, of the intensity given."""
    cells = [
        {key: one[key] for key in ("source", "actor", "target", "kind")}
        | {"date": one["month"], "end_date": one["month"], "side": side, "n": one[side]}
        for one in rows
        for side in ("cooperation", "conflict")
    ]
    return acts([cell | {"intensity": intensity(cell)} for cell in cells])


def _act(i: int, given: dict[str, Any]) -> dict[str, Any]:
    day = given["date"]
    default = {
        "act_id": f"book:{i:03}", "source": "book", "date": day, "end_date": day,
        "date_precision": "day", "actor": "USA", "target": "IRN", "code": "010",
        "code_system": "cameo", "root": given.get("code", "010")[:2], "kind": "word",
        "side": "neutral", "map_version": "1", "n": 1, "cluster": f"{i}", "secrecy": "public",
        "source_title": f"publication {i}", "reciprocal": False,
    }  # fmt: skip
    return default | given


def _table(name: str, rows: list[dict[str, Any]]) -> ibis.Table:
    schema = load(name).ibis_schema().to_pyarrow()
    columns = {field.name: [one.get(field.name) for one in rows] for field in schema}
    return ibis.memtable(pa.table(columns, schema=schema))


def ask(**more: Any) -> Question:
    """A question about USA and IRN."""
    return Question("USA", "IRN", **more)
