from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from realpolitik.stats.surprise import fit_line


def _sample(seed: int, size: int = 150) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.normal(1.0, 2.0, size)
    y = -0.5 + 0.4 * x + rng.standard_t(3, size)
    y[:10] += 15
    return x, y


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_line_is_that_of_statsmodels(seed: int) -> None:
    x, y = _sample(seed)
    known = sm.RLM(y, sm.add_constant(x), M=sm.robust.norms.HuberT()).fit(maxiter=200, tol=1e-12)
    line = fit_line(x, y)
    assert [float(line.intercept), float(line.slope)] == pytest.approx(known.params, abs=1e-6)


def test_outliers_hardly_move_it_and_would_move_least_squares() -> None:
    x, y = _sample(4)
    clean = np.polyfit(x[10:], y[10:], 1)
    line = fit_line(x, y)
    assert abs(float(line.intercept) - clean[1]) < 0.3
    assert abs(np.polyfit(x, y, 1)[1] - clean[1]) > 0.5


def test_many_samples_at_once_are_each_their_own() -> None:
    x, y = (np.stack(part) for part in zip(*(_sample(seed) for seed in (5, 6)), strict=True))
    both = fit_line(x, y)
    for row in (0, 1):
        alone = fit_line(x[row], y[row])
        assert float(both.slope[row]) == pytest.approx(float(alone.slope), abs=1e-8)
        assert float(both.residual_sd[row]) == pytest.approx(float(alone.residual_sd), abs=1e-8)


def test_start_saves_steps_but_not_the_answer() -> None:
    x, y = _sample(7)
    line = fit_line(x, y)
    again = fit_line(x, y, start=fit_line(x[:100], y[:100]))
    assert float(again.slope) == pytest.approx(float(line.slope), abs=1e-8)


def test_residual_sd_by_hand() -> None:
    x = np.array([0.0, 1, 2, 3, 4, 5])
    y = 2 + 3 * x
    line = fit_line(x, y)
    assert [float(line.intercept), float(line.slope)] == pytest.approx([2, 3])
    assert float(line.residual_sd) == pytest.approx(0, abs=1e-9)
    assert float(line.predict(10.0)) == pytest.approx(32)
