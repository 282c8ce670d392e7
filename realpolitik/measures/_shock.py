"""The answer to one shock, held against what the history before it predicts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import ibis
from ibis.expr.types import Table

from realpolitik.constants import ANSWER_DRAWS, GATE_PERIODS, GATE_ROWS, LAGS_MONTH, LAGS_WEEK
from realpolitik.findings import Finding
from realpolitik.measures._measure import Sheet, Statistic
from realpolitik.measures._select import directed
from realpolitik.measures._series import Ends, Panel
from realpolitik.stats.answer import best_lags
from realpolitik.stats.arrays import stream, stream_key
from realpolitik.stats.shock import Shock, shock

LISTED = 3  # acts named beside a shock

STATISTICS = (
    Statistic(
        "shock_size", "SD of the unforetold",
        "How far the target's tone towards the actor in the period of the shock lies from what its "
        "past foretold, in SD of what is not foretold.",
    ),
    Statistic(
        "shock_predicted", "log-odds, summed",
        "The actor's answer over the next 3 months or 6 weeks that the history before the shock "
        "foretells, against the path without it.",
    ),
    Statistic(
        "shock_observed", "log-odds, summed", "The answer that came, against the same path."
    ),
    Statistic("shock_abnormal", "log-odds, summed", "Observed answer minus predicted answer."),
    Statistic(
        "shock_ratio", "ratio", "Observed over predicted answer; given where the sign of the "
        "prediction is sure.",
    ),
    Statistic(
        "shock_p", "probability",
        "Chance of an answer so much smaller than predicted by noise alone: what is not foretold "
        "from every earlier date, each with a draw of the error of estimation at the shock.",
    ),
    Statistic(
        "shock_power_none", "probability", "How often that test would show no answer at all."
    ),
    Statistic(
        "shock_power_half", "probability", "How often that test would show an answer of half size."
    ),
)  # fmt: skip
NAMES = tuple(statistic.name for statistic in STATISTICS)
NOT_PROPORTIONATE = (
    "A large p does not mean that the answer was proportionate: with this power a missing answer "
    "would be shown in {0:.0%} of cases, one of half the size in {1:.0%}."
)
SAME_PERIOD = (
    "What the actor did in the {0} of the shock itself is not counted as answer: before and after "
    "cannot be told apart within a {0}."
)
UNSURE = (
    "The history before the shock does not foretell the sign of an answer, so there is no ratio."
)


def shocked(
    sheet: Sheet, held: Panel, ends: Ends, day: date, acts: Table, seed: int
) -> Iterator[Finding]:
    """Findings on how the actor answered what the target did on a day."""
    own, other = held.series(ends), held.series(ends[::-1])
    horizon = LAGS_WEEK if held.grain == "week" else LAGS_MONTH
    at = held.place(day)
    why = _too_early(held, ends, at, horizon)
    if at is None or why is not None:
        status: Any = "not covered" if at is None else "too thin"
        said = why or f"{sheet.source} does not cover {day} within the time asked for."
        for name in NAMES:
            yield sheet.missing(name, status, said)
        return
    before = own[slice(0, at)], other[slice(0, at)]
    key = stream_key("shock", held.start(at).isoformat(), held.start(0).isoformat())
    rng = stream(seed, key)
    found = shock(own, other, at, best_lags(before, horizon), horizon, rng, ANSWER_DRAWS)
    n = int(other.n[at] + own.n[at + 1 : at + 1 + horizon].sum())
    yield from _told(sheet, held, found, n, _severity(acts, ends, day))


def _told(
    sheet: Sheet, held: Panel, found: Shock, n: int, severity: tuple[str, ...]
) -> Iterator[Finding]:
    yield sheet.ok("shock_size", found.size, n=n, notes=severity)
    for name, value in (
        ("shock_predicted", found.predicted),
        ("shock_observed", found.observed),
        ("shock_abnormal", found.abnormal),
    ):
        yield sheet.ok(name, value[0], value[1:], n=n, notes=(SAME_PERIOD.format(held.grain),))
    if found.ratio[0] == found.ratio[0]:
        yield sheet.ok("shock_ratio", found.ratio[0], found.ratio[1:], n=n)
    else:
        yield sheet.missing("shock_ratio", "cannot tell", UNSURE, n=n)
    power = NOT_PROPORTIONATE.format(found.power_none, found.power_half)
    yield sheet.ok("shock_p", found.p, n=n, notes=(power, f"{found.placebos} placebo dates."))
    yield sheet.ok("shock_power_none", found.power_none, n=n)
    yield sheet.ok("shock_power_half", found.power_half, n=n)


def _too_early(held: Panel, ends: Ends, at: int | None, horizon: int) -> str | None:
    """The sentence that says what a shock lacks; None where it can be looked at."""
    if at is None:
        return None
    least = max(GATE_PERIODS, GATE_ROWS * (2 * horizon + 1))
    both = held.series(ends), held.series(ends[::-1])
    before = [int(one[slice(0, at)].seen.sum()) for one in both]
    if min(before) < least or any(one[slice(0, at)].process <= 0 for one in both):
        return (
            f"Before the shock there are {before[0]} {held.grain}s with acts this way and "
            f"{before[1]} the other ({least} needed each way)."
        )
    if not both[1].seen[at]:
        return f"No act of the target is recorded in the {held.grain} of the shock."
    if int(both[0].seen[at + 1 : at + 1 + horizon].sum()) < (horizon + 1) // 2:
        return f"Too few {held.grain}s after the shock hold an act of the actor."
    return None


def _severity(acts: Table, ends: Ends, day: date) -> tuple[str, ...]:
    """What the listed acts of the target towards the actor say of that day, as they tell it."""
    rows = directed(acts, *ends[::-1], "date")
    on = rows.filter(rows.date <= ibis.literal(day), rows.end_date >= ibis.literal(day))
    on = on.filter(on.kind == "deed", on.date_precision == "day")
    found = on.select("act_id", "text", "label", "intensity").order_by("act_id").limit(LISTED)
    told = found.to_pyarrow().to_pylist()
    if not told:
        return ("No listed deed of that day tells how severe it was; tone knows no severity.",)
    return tuple(f"{row['act_id']}: {row['text'] or row['label'] or 'no text'}" for row in told)
