"""Announcements matched to the acts that carry them out, by the fulfilment table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

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


_Sorted = tuple[list[tuple[Fulfilment, Case]], list[tuple[Fulfilment, Case]]]


@dataclass(frozen=True)
class Ledger:
    """The acts of one directed dyad in one source, and who could carry out what.

    `doers` holds the acts of the one who spoke ("actor") and of the one spoken
    to ("target"); mutual acts are in both. `first` and `last` are the days
    between which an act would have been seen: the coverage of a sample; for a
    casebook the first and last act coded between the two, in either direction,
    for one that stopped looking cannot show that nothing followed.
    """

    mine: list[Case]
    doers: dict[str, list[Case]]
    first: date
    last: date

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
        days = self.deed_days(one.case.code, one.case.code_system)
        spoken = sorted((a.case.date.toordinal(), a.case.end_date.toordinal()) for a in alike)
        free, start = [], self.first.toordinal()
        for first, last in spoken:
            free.append((start, first - 1))
            start = max(start, last + horizon + 1)
        free.append((start, self.last.toordinal()))
        exposure = [(first, last) for first, last in free if first <= last]
        return base_rate(days, exposure, horizon, self.last.toordinal())

    def deed_days(self, code: str, system: str) -> list[int]:
        """The days of acts that would carry out this announcement, in order, as ordinals."""
        return sorted(deed.placed.toordinal() for _, deed in self._answers(code, system))

    def done_by(self, doer: str, types: Container[str], by: str) -> dict[str, list[int]]:
        """Days of acts of one doer that carry out some announcement of these types, by code."""
        found: dict[str, list[int]] = {}
        for deed in self.doers[doer]:
            rows = announced_by(deed.code, deed.code_system)
            if any(row.type in types and row.by == by for row in rows):
                found.setdefault(deed.code, []).append(deed.placed.toordinal())
        return found

    def _matched(self, case: Case, kind: str) -> Announced:
        # A deed of years later is no answer to what was announced, and no rate counts it.
        until = min(self.last, case.end_date + timedelta(days=max(HORIZONS)))
        found = [
            (days, deed.act_id, deed, row)
            for row, deed in self._near(case)
            if _can_follow(case, deed) and (days := _days_after(case, deed)) <= max(HORIZONS)
        ]
        if not found:
            reason = fulfils(case.code, case.code_system)[0].reason
            return Announced(case, kind, None, None, until, reason)
        days, _, deed, row = min(found, key=lambda one: one[:2])
        return Announced(case, kind, deed, days, until, row.reason)

    def _near(self, case: Case) -> Iterator[tuple[Fulfilment, Case]]:
        """Answers that may be the first: all vague ones, and the dated ones until one surely came."""
        dated, vague = self._sorted(case.code, case.code_system)
        yield from vague
        at = bisect_left(dated, case.date, key=lambda one: one[1].date)
        for row, deed in dated[at:]:
            if deed.date > max(case.end_date, dated[at][1].date):
                return
            yield row, deed

    @cached_property
    def _known(self) -> dict[tuple[str, str], _Sorted]:
        return {}

    def _sorted(self, code: str, system: str) -> _Sorted:
        if (code, system) not in self._known:
            found = list(self._answers(code, system))
            dated = [one for one in found if not one[1].vague]
            dated.sort(key=lambda one: one[1].date)
            self._known[code, system] = dated, [one for one in found if one[1].vague]
        return self._known[code, system]

    def _answers(self, code: str, system: str) -> Iterator[tuple[Fulfilment, Case]]:
        """Acts that the fulfilment table lets carry out an announcement, whenever they came."""
        for by, deeds in self.doers.items():
            for deed in deeds:
                if deed.code_system != system:
                    continue
                for row in announced_by(deed.code, deed.code_system):
                    if row.by == by and row.announcement == code:
                        yield row, deed


def ledger(acts: Table, source: SourceSpan, actor: str, target: str) -> Ledger:
    """The ledger of what `actor` announced to `target`.

    In a sample, announcements of one code and day are one: reports repeat each other.
    """
    mine, theirs = (cases(acts, source.name, *ends) for ends in ((actor, target), (target, actor)))
    mutual = [case for case in mine + theirs if case.reciprocal]
    doers = {"actor": _once(mine + mutual), "target": _once(theirs + mutual)}
    every = [case for acts_of in doers.values() for case in acts_of]
    if source.role == "sample" or not every:
        said = list({(case.date, case.code): case for case in reversed(mine)}.values())[::-1]
        return Ledger(said, doers, source.start, source.end)
    return Ledger(
        mine, doers, min(case.date for case in every), max(case.end_date for case in every)
    )


def pairs(
    acts: Table, question: Question, source: SourceSpan, actor: str, target: str
) -> list[Announced]:
    """Each announcement of `actor` to `target` in the asked span, with what carried it out."""
    window = question.window(source)
    return ledger(acts, source, actor, target).announced(*window) if window else []


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
