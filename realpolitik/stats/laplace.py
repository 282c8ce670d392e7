"""Laplace's approximation to the model of relation and posture, on a banded Gaussian prior.

Given the rules (persistence, steps, loadings, concentrations) the paths of
both directions are one Gaussian vector with a banded precision, so their mode
and spread cost a few banded solves (Rue, Martino and Chopin 2009).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg.blas import dsbmv
from scipy.linalg.lapack import dpbtrf, dpbtrs, dtbtrs
from scipy.special import expit

from realpolitik.constants import (
    CONCENTRATION,
    CONCENTRATION_SD,
    JOINT_STEPS,
    POSTURE_PERSISTENCE,
    POSTURE_SD,
    RELATION_PERSISTENCE,
    STEP_SD,
)
from realpolitik.stats.arrays import Floats, floats
from realpolitik.stats.beta_binomial import log_likelihood, slope_and_curvature
from realpolitik.stats.latent_model import Anchor, Counts

BAND = 5  # of the precision, states in the order relation A, B, posture A, B within a month
STEPS = 50  # most Newton steps to the mode of the paths
CLOSE = 1e-6  # log-odds a Newton step may still move when the mode is found
STRIDE = 3.0  # log-odds a Newton step may move at most
MIDDLING_STEP = 0.3  # log-odds, where the search for the rules begins
SIZE = 15  # unconstrained rules: seven pairs and what joins the directions


@dataclass(frozen=True, eq=False, slots=True)
class Rule:
    """One setting of the rules; pairs hold both directions, `kappa` deeds A, B and words A, B."""

    persistence: Floats
    posture_persistence: Floats
    step: Floats
    posture_step: Floats
    loading: Floats
    kappa: Floats
    joint: float

    @classmethod
    def of(cls, h: Floats) -> Rule:
        """Rules from the unconstrained numbers an optimiser moves."""
        pairs = h[:14].reshape(7, 2)
        return cls(
            expit(pairs[0]),
            expit(pairs[1]),
            np.exp(pairs[2]),
            np.exp(pairs[3]),
            np.exp(pairs[4]),
            np.exp(h[10:14]),
            float(np.tanh(h[14])),
        )

    @classmethod
    def start(cls, anchor: Anchor) -> Floats:
        """Unconstrained rules in the middle of their prior."""
        (a, b), (c, d) = RELATION_PERSISTENCE, POSTURE_PERSISTENCE
        step = np.log(MIDDLING_STEP)
        pairs = [np.log(a / b), np.log(c / d), step, step, anchor.loading[0]]
        return np.array([*np.repeat(pairs, 2), *[np.log(CONCENTRATION)] * 4, 0.0])

    def log_prior(self, anchor: Anchor) -> float:
        """Log-density of the unconstrained rules."""
        found = 0.0
        for share, (a, b) in (
            (self.persistence, RELATION_PERSISTENCE),
            (self.posture_persistence, POSTURE_PERSISTENCE),
        ):
            found += float(np.sum(a * np.log(share) + b * np.log1p(-share)))
        for step in (self.step, self.posture_step):
            found += float(np.sum(np.log(step) - (step / STEP_SD) ** 2 / 2))
        mean, sd = anchor.loading
        found -= float(np.sum(((np.log(self.loading) - mean) / sd) ** 2)) / 2
        spread = (np.log(self.kappa) - np.log(CONCENTRATION)) / CONCENTRATION_SD
        found -= float(np.sum(spread**2)) / 2
        return found + JOINT_STEPS * float(np.log1p(-(self.joint**2)))


@dataclass(frozen=True, eq=False, slots=True)
class Local:
    """The quadratic that stands for the posterior of paths x and levels g around a point."""

    factor: Floats  # banded Cholesky factor of the precision of x given g
    solved: Floats  # the covariance of x given g, times the precision between x and g
    schur: Floats  # precision of g
    back: Floats  # Newton's step of x, were g right
    pull: Floats  # slope over g, had x followed

    def step(self) -> tuple[Floats, Floats]:
        """Newton's step of x and of g."""
        step_g = np.linalg.solve(self.schur, self.pull)
        return floats(self.back - self.solved @ step_g), floats(step_g)

    def log_det(self) -> float:
        """Log-determinant of the whole precision."""
        return 2 * float(np.log(self.factor[0]).sum()) + float(np.linalg.slogdet(self.schur)[1])


@dataclass(frozen=True, eq=False, slots=True)
class Mode:
    """The likeliest paths and levels given the rules, and how sure they are.

    `x` is flat, months by relation A, B and posture A, B (posture less its
    mean); `g` are the levels of deeds A, B and words A, B (posture's mean in
    them). `evidence` is the log of the approximate posterior of the rules, up
    to a constant.
    """

    x: Floats
    g: Floats
    local: Local
    evidence: float


