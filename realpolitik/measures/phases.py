"""When did the relation change; when did words and deeds part?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from ibis.expr.types import Table

from realpolitik.constants import ANSWER_DRAWS, GATE_PHASES, LEAST_PHASE
from realpolitik.findings import Finding
from realpolitik.measures import _episodes as episodes
from realpolitik.measures._coverage import coverage_breaks, volume_breaks
from realpolitik.measures._measure import Measure, Sheet, Statistic
from realpolitik.measures._question import Question, SourceSpan, not_covered
from realpolitik.measures._series import Ends, Panel, panel
from realpolitik.stats import phases as numerics
from realpolitik.stats.arrays import stream, stream_key
from realpolitik.stats.phases import Signal
from realpolitik.stats.regression import ends as interval
from realpolitik.stats.series import Series

YEAR = "decimal year"
KINDS = {"words": "word", "deeds": "deed"}

MEASURE = Measure(
    name="phases",
    sentence="When did the relation change, and when did words and deeds part?",
    table="tallies",
    statistics=(
        Statistic(
            "breaks", "changes",
            "Changes of level of words and deeds of both directions together: the division of the "
            "months with the least squared distance, penalised by the long-run variance.",
        ),
        Statistic("breaks_half_penalty", "changes", "The same under half the penalty."),
        Statistic("breaks_double_penalty", "changes", "The same under twice the penalty."),
        Statistic("breaks_words", "changes", "Changes of level of the words alone."),
        Statistic("breaks_deeds", "changes", "Changes of level of the deeds alone."),
        Statistic(
            "breaks_volume", "changes",
            "Changes of level of the log number of words and deeds of both directions: how much is "
            "reported of the two, whatever its tone.",
        ),
        Statistic(
            "break", YEAR,
            "First month of a new phase of both directions together; interval from a stationary "
            "bootstrap of what the levels leave.",
        ),
        Statistic(
            "phase_tone_words", "log-odds",
            "Mean tone of words over the phase, months weighted by precision; interval by the "
            "long-run variance.",
        ),
        Statistic("phase_tone_deeds", "log-odds", "Mean tone of deeds over the phase, likewise."),
        *episodes.STATISTICS,
        Statistic(
            "coverage_breaks", "changes",
            "Changes of level of the log number of acts of all dyads of the source.",
        ),
    ),
    references=("bai1998", "killick2012", "politis1994", "westfall1993"),
)  # fmt: skip
OCCASION = "A change of what is reported; nothing here says what caused it."
ALONE = "Not found under twice the penalty: a weak break."
FIRM = "Found under twice the penalty too."
NEAR = "The coverage of the source changes near it ({0}): the change may be one of reporting."


def phases(tallies: Table, question: Question, sources: Sequence[SourceSpan]) -> list[Finding]:
    """Changes of level, tones by phase and divergent episodes, a source and direction each.

    Months throughout. Unit: dates as decimal years, tones in log-odds. A source
    with acts in too few months is "too thin"; outside coverage all is "not
    covered". The joint breaks are those of both directions and stand on both.
    Casebooks are cases, not series, and give no finding.
    """
    return [
        finding
        for source in sources
        if source.role == "sample"
        for finding in _of_source(tallies, question, source)
    ]


def _of_source(tallies: Table, question: Question, source: SourceSpan) -> Iterator[Finding]:
    held = panel(tallies, tallies, question, source)
    if held is None:
        why = not_covered(question, source)
        for ends in question.directions():
            sheet = Sheet(MEASURE, *ends, question.asked(source), source.name, question.map)
            for statistic in MEASURE.statistics:
                yield sheet.missing(statistic.name, "not covered", why)
        return
    window = held.start(0), held.end(len(held.starts) - 1)
    jumps = coverage_breaks(tallies, source, question.map, window)
    found = episodes.episodes(tallies, question, source, held)
    divided = _Divided(held, question)
    for ends in question.directions():
        sheet = Sheet(MEASURE, *ends, held.period(0, len(held.starts)), source.name, question.map)
        yield from divided.findings(sheet, ends, jumps)
        yield from found.findings(sheet, ends)
        yield sheet.ok("coverage_breaks", len(jumps), n=divided.n(ends), notes=_listed(jumps))


def _listed(days: Sequence[date]) -> tuple[str, ...]:
    return (f"Phases begin in {', '.join(f'{day:%Y-%m}' for day in days)}.",) if days else ()


class _Divided:
    """The months of one dyad divided into phases, all usable series together."""

    def __init__(self, held: Panel, question: Question) -> None:
        self._held = held
        self._series = {
            (ends, name): held.series(ends, kind)
            for ends in question.directions()
            for name, kind in KINDS.items()
        }
        self._usable = [key for key, one in self._series.items() if _enough(one)]
        self._breaks: tuple[int, ...] = ()
        if self._usable:
            self._signal = numerics.signal([self._series[key] for key in self._usable])
            self._breaks = _divide(self._signal)
            key = stream_key("phases", held.start(0).isoformat(), str(len(held.starts)))
            self._reach = numerics.break_intervals(
                self._signal, self._breaks, stream(question.seed, key), ANSWER_DRAWS,
                2.0 * LEAST_PHASE,
            )  # fmt: skip

    def n(self, ends: Ends) -> int:
        """Non-neutral words and deeds of one direction."""
        return int(sum(self._series[ends, name].n.sum() for name in KINDS))

    def findings(self, sheet: Sheet, ends: Ends, jumps: Sequence[date]) -> Iterator[Finding]:
        n = self.n(ends)
        if not self._usable:
            why = (
                f"The record is too thin: no series of words or deeds has acts in {GATE_PHASES} "
                "months."
            )
            for name in ("breaks", "breaks_half_penalty", "breaks_double_penalty"):
                yield sheet.missing(name, "too thin", why, n=n)
        else:
            yield from self._joint(sheet, n)
            yield from self._each(sheet, n, jumps)
        yield self._volume(sheet, n)
        for name in KINDS:
            yield self._alone(sheet, ends, name)
            yield from self._tones(sheet, ends, name)

    def _joint(self, sheet: Sheet, n: int) -> Iterator[Finding]:
        together = ", ".join(f"{name} {ends[0]}→{ends[1]}" for ends, name in self._usable)
        notes = (f"Series divided together: {together}.",)
        for name, times in (
            ("breaks", 1.0), ("breaks_half_penalty", 0.5), ("breaks_double_penalty", 2.0)
        ):  # fmt: skip
            found = _divide(self._signal, times)
            days = [self._held.start(at) for at in found]
            yield sheet.ok(name, len(found), n=n, notes=(*_listed(days), *notes))

    def _each(self, sheet: Sheet, n: int, jumps: Sequence[date]) -> Iterator[Finding]:
        """One finding a break, on its own month."""
        firm = _divide(self._signal, 2.0)
        for at, (low, high) in zip(self._breaks, self._reach.tolist(), strict=True):
            month = self._held.start(at)
            near = [f"{day:%Y-%m}" for day in jumps if abs((day - month).days) <= 31 * LEAST_PHASE]
            again = any(abs(at - other) <= LEAST_PHASE for other in firm)
            yield _on(sheet, self._held, at, at + 1).ok(
                "break", _decimal(month), (_decimal(self._held.start(low)), _decimal(self._held.start(high))),
                n=n,
                notes=(
                    f"First month of the new phase: {month:%Y-%m} ({self._held.start(low):%Y-%m} to "
                    f"{self._held.start(high):%Y-%m}).",
                    FIRM if again else ALONE,
                    *((NEAR.format(", ".join(near)),) if near else ()),
                    OCCASION,
                ),
            )  # fmt: skip

    def _volume(self, sheet: Sheet, n: int) -> Finding:
        volume = np.sum([one.n for one in self._series.values()], axis=0)
        if int((volume > 0).sum()) < GATE_PHASES:
            why = f"The record is too thin: fewer than {GATE_PHASES} months hold an act."
            return sheet.missing("breaks_volume", "too thin", why, n=n)
        days = [self._held.start(at) for at in volume_breaks(volume)]
        return sheet.ok("breaks_volume", len(days), n=n, notes=_listed(days))

    def _alone(self, sheet: Sheet, ends: Ends, name: str) -> Finding:
        one = self._series[ends, name]
        n, filters = int(one.n.sum()), (f"--kind {KINDS[name]}",)
        if not _enough(one):
            return sheet.missing(
                f"breaks_{name}", "too thin", _thin(one, name), n=n, filters=filters
            )
        days = [self._held.start(at) for at in _divide(numerics.signal([one]))]
        return sheet.ok(f"breaks_{name}", len(days), n=n, filters=filters, notes=_listed(days))

    def _tones(self, sheet: Sheet, ends: Ends, name: str) -> Iterator[Finding]:
        """The level of one series in each joint phase."""
        if (ends, name) not in self._usable:
            return
        column = self._usable.index((ends, name))
        one = self._series[ends, name]
        for start, end in numerics.phases(self._breaks, len(self._held.starts)):
            n = float(one.n[start:end].sum())
            on = _on(sheet, self._held, start, end)
            filters = (f"--kind {KINDS[name]}",)
            mean, deviation = numerics.level(self._signal.tone, self._signal.precision, start, end)
            if not n:
                yield on.missing(f"phase_tone_{name}", "not covered", "No act is recorded.")
                continue
            point = float(mean[column])
            reach = interval(point, float(deviation[column]), float(one.seen[start:end].sum()))
            yield on.ok(
                f"phase_tone_{name}", point, reach, n=int(n), n_effective=n / one.design,
                filters=filters,
            )  # fmt: skip


def _divide(of: Signal, times: float = 1.0) -> tuple[int, ...]:
    return numerics.divide(of.tone, of.precision, times * of.penalty)


def _on(sheet: Sheet, held: Panel, start: int, end: int) -> Sheet:
    return Sheet(
        sheet.measure, sheet.actor, sheet.target, held.period(start, end), sheet.source, sheet.map,
        sheet.notes,
    )  # fmt: skip


def _enough(one: Series) -> bool:
    return int(one.seen.sum()) >= GATE_PHASES and one.process > 0


def _thin(one: Series, name: str) -> str:
    return (
        f"The record is too thin: it holds {name} in {int(one.seen.sum())} months "
        f"({GATE_PHASES} needed, not all of one side)."
    )


def _decimal(day: date) -> float:
    return day.year + (day.month - 1) / 12
