"""Tallies summed by dyad and period into the arrays that the numerics take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis
import numpy as np
from ibis.expr.types import Table
from numpy.typing import NDArray

from realpolitik.errors import BadDates
from realpolitik.measures._question import SourceSpan
from realpolitik.measures._select import directed, is_member
from realpolitik.stats.arrays import Floats
from realpolitik.stats.tone import Sums, design_effects, tone
from realpolitik.vocab.actors import members
from realpolitik.vocab.calendar import Period
from realpolitik.vocab.kinds import KINDS, SIDES
from realpolitik.vocab.states import all_states

UNITS = {"year": "Y", "quarter": "Q", "month": "M", "week": "W", "day": "D"}
# Periods shorter than the month of a tally: they need sums by day.
FINE = ("day", "week")
COLUMNS = {"n": "sum_n", "c": "sum_c", "nn": "sum_nn", "cn": "sum_cn", "cc": "sum_cc",
           "clusters": "clusters"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of whole months: the first day of its first month, and how many there are.

    The months before and after it are divided into stretches of the same length.
    """

    first: date
    months: int

    @classmethod
    def of(cls, start: date, end: date) -> Span:
        """The months that touch two days and what lies between."""
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        return cls(start.replace(day=1), months)

    @property
    def index(self) -> int:
        """Months from the year 0 to its first."""
        return self.first.year * 12 + self.first.month - 1


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

    def ends(self) -> list[tuple[str, str]]:
        """Actor and target of each element."""
        return list(zip(self.actors.tolist(), self.targets.tolist(), strict=True))

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


def need_unit(by: str | None, source: SourceSpan) -> None:
    """Raise BadDates where a source is asked for periods that its tallies cannot be divided by."""
    if by in FINE and source.grain not in FINE:
        raise BadDates(
            f"{source.name} ships as sums by month and cannot be divided by {by}: use --by month, "
            "quarter or year, or ingest its file."
        )


def months(
    tallies: Table,
    source: str,
    maps: Sequence[str],
    window: tuple[date, date],
    by: str | None = None,
) -> Table:
    """Tallies of one source under some maps, of months that touch the window.

    By day or week `month` holds the day of each sum, and days outside the
    window are left out.
    """
    first = window[0] if by in FINE else window[0].replace(day=1)
    return tallies.filter(
        tallies.source == ibis.literal(source),
        tallies["map"].isin(list(maps)),
        tallies.month >= ibis.literal(first),
        tallies.month <= ibis.literal(window[1]),
    )


def of_dyads(rows: Table, directions: Sequence[tuple[str, str]], day: str = "month") -> Table:
    """Rows of some directed dyads, each with its regimes, under the names of the dyads.

    `day` names the date column against which a regime's dates are checked.
    """
    named = [
        directed(rows, actor, target, day).mutate(
            actor=ibis.literal(actor), target=ibis.literal(target)
        )
        for actor, target in directions
    ]
    return ibis.union(*named)


def folded(rows: Table, codes: Iterable[str]) -> Table:
    """Rows in which a regime or body of a state acts as that state, while it counts as it.

    `codes` are the actors that occur: without such a one among them nothing is changed.
    """
    parts = [
        (member, state.code)
        for state in all_states()
        for member in members(state.code)[1:]
        if member.code in codes
    ]
    for column in ("actor", "target") if parts else ():
        cases = [(is_member(rows, column, part, "month"), code) for part, code in parts]
        rows = rows.mutate(**{column: ibis.cases(*cases, else_=rows[column])})
    return rows


def summed(rows: Table, by: str | Span | None) -> Tallied:
    """Rows added up by map, directed dyad and period."""
    keys = ["map", "actor", "target", *(["start"] if by else []), "kind"]
    rows = rows.mutate(acts=rows.cooperation + rows.conflict + rows.neutral)
    if by:
        rows = rows.mutate(start=_start(rows.month, by))
    names = [*COLUMNS.values(), "acts"]
    # By kind, and each kind set in its place here: a third of the sums for the engine to compile.
    made = rows.group_by(keys).aggregate(**{name: rows[name].sum() for name in names})
    table = made.order_by(keys).to_pyarrow()
    cells = [_column(table, key) for key in keys]
    first, place = _runs(cells[:-1])
    columns = [_placed(table, name, cells[-1], place, len(first)) for name in names]
    starts = _days(cells[3][first], by) if by else np.zeros(len(first), "M8[D]")
    maps, actors, targets = (cell[first].astype(np.str_) for cell in cells[:3])
    return Tallied(
        maps,
        actors,
        targets,
        starts,
        {kind: Sums(*(column[kind] for column in columns[:-1])) for kind in KINDS},
        columns[-1],
    )


def _start(month: Any, by: str | Span) -> Any:
    """First day of the calendar period of a month; of a span, how many spans it lies from it."""
    if isinstance(by, str):
        return month.truncate(UNITS[by]).cast("date")
    return ((month.year() * 12 + month.month() - 1 - by.index) / by.months).floor().cast("int64")


def _days(starts: NDArray[Any], by: str | Span) -> NDArray[np.datetime64]:
    if isinstance(by, str):
        return starts.astype("M8[D]")
    return (np.datetime64(by.first, "M") + starts * by.months).astype("M8[D]")


def _runs(keys: Sequence[NDArray[Any]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each run of rows with equal keys begins, and the run of each row; rows lie in order."""
    new = np.ones(len(keys[0]), dtype=np.bool_)
    if len(new):
        new[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return np.flatnonzero(new), np.cumsum(new) - 1


def _placed(
    table: Any, name: str, kinds: NDArray[Any], place: NDArray[np.int64], size: int
) -> dict[str, Floats]:
    """A column apart by kind, one element a run of rows; a kind without acts has none."""
    values = _column(table, name).astype(np.float64)
    found: dict[str, Floats] = {kind: np.zeros(size) for kind in KINDS}
    for kind in KINDS:
        mine = kinds == kind
        found[kind][place[mine]] = values[mine]
    return found


def _column(table: Any, name: str) -> NDArray[Any]:
    values: NDArray[Any] = table[name].to_numpy(zero_copy_only=False)
    return values


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
    """First day of the calendar period that holds a day; weeks begin on Monday."""
    if by in FINE:
        return day - timedelta(days=day.weekday() if by == "week" else 0)
    month = {"year": 1, "quarter": 3 * ((day.month - 1) // 3) + 1, "month": day.month}[by]
    return date(day.year, month, 1)
