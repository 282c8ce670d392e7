"""Tones over hand-coded cases: no rates, no sampling error, only what each source adds."""

from __future__ import annotations

import math
from collections.abc import Sequence

from realpolitik.constants import JEFFREYS


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


def _without(left_out: str, cases: Sequence[bool], groups: Sequence[str]) -> list[bool]:
    return [case for case, group in zip(cases, groups, strict=True) if group != left_out]
