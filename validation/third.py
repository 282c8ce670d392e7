"""Module 4: are deeds that suit somebody found, and are deeds that do not left alone?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit
from scipy.stats import kstest

from realpolitik.api._record import record
from realpolitik.stats.arrays import Bools, Floats
from realpolitik.stats.benefit import chance, tie
from validation.bars import Bar, bar

MODULE = "4 benefit"
DEEDS, STEPS, PERSISTENCE, UNKNOWN = 3000, 4, 0.9, 0.3
SIZES = (
    (60, 4.0),
    (60, 10.0),
    (90, 16.0),
    (120, 30.0),
)  # third parties, and how many they are worth


def benefit_bars(
    runs: int, seed: int, low: float = 0.03, high: float = 0.07, slack: float = 0.0
) -> Iterator[Bar]:
    """Uniform p and size where deeds do not follow ties; power where they do."""
    rng = np.random.default_rng(seed)
    null = [_p(parties, worth, 0.0, runs, rng) for parties, worth in SIZES]
    yield bar(
        MODULE,
        "size of the 5 % test, deeds blind to ties",
        [float(np.mean(p <= 0.05)) for p in null],
        low,
        high,
    )
    yield bar(
        MODULE,
        "its p uniform (KS p-value)",
        [float(np.asarray(kstest(p, "uniform").pvalue)) for p in null],
        0.01,
    )
    for alignment, worth, least in ((0.4, 10.0, 0.5), (0.6, 16.0, 0.85)):
        found = float(np.mean(_p(90, worth, alignment, runs, rng) <= 0.05))
        name = f"power at alignment {alignment:g}, worth {worth:g} third parties"
        yield bar(MODULE, name, [found], least - slack)
    weak = [float(np.mean(_p(60, 4.0, a, runs, rng) <= 0.05)) for a in (0.4, 0.6)]
    yield bar(MODULE, "power at either, worth 4 third parties (no bar)", weak, 0.0)


def balance_bars(networks: int, permutations: int, seed: int) -> Iterator[Bar]:
    """Ties from all acts are balanced in triangles; random signs are not."""
    rng = np.random.default_rng(seed)
    alone = [_excess(_random_signs(rng), permutations, rng) for _ in range(networks)]
    yield bar(
        MODULE,
        "random signs beyond 1.96 SD of their null",
        [float(np.mean(np.abs(alone) > 1.96))],
        0.0,
        0.1,
    )
    for kinds, name, least in ((None, "all acts", 3.0), ("deed", "deeds alone", -np.inf)):
        found = _excess(_signs(kinds), permutations, rng)
        yield bar(MODULE, f"balance of KEDS Gulf ties from {name}, SD over null", [found], least)


def _p(parties: int, worth: float, alignment: float, runs: int, rng: np.random.Generator) -> Floats:
    return np.asarray([_one(parties, worth, alignment, run, rng) for run in range(runs)])


def _one(parties: int, worth: float, alignment: float, run: int, rng: np.random.Generator) -> float:
    """One actor whose tone towards third parties is part ties, part its own; ties drift, some are unknown."""
    kept = rng.normal(size=(parties, 1))
    drift = rng.normal(size=(parties, STEPS))
    signal = PERSISTENCE * kept + np.sqrt(1 - PERSISTENCE**2) * drift
    latent = alignment * signal + (1 - alignment) * rng.normal(size=(parties, 1))
    gross = np.repeat(
        np.ceil(_weights(parties, worth, rng) * DEEDS / STEPS)[:, None], STEPS, axis=1
    )
    warm = rng.binomial(gross.astype(int), expit(1.5 * latent))
    ties = np.tanh(signal / 2)
    # Ties that are unknown at first and are known from some step on.
    since = np.where(rng.random(parties) < UNKNOWN, rng.integers(1, STEPS + 1, parties), 0)
    ties[np.arange(STEPS) < since[:, None]] = np.nan
    return chance(2.0 * warm - gross, gross, ties, run, seed=1).p


def _weights(parties: int, worth: float, rng: np.random.Generator) -> Floats:
    """Skewed shares of the deeds, worth so many third parties of one weight."""
    normal = rng.normal(size=parties)

    def short(spread: float) -> float:
        w = np.exp(spread * (normal - normal.max()))
        return float(w.sum() ** 2 / np.sum(w**2)) - worth

    w = np.exp(brentq(short, 0.0, 1e4) * (normal - normal.max()))
    return np.asarray(w / w.sum())


def _excess(signs: Floats, permutations: int, rng: np.random.Generator) -> float:
    """Balanced share of triangles, in SDs above what the same signs give when dealt at random."""
    upper = np.triu_indices(len(signs), 1)
    met = signs[upper] != 0
    edges = upper[0][met], upper[1][met]
    values = signs[edges]
    null = [
        _balanced(_network(edges, rng.permutation(values), len(signs))) for _ in range(permutations)
    ]
    return float((_balanced(signs) - np.mean(null)) / np.std(null))


def _balanced(signs: Floats) -> float:
    present = np.abs(signs)
    return float((1 + np.trace(signs @ signs @ signs) / np.trace(present @ present @ present)) / 2)


def _network(edges: tuple[NDArray[Any], ...], values: Floats, size: int) -> Floats:
    made = np.zeros((size, size))
    made[edges] = values
    return np.asarray(made + made.T)


def _random_signs(rng: np.random.Generator, size: int = 40, density: float = 0.4) -> Floats:
    upper = np.triu_indices(size, 1)
    there: Bools = rng.random(len(upper[0])) < density
    values = np.where(there, np.where(rng.random(len(there)) < 0.4, -1.0, 1.0), 0.0)
    return _network(upper, values, size)


def _signs(kind: str | None) -> Floats:
    """Signs of the ties of the bundled tallies over all years, from all acts or one kind."""
    rows = record(None).tallies
    rows = rows.filter(rows["map"] == "realpolitik", *([rows.kind == kind] if kind else []))
    sums = rows.group_by("actor", "target").aggregate(
        c=rows.cooperation.sum(), f=rows.conflict.sum()
    )
    found = sums.order_by("actor", "target").to_pyarrow().to_pylist()
    names = sorted({row[end] for row in found for end in ("actor", "target")})
    place = {name: i for i, name in enumerate(names)}
    c, f = np.zeros((2, len(names), len(names)))
    for row in found:
        for a, b in (("actor", "target"), ("target", "actor")):
            c[place[row[a]], place[row[b]]] += row["c"]
            f[place[row[a]], place[row[b]]] += row["f"]
    every = sum(row["c"] for row in found), sum(row["f"] for row in found)
    ties = tie(c, f, np.asarray(np.log(every[0] + 0.5) - np.log(every[1] + 0.5)))
    np.fill_diagonal(ties, np.nan)
    return np.nan_to_num(np.sign(ties))
