"""Does the leading reading fit the counts, and which further acts would decide between two?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realpolitik.constants import BF_POSITIVE, NEEDED_MOST, PREDICTIVE_DRAWS
from realpolitik.stats.arrays import Floats, floats, stream
from realpolitik.stats.hypotheses import (
    CATCH_ALL,
    CELLS,
    DIRECTIONS,
    ISSUES,
    LEVELS,
    NAMES,
    SAYS,
    Likelihood,
    Setting,
)

STEPS = tuple(n for n in (1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300, 500, 800, 1000)
              if n <= NEEDED_MOST)  # fmt: skip
ALIKE = 1e-6  # mean log Bayes factor an act, below which two readings foretell the same


def predictive_p(
    counts: Floats, typical: Floats, setting: Setting, reading: int, seed: int = 0
) -> float:
    """Posterior predictive p of a reading: how often replicas scatter at least as much as the counts.

    The scatter is Pearson's, over cells and issues, on counts divided by the design
    effect; each draw of p from the posterior is held against the counts and against
    replicas of its own. `counts` has no batch axis. The catch-all has no p:
    nan, since it takes any shape.
    """
    if reading == CATCH_ALL:
        return float("nan")
    counts, typical = _ordered(counts, typical)
    like = Likelihood(counts[None], typical, setting.right, setting.tilt)
    drawn = _drawn(like, setting, reading, stream(seed, reading))
    size = counts.sum(axis=3)
    with np.errstate(invalid="ignore"):
        right = np.einsum("cig,g->ci", size, floats(setting.right)) / size.sum(axis=2)
    met = size.sum(axis=2) > 0
    seen = np.take_along_axis(like.seen, drawn, 2)
    p = (right[..., None] * seen + (1 - right[..., None]) / 2)[met]
    n = np.maximum(1.0, np.round(size.sum(axis=2)[met] / setting.design))[:, None]
    share = (counts[..., 0].sum(axis=2) / np.maximum(size.sum(axis=2), 1))[met][:, None]
    replica = stream(seed, len(NAMES) + reading).binomial(n.astype(int), p) / n
    scale = n / np.maximum(p * (1 - p), 1e-9)
    found, made = (np.sum((x - p) ** 2 * scale, axis=0) for x in (share, replica))
    return float(np.mean(made > found) + np.mean(made == found) / 2)


def _ordered(counts: Floats, typical: Floats) -> tuple[Floats, Floats]:
    """Both directions in an order of their own, so that no draw depends on who is named first."""
    apart = counts.reshape(-1, DIRECTIONS, *counts.shape[1:])
    first, second = (apart[:, direction].ravel().tolist() for direction in range(DIRECTIONS))
    if first <= second:
        return counts, typical
    usual = typical.reshape(-1, DIRECTIONS, *typical.shape[1:])
    return apart[:, ::-1].reshape(counts.shape), usual[:, ::-1].reshape(typical.shape)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Acts that would move two readings apart, should the first of them hold.

    `cell` is the one of the eight whose acts tell most, each; `share` how many
    of such acts would be cooperative. `acts` of that cell alone, or `each` of every
    cell, bring a Bayes factor of 3 if all fall as foretold; None where more than
    `NEEDED_MOST` would be needed.
    """

    cell: int
    share: float
    acts: int | None
    each: int | None


