"""Follow-through: was the announced act done in time, and would it have come anyway?

Days are whole numbers, such as ordinals of dates. "Within a horizon" counts the day
itself (day 0) up to and including the day of the horizon.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from realpolitik.constants import DRAWS, LEVEL
from realpolitik.stats.arrays import Bools, Floats, Ints, floats, stream, tails
from realpolitik.stats.share import Share, effective_share, unknown_share
from realpolitik.stats.tone import Sums, own_design_effect, perfect_design_effect


def follow_through(
    times: ArrayLike,
    observed: ArrayLike,
    horizon: int,
    level: float = LEVEL,
    days: ArrayLike | None = None,
) -> Share:
    """Share of announcements followed by a matching act within `horizon` days.

    `times` are days from an announcement to the matching act, or to the end of
    the record where `observed` is False. One minus the estimate of Kaplan and
    Meier (1958). The interval is Jeffreys' on the number of uncensored
    announcements with the same Greenwood variance; without censoring that is
    the number of announcements, and at 0 and 1 it is the number watched to the
    end. Unknown (nan) without announcements, or where none was watched for as
    long as the horizon and the estimate does not end there by itself. `days`
    are those of the announcements, where many lie close together: those of one
    stretch of `horizon` + 1 days wait for the same acts and count as a cluster.
    """
    waited, seen = floats(times), np.asarray(observed, dtype=np.bool_)
    watched = int(np.sum((waited >= horizon) | (seen & (waited <= horizon))))
    survival, greenwood = _kaplan_meier(waited, seen, horizon)
    if not len(waited) or (survival > 0 and not bool(np.any(waited >= horizon))):
        return unknown_share(len(waited))
    n_effective = float(watched)
    if 0 < survival < 1:
        n_effective = (1 - survival) / (survival * greenwood)
    if days is not None:
        n_effective /= _bunching(
            np.asarray(days, dtype=np.int64), seen & (waited <= horizon), horizon
        )
    return effective_share(1 - survival, len(waited), n_effective, level)


def _bunching(days: Ints, followed: Bools, horizon: int) -> float:
    """The design effect of announcements that stand so close that they wait for the same acts."""
    _, stretch = np.unique(days // (horizon + 1), return_inverse=True)
    sums = Sums.from_clusters(np.bincount(stretch, weights=followed), np.bincount(stretch))
    own = float(own_design_effect(sums))
    # Where all or none were followed, nothing shows how alike neighbours are: take them as one.
    return max(1.0, float(perfect_design_effect(sums)) if np.isnan(own) else own)


def base_rate(
    act_days: ArrayLike,
    exposure: Sequence[tuple[int, int]],
    horizon: int,
    coverage_end: int,
    level: float = LEVEL,
) -> Share:
    """Share of days from which a matching act comes within `horizon` days.

    `act_days` are the days of all acts that would match; `exposure` the spans
    of days to start from, both ends included (days without an announcement in
    force); `coverage_end` the last day the source covers. Start days whose
    window it cuts are dropped. Neighbouring days share most of their windows,
    so the days are worth as many cases as there are windows that do not overlap.
    """
    starts = _start_days(exposure, coverage_end - horizon)
    if not len(starts):
        return unknown_share(0)
    hits = _comes_within(np.unique(np.asarray(act_days, dtype=np.int64)), starts, horizon)
    return effective_share(float(hits.mean()), len(starts), len(starts) / (horizon + 1), level)


def mean_share(shares: Sequence[Share], level: float = LEVEL) -> Share:
    """The mean of shares that were taken on one and the same record, worth one of them.

    For announcements whose matching acts differ: the base rate of the lot is
    the mean of theirs. Unknown shares are left out.
    """
    known = [one for one in shares if not np.isnan(one.estimate)]
    if not known:
        return unknown_share(0)
    estimate, n, n_effective = np.mean([(s.estimate, s.n, s.n_effective) for s in known], axis=0)
    return effective_share(float(estimate), float(n), float(n_effective), level)


def lift(
    followed: Share, base: Share, seed: int = 0, draws: int = DRAWS, level: float = LEVEL
) -> tuple[float, float, float]:
    """How many times likelier the act was after an announcement: ratio, lower, upper end.

    The interval comes from draws of both posteriors, not from resampling the
    announcements, which would give no width where all or none were followed. nan where
    either share is unknown or the base rate is 0.
    """
    nan = float("nan")
    if np.isnan(followed.estimate) or not base.estimate > 0:
        return nan, nan, nan
    rng = stream(seed, 0)
    ratios = followed.draws(rng, draws) / base.draws(rng, draws)
    ratio = followed.estimate / base.estimate
    low, high = np.quantile(ratios, tails(level))
    return ratio, min(float(low), ratio), max(float(high), ratio)


def _kaplan_meier(days: Floats, seen: Bools, horizon: int) -> tuple[float, float]:
    """Survival at the horizon, and Greenwood's sum of d / [n (n - d)]."""
    survival, greenwood = 1.0, 0.0
    for day in np.unique(days[seen & (days <= horizon)]):
        at_risk = float(np.sum(days >= day))
        done = float(np.sum(seen & (days == day)))
        survival *= 1 - done / at_risk
        greenwood += done / (at_risk * (at_risk - done)) if at_risk > done else 0.0
    return survival, greenwood


def _start_days(exposure: Sequence[tuple[int, int]], last: int) -> Ints:
    spans = [np.arange(start, min(end, last) + 1, dtype=np.int64) for start, end in exposure]
    return np.unique(np.concatenate(spans)) if spans else np.empty(0, dtype=np.int64)


def _comes_within(act_days: Ints, starts: Ints, horizon: int) -> Bools:
    first = np.searchsorted(act_days, starts, side="left")
    upto = np.searchsorted(act_days, starts + horizon, side="right")
    return upto > first
