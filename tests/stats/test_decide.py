"""Does a reading fit, and what would tell two apart?"""

from __future__ import annotations

import math

import numpy as np

from realpolitik.stats.decide import predictive_p, wanted
from realpolitik.stats.hypotheses import CATCH_ALL, CELLS, NAMES, Setting

BASE = Setting(1.0, (1.0,))
EVEN = np.zeros(CELLS)
ENMITY, STAGED, PATRON = (
    NAMES.index(name) for name in ("open_enmity", "staged_enmity", "patron_client")
)


def alike(cooperation: float, conflict: float, issues: int = 4) -> np.ndarray:
    return np.tile([cooperation, conflict], (CELLS, issues, 1, 1)).astype(float)


def test_counts_that_a_reading_foretells_fit_it() -> None:
    rng = np.random.default_rng(1)
    p = rng.beta(3, 9, (CELLS, 1))
    c = rng.binomial(12, np.repeat(p, 4, axis=1)).astype(float)
    found = np.stack([c, 12 - c], axis=-1)[:, :, None, :]
    assert 0.05 < predictive_p(found, EVEN, BASE, ENMITY) < 0.95


def test_issues_that_part_do_not_fit_a_reading_that_has_one_mind() -> None:
    found = alike(0, 12)
    found[:, 1] = [12, 0]
    assert predictive_p(found, EVEN, BASE, ENMITY) < 0.01


def test_issues_that_are_too_much_alike_do_not_fit_either() -> None:
    assert predictive_p(alike(6, 18), EVEN, BASE, ENMITY) > 0.95


def test_the_catch_all_fits_everything_and_so_nothing_is_said() -> None:
    assert math.isnan(predictive_p(alike(3, 9), EVEN, BASE, CATCH_ALL))


def test_staged_enmity_and_patronage_part_in_public_deeds() -> None:
    found = np.zeros((CELLS, 1, 1, 2))
    found[:2], found[2:4], found[6:] = [3, 9], [9, 3], [9, 3]
    told = [wanted(found, EVEN, BASE, *pair) for pair in ((STAGED, PATRON), (PATRON, STAGED))]
    assert [one.cell // 2 for one in told if one] == [2, 2]  # public deeds, of either direction
    assert [round(one.share, 2) for one in told if one] == [0.5, 0.75]


def test_two_readings_that_foretell_the_same_need_nothing() -> None:
    assert wanted(alike(3, 9), EVEN, BASE, ENMITY, ENMITY) is None
