"""Tone period by period: a series, how sure each of its values is, and the periods without acts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from realpolitik.stats.arrays import Bools, Floats
from realpolitik.stats.tone import Sums, own_design_effect


@dataclass(frozen=True, eq=False)
class Series:
    """Tone of successive periods, log-odds, one element a period.

    `variance` is that of the reports, infinite where a period holds none; such
    a period has the mean tone of the series, which is what is known of it.
    `n` counts non-neutral acts, `design` is reports per independent report, and
    `prior` the share of cooperation over all periods, worth one act in each.
    """

    tone: Floats
    variance: Floats
    n: Floats
    design: float
    prior: float = 0.5

    @cached_property
    def seen(self) -> Bools:
        """Periods that hold an act."""
        return np.asarray(self.n > 0)

    @cached_property
    def process(self) -> float:
        """Variance of the tone itself, beyond that of the reports (two steps, never below 5 %)."""
        y, v = self.tone[self.seen], self.variance[self.seen]
        if len(y) < 2:
            return 0.0
        spread = process = float(np.var(y))
        for _ in range(2):
            w = 1 / (v + process) ** 2
            left = (y - np.average(y, weights=w)) ** 2 * len(y) / (len(y) - 1) - v
            process = max(float(np.average(left, weights=w)), 0.05 * spread)
        return process

    @cached_property
    def expected(self) -> Floats:
        """What is to be expected of the true tone: each value drawn to the mean by its unsureness."""
        process = self.process
        weight = process / (process + self.variance) if process else np.zeros(len(self.tone))
        seen = self.seen
        middle = np.average(self.tone[seen], weights=weight[seen]) if weight.any() else 0.0
        return np.asarray(middle + weight * (self.tone - middle))

    def __getitem__(self, index: slice) -> Series:
        return Series(
            self.tone[index], self.variance[index], self.n[index], self.design, self.prior
        )


def series(sums: Sums) -> Series:
    """The series of successive periods; `sums` has one element a period, 0 where there is no act.

    The tone of a period is log[(c/d + p) / (f/d + q)], with c and f its
    cooperative and conflictual acts, p and q their shares over all periods, and d
    the design effect over all periods. The prior is worth one act, as
    Jeffreys' is, but lies at the mean of the series, not at even: a prior at
    even would pull quiet periods of a hostile dyad towards 0, and attention
    that two directions share would look like an answer.
    """
    whole = sums.sum()
    own = float(own_design_effect(whole))
    d = max(1.0, own) if own == own else 1.0
    # One act of each side keeps the mean finite where all acts lie on one side.
    p = (float(whole.c) + 0.5) / (float(whole.n) + 1)
    c, f = sums.c / d + p, (sums.n - sums.c) / d + 1 - p
    with np.errstate(divide="ignore"):
        variance = np.where(sums.n > 0, 1 / ((sums.n / d + 1) * p * (1 - p)), np.inf)
    return Series(np.log(c / f), variance, sums.n, d, p)
