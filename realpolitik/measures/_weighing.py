"""Readings weighed on one body of evidence: the base, every setting, and every part left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from realpolitik.constants import (
    BF_POSITIVE,
    BF_STRONG,
    CONCENTRATIONS,
    DESIGN_TIMES,
    GATE_PRIVATE,
    GRID_SHARE,
    PREDICTIVE,
    TILTS,
)
from realpolitik.measures._evidence import Evidence
from realpolitik.stats.arrays import Floats
from realpolitik.stats.decide import Wanted, predictive_p, wanted
from realpolitik.stats.hypotheses import (
    CATCH_ALL,
    NAMES,
    Grid,
    Setting,
    over_rivals,
    posterior,
    settings,
)

HIDDEN = ("staged_enmity", "patron_client")  # readings that speak of what is hidden


@dataclass(frozen=True, slots=True)
class Tried:
    """One assumption changed alone: its name, which reading leads, and the base leader's log Bayes factor."""

    name: str
    leader: int
    log_factor: float


class Weighing:
    """The readings of one period and source under every assumption that is tried."""

    def __init__(self, evidence: Evidence, seed: int = 0) -> None:
        self.evidence, self.seed = evidence, seed
        self.rights = evidence.rights()
        self.start = Setting(evidence.design, next(iter(self.rights.values())))
        made = evidence.variants()
        self.variants, self._stack = list(made), np.stack(list(made.values()))
        self._grid = Grid(self._stack, evidence.typical)
        self.counts = self._stack[0]

    @property
    def prior(self) -> Floats:
        """Probability of each reading before any act is looked at."""
        return self._grid.prior

    @cached_property
    def base(self) -> Floats:
        """Log marginal likelihoods under the base setting, contacts apart."""
        return self._rated(self._grid.at(self.start)[0])

    @cached_property
    def probabilities(self) -> Floats:
        """Posterior of each reading under the base setting."""
        return posterior(self.base, self.prior)

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """Every combination of reliability, tilt, design effect and concentration."""
        rights = tuple(self.rights.values())
        return settings(self.start.design, rights, self.evidence.private > 0)

    @cached_property
    def everywhere(self) -> Floats:
        """Log marginal likelihoods by setting, variant of the counts and reading."""
        return self._rated(np.stack([self._grid.at(setting) for setting in self.settings]))

    @cached_property
    def left_out(self) -> dict[str, tuple[list[str], Floats]]:
        """By publication (or month) and by year: what was left out, and the log marginals without it."""
        found = {}
        group = "publication" if self.evidence.graded else "month"
        for name, attribute in ((group, "group"), ("year", "year")):
            labels = self.evidence.labels(attribute)
            if len(np.unique(labels)) > 1:
                found[name] = list(np.unique(labels)), self._rated(self._without(labels))
        return found

    @cached_property
    def by_item(self) -> tuple[list[str], Floats]:
        """Each act (or month) and the log marginals without it."""
        labels = self.evidence.labels("label")
        return list(np.unique(labels)), self._rated(self._without(labels))

    @cached_property
    def fit(self) -> float:
        """Posterior predictive p of the reading that leads by the counts; nan for the catch-all."""
        first = int(self.base.argmax())
        return predictive_p(self.counts, self.evidence.typical, self.start, first, self.seed)

    @cached_property
    def misfit(self) -> int | None:
        """The reading that leads by the counts but does not fit them; None where it fits."""
        inside = PREDICTIVE <= self.fit <= 1 - PREDICTIVE
        return None if np.isnan(self.fit) or inside else int(self.base.argmax())

    @cached_property
    def leader(self) -> int:
        """The reading that leads; the catch-all where the one ahead does not fit."""
        return CATCH_ALL if self.misfit is not None else int(self.base.argmax())

    @cached_property
    def rival(self) -> int:
        """The reading that comes next."""
        return int(
            np.argsort(np.where(np.arange(len(NAMES)) == self.leader, -np.inf, self.base))[-1]
        )

    @cached_property
    def factors(self) -> Floats:
        """Log Bayes factor of the leader against its best rival at every setting."""
        return over_rivals(self.everywhere)[..., self.leader]

    @cached_property
    def share(self) -> float:
        """Share of the settings in which the leader leads each rival by 3, the lowest of grid and leave-outs."""
        enough = np.log(BF_POSITIVE)
        parts = [self.factors >= enough]
        parts += [over_rivals(rows)[:, self.leader] >= enough for _, rows in self.left_out.values()]
        return float(min(part.mean() for part in parts))

    @cached_property
    def weakest(self) -> tuple[float, str]:
        """The smallest log Bayes factor of the leader anywhere, and where that is."""
        found = [(float(self.factors[self._least]), self._named(*self._least))]
        for name, (labels, rows) in self.left_out.items():
            factors = over_rivals(rows)[:, self.leader]
            at = int(factors.argmin())
            found.append((float(factors[at]), f"without the {name} {labels[at]!r}"))
        return min(found)

    @cached_property
    def _least(self) -> tuple[int, int]:
        """The setting and the variant of the counts that are worst for the leader."""
        setting, variant = np.unravel_index(int(self.factors.argmin()), self.factors.shape)
        return int(setting), int(variant)

    @cached_property
    def robust(self) -> bool:
        """Does the leader lead each rival by 3 at the base and in nearly all settings, and fit?"""
        ahead = float(over_rivals(self.base)[self.leader]) >= np.log(BF_POSITIVE)
        return self.misfit is None and ahead and self.share >= GRID_SHARE and not self.unseen

    @property
    def unseen(self) -> bool:
        """Does the leader speak of hidden conduct of which hardly any is on record?"""
        return NAMES[self.leader] in HIDDEN and self.evidence.private < GATE_PRIVATE

    @property
    def strong(self) -> bool:
        """Is the leader ahead by 20 even at the weakest setting?"""
        return self.robust and self.weakest[0] >= np.log(BF_STRONG)

    @cached_property
    def open(self) -> list[int]:
        """Readings between which the record does not decide, the likeliest first."""
        near = self.base >= self.base[self.leader] - np.log(BF_POSITIVE)
        ahead = np.bincount(self.everywhere.argmax(axis=-1).ravel(), minlength=len(NAMES))
        somewhere = ahead > (1 - GRID_SHARE) * ahead.sum()
        for _, rows in self.left_out.values():
            somewhere |= np.bincount(rows.argmax(axis=-1), minlength=len(NAMES)) > 0
        among = near | somewhere
        among[[self.leader, self.rival]] = True
        order = np.argsort(-self.base, kind="stable")
        return [int(place) for place in order if among[place] and self.prior[place] > 0]

    def tried(self) -> Iterator[Tried]:
        """Every assumption changed alone, and the worst of each way of leaving a part out."""
        start = self.start
        for times in (x for x in CONCENTRATIONS if x != 1):
            yield self._alone(f"concentration_{times:g}", Setting(start.design, start.right, times))
        for times in (x for x in DESIGN_TIMES if x != 1):
            yield self._alone(f"design_{times:g}", Setting(start.design * times, start.right))
        for name, right in list(self.rights.items())[1:]:
            yield self._alone(f"reliability_{name}", Setting(start.design, right))
        if self.evidence.private:
            for tilt in (x for x in TILTS if x != 1):
                yield self._alone(
                    f"tilt_{odds(tilt)}", Setting(start.design, start.right, 1.0, tilt)
                )
        for place, name in enumerate(self.variants[1:], start=1):
            yield self._as(name, self._rated(self._grid.at(start)[place]))
        for name, (_, rows) in self.left_out.items():
            worst = int(over_rivals(rows)[:, self.leader].argmin())
            yield self._as(f"without_one_{name}", rows[worst])

    def against(self) -> list[tuple[float, list[str]]]:
        """Acts (or months) that speak against the leader, by factor: those of one factor together."""
        labels, rows = self.by_item
        apart = rows[:, self.leader] - rows[:, self.rival]
        change = self.base[self.leader] - self.base[self.rival] - apart
        found: dict[float, list[str]] = {}
        for label, value in zip(labels, change, strict=True):
            if value < -1e-6:
                found.setdefault(round(float(value), 6), []).append(label)
        return sorted(found.items())

    def deciding(self) -> tuple[tuple[int, int, Wanted | None], ...]:
        """What would tell two readings apart: which holds, which not, and the acts that would show it.

        The leader must win where the settings are worst for it; what then leads there
        must win at the base.
        """
        setting, variant = self._least
        worst = self.everywhere[setting, variant]
        other = int(np.argsort(np.where(np.arange(len(NAMES)) == self.leader, -np.inf, worst))[-1])
        usual = self.evidence.typical
        at_worst = self._stack[variant], usual, self.settings[setting]
        at_base = self.counts, usual, self.start
        return (
            (self.leader, other, wanted(*at_worst, self.leader, other)),
            (other, self.leader, wanted(*at_base, other, self.leader)),
        )

    def _alone(self, name: str, setting: Setting) -> Tried:
        return self._as(name, self._rated(self._grid.at(setting)[0]))

    def _as(self, name: str, row: Floats) -> Tried:
        return Tried(name, int(row.argmax()), float(over_rivals(row)[self.leader]))

    def _without(self, labels: np.ndarray[tuple[int, ...], np.dtype[np.str_]]) -> Floats:
        return Grid(self.evidence.without(labels), self.evidence.typical).at(self.start)

    def _rated(self, rows: Floats) -> Floats:
        """Readings that cannot be told here lose to all others everywhere."""
        return np.where(self.prior > 0, rows, -np.inf)

    def _named(self, setting: int, variant: int) -> str:
        found = self.settings[setting]
        right = next(name for name, value in self.rights.items() if value == found.right)
        parts = (
            f"priors x {found.concentration:g}",
            f"design effect x {found.design / self.start.design:g}",
            f"tilt {odds(found.tilt)}",
            f"reports {right.replace('_', ' ')}",
            self.variants[variant].replace("_", " "),
        )
        return ", ".join(parts)


def odds(tilt: float) -> str:
    """A tilt as a whole number or a fraction."""
    return f"{tilt:.0f}" if tilt >= 1 else f"1/{1 / tilt:.0f}"
