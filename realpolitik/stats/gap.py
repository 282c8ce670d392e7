"""The say-do gap of a dyad, and the surprise its deeds are, given its words.

Both are measured against a reference of dyads from the same source and
period. A draw joins one draw from the posterior of the dyad's two tones with
one bootstrap replicate of the reference, so an interval holds both errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from realpolitik.constants import LEVEL
from realpolitik.stats.arrays import Estimate, Floats, around, floats, stream
from realpolitik.stats.reference import Reference, Yardstick, percentile
from realpolitik.stats.tone import Sums, design_effects, tone, tone_draws, tone_interval


@dataclass(frozen=True, eq=False, slots=True)
class Gap:
    """Words held against deeds, one element a dyad; nan where a kind has no act.

    Tones are log-odds; `z_words`, `z_deeds`, `gap` are in reference SDs, the
    gap positive where deeds are milder than words; percentiles are 0 to 100
    among the reference dyads; `surprise` is in residual SDs. `gap_positive`
    and `surprise_positive` are the probabilities that the sign is plus;
    `surprise_p` is the chance that a dyad that is like the reference has a
    surprise at least as large, either way, averaged over the draws.
    """

    tone_words: Estimate
    tone_deeds: Estimate
    z_words: Estimate
    z_deeds: Estimate
    gap: Estimate
    gap_percentile: Estimate
    gap_positive: Floats
    surprise: Estimate
    surprise_percentile: Estimate
    surprise_positive: Floats
    surprise_p: Floats
    design_words: Floats
    design_deeds: Floats

    def __getitem__(self, index: Any) -> Gap:
        return Gap(*(getattr(self, f.name)[index] for f in fields(self)))

    @property
    def gap_sign_probability(self) -> Floats:
        """How sure the sign of the gap is: the probability of the sign its point has."""
        return _sure(self.gap.point, self.gap_positive)

    @property
    def surprise_sign_probability(self) -> Floats:
        """How sure the sign of the surprise is."""
        return _sure(self.surprise.point, self.surprise_positive)


SCORES = ("z_words", "z_deeds", "gap", "gap_percentile", "surprise", "surprise_percentile")
ENDS = tuple(attrgetter(end) for end in ("point", "lower", "upper"))
GAP, SURPRISE = SCORES.index("gap"), SCORES.index("surprise")


class _Row(NamedTuple):
    """One dyad: its scores in the order of `SCORES`, and what their draws say."""

    scores: Estimate
    gap_positive: float
    surprise_positive: float
    surprise_p: float


def say_do_gap(
    words: Sums,
    deeds: Sums,
    keys: Sequence[int],
    reference: Reference,
    seed: int = 0,
    level: float = LEVEL,
    effects: tuple[Floats, Floats] | None = None,
) -> Gap:
    """The gap and the surprise of each dyad, with intervals.

    `words` and `deeds` are one-dimensional, one element a dyad. `keys` names
    each dyad (`arrays.stream_key`): with `seed` it alone decides the draws, so
    a dyad's numbers depend neither on its place nor on the dyads beside it.
    There are as many draws as the reference has replicates. `effects` are the
    design effects of words and deeds where the sums do not show them.
    """
    d_words, d_deeds = effects or design_effects(words, deeds)
    rows = [
        _one(words[i], deeds[i], (d_words[i], d_deeds[i]), stream(seed, key), reference, level)
        for i, key in enumerate(keys)
    ]
    scores = {
        name: Estimate(*(floats([at(row.scores)[i] for row in rows]) for at in ENDS))
        for i, name in enumerate(SCORES)
    }
    return Gap(
        tone_words=tone_interval(words, d_words, level),
        tone_deeds=tone_interval(deeds, d_deeds, level),
        gap_positive=floats([row.gap_positive for row in rows]),
        surprise_positive=floats([row.surprise_positive for row in rows]),
        surprise_p=floats([row.surprise_p for row in rows]),
        design_words=d_words,
        design_deeds=d_deeds,
        **scores,
    )


def _one(
    words: Sums,
    deeds: Sums,
    d: tuple[Floats, Floats],
    rng: np.random.Generator,
    reference: Reference,
    level: float,
) -> _Row:
    point = _scores(tone(words, d[0]), tone(deeds, d[1]), reference.itself)
    drawn = _scores(
        tone_draws(words, d[0], rng, reference.draws),
        tone_draws(deeds, d[1], rng, reference.draws),
        reference.replicates,
    )
    return _Row(
        around(point, drawn.T, level),
        _share_positive(drawn[GAP]),
        _share_positive(drawn[SURPRISE]),
        float(np.mean(reference.replicates.surprise_p(drawn[SURPRISE]))),
    )


def _scores(tone_words: Floats, tone_deeds: Floats, by: Yardstick) -> Floats:
    """All scores of tones under a yardstick, stacked in the order of `SCORES`."""
    z_words, z_deeds = by.z_words(tone_words), by.z_deeds(tone_deeds)
    gap, surprise = floats(z_deeds - z_words), floats(by.surprise(tone_words, tone_deeds))
    ranks = percentile(by.gaps, gap), percentile(by.surprises, surprise)
    return np.stack([z_words, z_deeds, gap, ranks[0], surprise, ranks[1]])


def _share_positive(draws: Floats) -> float:
    if np.isnan(draws).any():
        return float("nan")
    return float(np.mean(draws > 0) + np.mean(draws == 0) / 2)


def _sure(point: Floats, positive: Floats) -> Floats:
    return np.where(point < 0, 1 - positive, positive)


def joined(gaps: Sequence[Gap]) -> Gap:
    """Several sets of rows as one, in order."""

    def column(name: str) -> Estimate | Floats:
        parts = [getattr(gap, name) for gap in gaps]
        if isinstance(parts[0], Estimate):
            ends = ("point", "lower", "upper")
            return Estimate(*(np.concatenate([getattr(p, end) for p in parts]) for end in ends))
        return np.concatenate(parts)

    return Gap(*(column(field.name) for field in fields(Gap)))  # type: ignore[arg-type]
