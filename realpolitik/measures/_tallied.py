"""Tallies summed by dyad and period into the arrays that the numerics take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import numpy as np
from ibis.expr.types import Table
from numpy.typing import NDArray

from realpolitik.measures._select import directed
from realpolitik.stats.arrays import Floats
from realpolitik.stats.tone import Sums, design_effects, tone
from realpolitik.vocab.calendar import Period
from realpolitik.vocab.kinds import KINDS, SIDES

UNITS = {"year": "Y", "quarter": "Q", "month": "M"}
COLUMNS = {"n": "sum_n", "c": "sum_c", "nn": "sum_nn", "cn": "sum_cn", "cc": "sum_cc",
           "clusters": "clusters"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tallied:
    """Sums of many directed dyads and periods, one array element each.

    `maps` names the map of each element, `starts` the first day of its period.
    `sums` holds the cluster sums by kind, `acts` all acts by kind, neutral ones
    included.
    """

    maps: NDArray[np.str_]
    actors: NDArray[np.str_]
    targets: NDArray[np.str_]
    starts: NDArray[np.datetime64]
    sums: dict[str, Sums]
    acts: dict[str, Floats]

    def __len__(self) -> int:
        return len(self.actors)

    def pick(self, keep: NDArray[np.bool_]) -> Tallied:
        """The elements that a mask selects."""
        return Tallied(
            self.maps[keep],
            self.actors[keep],
            self.targets[keep],
            self.starts[keep],
            {kind: sums[keep] for kind, sums in self.sums.items()},
            {kind: acts[keep] for kind, acts in self.acts.items()},
        )

    def of_map(self, map: str) -> Tallied:
        """The elements under one map."""
        return self.pick(self.maps == map)

    def in_period(self, period: Period, by: str | None) -> Tallied:
        """The elements of one period; all of them where there is only one."""
        if by is None:
            return self
        return self.pick(self.starts == np.datetime64(bucket(period.start, by), "D"))

    def tones(self) -> tuple[Floats, Floats]:
        """Tones of words and of deeds, on effective counts."""
        words, deeds = self.sums["word"], self.sums["deed"]
        d_words, d_deeds = design_effects(words, deeds)
        return tone(words, d_words), tone(deeds, d_deeds)

    def total(self) -> tuple[dict[str, Sums], dict[str, float]]:
        """All elements added up: sums by kind in one element, and acts by kind; 0 without any."""
        sums = {
            kind: Sums(*(np.atleast_1d(getattr(each, name).sum()) for name in COLUMNS))
            for kind, each in self.sums.items()
        }
        return sums, {kind: float(acts.sum()) for kind, acts in self.acts.items()}


def months(tallies: Table, source: str, maps: Sequence[str], window: tuple[date, date]) -> Table:
    """Tallies of one source under some maps, of months that touch the window."""
    return tallies.filter(
        tallies.source == ibis.literal(source),
        tallies["map"].isin(list(maps)),
        tallies.month >= ibis.literal(window[0].replace(day=1)),
        tallies.month <= ibis.literal(window[1]),
    )


def of_dyads(rows: Table, directions: Sequence[tuple[str, str]]) -> Table:
    """Rows of some directed dyads, each with its regimes, under the names of the dyads."""
    named = [
        directed(rows, actor, target, "month").mutate(
            actor=ibis.literal(actor), target=ibis.literal(target)
        )
        for actor, target in directions
    ]
    return ibis.union(*named)


def summed(rows: Table, by: str | None) -> Tallied:
    """Rows added up by map, directed dyad and period."""
    keys = ["map", "actor", "target", *(["start"] if by else [])]
    rows = rows.mutate(acts=rows.cooperation + rows.conflict + rows.neutral)
    if by:
        rows = rows.mutate(start=rows.month.truncate(UNITS[by]).cast("date"))
    sums = {
        f"{kind}_{name}": rows[name].sum(where=rows.kind == kind)
        for kind in KINDS
        for name in (*COLUMNS.values(), "acts")
    }
    table = rows.group_by(keys).aggregate(**sums).order_by(keys).to_pyarrow()
    arrays = {name: _floats(table[name].to_numpy(zero_copy_only=False)) for name in sums}
    maps, actors, targets = (
        np.asarray(table[name].to_pylist(), dtype=np.str_) for name in ("map", "actor", "target")
    )
    starts = table["start"].to_numpy(zero_copy_only=False) if by else np.zeros(len(table), "M8[D]")
    return Tallied(
        maps,
        actors,
        targets,
        starts.astype("M8[D]"),
        {
            kind: Sums(*(arrays[f"{kind}_{column}"] for column in COLUMNS.values()))
            for kind in KINDS
        },
        {kind: arrays[f"{kind}_acts"] for kind in KINDS},
    )


def by_month(rows: Table, directions: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Acts of directed dyads by month and kind as plain values, in order; months as YYYY-MM."""
    keys = ["month", "actor", "target", "kind"]
    own = of_dyads(rows, directions).group_by(keys)
    found = own.aggregate(**{side: rows_sum(side) for side in SIDES}).order_by(keys)
    return [
        {
            "month": row["month"].isoformat()[:7],
            "actor": row["actor"],
            "target": row["target"],
            "kind": row["kind"],
            **{side: int(row[side]) for side in SIDES},
        }
        for row in found.to_pyarrow().to_pylist()
    ]


def rows_sum(column: str) -> Any:
    """The sum of a column, whatever table it stands in."""
    return ibis._[column].sum()


def bucket(day: date, by: str) -> date:
    """First day of the calendar year, quarter or month that holds a day."""
    month = {"year": 1, "quarter": 3 * ((day.month - 1) // 3) + 1, "month": day.month}[by]
    return date(day.year, month, 1)


def _floats(values: NDArray[Any]) -> Floats:
    # A dyad without acts of a kind has a null sum there: that is none, not unknown.
    return np.nan_to_num(values.astype(np.float64))
