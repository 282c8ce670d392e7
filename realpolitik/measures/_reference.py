"""What one source holds for a question: the dyad's own counts, and the dyads to hold it against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from ibis.expr.types import Table

from realpolitik.constants import DRAWS, SENSITIVITY_DRAWS
from realpolitik.measures import _tallied as tallied
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures._tallied import Span, Tallied
from realpolitik.stats.reference import Reference, reference_members
from realpolitik.stats.tone import Sums
from realpolitik.vocab.actors import members
from realpolitik.vocab.calendar import Period
from realpolitik.vocab.states import all_states

POOLED = (
    "Fewer than the needed reference dyads in this period alone: the reference pools all periods "
    "of this length that the source covers."
)


@dataclass(frozen=True, slots=True)
class Held:
    """A reference set, the sums of its dyads, and the remarks its making calls for."""

    reference: Reference
    words: Sums
    deeds: Sums
    notes: tuple[str, ...] = ()


class Counts:
    """The counts of one source for one question, under some maps, read once.

    A reference set is made of dyads of states, of the same source, map and
    period; where a period alone has too few, all periods of its length serve,
    whether it was asked for by --by or by two dates.
    """

    def __init__(
        self, tallies: Table, question: Question, source: SourceSpan, maps: Sequence[str]
    ) -> None:
        self._tallies, self._question, self._source = tallies, question, source
        self._maps = maps
        self._made: dict[tuple[str, Period | None], Held] = {}

    def own(self, map: str, ends: tuple[str, str], period: Period) -> Tallied:
        """The counts of one directed dyad in one period."""
        found = self._own.of_map(map).in_period(period, self._question.by)
        return found.pick((found.actors == ends[0]) & (found.targets == ends[1]))

    def held(self, map: str, period: Period) -> Held:
        """The reference set of one period."""
        if (map, period) not in self._made:
            alone = self._set(map, self._states.of_map(map).in_period(period, self._question.by))
            sound = alone.reference.missing is None or self._unit is None
            self._made[map, period] = alone if sound else self._pooled(map)
        return self._made[map, period]

    def every(self, map: str, period: Period) -> Tallied:
        """The counts of every directed dyad of the source in one period, groups included."""
        return self._whole.of_map(map).in_period(period, self._question.by)

    def members(self, map: str) -> Tallied:
        """The reference dyads of the whole span asked for."""
        return _members(self._states.of_map(map))

    @property
    def draws(self) -> int:
        """Draws behind a sensitivity row."""
        return SENSITIVITY_DRAWS

    def standings(self, map: str) -> Iterator[dict[str, Any]]:
        """Where each dyad of the set stands over the whole span; z, gap, surprise in reference SD."""
        dyads = self.members(map)
        reference = self._set(map, dyads).reference
        if reference.missing is not None:
            return
        by = reference.itself
        tones = dyads.tones()
        z_words, z_deeds = by.z_words(tones[0]), by.z_deeds(tones[1])
        surprise = by.surprise(*tones)
        for i in range(len(dyads)):
            yield {
                "actor": str(dyads.actors[i]),
                "target": str(dyads.targets[i]),
                "z_words": float(z_words[i]),
                "z_deeds": float(z_deeds[i]),
                "gap": float(z_deeds[i] - z_words[i]),
                "surprise": float(surprise[i]),
                "words": int(dyads.sums["word"].n[i]),
                "deeds": int(dyads.sums["deed"].n[i]),
            }

    @property
    def _window(self) -> tuple[date, date]:
        window = self._question.window(self._source)
        return window or (self._source.start, self._source.end)

    def _rows(self, window: tuple[date, date]) -> Table:
        by = self._question.by
        return tallied.months(self._tallies, self._source.name, self._maps, window, by)

    @cached_property
    def _own(self) -> Tallied:
        ends = (self._question.a, self._question.b)
        parts = {part.code for end in ends for part in members(end)[1:]}
        if not parts & self._codes:
            return self._all  # the two act under their own codes alone: no second reading
        rows = tallied.of_dyads(self._rows(self._window), self._question.directions())
        return tallied.summed(rows, self._question.by)

    @cached_property
    def _all(self) -> Tallied:
        return tallied.summed(self._rows(self._window), self._question.by)

    @cached_property
    def _codes(self) -> set[str]:
        return {*self._all.actors.tolist(), *self._all.targets.tolist()}

    @cached_property
    def _whole(self) -> Tallied:
        rows = self._rows(self._window)
        whole = tallied.folded(rows, self._codes)
        return self._all if whole is rows else tallied.summed(whole, self._question.by)

    @cached_property
    def _states(self) -> Tallied:
        return _between_states(self._all)

    @property
    def _unit(self) -> str | Span | None:
        """What the source is divided by to pool its periods; None where one period is all of it."""
        if self._question.by is not None:
            return self._question.by
        asked, whole = Span.of(*self._window), Span.of(self._source.start, self._source.end)
        return asked if asked.months < whole.months else None

    @cached_property
    def _everywhere(self) -> Tallied:
        rows = self._rows((self._source.start, self._source.end))
        return _between_states(tallied.summed(rows, self._unit))

    def _pooled(self, map: str) -> Held:
        if (map, None) not in self._made:
            self._made[map, None] = self._set(map, self._everywhere.of_map(map), POOLED)
        return self._made[map, None]

    def _set(self, map: str, dyads: Tallied, *notes: str) -> Held:
        main = map == self._question.map
        draws = DRAWS if main else SENSITIVITY_DRAWS
        members = _members(dyads)
        words, deeds = members.sums["word"], members.sums["deed"]
        reference = Reference.of(words, deeds, self._question.seed, draws, refit=main)
        return Held(reference, words, deeds, notes)


def months_of(tallies: Table, question: Question, source: SourceSpan) -> list[dict[str, Any]]:
    """Acts of both directions by month and kind, regimes included, in order of month."""
    window = question.window(source)
    if window is None:
        return []
    rows = tallied.months(tallies, source.name, [question.map], window)
    return tallied.by_month(rows, question.directions())


def _members(dyads: Tallied) -> Tallied:
    return dyads.pick(reference_members(dyads.sums["word"], dyads.sums["deed"]))


def _between_states(dyads: Tallied) -> Tallied:
    codes = [state.code for state in all_states()]
    return dyads.pick(np.isin(dyads.actors, codes) & np.isin(dyads.targets, codes))
