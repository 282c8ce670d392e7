"""Relation and posture of a dyad from monthly counts, by Laplace's approximation.

The rules (persistence, steps, loadings, concentrations) are set to the
maximum of their approximate posterior; draws of rules around it carry their
error into the paths.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from realpolitik.constants import POSTURE_SD, RULE_DRAWS, WIDENING
from realpolitik.stats.arrays import Floats, stream
from realpolitik.stats.laplace import SIZE, Mode, Problem, Rule
from realpolitik.stats.latent_model import Anchor, Counts, Paths, Rules

NUDGE = 1e-3  # over which slopes of the evidence are taken, in unconstrained units
PROBE = 0.1  # over which its curvatures are taken
FLATTEST = 0.5  # least curvature of the evidence: no rule is freer than a normal of SD 1.4
STILL = 0.05  # slope at which the search for the rules ends
SEARCH = 60  # most steps of that search
PATHS = 32  # draws of paths for each draw of the rules


def fit(counts: Counts, anchor: Anchor, seed: int = 0) -> Paths:
    """Draws from the approximate posterior of relation and posture, both directions.

    Shape: `RULE_DRAWS` times 32 draws x 2 directions x months; log-odds.
    Months without acts are bridged by the months around them. Exchanging the
    directions exchanges the results exactly.
    """
    if not counts.canonical():
        return fit(counts.turned(), anchor, seed).turned()
    rng = stream(seed, counts.months)
    problem = Problem(counts, anchor)
    best, mode = _best(problem)
    root = _root(problem, best, mode)
    # In pairs on either side of the best: their mean is the best itself.
    half = rng.standard_normal((RULE_DRAWS // 2, SIZE))
    settings = best + np.vstack([half, -half]) @ root.T
    parts = [_paths(problem, h, mode, rng) for h in settings]
    x, g = (np.concatenate([part[i] for part in parts]) for i in (0, 1))
    return _told(x, g, np.repeat(settings, PATHS, axis=0), anchor, rng)


def _paths(
    problem: Problem, h: Floats, near: Mode, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    return problem.draws(problem.mode(h, near), PATHS, rng)


def _best(problem: Problem) -> tuple[Floats, Mode]:
    """The likeliest rules, and the paths under them."""
    start = Rule.start(problem.anchor)
    near = problem.mode(start)

    def down(h: Floats) -> tuple[float, Floats]:
        nonlocal near
        near = problem.mode(h, near)
        ahead = [problem.mode(h + NUDGE * axis, near, steps=1).evidence for axis in np.eye(SIZE)]
        return -near.evidence, (near.evidence - np.array(ahead)) / NUDGE

    options = {"gtol": STILL, "maxiter": SEARCH}
    found = minimize(down, start, jac=True, method="BFGS", options=options)
    best = np.asarray(found.x, dtype=np.float64)
    return best, problem.mode(best, near)


def _root(problem: Problem, best: Floats, mode: Mode) -> Floats:
    """A root of the covariance of the rules around the best."""
    axes = PROBE * np.eye(SIZE)

    def at(move: Floats) -> float:
        return problem.mode(best + move, mode, steps=1).evidence

    ahead, behind = (np.array([at(sign * axis) for axis in axes]) for sign in (1, -1))
    bend = np.diag(2 * mode.evidence - ahead - behind)
    for i in range(SIZE):
        for j in range(i):
            corner = at(axes[i] + axes[j])
            bend[i, j] = bend[j, i] = ahead[i] + ahead[j] - mode.evidence - corner
    values, vectors = np.linalg.eigh(bend / PROBE**2)
    return np.asarray(vectors / np.sqrt(np.maximum(values, FLATTEST)))


def _told(
    x: Floats, g: Floats, settings: Floats, anchor: Anchor, rng: np.random.Generator
) -> Paths:
    """Draws in the terms of the model, the level of words split from the mean of the posture."""
    x, g = _widened(x), _widened(g)
    variance = anchor.words[1] ** 2 / POSTURE_SD**2
    noise = rng.standard_normal((len(g), 2)) * anchor.words[1] / np.sqrt(1 + variance)
    mean = (g[:, 2:] - anchor.words[0]) / (1 + variance) + noise
    pairs = settings[:, :14].reshape(-1, 7, 2)
    persistence, posture_persistence, joint = (
        1 / (1 + np.exp(-pairs[:, 0])), 1 / (1 + np.exp(-pairs[:, 1])), np.tanh(settings[:, 14]),
    )  # fmt: skip
    rules = Rules(
        persistence, posture_persistence, *(np.exp(pairs[:, i]) for i in range(2, 7)),
        level_deeds=g[:, :2], level_words=g[:, 2:] - mean, joint=joint,
    )  # fmt: skip
    posture = x[..., 2:].transpose(0, 2, 1) + mean[..., None]
    return Paths(x[..., :2].transpose(0, 2, 1), posture, rules)


def _widened(draws: Floats) -> Floats:
    middle = draws.mean(axis=0)
    return np.asarray(middle + WIDENING * (draws - middle))
