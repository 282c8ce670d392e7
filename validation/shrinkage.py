"""Module 1: do shrunk gaps cover and err less, and is the false discovery rate held in a scan?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from realpolitik.constants import FDR
from realpolitik.stats.arrays import Floats
from realpolitik.stats.gap import say_do_gap
from realpolitik.stats.labels import is_unusual
from realpolitik.stats.reference import Reference, reference_members
from realpolitik.stats.shrinkage import World, shrunk_gap
from realpolitik.stats.tone import Sums
from validation.bars import Bar, bar
from validation.simulate import correlated_tones, dyads_of_any_size

MODULE = "1 gap"
CORRELATION = 0.42
THIN = 100  # deeds below which a dyad counts as thin here
SPECIAL = 0.03  # share of dyads whose deeds are planted far from their words
SHIFT = 6.0  # log-odds by which theirs are moved


def shrinkage_bars(worlds: int, dyads: int, draws: int, seed: int) -> Iterator[Bar]:
    """Coverage of shrunk intervals, and their error against that of the plain gap, thin dyads only."""
    rng = np.random.default_rng(seed)
    found = [_shrunk(dyads, draws, rng) for _ in range(worlds)]
    covered, shrunk, plain = np.mean(found, axis=0)
    yield bar(MODULE, "coverage of the shrunk gap's 95 % interval", [covered], 0.93, 0.98)
    yield bar(MODULE, "squared error, shrunk over plain, thin dyads", [shrunk / plain], high=0.95)


def _shrunk(dyads: int, draws: int, rng: np.random.Generator) -> tuple[float, float, float]:
    tones = correlated_tones(dyads, CORRELATION, rng)
    words, deeds, reference = _record(tones, draws, rng)
    keep = reference_members(words, deeds)
    world = World.of(words[keep], deeds[keep])
    found = shrunk_gap(words, deeds, range(dyads), world, reference)
    plain = say_do_gap(words, deeds, range(dyads), reference).gap
    by = reference.itself
    true = by.z_deeds(tones[:, 1]) - by.z_words(tones[:, 0])
    thin = deeds.n < THIN
    ours, theirs = (float(np.mean((one.point - true)[thin] ** 2)) for one in (found, plain))
    return float(np.mean((found.lower <= true) & (true <= found.upper))), ours, theirs


def discovery_bars(worlds: int, dyads: int, draws: int, seed: int) -> Iterator[Bar]:
    """Share of false among all 'unusual' of a scan with some planted, and how many are found."""
    rng = np.random.default_rng(seed)
    found = np.array([_discovered(dyads, draws, rng) for _ in range(worlds)])
    false, power = found.mean(axis=0)
    yield bar(MODULE, "false among 'unusual' in a scan with planted ones", [false], high=FDR)
    yield bar(MODULE, "planted dyads found in a scan (3 % of dyads)", [power], low=0.3)


def _discovered(dyads: int, draws: int, rng: np.random.Generator) -> tuple[float, float]:
    tones = correlated_tones(dyads, CORRELATION, rng)
    planted = np.zeros(dyads, dtype=np.bool_)
    planted[rng.choice(dyads, int(SPECIAL * dyads), replace=False)] = True
    side = np.where(tones[:, 0] > 0, -1.0, 1.0)
    tones[:, 1] += planted * side * SHIFT
    words, deeds, reference = _record(tones, draws, rng)
    called = is_unusual(say_do_gap(words, deeds, range(dyads), reference))
    false = float(np.sum(called & ~planted)) / max(int(called.sum()), 1)
    return false, float(np.mean(called[planted]))


def _record(tones: Floats, draws: int, rng: np.random.Generator) -> tuple[Sums, Sums, Reference]:
    size = len(tones)
    words = dyads_of_any_size(tones[:, 0], rng.integers(20, 400, size), rng)
    deeds = dyads_of_any_size(tones[:, 1], rng.integers(8, 100, size), rng)
    return words, deeds, Reference.of(words, deeds, int(rng.integers(2**31)), draws)
