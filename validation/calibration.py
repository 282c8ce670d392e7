"""Fits the curves of `checks/calibration.csv` and measures how well they are calibrated.

`python -m validation.calibration` prints the table; it is fitted on all
labelled claims, and measured by five-fold cross-validation.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from validation.claims import VERDICTS, Judged, raw

FOLDS = 5
RIDGE = 0.3  # weight of the penalty that pulls a curve with few claims towards the mean
BINS = 5
Curve = tuple[float, float]


def fit(found: Sequence[Judged]) -> dict[str, Curve]:
    """Intercept and slope of each verdict's curve, shrunk towards the share judged rightly."""
    share = (sum(one.right for one in found) + 1) / (len(found) + 2)
    mean = float(np.log(share / (1 - share)))
    return {verdict: _curve([one for one in found if one.found.verdict == verdict], mean)
            for verdict in VERDICTS}  # fmt: skip


def _curve(found: Sequence[Judged], mean: float) -> Curve:
    """A logistic curve by Newton's steps, with ridge penalties on both terms."""
    x = np.array([[1.0, one.found.score - 0.5] for one in found]).reshape(-1, 2)
    y = np.array([float(one.right) for one in found])
    beta = np.array([mean, 0.0])
    prior = np.array([mean, 0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ beta))
        slope = x.T @ (y - p) - RIDGE * (beta - prior)
        bend = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(2)
        beta = beta + np.linalg.solve(bend, slope)
    return float(beta[0] - 0.5 * beta[1]), float(beta[1])


def chance(curves: dict[str, Curve], one: Judged) -> float:
    """The chance that a verdict is right."""
    intercept, slope = curves[one.found.verdict]
    return float(1 / (1 + np.exp(-intercept - slope * one.found.score)))


def calibration_error(chances: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Expected calibration error over bins of equal size."""
    order = np.argsort(chances, kind="stable")
    parts = np.array_split(order, BINS)
    return float(
        sum(len(part) * abs(chances[part].mean() - right[part].mean()) for part in parts)
        / len(order)
    )


def crossed(found: Sequence[Judged]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Chances given by curves that never saw the claim, and who was right."""
    chances = np.zeros(len(found))
    for fold in range(FOLDS):
        rest = [one for rank, one in enumerate(found) if rank % FOLDS != fold]
        curves = fit(rest)
        for rank in range(fold, len(found), FOLDS):
            chances[rank] = chance(curves, found[rank])
    return chances, np.array([float(one.right) for one in found])


def main() -> int:
    """Print the table to store, and its cross-validated error on standard error."""
    found = raw()
    print("verdict,intercept,slope")
    for verdict, (intercept, slope) in fit(found).items():
        print(f"{verdict},{intercept:.4f},{slope:.4f}")
    print(f"expected calibration error {calibration_error(*crossed(found)):.4f}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
