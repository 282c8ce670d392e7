"""Words as a forecast of deeds: placebo dates, and what an announcement adds to a base rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from realpolitik.constants import DRAWS, LEVEL, PLACEBOS
from realpolitik.stats.arrays import Bools, Floats, Ints, floats, stream, tails

FOLDS = 5


def comes_within(deeds: ArrayLike, days: ArrayLike, horizon: int) -> Bools:
    """Does a deed come on each of these days or within `horizon` days of it?"""
    done, start = np.unique(np.asarray(deeds, dtype=np.int64)), np.asarray(days, dtype=np.int64)
    upto = np.searchsorted(done, start + horizon, side="right")
    return np.asarray(upto > np.searchsorted(done, start, side="left"))


def placebo_p(
    spoken: Sequence[Ints],
    deeds: Sequence[Ints],
    horizon: int,
    span: tuple[int, int],
    seed: int,
    placebos: int = PLACEBOS,
) -> float:
    """How often announcements on shuffled dates are followed as often as the real ones.

    `spoken` and `deeds` are days, one array a kind of announcement. All dates
    are shifted together by one random number of days, the end joined to the
    start, so that announcements stay as bunched as they were. Days whose
    horizon the record cuts take no part. nan where no announcement is left.
    """
    first, length = span[0], span[1] - horizon - span[0] + 1
    kept = [days[(days >= first) & (days < first + length)] - first for days in spoken]
    if length < 1 or not sum(map(len, kept)):
        return float("nan")
    every = np.arange(first, first + length)
    hits = [comes_within(done, every, horizon) for done in deeds]
    shifts = stream(seed, 1).integers(0, length, placebos)
    real = sum(int(hit[days].sum()) for hit, days in zip(hits, kept, strict=True))
    shuffled = np.zeros(placebos, dtype=np.int64)
    for hit, days in zip(hits, kept, strict=True):
        shuffled += hit[(days[:, None] + shifts) % length].sum(axis=0)
    return float((1 + np.sum(shuffled >= real)) / (1 + placebos))


@dataclass(frozen=True, slots=True)
class Skill:
    """Brier skill over the base rate, its interval, and the reliability of the two forecasts.

    `reliability` holds, for days with an announcement in force and for those
    without, the days, the mean forecast and the share that came.
    """

    estimate: float
    lower: float
    upper: float
    reliability: tuple[tuple[int, float, float], tuple[int, float, float]]


def brier_skill(
    spoken: ArrayLike,
    deeds: ArrayLike,
    horizon: int,
    span: tuple[int, int],
    seed: int,
    draws: int = DRAWS // 4,
    level: float = LEVEL,
) -> Skill | None:
    """What knowing of announcements adds to a forecast that a deed comes within `horizon` days.

    Each day is forecast by the share that came on days alike (announced or not)
    in the other four fifths of the record, and scored against the share on all
    those days. 1 is a perfect forecast, 0 adds nothing, below 0 it does harm.
    Interval: bootstrap over stretches of `horizon` + 1 days. None where a fifth
    is too short, or all days are alike.
    """
    days = np.arange(span[0], span[1] - horizon + 1)
    if len(days) < FOLDS * (horizon + 1):
        return None
    came = floats(comes_within(deeds, days, horizon))
    said = np.sort(np.asarray(spoken, dtype=np.int64))
    force = np.searchsorted(said, days, side="right") > np.searchsorted(said, days - horizon)
    if not (force.any() and (~force).any() and 0 < came.mean() < 1):
        return None
    told, plain = _forecasts(came, force)
    gain, loss = (told - came) ** 2, (plain - came) ** 2
    if not loss.sum() > 0:
        return None
    blocks = np.arange(len(days)) // (horizon + 1)
    losses = np.stack([np.bincount(blocks, weights=w) for w in (gain, loss)])
    drawn = stream(seed, 2).integers(0, losses.shape[1], (draws, losses.shape[1]))
    sums = losses[:, drawn].sum(axis=-1)
    point = 1 - gain.sum() / loss.sum()
    low, high = np.quantile(1 - sums[0] / np.maximum(sums[1], 1e-12), tails(level))
    rows = tuple(_reliability(told, came, mask) for mask in (force, ~force))
    return Skill(float(point), min(float(low), point), max(float(high), point), (rows[0], rows[1]))


def _forecasts(came: Floats, force: Bools) -> tuple[Floats, Floats]:
    """For each day the share on days alike, and on all days, of the other folds."""
    folds = np.arange(len(came)) * FOLDS // len(came)
    told, plain = np.empty_like(came), np.empty_like(came)
    for fold in range(FOLDS):
        mine, others = folds == fold, folds != fold
        plain[mine] = came[others].mean()
        for mask in (force, ~force):
            known = came[others & mask]
            told[mine & mask] = known.mean() if len(known) else plain[mine][0]
    return told, plain


def _reliability(told: Floats, came: Floats, mask: Bools) -> tuple[int, float, float]:
    return int(mask.sum()), float(told[mask].mean()), float(came[mask].mean())
