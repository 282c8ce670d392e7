"""How sure a verdict is: the chance that a labelled claim of its kind was judged rightly.

One logistic curve a verdict (Platt), fitted on the labelled claims by
`python -m validation.calibration`, over the score that the verdict turned on:
the share of the claim's words its act covers, or for silence how far the
nearest act is.
"""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from functools import cache
from pathlib import Path

from realpolitik.checks.decide import ABSENT, SILENT, UNCHECKABLE, Verdict
from realpolitik.constants import CHECK_LEAST

FILE = Path(__file__).with_name("calibration.csv")


@cache
def curves() -> dict[str, tuple[float, float]]:
    """Intercept and slope of each verdict's curve."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {
            row["verdict"]: (float(row["intercept"]), float(row["slope"]))
            for row in csv.DictReader(lines)
        }


def probability(verdict: str, score: float) -> float:
    """Return the chance, 0 to 1, that a verdict with this score is right."""
    intercept, slope = curves()[verdict]
    return 1 / (1 + math.exp(-intercept - slope * score))


def calibrated(found: Verdict) -> Verdict:
    """Return a verdict with its chance of being right; one too unsure becomes "not in record"."""
    sure = round(probability(found.verdict, found.score), 3)
    if sure >= CHECK_LEAST or found.verdict == UNCHECKABLE:
        return replace(found, probability=sure)
    if found.verdict == ABSENT:
        return replace(found, probability=sure, abstained=True)
    why = f"Cannot tell: “{found.verdict}” would be right with a chance of {sure:.2f}. {found.why}"
    return replace(
        found, verdict=ABSENT, why=why, slots=dict(SILENT), probability=sure, abstained=True
    )
