"""What a measure declares, and how its findings are filled in."""

from __future__ import annotations

from dataclasses import dataclass

from realpolitik.constants import LEVEL
from realpolitik.findings import Finding
from realpolitik.findings.finding import Status
from realpolitik.vocab.calendar import Period


@dataclass(frozen=True, slots=True)
class Statistic:
    """One number a measure gives: its name, unit, and how it is reached in one sentence."""

    name: str
    unit: str
    method: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure's card: what it answers, from what, which numbers it gives, whose method it is."""

    name: str
    sentence: str
    table: str
    statistics: tuple[Statistic, ...]
    references: tuple[str, ...]

    def statistic(self, name: str) -> Statistic:
        """The declaration of one of its numbers."""
        return next(found for found in self.statistics if found.name == name)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One directed dyad and period in one source, on which a measure writes its findings."""

    measure: Measure
    actor: str
    target: str
    period: Period
    source: str
    map: str
    notes: tuple[str, ...] = ()
    mutual: bool = False

    def acts(self, *filters: str) -> str:
        """The command that lists the acts behind a number, of both directions where it is `mutual`."""
        return " ".join(
            (
                f"realpolitik acts {self.actor} {self.target}",
                *(() if self.mutual else (f"--actor {self.actor}",)),
                f"--source {self.source} --start {self.period.start} --end {self.period.end}",
                *(() if self.map == "realpolitik" else (f"--map {self.map}",)),
                *filters,
            )
        )

    def ok(
        self,
        statistic: str,
        estimate: float,
        interval: tuple[float, float] | None = None,
        *,
        n: int,
        n_effective: float | None = None,
        level: float | None = LEVEL,
        filters: tuple[str, ...] = (),
        notes: tuple[str, ...] = (),
        map: str | None = None,
        of: str = "",
    ) -> Finding:
        """A number that could be reached; `interval` None means it has none.

        `of` names whom or what it is of, where a measure gives one number to each.
        """
        lower, upper = interval if interval is not None else (None, None)
        return self._finding(
            statistic,
            estimate=float(estimate),
            lower=None if lower is None else float(lower),
            upper=None if upper is None else float(upper),
            level=None if interval is None else level,
            n=int(n),
            n_effective=None if n_effective is None else float(n_effective),
            acts=self.acts(*filters),
            notes=(*notes, *self.notes),
            map=map or self.map,
            of=of,
        )

    def missing(
        self,
        statistic: str,
        status: Status,
        why: str,
        *,
        n: int = 0,
        filters: tuple[str, ...] = (),
        map: str | None = None,
    ) -> Finding:
        """A number that could not be reached, with the sentence that says what is missing."""
        return self._finding(
            statistic,
            status=status,
            level=None,
            n=int(n),
            acts=self.acts(*filters),
            notes=(why, *self.notes),
            map=map or self.map,
        )

    def _finding(self, statistic: str, of: str = "", **values: object) -> Finding:
        declared = self.measure.statistic(statistic)
        return Finding(
            measure=self.measure.name,
            actor=self.actor,
            target=self.target,
            start=self.period.start.isoformat(),
            end=self.period.end.isoformat(),
            statistic=f"{statistic}_{of}" if of else statistic,
            unit=declared.unit,
            method=declared.method,
            sources=(self.source,),
            **values,  # type: ignore[arg-type]
        )
