"""Module 2: are relation and posture found, and are their intervals honest?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from realpolitik.constants import (
    ANCHOR_SD,
    CONCENTRATION,
    CONCENTRATION_SD,
    JOINT_STEPS,
    LEVEL,
    LOADING,
    LOADING_SD,
    POSTURE_PERSISTENCE,
    POSTURE_SD,
    RELATION_PERSISTENCE,
    RHAT,
    STEP_SD,
)
from realpolitik.stats.arrays import Floats, tails
from realpolitik.stats.latent import fit
from realpolitik.stats.latent_model import Anchor, Counts, Paths
from validation.bars import Bar, bar

MODULE = "2 latent"
DEEDS, WORDS = 6.0, 30.0  # acts a month, on average
LEVELS = (0.0, 1.0)  # of deeds and of words, in the reference
ANCHOR = Anchor(
    (LEVELS[0], ANCHOR_SD), (LEVELS[1], ANCHOR_SD), (float(np.log(LOADING)), LOADING_SD)
)
Fit = Callable[[Counts, Anchor, int], Paths]


@dataclass(frozen=True, slots=True)
class Truth:
    """Paths that were planted (2 directions x months) and the counts they made."""

    relation: Floats
    posture: Floats
    counts: Counts


def planted(months: int, rng: np.random.Generator, drawn: bool) -> Truth:
    """A dyad made by the model: rules at the means of their priors, or drawn from them.

    Levels, mean posture and loading are always drawn: a reference tells them with error.
    """
    phi, rho, step, posture_step, kappa, joint = _drawn(rng) if drawn else _middle()
    cov = step**2 * np.array([[1.0, joint], [joint, 1.0]])
    steps = rng.multivariate_normal([0.0, 0.0], cov, months).T
    relation = _carried(phi, steps)
    moved = _carried(rho, rng.normal(0.0, posture_step, (2, months)))
    posture = rng.normal(0.0, POSTURE_SD, (2, 1)) + moved
    level = rng.normal(LEVELS, ANCHOR_SD, (2, 2)).T[..., None]
    loading = LOADING * np.exp(rng.normal(0.0, LOADING_SD, (2, 1)))
    deeds = _counted(DEEDS, level[0] + relation, kappa, rng)
    words = _counted(WORDS, level[1] + loading * relation + posture, kappa, rng)
    return Truth(relation, posture, Counts(*deeds, *words))


def _middle() -> tuple[float, ...]:
    (a, b), (c, d) = RELATION_PERSISTENCE, POSTURE_PERSISTENCE
    step = STEP_SD * float(np.sqrt(2 / np.pi))
    return a / (a + b), c / (c + d), step, step, CONCENTRATION, 0.0


def _drawn(rng: np.random.Generator) -> tuple[float, ...]:
    steps = np.abs(rng.normal(0.0, STEP_SD, 2))
    kappa = CONCENTRATION * np.exp(rng.normal(0.0, CONCENTRATION_SD))
    joint = 2 * rng.beta(JOINT_STEPS, JOINT_STEPS) - 1
    (a, b), (c, d) = RELATION_PERSISTENCE, POSTURE_PERSISTENCE
    return (
        rng.beta(a, b),
        rng.beta(c, d),
        *(float(s) for s in steps),
        float(kappa),
        joint,
    )


def _carried(persistence: float, steps: Floats) -> Floats:
    found = steps.copy()
    found[:, 0] /= np.sqrt(1 - persistence**2)
    for month in range(1, steps.shape[1]):
        found[:, month] += persistence * found[:, month - 1]
    return found


def _counted(
    mean: float, logit: Floats, kappa: float, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    n = rng.poisson(mean, logit.shape)
    p = rng.beta(kappa * expit(logit), kappa * expit(-logit))
    return rng.binomial(n, p).astype(np.float64), n.astype(np.float64)


@dataclass(frozen=True, slots=True)
class Scores:
    """What one run reached: shares of truths inside their intervals, and paths to be correlated.

    `told` and `true` hold relation and posture as estimated and as planted, one row each.
    """

    relation: float
    posture: float
    mean_posture: float
    told: Floats
    true: Floats

    @classmethod
    def of(cls, truth: Truth, found: Paths) -> Scores:
        """A fit held against what was planted."""
        return cls(
            _covered(found.relation, truth.relation),
            _covered(found.posture, truth.posture),
            _covered(found.posture.mean(axis=-1), truth.posture.mean(axis=-1)),
            np.array([one.mean(axis=0).ravel() for one in (found.relation, found.posture)]),
            np.array([truth.relation.ravel(), truth.posture.ravel()]),
        )


def _covered(draws: Floats, truth: Floats) -> float:
    low, high = np.quantile(draws, tails(LEVEL), axis=0)
    return float(np.mean((low <= truth) & (truth <= high)))


def _followed(scores: list[Scores], which: int, alone: bool = False) -> float:
    """Correlation of estimated with true months of all runs, or the mean of those of each path."""
    if not alone:
        told, true = (
            np.concatenate([getattr(s, name)[which] for s in scores]) for name in ("told", "true")
        )
        return float(np.corrcoef(told, true)[0, 1])
    paths = [
        np.corrcoef(*halves)[0, 1]
        for s in scores
        for halves in zip(np.split(s.told[which], 2), np.split(s.true[which], 2), strict=True)
    ]
    return float(np.mean(paths))


def laplace_bars(runs: int, seed: int, slack: float = 0.0) -> Iterator[Bar]:
    """Laplace's approximation at 60 and 120 months, rules at their means and drawn.

    `slack` widens the bars of coverage for a small number of runs.
    """
    cells = [(months, drawn) for months in (60, 120) for drawn in (False, True)]
    found = {cell: _scores(runs, *cell, seed=seed + i) for i, cell in enumerate(cells)}

    def mean(name: str, *which: tuple[int, bool]) -> list[float]:
        return [float(np.mean([getattr(s, name) for s in found[cell]])) for cell in which or cells]

    wide, low = (0.90 - slack, 0.97 + slack), 0.93 - slack
    yield bar(MODULE, "Laplace: coverage of the relation by month", mean("relation"), *wide)
    yield bar(MODULE, "Laplace: coverage of the posture by month", mean("posture"), *wide)
    yield bar(MODULE, "Laplace: coverage of the mean posture", mean("mean_posture"), low)
    middle = [found[cell] for cell in cells if not cell[1]]
    for which, name, least in ((0, "relation", 0.85), (1, "posture", 0.55)):
        yield bar(
            MODULE,
            f"Laplace: correlation with the true {name}, all runs",
            [_followed(scores, which) for scores in middle],
            least - slack,
        )
        yield bar(
            MODULE,
            f"the same within a path, mean (no bar: shown), {name}",
            [_followed(scores, which, alone=True) for scores in middle],
            -1.0,
        )


def _scores(runs: int, months: int, drawn: bool, seed: int, by: Fit = fit) -> list[Scores]:
    rng = np.random.default_rng(seed)
    truths = [planted(months, rng, drawn) for _ in range(runs)]
    return [Scores.of(truth, by(truth.counts, ANCHOR, run)) for run, truth in enumerate(truths)]


def nuts_bars(
    runs: int, months: int, warmup: int, draws: int, seed: int, slack: float = 0.0
) -> Iterator[Bar]:
    """The reference sampler: its own coverage and health, and how near Laplace comes to it.

    `slack` widens the bars of coverage for the few runs there is time for: a
    run of 60 months covers 88 to 98 %, so three leave an error of about 3 %.
    """
    from realpolitik.stats.nuts import Sampler

    sampler, rng = Sampler(warmup, draws), np.random.default_rng(seed)
    truths = [planted(months, rng, drawn=False) for _ in range(runs)]
    exact = [sampler.fit(truth.counts, ANCHOR, run) for run, truth in enumerate(truths)]
    near = [fit(truth.counts, ANCHOR, run) for run, truth in enumerate(truths)]
    scores = [Scores.of(truth, found) for truth, found in zip(truths, exact, strict=True)]
    health = [found.health for found in exact if found.health is not None]
    for name, low, high in (
        ("relation", 0.93 - slack, 0.98 + slack),
        ("posture", 0.93 - slack, 0.98 + slack),
        ("mean_posture", 0.93 - slack, 1.0),
    ):
        reached = float(np.mean([getattr(score, name) for score in scores]))
        yield bar(MODULE, f"NUTS: coverage of the {name.replace('_', ' ')}", [reached], low, high)
    yield bar(MODULE, "NUTS: greatest R-hat", [max(one.rhat for one in health)], high=RHAT)
    yield bar(MODULE, "NUTS: divergent steps", [sum(one.divergent for one in health)], high=0)
    yield bar(
        MODULE, "NUTS: smallest effective sample", [min(one.effective for one in health)], 100
    )
    yield from _nearness(exact, near)


def _nearness(exact: list[Paths], near: list[Paths]) -> Iterator[Bar]:
    away, ratio = [], []
    for one, other in zip(exact, near, strict=True):
        for name in ("relation", "posture"):
            a, b = getattr(one, name), getattr(other, name)
            away.append(float(np.mean(np.abs(a.mean(axis=0) - b.mean(axis=0)) / a.std(axis=0))))
            ratio.append(float(np.mean(b.std(axis=0) / a.std(axis=0))))
    yield bar(MODULE, "Laplace minus NUTS, mean distance in SD", [float(np.mean(away))], high=0.25)
    yield bar(MODULE, "SD of Laplace over SD of NUTS", [float(np.mean(ratio))], 0.95, 1.2)
