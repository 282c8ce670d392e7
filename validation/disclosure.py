"""Module 6: is the count of not yet disclosed acts right, and is the past as it was known?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from realpolitik.stats.lags import nowcast
from realpolitik.stats.versions import known_as_of
from validation.bars import Bar, bar
from validation.simulate import Secrets, Versions, secrets, versions

MODULE = "6 secrets"
SPAN, RECENT, ACTS, SLOW = 720, 90, 300, 0.6


def nowcast_bars(runs: int, draws: int, seed: int) -> Iterator[Bar]:
    """Estimated over true acts of the last 90 days, and coverage of the interval."""
    rng = np.random.default_rng(seed)
    outcomes = [_run(secrets(ACTS, SPAN, SLOW, rng), draws, run) for run in range(runs)]
    recorded, ratio, covered = np.mean([outcome for outcome in outcomes if outcome], axis=0)
    yield bar(MODULE, "share of recent secrets on record (must be low)", [recorded], high=0.5)
    yield bar(MODULE, "nowcast over truth, mean", [ratio], 0.95, 1.05)
    yield bar(MODULE, "coverage of the nowcast's 95 % interval", [covered], 0.90, 0.97)


def _run(made: Secrets, draws: int, seed: int) -> tuple[float, float, bool] | None:
    truth = int(np.sum(made.age <= RECENT))
    known = made.disclosed()
    found = nowcast(-known.age, known.lag, as_of=0, since=-RECENT, seed=seed, draws=draws)
    if not found.recorded:
        return None
    covered = found.lower <= truth <= found.upper
    return found.recorded / truth, found.estimate / truth, covered


def as_of_bars(records: int, seed: int) -> Iterator[Bar]:
    """Share of random records whose as-of view equals a replay of the versions."""
    rng = np.random.default_rng(seed)
    equal = [_replayed(versions(20, 80, rng), int(rng.integers(0, 60))) for _ in range(records)]
    yield bar(MODULE, "as-of view equals replay", [float(np.mean(equal))], low=1.0)


def _replayed(made: Versions, as_of: int) -> bool:
    board: dict[int, int] = {}
    log = zip(made.disclosed.tolist(), range(len(made.act)), strict=True)
    for day, i in sorted(log):
        if day <= as_of:
            board[int(made.act[i])] = int(made.value[i])
    standing = known_as_of(made.act, made.disclosed, as_of)
    view = zip(made.act[standing].tolist(), made.value[standing].tolist(), strict=True)
    return int(standing.sum()) == len(board) and dict(view) == board
