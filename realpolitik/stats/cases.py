"""Tones over hand-coded cases: how far few cases, and cases of one publication, can carry one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from realpolitik.constants import JEFFREYS, LEVEL
from realpolitik.stats.arrays import tails
from realpolitik.stats.tone import Sums, design_effects, tone_quantiles

# Equally likely values of each tone, all pairs of which stand for their difference.
GRID = (np.arange(200) + 0.5) / 200


def log_odds(cooperative: Sequence[bool]) -> float:
    """Log-odds of cooperation over cases (True cooperative, False conflictual), a half added.

    nan without cases.
    """
    yes = sum(cooperative)
    if not cooperative:
        return math.nan
    return math.log(yes + JEFFREYS) - math.log(len(cooperative) - yes + JEFFREYS)


def leave_one_out(
    first: Sequence[bool],
    first_groups: Sequence[str],
    second: Sequence[bool],
    second_groups: Sequence[str],
) -> tuple[float, float] | None:
    """Smallest and greatest log-odds difference, first minus second, with one group left out.

    A group is a source or publication of a case. None where there is only one
    group, or where leaving one out leaves no case to compare: then the
    difference rests on that group alone.
    """
    groups = sorted({*first_groups, *second_groups})
    if len(groups) < 2:
        return None
    differences = [
        log_odds(_without(group, first, first_groups))
        - log_odds(_without(group, second, second_groups))
        for group in groups
    ]
    if any(math.isnan(difference) for difference in differences):
        return None
    return min(differences), max(differences)


def difference_interval(
    first: Sequence[bool],
    first_groups: Sequence[str],
    second: Sequence[bool],
    second_groups: Sequence[str],
    level: float = LEVEL,
) -> tuple[float, float]:
    """Interval of the log-odds difference, first minus second, as for so few independent cases.

    Jeffreys posteriors of both tones on counts divided by their design effects,
    with the publications as clusters: cases that one publication tells of stand
    or fall together. It holds the chance in few cases and not the choice of
    them, so it is the least that must be doubted. Each side needs a case.
    """
    sums = _sums(first, first_groups), _sums(second, second_groups)
    values = [tone_quantiles(s, d, GRID) for s, d in zip(sums, design_effects(*sums), strict=True)]
    low, high = np.quantile(values[0][:, None] - values[1], tails(level))
    return float(low), float(high)


def _sums(cases: Sequence[bool], groups: Sequence[str]) -> Sums:
    names, which = np.unique(np.asarray(groups), return_inverse=True)
    cooperative = np.bincount(which, weights=cases, minlength=len(names))
    return Sums.from_clusters(cooperative, np.bincount(which, minlength=len(names)))


def _without(left_out: str, cases: Sequence[bool], groups: Sequence[str]) -> list[bool]:
    return [case for case, group in zip(cases, groups, strict=True) if group != left_out]
