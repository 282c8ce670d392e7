from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import beta

from realpolitik.stats.share import design_effect_of_kind, share
from realpolitik.stats.tone import Sums, own_design_effect


def test_interval_is_jeffreys_on_effective_counts() -> None:
    found = share(20, 80, d=2.0)
    assert found.estimate == 0.25 and found.n == 80 and found.n_effective == 40
    assert found.interval == pytest.approx(beta.ppf([0.025, 0.975], 10.5, 30.5))


@pytest.mark.parametrize(("part", "end"), [(0, 0.0), (7, 1.0)])
def test_interval_reaches_the_ends(part: int, end: float) -> None:
    found = share(part, 7)
    assert found.estimate == end and end in found.interval
    assert found.upper - found.lower > 0.2


def test_no_acts_is_unknown() -> None:
    assert math.isnan(share(0, 0).estimate) and math.isnan(share(0, 0).upper)


def test_design_effect_of_a_kind_is_that_of_its_clusters() -> None:
    contacts = Sums.from_clusters([[1, 0]], [[2, 3]])
    others = Sums.from_clusters([[1, 1, 0]], [[1, 1, 4]])
    by_hand = Sums.from_clusters([[2, 3, 0, 0, 0]], [[2, 3, 1, 1, 4]])
    assert design_effect_of_kind(contacts, others) == pytest.approx(own_design_effect(by_hand))
    none = Sums.from_clusters([[0]], [[0]])
    assert design_effect_of_kind(none, others)[0] == pytest.approx(18 / 6)
    assert np.isnan(design_effect_of_kind(none, none)[0])
