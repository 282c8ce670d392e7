"""Module 1: how often is a dyad called unusual in a world where none is?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from realpolitik.constants import FDR
from realpolitik.stats.arrays import Bools
from realpolitik.stats.gap import Gap, say_do_gap
from realpolitik.stats.labels import described, is_unusual, stands_out
from realpolitik.stats.reference import Reference
from validation.bars import Bar, bar
from validation.simulate import correlated_tones, dyads_of_any_size

MODULE = "1 gap"
CORRELATION = 0.42
HOSTILE = -1.0  # z of words below which a dyad counts as hostile-worded


def label_bars(worlds: int, dyads: int, draws: int, seed: int) -> Iterator[Bar]:
    """False labels among hostile-worded dyads, looked at one by one and all at once."""
    rng = np.random.default_rng(seed)
    found = [_world(dyads, draws, rng) for _ in range(worlds)]
    by_gap, each, scan = np.concatenate(found, axis=1)
    yield bar(MODULE, "labelled by the gap alone (shows the rule matters)", [by_gap.mean()], 0.5)
    yield bar(MODULE, "false 'unusual', each dyad the only one looked at", [each.mean()], high=0.05)
    yield bar(MODULE, "false 'unusual', all dyads looked at", [scan.mean()], high=0.05)


def _world(dyads: int, draws: int, rng: np.random.Generator) -> Bools:
    tones = correlated_tones(dyads, CORRELATION, rng)
    words = dyads_of_any_size(tones[:, 0], rng.integers(20, 400, dyads), rng)
    deeds = dyads_of_any_size(tones[:, 1], rng.integers(8, 100, dyads), rng)
    reference = Reference.of(words, deeds, int(rng.integers(2**31)), draws)
    gap = say_do_gap(words, deeds, range(dyads), reference)
    hostile = gap.z_words.point < HOSTILE
    rows = _harsher_words(gap), _alone(gap), is_unusual(gap)
    return np.stack([row[hostile] for row in rows])


def _harsher_words(gap: Gap) -> Bools:
    return np.asarray(described(gap) & (gap.gap.point > 0))


def _alone(gap: Gap) -> Bools:
    # With one row looked at, the false discovery rate is controlled by the p-value itself.
    return np.asarray(stands_out(gap) & (gap.surprise_p <= FDR))
