"""Rival readings of a relation, weighed by how well each foretold the acts on record.

Counts have the axes batch, cell, issue, grade, side: a cell is a kind (word, deed), an openness
(public, private) and a direction; the grade is that of the source; sides are
cooperation and conflict. A reading says of each cell whether cooperation is
rare, even or common there, as a Beta prior, and is rewarded by the marginal
likelihood of the counts. That would be closed but for the errors of sources and the
tilt of what comes to light, so it is summed over a grid of p.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product

import numpy as np
from scipy.special import betaln, expit, logit, logsumexp

from realpolitik.constants import (
    BETA_FEW,
    BETA_MANY,
    BETA_MIDDLE,
    CONCENTRATIONS,
    DESIGN_TIMES,
    TILTS,
)
from realpolitik.stats.arrays import Floats, floats

KINDS, OPENNESS, DIRECTIONS = 2, 2, 2
CELLS = KINDS * OPENNESS * DIRECTIONS
# What each reading says of public words, private words, public deeds, private deeds.
SAYS: dict[str, tuple[str, ...] | None] = {
    "open_enmity": ("low", "low", "low", "low"),
    "staged_enmity": ("low", "high", "middle", "high"),
    "issue_specific": None,
    "patron_client": ("low", "high", "high", "high"),
    "open_friendship": ("high", "high", "high", "high"),
    "other_pattern": None,
}
NAMES = tuple(SAYS)
ISSUES, CATCH_ALL = NAMES.index("issue_specific"), NAMES.index("other_pattern")
SHAPES = {
    "low": (BETA_FEW, BETA_MANY),
    "middle": (BETA_MIDDLE, BETA_MIDDLE),
    "high": (BETA_MANY, BETA_FEW),
}
LEVELS = (*SHAPES, "flat")
FLAT = LEVELS.index("flat")
NODES, MOST_NODES = 128, 2048


@dataclass(frozen=True, slots=True)
class Setting:
    """One set of assumptions.

    `concentration` multiplies the priors' weight, `design` divides the counts,
    `tilt` is the odds that a private cooperative act comes to light over those
    of a private conflictual one, `right` the chance that a report of each grade
    has the side right (else it says either side alike).
    """

    design: float
    right: tuple[float, ...]
    concentration: float = 1.0
    tilt: float = 1.0


def settings(
    design: float, rights: Sequence[tuple[float, ...]], private: bool
) -> tuple[Setting, ...]:
    """The whole grid: reliability, tilt (only where there are private acts), design effect, concentration."""
    tilts = TILTS if private else (1.0,)
    return tuple(
        Setting(design * times, right, concentration, tilt)
        for right, tilt, times, concentration in product(
            rights, tilts, DESIGN_TIMES, CONCENTRATIONS
        )
    )


class Likelihood:
    """Likelihood of counts over a grid of p, for one tilt and one set of reliabilities.

    `typical` is the log-odds of cooperation that is usual in each cell, or in each cell
    and issue: p is relative to it, so that one half is as usual.
    """

    def __init__(
        self, counts: Floats, typical: Floats, right: Sequence[float], tilt: float = 1.0
    ) -> None:
        self.counts = counts
        most = float(counts.sum(axis=(2, 3, 4)).max(initial=0.0))
        # Nodes stand half a posterior SD apart or closer, whatever the count.
        size = int(np.clip(8 * np.sqrt(most), NODES, MOST_NODES)) // NODES * NODES
        self.nodes, self.log_width = _nodes(size)
        usual = np.broadcast_to(typical.reshape(CELLS, -1), counts.shape[1:3])
        shift = usual + np.log(tilt) * is_private()[:, None]
        seen = expit(logit(self.nodes) + shift[..., None])
        share = floats(right)[:, None, None, None]
        with np.errstate(divide="ignore"):
            logs = np.log(np.stack([share * seen, share * (1 - seen)]) + (1 - share) / 2)
        # A tilt can send p to 0 or 1 within rounding, where no act of the other side could be seen.
        self.log = np.einsum("scigk,kgcij->scij", counts, np.maximum(logs, -1e3), optimize=True)
        self.seen = seen

    def marginals(self, design: float, concentration: float = 1.0) -> Floats:
        """Log marginal likelihood of each reading, one row a batch element, in the order of `NAMES`."""
        weights = self.prior(concentration)
        pooled = _summed(self.log.sum(axis=2) / design, weights)
        apart = _summed(self.log / design, weights)
        found = np.zeros((len(self.counts), len(NAMES)))
        for place, levels in enumerate(SAYS.values()):
            if levels is not None:
                at = [LEVELS.index(level) for level in levels for _ in range(DIRECTIONS)]
                found[:, place] = pooled[:, np.arange(CELLS), at].sum(axis=-1)
        found[:, CATCH_ALL] = _anything_else(pooled, apart)
        found[:, ISSUES] = [_by_issue(c, a) for c, a in zip(self.counts, apart, strict=True)]
        return found

    def prior(self, concentration: float = 1.0) -> Floats:
        """Prior weight of each node (rows) under each level (columns)."""
        shapes = [tuple(concentration * x for x in shape) for shape in SHAPES.values()]
        logs = [
            (a - 1) * np.log(self.nodes) + (b - 1) * np.log1p(-self.nodes) - betaln(a, b)
            for a, b in (*shapes, (1.0, 1.0))
        ]
        return np.asarray(np.exp(np.stack(logs, axis=1) + self.log_width[:, None]))


class Grid:
    """Counts under many settings; the likelihood of a tilt and a reliability is made once."""

    def __init__(self, counts: Floats, typical: Floats) -> None:
        self.counts, self.typical = counts, typical
        self._made: dict[tuple[tuple[float, ...], float], Likelihood] = {}

    def at(self, setting: Setting) -> Floats:
        """Log marginal likelihoods under one setting, by batch element and reading."""
        key = setting.right, setting.tilt
        if key not in self._made:
            self._made[key] = Likelihood(self.counts, self.typical, *key)
        return self._made[key].marginals(setting.design, setting.concentration)

    @cached_property
    def prior(self) -> Floats:
        """Equal for all readings, but 0 for issue-specific dealing where acts touch one issue only."""
        shares = np.ones(len(NAMES))
        shares[ISSUES] = float(np.sum(self.counts.sum(axis=(0, 1, 3, 4)) > 0) > 1)
        return np.asarray(shares / shares.sum())


def posterior(marginals: Floats, prior: Floats) -> Floats:
    """Probability of each reading, along the last axis."""
    with np.errstate(divide="ignore"):
        joint = marginals + np.log(prior)
    return np.asarray(np.exp(joint - logsumexp(joint, axis=-1, keepdims=True)))


def over_rivals(marginals: Floats) -> Floats:
    """Log Bayes factor of each reading against its best rival, along the last axis."""
    ordered = np.sort(marginals, axis=-1)
    best, second = ordered[..., -1:], ordered[..., -2:-1]
    return np.asarray(marginals - np.where(marginals == best, second, best))


def pooled_design(c: Floats, n: Floats, strata: Floats) -> float:
    """How many times more clusters scatter than independent acts would, over all strata together.

    One element a cluster: its cooperative and all its acts, and the stratum (cell and issue)
    it lies in. The linearised variance of a ratio (Kish 1965) over that of as many
    independent acts, both unbiased, summed over strata with two clusters and both sides; the
    widest possible, all acts of a cluster alike, where there is none such. Never below 1.
    """
    spread = alone = 0.0
    for stratum in np.unique(strata):
        here = strata == stratum
        size, total, groups = n[here], float(n[here].sum()), int(here.sum())
        p = float(c[here].sum()) / total
        if groups > 1 and 0 < p < 1:
            spread += groups / (groups - 1) * float(np.sum((c[here] - p * size) ** 2))
            alone += total / (total - 1) * total * p * (1 - p)
    widest = float(np.sum(n**2) / np.sum(n))
    return max(1.0, spread / alone if alone else widest)


@cache
def is_private() -> Floats:
    """1 for the private cells, in the order kind, openness, direction."""
    return np.tile(np.repeat([0.0, 1.0], DIRECTIONS), KINDS)


@cache
def _nodes(size: int) -> tuple[Floats, Floats]:
    """Values of p between 0 and 1, evenly spaced where all posteriors are equally wide."""
    angle = (np.arange(size) + 0.5) / size * (np.pi / 2)
    return np.sin(angle) ** 2, np.asarray(np.log(np.sin(2 * angle) * (np.pi / 2) / size))


def _summed(log_likelihood: Floats, weights: Floats) -> Floats:
    top = log_likelihood.max(axis=-1, keepdims=True)
    return np.asarray(np.log(np.exp(log_likelihood - top) @ weights) + top)


def _anything_else(pooled: Floats, apart: Floats) -> Floats:
    """The catch-all: by the toss of a coin each cell and issue for itself, or another pattern of levels.

    The saturated half alone pays so dearly for its freedom that a relation
    alike over issues, but like none of the named readings, went to one of them.
    """
    saturated = apart[..., FLAT].sum(axis=(1, 2))
    levels = pooled.reshape(len(pooled), -1, DIRECTIONS, len(LEVELS)).sum(axis=2)
    others = levels[:, np.arange(KINDS * OPENNESS), _other_patterns()].sum(axis=-1)
    patterned = logsumexp(others, axis=-1) - np.log(others.shape[-1])
    return np.asarray(np.logaddexp(saturated, patterned) - np.log(2))


@cache
def _other_patterns() -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Every way to call the four kinds of cell low, middle or high that no named reading has."""
    every = product(SHAPES, repeat=KINDS * OPENNESS)
    others = [pattern for pattern in every if pattern not in SAYS.values()]
    return np.asarray([[LEVELS.index(level) for level in one] for one in others], dtype=np.int64)


def _by_issue(counts: Floats, apart: Floats) -> float:
    """Each issue is low or high throughout, by the toss of a coin, and not all are the same."""
    met = counts.sum(axis=(0, 2, 3)) > 0
    if met.sum() < 2:
        return -np.inf
    low, high = (apart[:, met, LEVELS.index(level)].sum(axis=0) for level in ("low", "high"))
    free = np.sum(np.logaddexp(low, high))
    # Of 2^k ways to toss k coins, the two that make one issue of all are other readings' own.
    alike = np.logaddexp(low.sum(), high.sum())
    rest = -np.expm1(min(alike - free, -1e-12))
    return float(free + np.log(rest) - np.log(2.0 ** int(met.sum()) - 2))
