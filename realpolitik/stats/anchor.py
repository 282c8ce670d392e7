"""Where a reference set holds the levels of words and deeds, and how far its words follow deeds."""

from __future__ import annotations

import numpy as np

from realpolitik.constants import ANCHOR_SD, LOADING_SD, SENSITIVITY_DRAWS
from realpolitik.stats.arrays import Floats, floats, stream
from realpolitik.stats.beta_binomial import trigamma
from realpolitik.stats.latent_model import Anchor
from realpolitik.stats.surprise import fit_line
from realpolitik.stats.tone import Sums, design_effects, effective, tone

RELIABLE = 0.2  # least share of the spread of tones taken to be true: dividing by less is noise
LEAST = 0.05  # least loading: its log must exist


def anchor(words: Sums, deeds: Sums, seed: int = 0) -> Anchor:
    """The anchor that reference dyads give, with the error of a bootstrap over them.

    The level of deeds is their median tone, the level of words what the
    dyads' robust line gives there, the loading the slope of that line. Tones
    of deeds are measured with error, which flattens a slope; it is divided
    by the share of their spread that is not error (Fuller 1987).
    """
    d_words, d_deeds = design_effects(words, deeds)
    tones = np.stack([tone(words, d_words), tone(deeds, d_deeds)])
    error = sum(trigamma(side) for side in effective(deeds, d_deeds))
    # The order of the dyads must not matter to the draws.
    order = np.lexsort((tones[1], tones[0]))
    data = np.stack([*tones, floats(error)])[:, order]
    size = len(order)
    chosen = stream(seed, 1).integers(0, size, (SENSITIVITY_DRAWS, size))
    point = _levels(data)
    spread = np.std(_levels(data[:, chosen]), axis=-1)
    sds = np.hypot(spread, [ANCHOR_SD, ANCHOR_SD, LOADING_SD])
    at_deeds, at_words, loading = (
        (float(mean), float(sd)) for mean, sd in zip(point, sds, strict=True)
    )
    return Anchor(at_deeds, at_words, loading)


def _levels(data: Floats) -> Floats:
    """Level of deeds, level of words, log of the loading; samples of dyads along the last axis."""
    words, deeds, error = data
    middle = np.median(deeds, axis=-1)
    slope = fit_line(deeds, words, tolerance=1e-6).slope
    reliable = 1 - error.mean(axis=-1) / np.maximum(deeds.var(axis=-1), np.finfo(float).tiny)
    loading = np.maximum(slope / np.maximum(reliable, RELIABLE), LEAST)
    left = words - loading[..., None] * (deeds - middle[..., None])
    return np.stack([middle, np.median(left, axis=-1), np.log(loading)])
