"""Months of clustered counts as the independent acts they are worth."""

from __future__ import annotations

import numpy as np

from realpolitik.stats.arrays import Floats
from realpolitik.stats.latent_model import Counts
from realpolitik.stats.tone import Sums, own_design_effect, perfect_design_effect


def effective_counts(deeds: tuple[Sums, Sums], words: tuple[Sums, Sums]) -> Counts:
    """Counts of both directions by month, divided by the design effect within months.

    Each Sums has one element a month. Reports of one cluster repeat one
    another, and a count ten times as large for that is worth no more.
    """
    each = [[_divided(sums) for sums in kind] for kind in (deeds, words)]
    arrays = [np.stack([side[part] for side in kind]) for kind in each for part in (0, 1)]
    return Counts(*arrays)


def within_design_effect(sums: Sums) -> float:
    """Reports per independent report, judged inside the months alone; at least 1.

    Judged over the whole span, a relation that changes would look like
    clusters that repeat one another. Where no month tells (each holds one
    cluster, or acts of one side), clusters are taken to speak with one voice.
    """
    own = own_design_effect(sums)
    with np.errstate(invalid="ignore", divide="ignore"):
        weight = sums.c * (sums.n - sums.c) / sums.n
    known = ~np.isnan(own) & (weight > 0)
    if known.any():
        return max(1.0, float(np.average(own[known], weights=weight[known])))
    total = sums.sum()
    return max(1.0, float(perfect_design_effect(total))) if total.n > 0 else 1.0


def _divided(sums: Sums) -> tuple[Floats, Floats]:
    effect = within_design_effect(sums)
    return sums.c / effect, sums.n / effect
