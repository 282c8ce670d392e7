"""What third parties there are, what an actor did to them, and how another stood to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import numpy as np
from ibis.expr.types import StringColumn, Table
from numpy.typing import NDArray

from realpolitik.constants import TIE_YEARS
from realpolitik.measures._select import counts_as, is_member
from realpolitik.stats.arrays import Floats
from realpolitik.stats.benefit import tie
from realpolitik.vocab.belonging import belongings, proxies

STEPS = 4  # a year: ties are renewed each calendar quarter
SUMS = ("cooperation", "conflict")


def step_of(day: date) -> int:
    """The calendar quarter of a day, counted from the year 0."""
    return day.year * STEPS + (day.month - 1) // 3


def named(table: Table, column: str, asked: Sequence[str], day: str) -> StringColumn:
    """The actor that a code stands for on the day: one of those asked about, else the regime of the day."""
    own = [(counts_as(table, column, code, day), code) for code in asked]
    theirs = [(is_member(table, column, one.member, day), one.whose) for one in belongings()]
    return ibis.cases(*own, *theirs, else_=table[column])


@dataclass(frozen=True, eq=False, slots=True)
class Deeds:
    """Deeds of one actor by third party and month: cooperative and conflictual, or their weights."""

    parties: NDArray[np.str_]
    months: NDArray[np.datetime64]
    cooperation: Floats
    conflict: Floats


class Parties:
    """All acts of one source, by the actors of the day and quarter, for ties between any two of them."""

    def __init__(self, rows: Table, asked: Sequence[str], first: date, last: date) -> None:
        units = rows.mutate(
            a=named(rows, "actor", asked, "month"),
            b=named(rows, "target", asked, "month"),
            step=rows.month.year() * STEPS + (rows.month.month() - 1) // 3,
        )
        sums = {side: units[side].sum() for side in SUMS}
        found = units.filter(units.a != units.b).group_by("a", "b", "step").aggregate(**sums)
        table = found.order_by("a", "b", "step").to_pyarrow()
        ends = [np.asarray(table[end].to_pylist(), dtype=np.str_) for end in ("a", "b")]
        self.names: NDArray[np.str_] = np.unique(np.concatenate([*ends, np.asarray(asked)]))
        self._ends = [np.searchsorted(self.names, end) for end in ends]
        self._steps = table["step"].to_numpy().astype(np.int64)
        self._sums = [table[side].to_numpy().astype(np.float64) for side in SUMS]
        self.first, self.last = step_of(first), step_of(last)

    def place(self, name: str) -> int:
        """Where an actor, one of those asked about or met, stands among the names."""
        return int(np.searchsorted(self.names, name))

    def ties_of(self, place: int) -> Floats:
        """Ties of one actor with each other by step, from all acts both ways of the years before.

        The steps run from the first to the last asked for; its tie with itself is nan.
        """
        a, b = self._ends
        here = (a == place) | (b == place)
        other = np.where(a[here] == place, b[here], a[here])
        shape = (len(self.names), self._width)
        sums = [self._before(other, here, summed, shape) for summed in self._sums]
        return tie(sums[0], sums[1], self._system)

    @property
    def _width(self) -> int:
        return self.last - self._origin + 1

    @property
    def _origin(self) -> int:
        return int(min(self._steps.min(initial=self.first), self.first))

    @property
    def _system(self) -> Floats:
        """Log-odds of cooperation over the acts of all dyads in the years before each step."""
        everything = np.ones(len(self._steps), dtype=np.bool_)
        nobody = np.zeros(len(self._steps), dtype=np.int64)
        c, f = (self._before(nobody, everything, s, (1, self._width))[0] for s in self._sums)
        return np.asarray(np.log(c + 0.5) - np.log(f + 0.5))

    def _before(
        self, row: NDArray[Any], chosen: NDArray[np.bool_], values: Floats, shape: tuple[int, int]
    ) -> Floats:
        """Sums by row over the tie window that ends before each asked step."""
        at = self._steps[chosen] - self._origin
        inside = at < shape[1]
        flat = np.bincount(
            row[inside] * shape[1] + at[inside],
            weights=values[chosen][inside],
            minlength=shape[0] * shape[1],
        )
        total = np.cumsum(flat.reshape(shape), axis=1)
        total = np.concatenate([np.zeros((shape[0], 1)), total], axis=1)
        ends = np.arange(self.first, self.last + 1) - self._origin
        starts = np.maximum(ends - TIE_YEARS * STEPS, 0)
        return np.asarray(total[:, ends] - total[:, starts])


def deeds_of(rows: Table, actor: str, other: str, sponsor: bool) -> Deeds:
    """Deeds of an actor towards all others, from rows with `month`, cooperation and conflict.

    With `sponsor`, deeds of groups it is said to have sponsored at the time are its own.
    """
    own = counts_as(rows, "actor", actor, "month")
    if sponsor:
        for member in proxies(actor):
            own = own | is_member(rows, "actor", member, "month")
    rows = rows.filter(own)
    rows = rows.mutate(party=named(rows, "target", (actor, other), "month"))
    rows = rows.filter(rows.party != actor)
    sums = {side: rows[side].sum() for side in SUMS}
    found = rows.group_by("party", "month").aggregate(**sums).order_by("party", "month")
    table = found.to_pyarrow()
    return Deeds(
        np.asarray(table["party"].to_pylist(), dtype=np.str_),
        table["month"].to_numpy(zero_copy_only=False).astype("M8[M]"),
        *(table[side].to_numpy(zero_copy_only=False).astype(np.float64) for side in SUMS),
    )


def laid_out(deeds: Deeds, parties: Parties, start: date, end: date) -> tuple[Floats, Floats]:
    """Net and gross deeds of a period by third party and step, in the order of the parties' names."""
    months = deeds.months
    chosen = (months >= np.datetime64(start, "M")) & (months <= np.datetime64(end, "M"))
    chosen &= np.isin(deeds.parties, parties.names)
    rows = np.searchsorted(parties.names, deeds.parties[chosen])
    since = months[chosen].astype(np.int64) + 1970 * 12
    steps = since // (12 // STEPS) - parties.first
    shape = (len(parties.names), parties.last - parties.first + 1)
    laid = [np.zeros(shape) for _ in SUMS]
    for grid, values in zip(laid, (deeds.cooperation, deeds.conflict), strict=True):
        np.add.at(grid, (rows, steps), values[chosen])
    return laid[0] - laid[1], laid[0] + laid[1]
