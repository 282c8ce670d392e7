"""Sums for tests, and strategies that draw them."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from realpolitik.stats.tone import Sums
from validation.simulate import correlated_tones, dyads_of_any_size

cluster_counts = arrays(np.int64, (3, 12), elements=st.integers(0, 6))


@st.composite
def sums(draw: st.DrawFn) -> Sums:
    """Sums of three dyads with twelve clusters each, every one with an act."""
    cooperation, conflict = draw(cluster_counts), draw(cluster_counts)
    cooperation[:, 0] += 1
    return Sums.from_clusters(cooperation, cooperation + conflict)


def world(dyads: int, seed: int) -> tuple[Sums, Sums]:
    """Words and deeds of dyads of any size, none of them special."""
    rng = np.random.default_rng(seed)
    tones = correlated_tones(dyads, 0.42, rng)
    words = dyads_of_any_size(tones[:, 0], rng.integers(40, 200, dyads), rng)
    return words, dyads_of_any_size(tones[:, 1], rng.integers(15, 80, dyads), rng)


def mirrored(s: Sums) -> Sums:
    """The same acts with cooperation and conflict exchanged."""
    return Sums(s.n, s.n - s.c, s.nn, s.nn - s.cn, s.nn - 2 * s.cn + s.cc, s.clusters)
