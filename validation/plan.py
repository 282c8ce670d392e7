"""Every simulation at full size, and how they are run: a process each, as many as there are cores."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from realpolitik.coding.neural import weights
from validation.announced import follow_bars
from validation.answer import power_bars, proportion_bars, size_bars
from validation.attribution import attribution_bars
from validation.bars import Bar
from validation.change import break_bars, episode_bars
from validation.claims import claim_bars
from validation.disclosure import as_of_bars, nowcast_bars
from validation.label import label_bars
from validation.latent import laplace_bars, nuts_bars
from validation.leakage import leakage_bars
from validation.readings import reading_bars
from validation.shrinkage import discovery_bars, shrinkage_bars
from validation.texts import neural_bars, text_bars
from validation.third import balance_bars, benefit_bars
from validation.tone import interval_bars, invariance_bars, scale_bars

TEXTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "text"
# A simulation is many small problems: more threads each only get in each other's way. All bars
# but its own are those of the coder that ships, whatever weights this machine has.
SET = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", weights.VARIABLE: weights.OFF}


@dataclass(frozen=True, slots=True)
class Simulation:
    """A simulation of one module, ready to run."""

    module: str
    bars: Callable[[], Iterator[Bar]]


ALL = (
    Simulation("1", partial(interval_bars, dyads=10_000, seed=1)),
    Simulation("1", partial(invariance_bars, dyads=4_000, seed=2)),
    Simulation("1", partial(scale_bars, dyads=1_000, seed=3)),
    Simulation("1", partial(leakage_bars, dyads=2_000, seed=4)),
    Simulation("1", partial(label_bars, worlds=60, dyads=480, draws=500, seed=5)),
    Simulation("1", partial(shrinkage_bars, worlds=30, dyads=400, draws=500, seed=8)),
    Simulation("1", partial(discovery_bars, worlds=60, dyads=400, draws=300, seed=9)),
    Simulation("1", partial(follow_bars, runs=1_000, seed=10)),
    Simulation("2", partial(laplace_bars, runs=100, seed=12)),
    Simulation(
        "2", partial(nuts_bars, runs=3, months=60, warmup=500, draws=2_500, seed=13, slack=0.04)
    ),
    Simulation("3", partial(size_bars, runs=1_000, seed=301)),
    Simulation("3", partial(power_bars, runs=1_000, seed=302)),
    Simulation("3", partial(proportion_bars, runs=1_000, draws=500, seed=303)),
    Simulation("4", partial(benefit_bars, runs=1_000, seed=8)),
    Simulation("4", partial(balance_bars, networks=200, permutations=200, seed=9)),
    Simulation("5", partial(break_bars, runs=500, seed=501)),
    Simulation("5", partial(episode_bars, runs=1_000, draws=199, seed=502)),
    Simulation("6", partial(nowcast_bars, runs=1_000, draws=400, seed=6)),
    Simulation("6", partial(as_of_bars, records=1_000, seed=7)),
    Simulation("7", partial(reading_bars, runs=1_000, acts=300, seed=10)),
    Simulation("7", partial(reading_bars, runs=500, acts=3_000, seed=11)),
    Simulation("8", claim_bars),
    Simulation("8", attribution_bars),
    Simulation("reading", partial(text_bars, TEXTS)),
    Simulation("reading", partial(neural_bars, weights.place())),
)


MODULES = tuple(dict.fromkeys(one.module for one in ALL))


def run(simulation: Simulation) -> tuple[Bar, ...]:
    """Run one simulation to its end."""
    return tuple(simulation.bars())


def simulated(asked: Iterable[Simulation]) -> Iterator[Bar]:
    """The bars of some simulations in their order, as many at work as there are cores."""
    os.environ.update(SET)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=spawn) as pool:
        for bars in pool.map(run, asked):
            yield from bars