class Problem:
    """Counts and anchor made ready for many evaluations at different rules."""

    def __init__(self, counts: Counts, anchor: Anchor) -> None:
        self.c = np.vstack([counts.deeds_c, counts.words_c])
        self.n = np.vstack([counts.deeds_n, counts.words_n])
        self.anchor, self.months = anchor, counts.months
        words_sd = float(np.hypot(anchor.words[1], POSTURE_SD))
        self.level = np.repeat([anchor.deeds[0], anchor.words[0]], 2)
        self.level_precision = np.repeat([anchor.deeds[1] ** -2, words_sd**-2], 2)

    def mode(self, h: Floats, near: Mode | None = None, steps: int = STEPS) -> Mode:
        """The mode of the paths given rules, by at most `steps` Newton steps from one near by."""
        rule = Rule.of(h)
        prior, log_det = _precision(rule, self.months)
        x = np.zeros(4 * self.months) if near is None else near.x
        g = self.level if near is None else near.g
        local = self._local(rule, prior, x, g)
        for _ in range(steps):
            step_x, step_g = local.step()
            size = max(float(np.abs(step_x).max()), float(np.abs(step_g).max()))
            shrink = min(1.0, STRIDE / max(size, CLOSE))
            x, g = x + shrink * step_x, g + shrink * step_g
            local = self._local(rule, prior, x, g)
            if size < CLOSE:
                break
        evidence = self._fit(rule, prior, x, g) + log_det / 2 - local.log_det() / 2
        return Mode(x, g, local, evidence + rule.log_prior(self.anchor))

    def _fit(self, rule: Rule, prior: Floats, x: Floats, g: Floats) -> float:
        """Log-density of counts and paths together."""
        logit = self._logit(rule, x, g)
        fit = float(log_likelihood(self.c, self.n, logit, rule.kappa[:, None]).sum())
        smooth = float(x @ dsbmv(BAND, 1.0, prior, x, lower=1))
        held = float(np.sum((g - self.level) ** 2 * self.level_precision))
        return fit - smooth / 2 - held / 2

    def _logit(self, rule: Rule, x: Floats, g: Floats) -> Floats:
        state = x.reshape(-1, 4).T
        relation, posture = state[:2], state[2:]
        return np.vstack([relation, rule.loading[:, None] * relation + posture]) + g[:, None]

    def _local(self, rule: Rule, prior: Floats, x: Floats, g: Floats) -> Local:
        logit = self._logit(rule, x, g)
        slope, weight = slope_and_curvature(self.c, self.n, logit, rule.kappa[:, None])
        load = rule.loading[:, None]
        grad = np.empty((self.months, 4))
        grad[:, :2] = (slope[:2] + load * slope[2:]).T
        grad[:, 2:] = slope[2:].T
        grad_x = grad.ravel() - dsbmv(BAND, 1.0, prior, x, lower=1)
        grad_g = slope.sum(axis=1) - (g - self.level) * self.level_precision
        banded = prior.copy()
        main = banded[0].reshape(-1, 4)
        main[:, :2] += (weight[:2] + load**2 * weight[2:]).T
        main[:, 2:] += weight[2:].T
        banded[2].reshape(-1, 4)[:, :2] += (load * weight[2:]).T
        border = np.zeros((self.months, 4, 4))
        for side in (0, 1):
            border[:, side, side] = weight[side]
            border[:, side, 2 + side] = rule.loading[side] * weight[2 + side]
            border[:, 2 + side, 2 + side] = weight[2 + side]
        flat = border.reshape(-1, 4)
        # LAPACK itself: the checks around it take longer than so small a system.
        factor, _ = dpbtrf(banded, lower=1, overwrite_ab=1)
        solved, _ = dpbtrs(factor, np.column_stack([flat, grad_x]), lower=1)
        schur = np.diag(weight.sum(axis=1) + self.level_precision) - flat.T @ solved[:, :4]
        pull = grad_g - flat.T @ solved[:, 4]
        return Local(factor, solved[:, :4], (schur + schur.T) / 2, solved[:, 4], pull)

    def draws(self, found: Mode, size: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
        """Draws of paths (size x months x 4) and of levels (size x 4) around a mode."""
        local = found.local
        root = np.linalg.cholesky(np.linalg.inv(local.schur))
        away = rng.standard_normal((size, 4)) @ root.T
        free = rng.standard_normal((len(found.x), size))
        noise, _ = dtbtrs(local.factor, free, uplo="L", trans="T")
        x = found.x[:, None] - local.solved @ away.T + noise
        return x.T.reshape(size, self.months, 4), found.g + away


def _precision(rule: Rule, months: int) -> tuple[Floats, float]:
    """The prior precision of the paths in lower banded form, and its log-determinant."""
    phi, rho = rule.persistence, rule.posture_persistence
    cov = np.outer(rule.step, rule.step) * np.array([[1, rule.joint], [rule.joint, 1]])
    start = cov / (1 - np.outer(phi, phi))
    inverse, first = np.linalg.inv(cov), np.linalg.inv(start)
    carried = inverse * np.outer(phi, phi)
    banded = np.zeros((BAND + 1, 4 * months))
    cell = banded.reshape(BAND + 1, months, 4)
    inner = inverse + carried
    cell[0, :, :2] = np.diag(inner)
    cell[0, 0, :2] = np.diag(first + carried)
    cell[0, -1, :2] = np.diag(inverse)
    cell[1, :, 0] = inner[1, 0]
    cell[1, 0, 0] = (first + carried)[1, 0]
    cell[1, -1, 0] = inverse[1, 0]
    ahead = -inverse * phi[None, :]
    cell[4, :-1, :2] = np.diag(ahead)
    cell[5, :-1, 0] = ahead[1, 0]
    cell[3, :-1, 1] = ahead[0, 1]
    noise = rule.posture_step**-2
    cell[0, :, 2:] = noise * (1 + rho**2)
    cell[0, 0, 2:] = noise
    cell[0, -1, 2:] = noise
    cell[4, :-1, 2:] = -noise * rho
    log_det = -np.linalg.slogdet(start)[1] - (months - 1) * np.linalg.slogdet(cov)[1]
    log_det += float(np.sum(months * np.log(noise) + np.log1p(-(rho**2))))
    return banded, float(log_det)
