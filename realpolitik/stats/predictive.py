"""Does a fitted model make records like the one it was fitted to?"""

from __future__ import annotations

import numpy as np

from realpolitik.stats.arrays import Bools, Floats, stream
from realpolitik.stats.beta_binomial import draw
from realpolitik.stats.latent_model import Counts, Paths


def checks(counts: Counts, paths: Paths, seed: int = 0) -> dict[str, tuple[float, float]]:
    """How often a record made by the model shows as much as the real one, both directions.

    `zeros_*` is about months with acts but none of them cooperative or none conflictual,
    `runs_*` about the number of unbroken runs of months above or below the
    median share. The number is the share of made records with at least as
    many (ties half): near 0 or 1 the model misses something.
    """
    if not counts.canonical():
        found = checks(counts.turned(), paths.turned(), seed)
        return {name: (b, a) for name, (a, b) in found.items()}
    rng = stream(seed, 2)
    deeds, words = paths.logits()
    kinds = (
        ("deeds", counts.deeds_c, counts.deeds_n, deeds, paths.rules.kappa_deeds),
        ("words", counts.words_c, counts.words_n, words, paths.rules.kappa_words),
    )
    found = {}
    for name, c, n, logits, kappa in kinds:
        whole = np.rint(n)
        made = draw(whole, logits, kappa[..., None], rng)
        real = np.minimum(np.rint(c), whole)
        for what, count in (("zeros", _zeros), ("runs", _runs)):
            sides = [_beyond(count(made[:, i], whole[i]), count(real[i], whole[i])) for i in (0, 1)]
            found[f"{what}_{name}"] = (sides[0], sides[1])
    return found


def _beyond(made: Floats, real: Floats) -> float:
    return float(np.mean(made > real) + np.mean(made == real) / 2)


def _zeros(c: Floats, n: Floats) -> Floats:
    return np.asarray(np.sum((n > 0) & ((c == 0) | (c == n)), axis=-1, dtype=np.float64))


def _runs(c: Floats, n: Floats) -> Floats:
    seen = n > 0
    share = c[..., seen] / n[seen]
    high: Bools = share > np.median(share, axis=-1, keepdims=True)
    return np.asarray(1 + np.sum(high[..., 1:] != high[..., :-1], axis=-1, dtype=np.float64))
