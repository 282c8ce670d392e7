"""What may be said of a gap: gates, zones, and two tiers of claim.

`descriptive`: the sign of the gap is sure. `unusual`: besides, deeds lie
further from what such words lead one to expect than they do for nearly all
reference dyads, on the same side, and that survives control of the false
discovery rate over the rows looked at (Benjamini and Hochberg 1995).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from realpolitik.constants import (
    FDR,
    GATE_CLUSTERS,
    GATE_DEEDS,
    GATE_WORDS,
    SIGN_PROBABILITY,
    UNUSUAL_S,
)
from realpolitik.stats.arrays import Bools, Floats
from realpolitik.stats.gap import Gap
from realpolitik.stats.tone import Sums

Tier = Literal["descriptive", "unusual"]
Zone = Literal[
    "consistent hostility",
    "consistent amity",
    "words harsher than deeds",
    "deeds harsher than words",
    "words warmer than deeds",
]


@dataclass(frozen=True, slots=True)
class Label:
    """What one row may be called; `zone` and `tier` are None where nothing may be said."""

    zone: Zone | None
    tier: Tier | None
    sentence: str


def gate(words: Sums, deeds: Sums) -> str | None:
    """What a dyad lacks for a score, as one sentence; None where it passes.

    Both are sums of one dyad. Needed are 30 words, 10 deeds, and 8 clusters of each.
    """
    short = [
        f"{int(found)} {what} ({needed} needed)"
        for found, needed, what in (
            (words.n, GATE_WORDS, "non-neutral words"),
            (deeds.n, GATE_DEEDS, "non-neutral deeds"),
            (words.clusters, GATE_CLUSTERS, "clusters of words"),
            (deeds.clusters, GATE_CLUSTERS, "clusters of deeds"),
        )
        if found < needed
    ]
    return f"The record is too thin: it holds {', '.join(short)}." if short else None


def labels(gap: Gap) -> tuple[Label, ...]:
    """One label a row; the rows given are the rows looked at, over which FDR is controlled."""
    sure, unusual = described(gap), is_unusual(gap)
    return tuple(_label(gap[i], bool(sure[i]), bool(unusual[i])) for i in range(len(sure)))


def described(gap: Gap) -> Bools:
    """Rows whose gap has a sure sign."""
    return np.asarray(gap.gap_sign_probability >= SIGN_PROBABILITY)


def is_unusual(gap: Gap) -> Bools:
    """Rows in the unusual tier, given that these are all rows looked at."""
    return stands_out(gap) & survives(gap)


def stands_out(gap: Gap) -> Bools:
    """Rows that would be in the unusual tier if each were the only row looked at.

    The sign of gap and surprise are sure and the same, and |surprise| is at least 1.64.
    """
    same = np.sign(gap.gap.point) == np.sign(gap.surprise.point)
    large = np.abs(gap.surprise.point) >= UNUSUAL_S
    firm = gap.surprise_sign_probability >= SIGN_PROBABILITY
    return np.asarray(described(gap) & same & large & firm)


def survives(gap: Gap) -> Bools:
    """Rows whose surprise survives control of the false discovery rate.

    The p-value is `surprise_p`: how often a dyad that is like the reference
    lies this far out. Rows that are nan take no part.
    """
    return np.asarray(surprise_q(gap) <= FDR)


def surprise_q(gap: Gap) -> Floats:
    """The false discovery rate at which the surprise of each row would be kept; nan stays nan."""
    q = np.full(gap.surprise_p.shape, np.nan)
    known = ~np.isnan(gap.surprise_p)
    if known.any():
        q[known] = adjusted(gap.surprise_p[known])
    return q


def adjusted(p: Floats) -> Floats:
    """P-values adjusted for the false discovery rate by Benjamini and Hochberg's step-up.

    The same as scipy's `false_discovery_control`; written out because loading
    scipy.stats takes longer than a whole gap.
    """
    order = np.argsort(p)[::-1]
    ranks = np.arange(len(p), 0, -1)
    stepped = np.minimum.accumulate(p[order] * len(p) / ranks)
    found = np.empty_like(p)
    found[order] = np.minimum(stepped, 1.0)
    return found


def _label(row: Gap, sure: bool, unusual: bool) -> Label:
    if np.isnan(row.gap.point):
        return Label(None, None, "Nothing can be said: words or deeds are missing.")
    if not sure:
        return _level(row)
    zone = _zone(row)
    opening = _opening(row, zone)
    if unusual:
        return Label(zone, "unusual", f"{opening}, more than for pairs that talk like this.")
    return Label(zone, "descriptive", f"{opening}{_compared(row)}.")


def _level(row: Gap) -> Label:
    z_words, z_deeds = row.z_words, row.z_deeds
    if z_words.upper < 0 and z_deeds.upper < 0:
        return Label(
            "consistent hostility",
            None,
            "Words and deeds are both harsher than for most pairs, and by about as much.",
        )
    if z_words.lower > 0 and z_deeds.lower > 0:
        return Label(
            "consistent amity",
            None,
            "Words and deeds are both warmer than for most pairs, and by about as much.",
        )
    return Label(None, None, "Whether words or deeds are the harsher cannot be told.")


def _zone(row: Gap) -> Zone | None:
    if row.gap.point > 0:
        return "words harsher than deeds" if row.z_words.point < 0 else None
    # Hostile deeds beneath warm words are "deeds harsher" only where the deeds
    # are surely hostile; deeds that may be average make the words the odd ones.
    if row.z_deeds.upper < 0 or (row.z_deeds.point < 0 and row.z_words.point <= 0):
        return "deeds harsher than words"
    return "words warmer than deeds"


def _opening(row: Gap, zone: Zone | None) -> str:
    if zone is None:
        return "Deeds are warmer than words, both held against other pairs"
    first, rest = zone.split(" ", 1)
    return f"{first.capitalize()} are {rest}"


def _compared(row: Gap) -> str:
    side = float(np.sign(row.gap.point))
    if side * row.surprise.point >= UNUSUAL_S:
        return "; whether by more than is usual for pairs that talk like this is not sure"
    if side * row.surprise.point <= -UNUSUAL_S:
        return ", by less than is usual for pairs that talk like this"
    return ", as is usual for pairs that talk like this"
