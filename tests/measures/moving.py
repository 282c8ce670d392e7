"""Two directions that move month by month: tallies with planted answers, breaks and episodes."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from realpolitik.measures._question import SourceSpan
from realpolitik.stats.arrays import Floats
from tests.measures.synthetic import row

MONTHS = 160
SPAN = SourceSpan("made_up", "sample", date(1980, 1, 1), date(1993, 4, 30), "month", listed=False)
BOTH = (("USA", "IRN"), ("IRN", "USA"))


def month(at: int) -> date:
    return date(1980 + at // 12, 1 + at % 12, 1)


def answering(effect: float = 0.6, seed: int = 1) -> Floats:
    """True tones, months by direction: USA answers IRN, IRN answers nobody."""
    rng = np.random.default_rng(seed)
    tone = rng.normal(0.0, 0.8, (MONTHS, 2))
    for t in range(1, MONTHS):
        tone[t] += 0.3 * tone[t - 1]
        tone[t, 0] += effect * tone[t - 1, 1]
    return tone


def told(
    tone: Floats, seed: int = 2, words: int = 40, deeds: int = 30, gap: Floats | None = None
) -> list[dict[str, Any]]:
    """Tallies of both directions; `gap` is added to the tone of the USA's deeds."""
    rng = np.random.default_rng(seed)
    rows = []
    for i, ends in enumerate(BOTH):
        for at in range(MONTHS):
            for kind, n in (("word", words), ("deed", deeds)):
                more = gap[at] if gap is not None and kind == "deed" and i == 0 else 0.0
                c = int(rng.binomial(n, 1 / (1 + np.exp(-tone[at, i] - more))))
                rows.append(row(*ends, kind, c, n - c, month=month(at)))
    return rows


def turned(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same rows with the actors exchanged."""
    return [one | {"actor": one["target"], "target": one["actor"]} for one in rows]


def later(rows: list[dict[str, Any]], years: int) -> list[dict[str, Any]]:
    """The same rows some years later."""
    return [one | {"month": one["month"].replace(year=one["month"].year + years)} for one in rows]


def louder(rows: list[dict[str, Any]], kind: str, times: int) -> list[dict[str, Any]]:
    """The same rows with each act of a kind told so many times."""
    once = ("cooperation", "conflict", "neutral", "sum_n", "sum_c")
    twice = ("sum_nn", "sum_cn", "sum_cc")
    return [
        one | {k: times * one[k] for k in once} | {k: times**2 * one[k] for k in twice}
        if one["kind"] == kind
        else one
        for one in rows
    ]
