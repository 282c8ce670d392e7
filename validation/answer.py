"""Module 3: is an answer found where there is one, and only there? Is a small answer seen?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from realpolitik.constants import LAGS_WEEK
from realpolitik.stats.answer import best_lags, equation, response
from realpolitik.stats.regression import ends
from realpolitik.stats.series import Series
from realpolitik.stats.shock import shock
from validation.bars import Bar, bar
from validation.dyads import CARRY, Planted, two_directions

MODULE = "3 respond"
ANSWER = 0.35
SURE = 0.05
WEEKS = 260
SHOCK = Planted(weeks=150, answer=0.4, clusters=13.0, shock=-4.0, after=LAGS_WEEK, told=13)


def size_bars(runs: int, seed: int, low: float = 0.03, high: float = 0.07) -> Iterator[Bar]:
    """Share of dyads without an answer in which one is found, both directions."""
    rng = np.random.default_rng(seed)
    found = [
        float(np.mean([_found(pair) for _ in range(runs) for pair in _both(weeks, 0.0, 0.8, rng)]))
        for weeks in (120, WEEKS, 520)
    ]
    yield bar(MODULE, "false answers, shared attention, 120 to 520 weeks", found, low, high)


def power_bars(runs: int, seed: int, slack: float = 0.0) -> Iterator[Bar]:
    """Share of planted answers found; sign of those found; coverage of the cumulative response."""
    rng = np.random.default_rng(seed)
    shared = [_both(WEEKS, ANSWER, 0.8, rng)[0] for _ in range(runs)]
    alone = [_both(WEEKS, ANSWER, 0.0, rng)[0] for _ in range(runs)]
    yield bar(MODULE, "power, answer 0.35, shared attention", [_share(shared)], low=0.30 - slack)
    yield bar(MODULE, "power, answer 0.35, attention even", [_share(alone)], low=0.40 - slack)
    truth = ANSWER * sum(h * CARRY ** (h - 1) for h in range(1, LAGS_WEEK + 1))
    covered = [_covers(pair, truth) for pair in shared]
    yield bar(
        MODULE,
        "coverage of the cumulative response",
        [float(np.mean(covered))],
        0.90 - slack,
        0.98 + slack,
    )
    inverse = [_both(WEEKS, -ANSWER, 0.8, rng)[0] for _ in range(runs)]
    shown = [_sign(pair) for pair in inverse if _found(pair)]
    yield bar(
        MODULE, "power, inverse answer -0.35, shared attention", [_share(inverse)], low=0.35 - slack
    )
    yield bar(
        MODULE,
        "right sign of inverse answers found",
        [float(np.mean(np.array(shown) < 0))],
        0.95 - slack,
    )


def proportion_bars(runs: int, draws: int, seed: int, slack: float = 0.0) -> Iterator[Bar]:
    """Size of the test of a small answer, its power for none at all, and the power it states."""
    rng = np.random.default_rng(seed)
    whole, half, none = (
        np.array([_shown(ratio, draws, rng) for _ in range(runs)]) for ratio in (1.0, 0.5, 0.0)
    )
    yield bar(MODULE, "answer as foretold called small", [whole[:, 0].mean()], high=0.06 + slack)
    yield bar(MODULE, "power, no answer at all", [none[:, 0].mean()], low=0.40 - slack)
    off = none[:, 0].mean() - none[:, 1].mean(), half[:, 0].mean() - half[:, 2].mean()
    yield bar(
        MODULE, "power found minus power stated, none and half", off, -0.1 - slack, 0.1 + slack
    )


def _both(
    weeks: int, answer: float, attention: float, rng: np.random.Generator
) -> tuple[tuple[Series, Series], tuple[Series, Series]]:
    first, second = two_directions(Planted(weeks, answer, attention), rng)
    return (first, second), (second, first)


def _found(pair: tuple[Series, Series]) -> bool:
    return equation(*pair, best_lags(pair, LAGS_WEEK)).answers().p <= SURE


def _share(pairs: list[tuple[Series, Series]]) -> float:
    return float(np.mean([_found(pair) for pair in pairs]))


def _sign(pair: tuple[Series, Series]) -> float:
    return response(*pair, best_lags(pair, LAGS_WEEK), LAGS_WEEK).estimate


def _covers(pair: tuple[Series, Series], truth: float) -> bool:
    found = response(*pair, best_lags(pair, LAGS_WEEK), LAGS_WEEK)
    low, high = ends(found.estimate, found.deviation, found.freedom)
    return low <= truth <= high


def _shown(ratio: float, draws: int, rng: np.random.Generator) -> tuple[float, float, float]:
    own, other = two_directions(replace(SHOCK, ratio=ratio), rng)
    found = shock(own, other, SHOCK.weeks, 1, LAGS_WEEK, rng, draws)
    return float(found.p <= SURE), found.power_none, found.power_half
