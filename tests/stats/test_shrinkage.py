"""Shrinkage: against the formula by hand, and what it must do to few and to many acts."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from realpolitik.stats.arrays import Floats
from realpolitik.stats.gap import say_do_gap
from realpolitik.stats.reference import Reference, reference_members
from realpolitik.stats.shrinkage import World, shrunk_gap, shrunk_tones
from realpolitik.stats.tone import Sums, design_effects
from tests.stats.made import world
from validation.leakage import single_acts

WIDE = World(np.array([0.5, -0.5]), np.array([[1.0, 0.4], [0.4, 1.0]]))


def one(words: tuple[int, int], deeds: tuple[int, int]) -> tuple[Sums, Sums]:
    return tuple(single_acts(np.array([float(n)]), np.array([float(c)])) for n, c in (words, deeds))  # type: ignore[return-value]


def test_the_posterior_mode_is_where_a_search_finds_it() -> None:
    for counts in (((40, 10), (12, 9)), ((30, 0), (15, 15))):
        words, deeds = one(*counts)
        d = [float(effect[0]) for effect in design_effects(words, deeds)]
        c = np.array([float(s.c[0]) / e for s, e in zip((words, deeds), d, strict=True)])
        f = np.array([float(s.n[0]) / e for s, e in zip((words, deeds), d, strict=True)]) - c
        precision = np.linalg.inv(WIDE.covariance)

        def against(
            tones: Floats, c: Floats = c, f: Floats = f, precision: Floats = precision
        ) -> float:
            gone = tones - WIDE.mean
            seen = c @ np.logaddexp(0, -tones) + f @ np.logaddexp(0, tones)
            return float(seen + gone @ precision @ gone / 2)

        found = minimize(against, WIDE.mean, method="BFGS", options={"gtol": 1e-9})
        mean, covariance = shrunk_tones(words, deeds, WIDE)
        assert np.allclose(mean[0], found.x, atol=1e-4)
        h = 1e-3 * np.eye(2)
        at = found.x
        curve = [
            [
                (
                    against(at + i + j)
                    - against(at + i - j)
                    - against(at - i + j)
                    + against(at - i - j)
                )
                / 4e-6
                for j in h
            ]
            for i in h
        ]
        assert np.allclose(covariance[0], np.linalg.inv(curve), rtol=1e-3)


def test_few_acts_move_far_and_many_hardly() -> None:
    few, many = (
        shrunk_tones(*one((40 * k, 10 * k), (12 * k, 9 * k)), WIDE)[0][0] for k in (1, 500)
    )
    seen = np.log([10 / 30, 9 / 3])
    assert np.all(np.abs(many - seen) < 0.01)
    assert np.all(np.abs(few - WIDE.mean) < np.abs(many - WIDE.mean))


def test_the_world_is_that_of_the_true_tones() -> None:
    words, deeds = world(1500, seed=3)
    found = World.of(words, deeds)
    assert np.allclose(found.mean, 0.0, atol=0.1)
    assert np.allclose(found.covariance, [[1.0, 0.42], [0.42, 1.0]], atol=0.12)


def test_a_dyad_without_deeds_has_none() -> None:
    words, deeds = world(150, seed=4)
    keep = reference_members(words, deeds)
    reference, every = Reference.of(words, deeds, draws=100), World.of(words[keep], deeds[keep])
    empty = Sums.of(*([0.0] for _ in range(6)))
    found = shrunk_gap(words[:1], empty, [1], every, reference)
    assert np.isnan(found.point).all() and np.isnan(found.lower).all()


def test_neither_place_nor_company_of_a_dyad_matters() -> None:
    words, deeds = world(150, seed=5)
    reference, every = Reference.of(words, deeds, draws=100), World.of(words, deeds)
    both = shrunk_gap(words[:2], deeds[:2], [7, 8], every, reference)
    second = shrunk_gap(words[1:2], deeds[1:2], [8], every, reference)
    assert (both.lower[1], both.upper[1]) == (second.lower[0], second.upper[0])


def test_intervals_are_narrower_than_without_the_world() -> None:
    words, deeds = world(150, seed=6)
    reference, every = Reference.of(words, deeds, draws=400), World.of(words, deeds)
    thin = np.argsort(deeds.n)[:30]
    there = words[thin], deeds[thin], range(30)
    shrunk, plain = shrunk_gap(*there, every, reference), say_do_gap(*there, reference).gap
    assert np.mean(shrunk.upper - shrunk.lower) < 0.97 * np.mean(plain.upper - plain.lower)
