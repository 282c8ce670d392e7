"""The acts of two actors laid out for weighing: by kind, openness, direction, issue and grade of source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import ibis
import numpy as np
from ibis.expr.types import BooleanColumn, Table
from numpy.typing import NDArray

from realpolitik.constants import JEFFREYS, RIGHT, RIGHT_SAMPLE
from realpolitik.measures import _tallied as tallied
from realpolitik.measures._cases import Case, cases
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures._reference import Counts
from realpolitik.measures._select import counts_as
from realpolitik.stats.arrays import Bools, Floats, Ints, floats
from realpolitik.stats.hypotheses import CELLS, DIRECTIONS, KINDS, OPENNESS, pooled_design
from realpolitik.vocab.calendar import Period
from realpolitik.vocab.issues import ISSUES, issue

GRADES = (*RIGHT, "sample")
KIND_OF = {"word": 0, "deed": 1, "contact": 2}
MOVED = {"apart": -1, "words": 0, "deeds": 1}
MEMORY = "from memory"
AID = "07"  # CAMEO's root for help that is given


@dataclass(frozen=True, slots=True)
class Item:
    """One act, or the acts of one month, kind and direction of a tallied source.

    `group` is what stands or falls together: a publication, or a month.
    """

    label: str
    kind: str
    private: bool
    direction: int
    issue: str
    grade: str
    cooperation: float
    conflict: float
    group: str
    year: int
    verification: str = ""
    aid: bool = False


@dataclass(frozen=True, eq=False)
class Evidence:
    """What one source holds of two actors in one period.

    `typical` is the log-odds of cooperation that is usual in each cell, or each cell and issue.
    """

    items: tuple[Item, ...]
    typical: Floats

    def counts(self, contacts: str = "apart", keep: Bools | None = None) -> Floats:
        """Counts by cell, issue, grade and side; contacts apart means left out."""
        found = np.zeros((CELLS, len(ISSUES), len(GRADES), 2))
        cells = self.cells(contacts)
        chosen = cells >= 0 if keep is None else (cells >= 0) & keep
        at = cells[chosen], self._issues[chosen], self._grades[chosen]
        for side, values in enumerate((self.cooperation, self.conflict)):
            np.add.at(found[..., side], at, values[chosen])
        return found

    def variants(self) -> dict[str, Floats]:
        """Counts with contacts apart (the base), as words, as deeds, and without what is from memory."""
        found = {f"contacts_{contacts}": self.counts(contacts) for contacts in MOVED}
        remembered = self.labels("verification") == MEMORY
        if remembered.any():
            found["without_memory"] = self.counts(keep=~remembered)
        return found

    def without(self, labels: NDArray[np.str_]) -> Floats:
        """Counts with each distinct label left out in turn, in order of label; contacts apart."""
        return np.stack([self.counts(keep=labels != label) for label in np.unique(labels)])

    def cells(self, contacts: str = "apart") -> Ints:
        """The cell of each item: kind, openness, direction; -1 for a contact left out."""
        kinds = np.asarray([KIND_OF[item.kind] for item in self.items], dtype=np.int64)
        kinds = np.where(kinds == KINDS, MOVED[contacts], kinds)
        private = np.asarray([item.private for item in self.items], dtype=np.int64)
        ends = np.asarray([item.direction for item in self.items], dtype=np.int64)
        return np.where(kinds < 0, -1, (kinds * OPENNESS + private) * DIRECTIONS + ends)

    def labels(self, name: str) -> NDArray[np.str_]:
        """One attribute of every item, as text."""
        return np.asarray([str(getattr(item, name)) for item in self.items], dtype=np.str_)

    @cached_property
    def cooperation(self) -> Floats:
        """Cooperative acts of each item."""
        return np.asarray([item.cooperation for item in self.items], dtype=np.float64)

    @cached_property
    def conflict(self) -> Floats:
        """Conflictual acts of each item."""
        return np.asarray([item.conflict for item in self.items], dtype=np.float64)

    @cached_property
    def design(self) -> float:
        """Acts per independent act, with publications (or months) as what hangs together."""
        cells = self.cells()
        strata = cells * len(ISSUES) + self._issues
        groups = np.char.add(np.char.add(strata.astype(str), "|"), self.labels("group"))
        weighed = (cells >= 0) & (self.cooperation + self.conflict > 0)
        _, first, which = np.unique(groups[weighed], return_index=True, return_inverse=True)
        c, n = (
            floats(np.bincount(which, weights=values[weighed], minlength=len(first)))
            for values in (self.cooperation, self.cooperation + self.conflict)
        )
        return pooled_design(c, n, floats(strata[weighed][first]))

    @property
    def graded(self) -> bool:
        """Are the sources graded one by one, as in a casebook?"""
        return any(item.grade != "sample" for item in self.items)

    @property
    def private(self) -> int:
        """Private acts that are weighed."""
        hidden = np.asarray([item.private for item in self.items]) & (self.cells() >= 0)
        return int((self.cooperation + self.conflict)[hidden].sum())

    @property
    def n(self) -> int:
        """Acts that are weighed."""
        return int(self.counts().sum())

    def rights(self) -> dict[str, tuple[float, ...]]:
        """How often reports of each grade are right, under each assumption; the first is the base."""
        if not self.graded:
            whole = (1.0,) * len(GRADES)
            return {"as_coded": whole, "machine_errs": (*whole[:-1], RIGHT_SAMPLE)}
        letters = tuple(RIGHT)
        lower = dict(zip(letters, (*letters[1:5], "E", "F"), strict=True))
        return {
            "as_graded": (*RIGHT.values(), 1.0),
            "all_right": (1.0,) * len(GRADES),
            "grade_lower": (*(RIGHT[lower[letter]] for letter in letters), 1.0),
        }

    @cached_property
    def _issues(self) -> Ints:
        return np.asarray([ISSUES.index(item.issue) for item in self.items], dtype=np.int64)

    @cached_property
    def _grades(self) -> Ints:
        return np.asarray([GRADES.index(item.grade) for item in self.items], dtype=np.int64)


def of_cases(acts: Table, question: Question, source: str, period: Period) -> tuple[Item, ...]:
    """Every non-neutral act of a casebook between two actors in a period, in order of date and id."""
    found = [
        (case, direction)
        for direction, ends in enumerate(question.directions())
        for case in cases(acts, source, *ends)
        if case.side != "neutral" and case.happened_in(period.start, period.end)
    ]
    found.sort(key=lambda one: (one[0].date, one[0].act_id))
    return tuple(_item(case, direction) for case, direction in found)


def _item(case: Case, direction: int) -> Item:
    cooperative = case.side == "cooperation"
    return Item(
        label=case.act_id,
        kind=case.kind,
        private=case.secret,
        direction=direction,
        issue=issue(case.code_system, case.code),
        grade=case.reliability or "F",
        cooperation=float(cooperative),
        conflict=float(not cooperative),
        group=case.publication or case.act_id,
        year=case.placed.year,
        verification=case.verification or "",
        aid=case.kind == "deed" and case.code_system == "cameo" and case.root == AID,
    )


def usual_of_cases(acts: Table, question: Question, source: str) -> Floats:
    """How much more cooperative acts on each issue are in a casebook than all acts of the kind, in log-odds.

    By cell and issue. Many codes hold an issue and a side at once (aid is economy and
    cooperation), so an issue says something of the side whoever acts; that much is
    taken out. The acts between the two in question are not counted.
    """
    rows = acts.filter(acts.source == source, acts.side != "neutral")
    own = [rows.filter(*_between(rows, ends)) for ends in question.directions()]
    rows = rows.anti_join(ibis.union(*own), "act_id")
    sums = rows.group_by("kind", "code_system", "code", "side").aggregate(n=rows.n.sum())
    found = np.full((KINDS, len(ISSUES), 2), JEFFREYS)
    for row in sums.to_pyarrow().to_pylist():
        if row["kind"] != "contact":
            at = KIND_OF[row["kind"]], ISSUES.index(issue(row["code_system"], row["code"]))
            found[at][int(row["side"] == "conflict")] += row["n"]
    tones, whole = (np.log(x[..., 0]) - np.log(x[..., 1]) for x in (found, found.sum(axis=1)))
    return np.repeat(tones - whole[:, None], OPENNESS * DIRECTIONS, axis=0)


def _between(rows: Table, ends: tuple[str, str]) -> tuple[BooleanColumn, BooleanColumn]:
    actor, target = ends
    return counts_as(rows, "actor", actor, "date"), counts_as(rows, "target", target, "date")


def of_months(
    tallies: Table, question: Question, source: SourceSpan, period: Period
) -> tuple[Item, ...]:
    """The acts of two actors in a tallied source, one item a month, kind and direction."""
    rows = tallied.months(tallies, source.name, [question.map], (period.start, period.end))
    directions = question.directions()
    return tuple(
        Item(
            label=row["month"],
            kind=row["kind"],
            private=False,
            direction=directions.index((row["actor"], row["target"])),
            issue="general",
            grade="sample",
            cooperation=float(row["cooperation"]),
            conflict=float(row["conflict"]),
            group=row["month"],
            year=int(row["month"][:4]),
        )
        for row in tallied.by_month(rows, directions)
    )


def typical(counts: Counts, map: str, period: Period) -> Floats | str:
    """Log-odds of cooperation of the median reference dyad in each cell, or what is missing for it."""
    reference = counts.held(map, period).reference
    if reference.missing is not None:
        return reference.missing
    words, deeds = (np.median(tones) for tones in (reference.words, reference.deeds))
    return np.repeat([float(words), float(deeds)], OPENNESS * DIRECTIONS)
