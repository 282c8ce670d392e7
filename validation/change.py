"""Module 5: are breaks and divergent episodes found where they are, and nowhere else?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from realpolitik.constants import FDR, LEAST_PHASE, LONGEST_EPISODE
from realpolitik.stats.arrays import Floats
from realpolitik.stats.episodes import Gaps, Told, scan
from realpolitik.stats.phases import break_intervals, divide, signal
from realpolitik.stats.series import series
from validation.bars import Bar, bar
from validation.dyads import bare, reports, wander

MODULE = "5 phases"
MONTHS = (120, 240)
PERSISTENCE = (0.0, 0.3, 0.6)
NEAR = 6
HALF_INSIDE = 0.5


def break_bars(runs: int, seed: int, slack: float = 0.0) -> Iterator[Bar]:
    """False breaks of flat series; breaks of one and two SD found, one series and four."""
    rng = np.random.default_rng(seed)
    settings = list(product(MONTHS, PERSISTENCE))
    flat = [_hits(runs, m, p, 0.0, 1, rng)[0] for m, p in settings]
    four = [_hits(runs, m, p, 0.0, 4, rng)[0] for m, p in settings]
    yield bar(MODULE, "flat series with a break, one series", flat, high=0.05 + slack)
    yield bar(MODULE, "flat series with a break, four together", four, high=0.05 + slack)
    two = [_hits(runs, m, p, 2.0, 1, rng) for m, p in settings]
    yield bar(
        MODULE, "break of 2 SD found within 6 months", [hit for hit, _ in two], low=0.85 - slack
    )
    yield bar(
        MODULE, "coverage of the interval of such a break", [c for _, c in two], 0.85 - slack, 1.0
    )
    one = [_hits(runs, m, p, 1.0, 1, rng)[0] for m, p in settings]
    yield bar(MODULE, "break of 1 SD found (no bar: shown)", one, low=0.0)


def _hits(
    runs: int, months: int, persistence: float, shift: float, count: int, rng: np.random.Generator
) -> tuple[float, float]:
    found = [_run(months, persistence, shift, count, rng) for _ in range(runs)]
    covered = [inside for hit, inside in found if hit and inside is not None]
    hits = float(np.mean([hit for hit, _ in found]))
    return hits, float(np.mean(covered)) if covered else 0.0


def _run(
    months: int, persistence: float, shift: float, count: int, rng: np.random.Generator
) -> tuple[bool, bool | None]:
    """Was a break found (near the planted one), and does its interval hold it?"""
    middle = months // 2
    step = np.where(np.arange(months) >= middle, shift, 0.0)
    made = signal([bare(wander(months, persistence, rng) + step) for _ in range(count)])
    breaks = divide(made.tone, made.precision, made.penalty)
    if not shift:
        return bool(breaks), None
    near = [i for i, at in enumerate(breaks) if abs(at - middle) <= NEAR]
    if not near:
        return False, None
    low, high = break_intervals(made, breaks, rng, 100, 2.0 * LEAST_PHASE)[near[0]]
    return True, bool(low <= middle <= high)


def episode_bars(runs: int, draws: int, seed: int, slack: float = 0.0) -> Iterator[Bar]:
    """Errors in flat series, false discoveries beside a true episode, and its months found."""
    rng = np.random.default_rng(seed)
    settings = list(product(MONTHS, (0.0, 0.4, 0.7)))
    flat = [
        float(np.mean([bool(_episodes(*s, 0.0, draws, rng)[0]) for _ in range(runs)]))
        for s in settings
    ]
    yield from _size("flat series with an episode", flat, slack)
    told = [
        float(np.mean([_told(*s, draws, rng) <= FDR for _ in range(runs)]))
        for s in product((4.0, 12.0), (0.0, -2.0))
    ]
    yield from _size("the same, told by acts, tone falls by 0 or 2", told, slack)
    found = [np.array([_scored(*s, draws, rng) for _ in range(runs)]) for s in settings]
    yield bar(
        MODULE,
        "false discoveries beside a true episode",
        [f[:, 0].mean() for f in found],
        high=0.05 + slack,
    )
    mid = [f[:, 1].mean() for f, s in zip(found, settings, strict=True) if s[1] == 0.4]
    yield bar(MODULE, "months of a 2.5-SD year found, persistence 0.4", mid, low=0.5 - slack)
    hard = [f[:, 1].mean() for f, s in zip(found, settings, strict=True) if s[1] == 0.7]
    yield bar(MODULE, "the same, persistence 0.7 (no bar: shown)", hard, low=0.0)


def _size(name: str, found: list[float], slack: float) -> Iterator[Bar]:
    """A test at 5 % lies above 5 % in half of all settings by the chance of the runs alone."""
    yield bar(MODULE, name + ", mean", [float(np.mean(found))], high=0.05 + slack)
    yield bar(MODULE, name, found, high=0.07 + slack)


def _told(stories: float, fall: float, draws: int, rng: np.random.Generator) -> float:
    """The p of a gap that is flat, while words and deeds change together and attention wanders."""
    months = MONTHS[1]
    attention = np.exp(0.6 * wander(months, 0.5, rng) - 0.18)
    words = 0.4 * wander(months, 0.4, rng) + np.where(np.arange(months) < months // 2, 0.0, fall)
    deeds = words + 0.4 * wander(months, 0.4, rng)
    said, done = (
        series(reports(tone, rng.poisson(many * attention), rng))
        for tone, many in ((words, 3 * stories), (deeds, stories))
    )
    told = Told.of(said, -1.0), Told.of(done, 1.0)
    return scan(Gaps.between_tones(done.tone - said.tone, told), rng, draws)[0]


def _scored(
    months: int, persistence: float, draws: int, rng: np.random.Generator
) -> tuple[float, float]:
    """Share of episodes less than half inside the planted one, and share of its months found."""
    found, planted = _episodes(months, persistence, 2.5, draws, rng)
    marked = np.zeros(months)
    wrong = 0
    for start, end in found:
        marked[start:end] = 1
        wrong += bool(planted[start:end].mean() < HALF_INSIDE)
    return wrong / max(len(found), 1), float(marked @ planted / planted.sum())


def _episodes(
    months: int, persistence: float, height: float, draws: int, rng: np.random.Generator
) -> tuple[list[tuple[int, int]], Floats]:
    value, planted = wander(months, persistence, rng), np.zeros(months)
    start = int(rng.integers(6, months - 18))
    planted[start : start + LONGEST_EPISODE] = 1
    seen = np.ones(months, dtype=np.bool_)
    _, found = scan(Gaps(value + height * planted, np.zeros(months), seen), rng, draws)
    return [(one.start, one.end) for one in found], planted
