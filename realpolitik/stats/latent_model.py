"""The model of relation and posture: what is counted, what is believed beforehand, what comes out.

Two directions of a dyad are modelled together. In each, the relation is read
off deeds and moves as an autoregression, and words follow the relation plus a
posture that moves on its own:

    deeds_t ~ BetaBinomial(logit = a_D + relation_t)
    words_t ~ BetaBinomial(logit = a_W + loading * relation_t + posture_t)

Steps of the two relations may be correlated. `stats.laplace` and
`stats.nuts` fit it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from realpolitik.constants import LEVEL_SD_ALONE, LOADING, LOADING_SD_ALONE, POSTURE_SD
from realpolitik.stats.arrays import Floats


@dataclass(frozen=True, eq=False, slots=True)
class Counts:
    """Cooperative (`c`) and all non-neutral acts (`n`) by month; shape 2 directions x months.

    Effective counts: they may be fractions. A month without acts has n = 0.
    """

    deeds_c: Floats
    deeds_n: Floats
    words_c: Floats
    words_n: Floats

    @property
    def months(self) -> int:
        """How many months there are."""
        return int(self.deeds_n.shape[1])

    def turned(self) -> Counts:
        """The same with the two directions exchanged."""
        return Counts(*(getattr(self, field.name)[::-1] for field in fields(self)))

    def canonical(self) -> bool:
        """Do the directions stand in the order that their counts alone decide?

        Draws depend on the order. Where the counts decide it, exchanging the
        actors exchanges the results to the last bit.
        """
        keys = [
            tuple(float(x) for field in fields(self) for x in getattr(self, field.name)[side])
            for side in (0, 1)
        ]
        return keys[0] <= keys[1]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the level of words and deeds is held: (mean, SD) of each, from a reference set.

    `deeds` and `words` are tones (log-odds) of a dyad in the middle of the
    reference; `loading` is the log of how far words follow deeds. `known` is
    false where there is no reference: then the level of the posture means nothing.
    """

    deeds: tuple[float, float]
    words: tuple[float, float]
    loading: tuple[float, float]
    known: bool = True

    @classmethod
    def alone(cls, deeds: float, words: float) -> Anchor:
        """No reference set: levels are the dyad's own tones, and nearly free."""
        loading = (float(np.log(LOADING)), LOADING_SD_ALONE)
        return cls((deeds, LEVEL_SD_ALONE), (words, LEVEL_SD_ALONE), loading, known=False)


@dataclass(frozen=True, eq=False, slots=True)
class Rules:
    """Draws of what governs the paths; each array is draws x 2 directions, `joint` draws alone.

    `persistence` and `posture_persistence` are month-to-month, `step` and
    `posture_step` the SD of a month's change (log-odds), `loading` how far
    words follow the relation, `kappa_*` concentrations, `level_*` the tones at
    relation 0 (and posture 0).
    """

    persistence: Floats
    posture_persistence: Floats
    step: Floats
    posture_step: Floats
    loading: Floats
    kappa_deeds: Floats
    kappa_words: Floats
    level_deeds: Floats
    level_words: Floats
    joint: Floats

    def turned(self) -> Rules:
        """The same with the two directions exchanged."""
        sides = (getattr(self, f.name)[:, ::-1] for f in fields(self) if f.name != "joint")
        return Rules(*sides, self.joint)  # type: ignore[call-arg]


@dataclass(frozen=True, slots=True)
class Health:
    """How a sampler fared: greatest R-hat, smallest effective sample, divergent steps."""

    rhat: float
    effective: float
    divergent: int


@dataclass(frozen=True, eq=False, slots=True)
class Paths:
    """Draws from the posterior: relation and posture by month (draws x 2 directions x months).

    `health` tells of the sampler; None where there was none.
    """

    relation: Floats
    posture: Floats
    rules: Rules
    health: Health | None = None

    def turned(self) -> Paths:
        """The same with the two directions exchanged."""
        return Paths(
            self.relation[:, ::-1], self.posture[:, ::-1], self.rules.turned(), self.health
        )

    def logits(self) -> tuple[Floats, Floats]:
        """Log-odds of deeds and of words by month, as drawn."""
        rules = self.rules
        deeds = rules.level_deeds[..., None] + self.relation
        words = rules.level_words[..., None] + rules.loading[..., None] * self.relation
        return deeds, words + self.posture


def split_level(level: Floats, anchor: Anchor, rng: np.random.Generator) -> Floats:
    """Draws of the mean posture, given draws of the level of words that holds it.

    Only the sum of the two is seen; the anchor and the prior of the posture
    say how it divides.
    """
    variance = anchor.words[1] ** 2 / POSTURE_SD**2
    sd = anchor.words[1] / np.sqrt(1 + variance)
    drawn = (level - anchor.words[0]) / (1 + variance) + sd * rng.standard_normal(level.shape)
    return np.asarray(drawn)
