"""All simulations at full size: bar against reached, module by module."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

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
from validation.texts import text_bars
from validation.third import balance_bars, benefit_bars
from validation.tone import interval_bars, invariance_bars, scale_bars

TEXTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "text"


def bars() -> Iterator[Bar]:
    """Every bar, in the order of the modules."""
    yield from interval_bars(dyads=10_000, seed=1)
    yield from invariance_bars(dyads=4_000, seed=2)
    yield from scale_bars(dyads=1_000, seed=3)
    yield from leakage_bars(dyads=2_000, seed=4)
    yield from label_bars(worlds=60, dyads=480, draws=500, seed=5)
    yield from shrinkage_bars(worlds=30, dyads=400, draws=500, seed=8)
    yield from discovery_bars(worlds=60, dyads=400, draws=300, seed=9)
    yield from follow_bars(runs=1_000, seed=10)
    yield from size_bars(runs=1_000, seed=301)
    yield from power_bars(runs=1_000, seed=302)
    yield from proportion_bars(runs=1_000, draws=500, seed=303)
    yield from break_bars(runs=500, seed=501)
    yield from episode_bars(runs=300, draws=199, seed=502)
    yield from benefit_bars(runs=1_000, seed=8)
    yield from balance_bars(networks=200, permutations=200, seed=9)
    yield from laplace_bars(runs=100, seed=12)
    yield from nuts_bars(runs=3, months=60, warmup=500, draws=2_500, seed=13, slack=0.04)
    yield from nowcast_bars(runs=1_000, draws=400, seed=6)
    yield from as_of_bars(records=1_000, seed=7)
    yield from reading_bars(runs=1_000, acts=300, seed=10)
    yield from reading_bars(runs=500, acts=3_000, seed=11)
    yield from text_bars(TEXTS)
    yield from claim_bars()
    yield from attribution_bars()


def main() -> int:
    """Print each bar as soon as it is reached or missed; 1 if any is missed."""
    missed = 0
    for module, found in groupby(bars(), key=lambda one: one.module):
        print(f"module {module}", flush=True)
        for one in found:
            print(f"  {one.line()}", flush=True)
            missed += not one.passed
    print("all bars reached" if not missed else f"{missed} bars missed")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