def wanted(
    counts: Floats, typical: Floats, setting: Setting, reading: int, rival: int
) -> Wanted | None:
    """The acts that would tell a reading from a rival soonest, if the reading holds.

    Further acts are taken to fall as the reading foretells, on the issue that
    most acts of the cell touch, from the best grade of source met. None where the two foretell
    the same in every cell.
    """
    like = Likelihood(counts[None], typical, setting.right, setting.tilt)
    issue = counts.sum(axis=(2, 3)).argmax(axis=1)
    share, other = (_foretold(like, setting, h, issue) for h in (reading, rival))
    gains = _gain(share, other)
    cell = int(np.argmax(gains))
    if gains[cell] < ALIKE:
        return None
    grade = int(np.argmax(floats(setting.right) * (counts.sum(axis=(0, 1, 3)) > 0)))
    steps = floats(STEPS)
    needed: list[int | None] = []
    for cells in (np.asarray([cell]), np.arange(CELLS)):
        more = np.repeat(counts[None], len(STEPS), axis=0)
        for at in cells:
            more[:, at, issue[at], grade, 0] += steps * share[at]
            more[:, at, issue[at], grade, 1] += steps * (1 - share[at])
        found = Likelihood(more, typical, setting.right, setting.tilt)
        rows = found.marginals(setting.design, setting.concentration)
        enough = rows[:, reading] - rows[:, rival] >= np.log(BF_POSITIVE)
        needed.append(STEPS[int(enough.argmax())] if enough.any() else None)
    return Wanted(cell, float(share[cell]), *needed)


def _gain(p: Floats, q: Floats) -> Floats:
    """Mean log Bayes factor that one more act adds if cooperation has chance p and not q."""
    return np.asarray(p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q)))


def _foretold(like: Likelihood, setting: Setting, reading: int, issue: Floats) -> Floats:
    """Chance that the next act of each cell is cooperative under a reading."""
    at = np.arange(CELLS), issue.astype(int)
    return np.asarray(np.sum(_weights(like, setting, reading)[at] * like.seen[at], axis=-1))


def _drawn(
    like: Likelihood, setting: Setting, reading: int, rng: np.random.Generator
) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Nodes drawn from the posterior of p under a reading, by cell, issue and draw."""
    weights = _weights(like, setting, reading)
    if reading != ISSUES:
        # Issues are alike, so one draw of a cell serves all of them.
        weights = weights[:, :1]
    total = np.cumsum(weights, axis=-1)
    spots = rng.random((*weights.shape[:2], PREDICTIVE_DRAWS)) * total[..., -1:]
    found = np.stack(
        [
            [np.searchsorted(line, spot) for line, spot in zip(a, b, strict=True)]
            for a, b in zip(total, spots, strict=True)
        ]
    )
    issues = like.counts.shape[2]
    return np.broadcast_to(found, (CELLS, issues, PREDICTIVE_DRAWS)).astype(np.int64)


def _weights(like: Likelihood, setting: Setting, reading: int) -> Floats:
    """Posterior weight of each node by cell and issue, adding up to 1."""
    prior = like.prior(setting.concentration)
    log = like.log[0] / setting.design
    levels = SAYS[NAMES[reading]]
    if levels is not None:
        at = [LEVELS.index(level) for level in levels for _ in range(DIRECTIONS)]
        whole = log.sum(axis=1, keepdims=True) + np.log(prior.T[at])[:, None, :]
        return _normal(np.broadcast_to(whole, log.shape))
    if reading == CATCH_ALL:
        return _normal(log + np.log(prior[:, LEVELS.index("flat")]))
    return _of_issues(log, prior)


def _of_issues(log: Floats, prior: Floats) -> Floats:
    """Each issue at the level, low or high throughout, that its acts make the likelier, in that measure."""
    both = [log + np.log(prior[:, LEVELS.index(level)]) for level in ("low", "high")]
    tops = [one.max(axis=-1, keepdims=True) for one in both]
    evidence = [
        (np.log(np.exp(one - top).sum(axis=-1)) + top[..., 0]).sum(axis=0)
        for one, top in zip(both, tops, strict=True)
    ]
    high = 1 / (1 + np.exp(np.clip(evidence[0] - evidence[1], -700, 700)))
    share = floats(high)[None, :, None]
    return np.asarray((1 - share) * _normal(both[0]) + share * _normal(both[1]))


def _normal(log: Floats) -> Floats:
    weights = np.exp(log - log.max(axis=-1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))
