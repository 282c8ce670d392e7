"""Do one actor's deeds towards third parties suit another? Deeds weighed by the other's ties.

Arrays are indexed third party by step, a step being a stretch of time over
which ties are held to be the same. A tie is nan where it is not known; deeds
towards a third party whose tie is not known take no part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from realpolitik.constants import DRAWS, JEFFREYS, LEVEL, PERMUTATIONS, TIE_ACTS
from realpolitik.stats.arrays import Floats, floats, stream, tails


@dataclass(frozen=True, eq=False, slots=True)
class Alignment:
    """How far deeds follow ties: `estimate` from -1 to 1, with a bootstrap interval over third parties.

    `contributions` has one element a third party and adds up to the estimate.
    `n_effective` is how many third parties of one weight the deeds are worth.
    All nan where no deed meets a known tie.
    """

    estimate: float
    lower: float
    upper: float
    contributions: Floats
    weights: Floats
    n_effective: float


@dataclass(frozen=True, slots=True)
class Chance:
    """What the same deeds would come to, had the ties been dealt out at random.

    `p` is the share of dealings that come to at least as much, `p_less` of those
    that come to at most as much, the true one counted in both.
    """

    expected: float
    p: float
    p_less: float

    @property
    def p_either(self) -> float:
        """How often chance lies as far out, on either side."""
        return min(1.0, 2 * min(self.p, self.p_less))


def tie(cooperation: Floats, conflict: Floats, system: Floats) -> Floats:
    """The tie of two actors, -1 to 1: tanh of half their log-odds of cooperation above the system's.

    nan where fewer than 20 acts passed between them.
    """
    odds = np.log(cooperation + JEFFREYS) - np.log(conflict + JEFFREYS)
    return np.where(cooperation + conflict >= TIE_ACTS, np.tanh((odds - system) / 2), np.nan)


def suits(net: Floats, gross: Floats, ties: Floats) -> Floats:
    """Cooperative minus conflictual deeds times ties, over all deeds that meet a known tie.

    `ties` may have axes before third party and step; so has the result.
    """
    known = ~np.isnan(ties)
    whole = np.sum(gross * known, axis=(-2, -1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.sum(net * np.nan_to_num(ties), axis=(-2, -1)) / whole)


def effective_parties(gross: Floats, ties: Floats) -> Floats:
    """One over the sum of squared shares that each third party has in the deeds that count."""
    by_party = np.sum(gross * ~np.isnan(ties), axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(by_party.sum(axis=-1) ** 2 / np.sum(by_party**2, axis=-1))


def alignment(
    net: Floats, gross: Floats, ties: Floats, key: int, seed: int = 0, level: float = LEVEL
) -> Alignment:
    """The alignment of deeds (net and gross, third party by step) with ties, and whence it comes."""
    known = ~np.isnan(ties)
    parts = np.sum(net * np.nan_to_num(ties), axis=1)
    counted = np.sum(gross * known, axis=1)
    whole = float(counted.sum())
    if not whole:
        nan = float("nan")
        unknown = np.full(len(net), nan)
        return Alignment(nan, nan, nan, unknown, unknown, nan)
    estimate = float(parts.sum() / whole)
    low, high = _over_parties(parts, counted, stream(seed, key), level)
    return Alignment(
        estimate,
        min(low, estimate),
        max(high, estimate),
        parts / whole,
        counted / whole,
        float(effective_parties(gross, ties)),
    )


def chance(
    net: Floats, gross: Floats, ties: Floats, key: int, seed: int = 0, deals: int = PERMUTATIONS
) -> Chance:
    """Deal the ties out among the third parties at random, the deeds left as they are.

    One dealing holds for all steps: whoever gets the ties of another gets them for
    the whole time, so that ties which last are not mixed into milder ones. Where the other's tie is not
    known, its nearest known one in time stands in. Neither names nor order of the
    third parties count.
    """
    order = np.lexsort((gross.sum(axis=1), net.sum(axis=1), np.nan_to_num(ties).sum(axis=1)))
    order = order[~np.isnan(ties[order]).all(axis=1)]
    net, gross, ties = net[order], gross[order], ties[order]
    known = ~np.isnan(ties)
    whole = float(np.sum(gross * known))
    counted, lasting = net * known, _lasting(ties)
    rng = stream(seed, key)
    dealt = rng.permuted(np.tile(np.arange(len(net)), (deals, 1)), axis=1)
    drawn = np.zeros(deals)
    for step in range(net.shape[1]):
        drawn += lasting[dealt, step] @ counted[:, step]
    drawn /= whole
    found = float(suits(net, gross, ties))
    # A dealing that comes to the same up to rounding is as good as the true one.
    more, less = np.sum(drawn >= found - 1e-12), np.sum(drawn <= found + 1e-12)
    p, p_less = ((1 + int(count)) / (1 + deals) for count in (more, less))
    return Chance(float(drawn.mean()), p, p_less)


def _lasting(ties: Floats) -> Floats:
    """Ties with each unknown one replaced by the nearest known in time, the earlier of two as near."""
    steps = np.arange(ties.shape[1])
    apart = np.abs(steps[:, None] - steps).astype(np.float64)
    nearest = np.where(np.isnan(ties)[:, None, :], np.inf, apart).argmin(axis=-1)
    return np.take_along_axis(ties, nearest, axis=1)


def _over_parties(
    parts: Floats, counted: Floats, rng: np.random.Generator, level: float
) -> tuple[float, float]:
    """Percentile interval when third parties are drawn anew, with replacement."""
    parts, counted = parts[counted > 0] / counted.sum(), counted[counted > 0] / counted.sum()
    # Rounded, since shares must not change places with the unit in which deeds are weighed.
    order = np.lexsort((parts.round(12), counted.round(12)))
    parts, counted = parts[order], counted[order]
    drawn = rng.multinomial(len(parts), np.full(len(parts), 1 / len(parts)), DRAWS)
    low, high = np.quantile(floats(drawn @ parts) / (drawn @ counted), tails(level))
    return float(low), float(high)
