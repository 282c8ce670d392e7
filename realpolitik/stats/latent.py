"""Relation and posture of a dyad from monthly counts, by Laplace's approximation.

The rules (persistence, steps, loadings, concentrations) are set to the
maximum of their approximate posterior; draws of rules around it carry their
error into the paths.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit

from realpolitik.constants import RULE_DRAWS, WIDENING
from realpolitik.stats.arrays import Floats, floats, stream
from realpolitik.stats.laplace import SIZE, Mode, Problem, Rule
from realpolitik.stats.latent_model import Anchor, Counts, Paths, Rules, split_level

NUDGE = 1e-3  # over which slopes of the evidence are taken, in unconstrained units
PROBE = 0.1  # over which its curvatures are taken
FLATTEST = 0.5  # least curvature of the evidence: no rule is freer than a normal of SD 1.4
STILL = 0.05  # slope at which the search for the rules ends
SEARCH = 60  # most steps of that search
PATHS = 32  # draws of paths for each draw of the rules


def fit(counts: Counts, anchor: Anchor, seed: int = 0, held: Rules | None = None) -> Paths:
    """Draws from the approximate posterior of relation and posture, both directions.

    Shape: `RULE_DRAWS` times 32 draws x 2 directions x months; log-odds.
    Months without acts are bridged by the months around them. With `held` the
    rules are those of another fit, which makes this one many times quicker.
    Exchanging the directions exchanges the results exactly.
    """
    if not counts.canonical():
        return fit(counts.turned(), anchor, seed, held.turned() if held else None).turned()
    rng = stream(seed, counts.months)
    problem = Problem(counts, anchor)
    if held is None:
        best, mode = _best(problem)
        # In pairs on either side of the best: their mean is the best itself.
        half = rng.standard_normal((RULE_DRAWS // 2, SIZE)) @ _root(problem, best, mode).T
        settings = best + np.vstack([half, -half])
    else:
        settings = _settings(held)
        mode = problem.mode(settings.mean(axis=0))
    parts = [_paths(problem, h, mode, rng) for h in settings]
    x, g = (np.concatenate([part[i] for part in parts]) for i in (0, 1))
    return _told(x, g, np.repeat(settings, PATHS, axis=0), anchor, rng)


def _settings(rules: Rules) -> Floats:
    """Rules of another fit as the unconstrained numbers they are here, `RULE_DRAWS` of them."""
    shares = [logit(rules.persistence), logit(rules.posture_persistence)]
    sizes = [rules.step, rules.posture_step, rules.loading, rules.kappa_deeds, rules.kappa_words]
    pairs = np.concatenate([*shares, *map(np.log, sizes)], axis=1)
    whole = np.column_stack([pairs, np.arctanh(rules.joint)])
    return floats(whole[np.linspace(0, len(whole) - 1, RULE_DRAWS).astype(int)])


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
    # The stubs want a tuple where scipy takes the slope from the function itself.
    found = minimize(down, start, jac=True, method="BFGS", options=options)  # type: ignore[call-overload]
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
    """Draws in the terms of the model, the level of words split from the mean of the posture.

    Widened after the split: its error, too, is taken at rules that are too sure.
    """
    mean = split_level(g[:, 2:], anchor, rng)
    pairs = settings[:, :14].reshape(-1, 7, 2)
    rules = Rules(
        expit(pairs[:, 0]), expit(pairs[:, 1]), *np.exp(pairs[:, 2:].swapaxes(0, 1)),
        _widened(g[:, :2]), _widened(g[:, 2:] - mean), np.tanh(settings[:, 14]),
    )  # type: ignore[call-arg]  # fmt: skip
    posture = x[..., 2:].transpose(0, 2, 1) + mean[..., None]
    return Paths(_widened(x[..., :2].transpose(0, 2, 1)), _widened(posture), rules)


def _widened(draws: Floats) -> Floats:
    middle = draws.mean(axis=0)
    return np.asarray(middle + WIDENING * (draws - middle))
