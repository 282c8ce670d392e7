"""How often a coder is right, from acts labelled by hand, and the gap once its errors are undone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from realpolitik.constants import JEFFREYS, LEVEL, SENSITIVITY_DRAWS
from realpolitik.stats.arrays import Estimate, Floats, around, floats, stream
from realpolitik.stats.leakage import corrected_tone, leaked
from realpolitik.stats.reference import measure
from realpolitik.stats.surprise import Line
from realpolitik.stats.tone import Sums, design_effects, tone, tone_draws


@dataclass(frozen=True, eq=False, slots=True)
class Confusion:
    """What acts coded as words and as deeds truly were: labelled counts, one column a true kind.

    Rows are "coded a word" and "coded a deed"; the first column is "truly a
    word". `coded` holds how many acts of each row there are in all.
    """

    counts: Floats
    coded: Floats

    def leakage(self, draws: int, rng: np.random.Generator) -> Floats:
        """Draws of the share of true words that are filed as deeds; Dirichlet rows, Jeffreys prior."""
        true = np.stack([rng.dirichlet(row + JEFFREYS, draws)[:, 0] for row in self.counts])
        return self._share(true)

    def point(self) -> float:
        """The share of true words that are filed as deeds, at the posterior means of the rows."""
        weights = self.counts + JEFFREYS
        return float(self._share((weights / weights.sum(axis=1, keepdims=True))[:, 0]))

    def _share(self, true: Floats) -> Floats:
        words, deeds = (self.coded * true.T).T
        return floats(deeds / (words + deeds))


def corrected_gap(
    words: Sums,
    deeds: Sums,
    reference: tuple[Sums, Sums],
    confusion: Confusion,
    seed: int,
    draws: int = SENSITIVITY_DRAWS,
    level: float = LEVEL,
) -> Estimate:
    """The gap of one dyad in reference SDs once words filed as deeds are taken out, here and there.

    All sums are one-dimensional, those of the dyad of one element. The
    reference dyads leak the same share, since one coder filed both. A draw
    joins one leakage, one pair of tones of the dyad, and the reference as it
    then is; the choice of reference dyads is not drawn.
    """
    rng = stream(seed, 3)
    shares = confusion.leakage(draws, rng)
    point = _gap(words, deeds, reference, floats([confusion.point()]), None)
    drawn = _gap(words, deeds, reference, shares, rng)
    return around(point, drawn[:, None], level)


def _gap(
    words: Sums,
    deeds: Sums,
    reference: tuple[Sums, Sums],
    shares: Floats,
    rng: np.random.Generator | None,
) -> Floats:
    effects, theirs = design_effects(words, deeds), design_effects(*reference)
    tones = corrected_tone(*reference, theirs[1], shares[:, None])
    said = np.broadcast_to(tone(reference[0], theirs[0]), tones.shape)
    unused = np.zeros(len(shares))
    by = measure(said, tones, Line(unused, unused, unused + 1))
    left = _left(words, deeds, shares)
    if rng is None:
        return floats(by.z_deeds(tone(left, effects[1])) - by.z_words(tone(words, effects[0])))
    own = tone_draws(words, effects[0], rng, len(shares))[:, 0]
    done = tone_draws(left, effects[1], rng, 1)[0]
    return floats(by.z_deeds(done) - by.z_words(own))


def _left(words: Sums, deeds: Sums, shares: Floats) -> Sums:
    """The deeds that remain at each leakage; their squares are not known."""
    c = np.maximum(deeds.c - leaked(words.c, shares), 0.0)
    f = np.maximum(deeds.n - deeds.c - leaked(words.n - words.c, shares), 0.0)
    unknown = np.full(c.shape, np.nan)
    # A dyad whose deeds all leaked still has a posterior: that of no deed, with the prior alone.
    return Sums(np.maximum(c + f, 1e-9), c, unknown, unknown, unknown, unknown)


def confusion_of(coded: ArrayLike, true: ArrayLike, kinds: tuple[str, ...]) -> Floats:
    """Labelled acts counted by coded kind (rows) and true kind (columns)."""
    rows, columns = np.asarray(coded, dtype=np.str_), np.asarray(true, dtype=np.str_)
    return floats([[np.sum((rows == a) & (columns == b)) for b in kinds] for a in kinds])
