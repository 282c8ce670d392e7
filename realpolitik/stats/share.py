"""A share of acts, with the interval that clustered counts allow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from realpolitik.constants import JEFFREYS, LEVEL
from realpolitik.stats.arrays import Floats, tails
from realpolitik.stats.tone import Sums, own_design_effect, perfect_design_effect


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1 with its interval; all three are nan where it is unknown.

    `n` counts what the share is of; `n_effective` how many independent ones they are worth.
    """

    estimate: float
    lower: float
    upper: float
    n: float
    n_effective: float

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end."""
        return self.lower, self.upper

    def draws(self, rng: np.random.Generator, draws: int) -> Floats:
        """Draws from the Beta posterior behind the interval."""
        return rng.beta(*_posterior(self.estimate, self.n_effective), draws)


def share(part: float, whole: float, d: float = 1.0, level: float = LEVEL) -> Share:
    """Part of a whole, with Jeffreys' interval on counts divided by the design effect `d`."""
    if whole <= 0:
        return unknown_share(whole)
    return effective_share(part / whole, whole, whole / d, level)


def effective_share(estimate: float, n: float, n_effective: float, level: float = LEVEL) -> Share:
    """A share worth `n_effective` independent cases, with Jeffreys' interval.

    The interval is widened to hold the estimate, so it reaches 0 or 1 where the estimate does.
    """
    low, high = betaincinv(*_posterior(estimate, n_effective), tails(level)).tolist()
    return Share(estimate, min(low, estimate), max(high, estimate), n, n_effective)


def unknown_share(n: float) -> Share:
    """A share that the record does not show."""
    nan = float("nan")
    return Share(nan, nan, nan, n, 0.0)


def design_effect_of_kind(part: Sums, rest: Sums) -> Floats:
    """Design effect of the share of one kind among two, where no cluster holds both.

    Clusters of `part` are wholly of the kind, those of `rest` wholly not.
    Never below 1; the widest possible where all acts are of one kind; nan without acts.
    """
    whole = part + rest
    pure = Sums(whole.n, part.n, whole.nn, part.nn, part.nn, whole.clusters)
    own, widest = own_design_effect(pure), perfect_design_effect(pure)
    return np.where(whole.n > 0, np.fmax(1.0, np.where(np.isnan(own), widest, own)), np.nan)


def _posterior(estimate: float, n_effective: float) -> tuple[float, float]:
    return estimate * n_effective + JEFFREYS, (1 - estimate) * n_effective + JEFFREYS
