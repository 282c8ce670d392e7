"""Module 7: is the true reading of a relation named, and none named that is not true?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from realpolitik.constants import BF_STRONG
from realpolitik.stats.arrays import Floats
from realpolitik.stats.hypotheses import (
    CATCH_ALL,
    CELLS,
    DIRECTIONS,
    NAMES,
    SAYS,
    SHAPES,
    Likelihood,
    over_rivals,
    pooled_design,
)
from validation.bars import Bar, bar

MODULE = "7 weigh"
TOPICS, CLUSTER = 4, 4
WITHIN = (
    0.5,
    1.0,
)  # correlation of two acts of one cluster; at 1 a cluster is one act told four times
OUTSIDE = ("each cell and issue for itself", "another pattern")
NAMED = [levels for levels in SAYS.values() if levels is not None]
OTHERS = [one for one in product(SHAPES, repeat=4) if one not in NAMED]
SETTLED = {"open_enmity": 0.85, "open_friendship": 0.85, "issue_specific": 0.75}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often the truth led, and how often something else led by 20, as the counts were tempered or not."""

    right: float
    wrong: float
    wrong_plain: float


def reading_bars(runs: int, acts: int, seed: int, slack: float = 0.0) -> Iterator[Bar]:
    """Each reading true in turn, and none of them, in clusters of four acts."""
    rng = np.random.default_rng(seed)
    truths = [name for name in NAMES if name != NAMES[CATCH_ALL]]
    found = {
        truth: [_outcome(truth, acts, within, runs, rng) for within in WITHIN]
        for truth in (*truths, *OUTSIDE)
    }
    for truth, least in SETTLED.items():
        reached = [one.right for one in found[truth]]
        yield bar(MODULE, f"{truth} named where it is true, {acts} acts", reached, least - slack)
    wrong = [one.wrong for outcomes in found.values() for one in outcomes]
    yield bar(
        MODULE, f"wrong by 20 or more, every truth and none, {acts} acts", wrong, high=0.05 + slack
    )
    # Worst where every act of a cluster tells the same.
    plain = [max(one.wrong_plain for one in found["open_enmity"])]
    yield bar(MODULE, "the same untempered, open enmity (must fail)", plain, low=0.05)
    for truth in ("staged_enmity", "patron_client", *OUTSIDE):
        reached = [one.right for one in found[truth]]
        yield bar(MODULE, f"{truth}: named so (no bar)", reached, 0.0)


def _outcome(truth: str, acts: int, within: float, runs: int, rng: np.random.Generator) -> Outcome:
    place = NAMES.index(truth) if truth in NAMES else CATCH_ALL
    rows = np.asarray([_run(truth, acts, within, rng) for _ in range(runs)])
    led = rows[:, 0, :].argmax(axis=1) == place
    beaten = [over_rivals(rows[:, i]).max(axis=1) >= np.log(BF_STRONG) for i in (0, 1)]
    other = rows[:, 1].argmax(axis=1) != place
    return Outcome(
        float(led.mean()), float(np.mean(~led & beaten[0])), float(np.mean(other & beaten[1]))
    )


def _run(truth: str, acts: int, within: float, rng: np.random.Generator) -> Sequence[Floats]:
    counts, design = made(truth, acts, within, rng)
    like = Likelihood(counts[None], np.zeros(CELLS), (1.0,))
    return like.marginals(design)[0], like.marginals(1.0)[0]


def made(truth: str, acts: int, within: float, rng: np.random.Generator) -> tuple[Floats, float]:
    """Counts by cell, issue, grade and side of a relation of a known kind, and their design effect."""
    p = _probabilities(truth, rng)
    clusters = acts // CLUSTER
    cell, topic = rng.integers(0, CELLS, clusters), rng.integers(0, TOPICS, clusters)
    mean = np.clip(p[cell, topic], 1e-6, 1 - 1e-6)
    weight = (1 - within) / within
    # At correlation 1 every act of a cluster has the side of its first.
    drawn = rng.beta(mean * weight, (1 - mean) * weight) if weight else rng.random(clusters) < mean
    c = rng.binomial(CLUSTER, drawn).astype(np.float64)
    counts = np.zeros((CELLS, TOPICS, 1, 2))
    np.add.at(counts[..., 0, 0], (cell, topic), c)
    np.add.at(counts[..., 0, 1], (cell, topic), CLUSTER - c)
    strata = (cell * TOPICS + topic).astype(np.float64)
    return counts, pooled_design(c, np.full(clusters, float(CLUSTER)), strata)


def _probabilities(truth: str, rng: np.random.Generator) -> Floats:
    """Chance of cooperation by cell and issue."""
    if truth == OUTSIDE[0]:
        return rng.random((CELLS, TOPICS))
    if truth == "issue_specific":
        warm = rng.permutation([True, False, *(rng.random(TOPICS - 2) < 0.5)])
        ends = [SHAPES["high" if one else "low"] for one in warm]
        return np.stack([rng.beta(a, b, CELLS) for a, b in ends], axis=1)
    levels = SAYS.get(truth) or OTHERS[rng.integers(len(OTHERS))]
    shapes = [SHAPES[level] for level in levels for _ in range(DIRECTIONS)]
    return np.repeat([[rng.beta(a, b)] for a, b in shapes], TOPICS, axis=1)
