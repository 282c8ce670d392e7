"""The numbers on announcements of one type: carried out, anyway, elsewhere, unannounced, foretold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import ibis
import numpy as np
from ibis.expr.types import Table

from realpolitik.constants import GATE_ANNOUNCED
from realpolitik.findings.finding import Status
from realpolitik.measures._announced import Announced, Ledger
from realpolitik.measures._question import SourceSpan
from realpolitik.measures._select import counts_as
from realpolitik.stats.arrays import Ints, stream_key
from realpolitik.stats.forecast import Skill, brier_skill, comes_within, placebo_p
from realpolitik.stats.hazard import hazard_ratio, watched
from realpolitik.stats.share import Share, share
from realpolitik.stats.survival import follow_through, lift, mean_share
from realpolitik.vocab.fulfilment import announced_by, fulfils

NAN = float("nan")
WORDS = ("--kind word",)
DEEDS = ("--kind deed",)
UNMET = (
    "No source here records the condition of a threat; an act of the target that a demand could "
    "have asked for stands in for its being met."
)
NO_HAZARD = (
    "At no time since the last such act were some days announced and others not, or every act was "
    "announced, so there is nothing to compare with."
)
NO_PLACEBO = "No announcement was watched to the end of the horizon."
NO_OTHERS = "The source holds no such act towards others, so there is nothing to compare with."
NO_ACTS = "The source holds no act that such an announcement could have announced."
NO_SKILL = (
    "The record is too short for a forecast from one part of it to be tried on another, or such "
    "an act follows from every day, or from none."
)
NO_THREAT = "No threat went without its act for the whole horizon."
Elsewhere = dict[str, dict[tuple[str, str], list[int]]]


@dataclass(frozen=True, slots=True)
class Number:
    """One number with its interval; `value` is nan where `missing` says why, under `status`."""

    value: float
    interval: tuple[float, float] | None
    n: int
    n_effective: float | None = None
    filters: tuple[str, ...] = WORDS
    missing: str = ""
    status: Status = "cannot tell"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Type:
    """All announcements of one type in one direction, and where their acts are looked for."""

    kind: str
    announced: list[Announced]
    book: Ledger
    others: Elsewhere
    is_sample: bool
    seed: int

    @property
    def is_enough(self) -> bool:
        """Are there announcements enough to compare them with anything?"""
        return len(self.announced) >= GATE_ANNOUNCED

    @property
    def _too_few(self) -> Number:
        n = len(self.announced)
        why = f"{n} announcements of this type; at least {GATE_ANNOUNCED} are needed to compare."
        return Number(NAN, None, n, missing=why, status="too thin")

    def names(self, horizon: int, wanted: Iterable[str]) -> list[str]:
        """The statistics of this type and horizon."""
        found = [f"{name}_{self.kind}_{horizon}d" for name in wanted]
        return [*found, f"conceded_threat_{horizon}d"] if self.kind == "threat" else found

    def numbers(self, horizon: int) -> Iterator[tuple[str, Number]]:
        """Every number of one horizon by the name of its statistic."""
        for name, number in self._rates(horizon).items():
            yield f"{name}_{self.kind}_{horizon}d", number
        compared = {
            "hazard": self._hazard,
            "placebo_p": self._placebo,
            "elsewhere": self._elsewhere,
            "brier_skill": self._skill,
        }
        for name, make in compared.items():
            number = make(horizon) if self.is_enough else self._too_few
            yield f"{name}_{self.kind}_{horizon}d", number
        yield f"unannounced_{self.kind}_{horizon}d", self._unannounced(horizon)
        if self.kind == "threat":
            yield f"conceded_threat_{horizon}d", self._conceded(horizon)

    def _rates(self, horizon: int) -> dict[str, Number]:
        n = len(self.announced)
        times, seen = (
            [one.watched for one in self.announced],
            [bool(one.deed) for one in self.announced],
        )
        bunched = [one.case.date.toordinal() for one in self.announced] if self.is_sample else None
        followed = follow_through(times, seen, horizon, days=bunched)
        base = self._base(horizon)
        ratio, low, high = lift(followed, base, self._key(horizon))
        return {
            "followed": _of_share(followed, n),
            "base": _of_share(base, n),
            "lift": Number(ratio, (low, high), n),
        }

    def _base(self, horizon: int) -> Share:
        codes = {one.case.code: one for one in self.announced}
        known = {code: self.book.base(one, self.announced, horizon) for code, one in codes.items()}
        return mean_share([known[one.case.code] for one in self.announced])

    def _hazard(self, horizon: int) -> Number:
        first, last = self._span
        strata = [
            watched(self._deeds[code], said, horizon, first, last)
            for code, said in self._said.items()
        ]
        found = hazard_ratio(strata)
        n = len(self.announced)
        if found is None:
            return Number(NAN, None, n, missing=NO_HAZARD)
        return Number(found[0], found[1:], n)

    def _placebo(self, horizon: int) -> Number:
        deeds = [self._deeds[code] for code in self._said]
        p = placebo_p(list(self._said.values()), deeds, horizon, self._span, self._key(horizon))
        return Number(p, None, len(self.announced), missing=NO_PLACEBO)

    def _elsewhere(self, horizon: int) -> Number:
        """Followed by acts towards others, over how often such acts come there on any day."""
        first, last = self._span
        every = np.arange(first, last - horizon + 1)
        followed, expected = 0.0, 0.0
        for code, said in self._said.items() if len(every) else ():
            kept = said[(said >= first) & (said <= last - horizon)]
            for days in self._others(code):
                followed += float(comes_within(days, kept, horizon).sum())
                expected += float(comes_within(days, every, horizon).mean()) * len(kept)
        n = len(self.announced)
        if not expected:
            return Number(NAN, None, n, missing=NO_OTHERS)
        return Number(followed / expected, None, n)

    def _unannounced(self, horizon: int) -> Number:
        """Of the acts that fit this type, those that no fitting announcement preceded."""
        alone = total = 0
        for doer in self.book.doers:
            for code, days in self.book.done_by(doer, (self.kind,), doer).items():
                said = self._fitting(code, doer)
                for day in sorted(set(days)):
                    total += 1
                    alone += not bool(np.any((said <= day) & (said >= day - horizon)))
        if not total:
            return Number(NAN, None, 0, filters=DEEDS, missing=NO_ACTS)
        return _of_share(share(alone, total), total, DEEDS)

    def _skill(self, horizon: int) -> Number:
        said = np.concatenate(list(self._said.values()))
        deeds = np.asarray(sorted(chain.from_iterable(self._deeds.values())), dtype=np.int64)
        n = len(self.announced)
        found = brier_skill(said, deeds, horizon, self._span, self._key(horizon))
        if found is None:
            return Number(NAN, None, n, missing=NO_SKILL)
        return Number(found.estimate, (found.lower, found.upper), n, notes=_reliability(found))

    def _conceded(self, horizon: int) -> Number:
        given = self.book.done_by("target", ("demand",), "target").values()
        days = np.asarray(sorted(chain.from_iterable(given)), dtype=np.int64)
        idle = [
            one.case.end_date.toordinal()
            for one in self.announced
            if (one.days is None or one.days > horizon) and one.watched >= horizon
        ]
        if not idle:
            return Number(NAN, None, 0, missing=NO_THREAT)
        met = int(comes_within(days, idle, horizon).sum())
        found = _of_share(share(met, len(idle)), len(idle))
        return Number(found.value, found.interval, found.n, found.n_effective, notes=(UNMET,))

    @property
    def _span(self) -> tuple[int, int]:
        return self.book.first.toordinal(), self.book.last.toordinal()

    @cached_property
    def _said(self) -> dict[str, Ints]:
        """Days of the announcements by code."""
        found: dict[str, list[int]] = {}
        for one in self.announced:
            found.setdefault(one.case.code, []).append(one.case.placed.toordinal())
        return {code: np.asarray(sorted(days)) for code, days in sorted(found.items())}

    @cached_property
    def _deeds(self) -> dict[str, Ints]:
        """Days of the acts that would carry out the announcements of each code."""
        system = self.announced[0].case.code_system
        return {
            code: np.asarray(self.book.deed_days(code, system), dtype=np.int64)
            for code in self._said
        }

    def _others(self, code: str) -> list[Ints]:
        """Days of acts towards each other actor that would carry out this announcement."""
        system = self.announced[0].case.code_system
        by = {row.by for row in fulfils(code, system)}
        days: dict[tuple[str, str], list[int]] = {}
        for doer in by & set(self.others):
            for (deed, whom), found in self.others[doer].items():
                rows = announced_by(deed, system)
                if any(row.by == doer and row.announcement == code for row in rows):
                    days.setdefault((doer, whom), []).extend(found)
        return [np.asarray(sorted(days[key]), dtype=np.int64) for key in sorted(days)]

    def _fitting(self, deed: str, doer: str) -> Ints:
        """Days of announcements of this type that a deed of this code would carry out."""
        system = self.announced[0].case.code_system
        codes = {row.announcement for row in announced_by(deed, system) if row.by == doer}
        days = [self._said[code] for code in self._said if code in codes]
        return np.concatenate(days) if days else np.empty(0, dtype=np.int64)

    def _key(self, horizon: int) -> int:
        return stream_key(self.kind, str(horizon), str(self.seed))


def elsewhere(acts: Table, source: SourceSpan, actor: str, target: str) -> Elsewhere:
    """Days of acts of each of the two towards others, by who did it, code and towards whom."""
    rows = acts.filter(
        acts.source == source.name,
        acts.kind != "word",
        acts.date_precision.isin(["day", "range"]),
    )
    mine, theirs = (counts_as(rows, "actor", code, "date") for code in (actor, target))
    at_me, at_them = (counts_as(rows, "target", code, "date") for code in (actor, target))
    doer = ibis.cases((mine & ~at_them, "actor"), (theirs & ~at_me, "target"))
    rows = rows.mutate(doer=doer)
    rows = rows.filter(rows.doer.notnull()).select("doer", "code", "target", "date").distinct()
    table = rows.order_by("doer", "code", "target", "date").to_pyarrow()
    found: Elsewhere = {"actor": {}, "target": {}}
    columns = (table[name].to_pylist() for name in ("doer", "code", "target", "date"))
    for who, code, whom, day in zip(*columns, strict=True):
        found[who].setdefault((code, whom), []).append(day.toordinal())
    return found


def _of_share(found: Share, n: int, filters: tuple[str, ...] = WORDS) -> Number:
    return Number(found.estimate, found.interval, n, found.n_effective, filters)


def _reliability(found: Skill) -> tuple[str, ...]:
    """Forecast against outcome on days with and without an announcement, as sentences."""
    which = ("an announcement in force", "none in force")
    return tuple(
        f"On {days:,} days with {name} the forecast was {told:.0%} and it came for {came:.0%}."
        for name, (days, told, came) in zip(which, found.reliability, strict=True)
    )
