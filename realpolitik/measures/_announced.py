"""Announcements matched to the acts that carry them out, by the fulfilment table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ibis.expr.types import Table

from realpolitik.constants import HORIZONS
from realpolitik.measures._cases import Case, cases
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.stats.share import Share
from realpolitik.stats.survival import base_rate
from realpolitik.vocab.fulfilment import Fulfilment, announced_by, announcement_type, fulfils


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement, the first act that carries it out, and how long it was watched.

    `days` counts from the announcement to that act; None where none is coded
    up to `until`: the end of the longest horizon, or the last day on which the
    source codes an act of the two where that comes first.
    """

    case: Case
    type: str
    deed: Case | None
    days: int | None
    until: date
    reason: str

    @property
    def watched(self) -> int:
        """Days from the announcement to the matching act, or to the last day watched."""
        return self.days if self.days is not None else (self.until - self.case.end_date).days


@dataclass(frozen=True, slots=True)
class Ledger:
    """The cases of one directed dyad in one source, and who could carry out what.

    `doers` holds the acts of the one who spoke ("actor") and of the one spoken
    to ("target"); mutual acts are in both. The ledger is open from the first
    to the last act coded between the two, in either direction: a casebook that
    stopped looking cannot show that nothing followed.
    """

    mine: list[Case]
    doers: dict[str, list[Case]]

    @property
    def first(self) -> date:
        """The first day on which an act of the two is coded."""
        return min(case.date for acts in self.doers.values() for case in acts)

    @property
    def last(self) -> date:
        """The last day on which an act of the two is coded."""
        return max(case.end_date for acts in self.doers.values() for case in acts)

    def announced(self, start: date, end: date) -> list[Announced]:
        """Each announcement of these days with the first act in time that carries it out."""
        return [
            self._matched(case, kind)
            for case in self.mine
            if case.happened_in(start, end)
            and (kind := announcement_type(case.code, case.code_system)) is not None
        ]

    def base(self, one: Announced, alike: list[Announced], horizon: int) -> Share:
        """How often an act that would carry this out follows a day without such an announcement."""
        days = sorted(deed.placed.toordinal() for _, deed in self._answers(one.case))
        spoken = sorted((a.case.date.toordinal(), a.case.end_date.toordinal()) for a in alike)
        free, start = [], self.first.toordinal()
        for first, last in spoken:
            free.append((start, first - 1))
            start = max(start, last + horizon + 1)
        free.append((start, self.last.toordinal()))
        exposure = [(first, last) for first, last in free if first <= last]
        return base_rate(days, exposure, horizon, self.last.toordinal())

    def _matched(self, case: Case, kind: str) -> Announced:
        # A deed of years later is no answer to what was announced, and no rate counts it.
        until = min(self.last, case.end_date + timedelta(days=max(HORIZONS)))
        found = [
            (days, deed.act_id, deed, row)
            for row, deed in self._answers(case)
            if _can_follow(case, deed) and (days := _days_after(case, deed)) <= max(HORIZONS)
        ]
        if not found:
            reason = fulfils(case.code, case.code_system)[0].reason
            return Announced(case, kind, None, None, until, reason)
        days, _, deed, row = min(found, key=lambda one: one[:2])
        return Announced(case, kind, deed, days, until, row.reason)

    def _answers(self, case: Case) -> Iterator[tuple[Fulfilment, Case]]:
        """Acts that the fulfilment table lets carry out an announcement, whenever they came."""
        for by, deeds in self.doers.items():
            for deed in deeds:
                if deed.act_id == case.act_id or deed.code_system != case.code_system:
                    continue
                for row in announced_by(deed.code, deed.code_system):
                    if row.by == by and row.announcement == case.code:
                        yield row, deed


def ledger(acts: Table, source: str, actor: str, target: str) -> Ledger:
    """The ledger of what `actor` announced to `target`."""
    mine, theirs = (cases(acts, source, *ends) for ends in ((actor, target), (target, actor)))
    mutual = [case for case in mine + theirs if case.reciprocal]
    return Ledger(mine, {"actor": _once(mine + mutual), "target": _once(theirs + mutual)})


def pairs(
    acts: Table, question: Question, source: SourceSpan, actor: str, target: str
) -> list[Announced]:
    """Each announcement of `actor` to `target` in the asked span, with what carried it out."""
    window = question.window(source)
    return ledger(acts, source.name, actor, target).announced(*window) if window else []


def _once(found: list[Case]) -> list[Case]:
    return list({case.act_id: case for case in found}.values())


def _can_follow(announcement: Case, deed: Case) -> bool:
    """Can the act have begun on or after the day of the announcement?

    An act dated to a month or year counts if that month or year ends later
    than the announcement. An act that was already going on does not.
    """
    if deed.vague:
        return deed.end_date > announcement.end_date
    return deed.date >= announcement.date


def _days_after(announcement: Case, deed: Case) -> int:
    """Days from one to the other; for an act dated to a month or year, to the middle of what is left."""
    first = max(deed.date, announcement.end_date)
    last = deed.end_date if deed.vague else first
    return ((first - announcement.end_date) + (last - first) / 2).days
