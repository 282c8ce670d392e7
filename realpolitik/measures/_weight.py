"""Who weighs more in deeds, and the published comparator: sums of Goldstein scores."""

from __future__ import annotations

from collections.abc import Iterator

import ibis
import numpy as np
from ibis.expr.types import Table
from scipy.special import ndtri

from realpolitik.constants import GATE_DEEDS, LAGS_MONTH, LAGS_WEEK
from realpolitik.findings import Finding
from realpolitik.measures import _tallied as tallied
from realpolitik.measures._measure import Sheet, Statistic
from realpolitik.measures._question import SourceSpan
from realpolitik.measures._series import Ends, Panel, of_source
from realpolitik.stats.answer import past
from realpolitik.stats.arrays import Floats, tails
from realpolitik.stats.regression import classical, fit, wald

PUBLISHED = (
    "Published comparator, not a finding: sums grow with coverage that both directions share."
)
LISTS = (
    "{0} is at hand as tallies, which carry no intensities: load its acts with "
    "`realpolitik ingest {0} FILE`."
)
NONE = "The acts of {0} carry no published intensities."
STATISTICS = (
    Statistic(
        "deeds_balance", "log ratio",
        "Log of the actor's non-neutral deeds over the target's, each counted by its design "
        "effect; above 0 the actor does more.",
    ),
    Statistic(
        "deeds_balance_weighted", "log ratio",
        "The same with each deed weighted by its published intensity.",
    ),
    Statistic(
        "summed_goldstein_f", "F",
        "Classical F test of a VAR on sums of Goldstein scores: the test most often published.",
    ),
    Statistic("summed_goldstein_p", "probability", "The probability of that F."),
    Statistic(
        "summed_goldstein_p_hc3", "probability",
        "The same test with errors that unequal variance does not mislead (HC3).",
    ),
)  # fmt: skip


def weighed(
    sheet: Sheet, held: Panel, ends: Ends, acts: Table, source: SourceSpan
) -> Iterator[Finding]:
    """The balance of deeds and the summed-Goldstein test of one direction."""
    yield _counted(sheet, held, ends)
    names = [statistic.name for statistic in STATISTICS[1:]]
    if not source.listed:
        yield from _missing(sheet, names, LISTS.format(source.name))
        return
    own, other = (_intensities(held, way, acts, source) for way in (ends, ends[::-1]))
    if not own.any() or not other.any():
        yield from _missing(sheet, names, NONE.format(source.name))
        return
    deeds = [float(np.sum(side[1])) for side in (own, other)]
    n = int(held.series(ends).n.sum())
    if min(deeds) > 0:
        yield sheet.ok("deeds_balance_weighted", np.log(deeds[0] / deeds[1]), n=n)
    else:
        yield from _missing(sheet, names[:1], NONE.format(source.name))
    yield from _summed(
        sheet, own[0], other[0], LAGS_WEEK if held.grain == "week" else LAGS_MONTH, n
    )


def _missing(sheet: Sheet, names: list[str], why: str) -> Iterator[Finding]:
    for name in names:
        yield sheet.missing(name, "cannot tell", why)


def _counted(sheet: Sheet, held: Panel, ends: Ends) -> Finding:
    """Log ratio of deeds; its interval is that of two counts of clusters of acts."""
    mine, theirs = held.series(ends, "deed"), held.series(ends[::-1], "deed")
    counts = float(mine.n.sum()), float(theirs.n.sum())
    if min(counts) < GATE_DEEDS:
        why = (
            f"The record is too thin: it holds {int(counts[0])} non-neutral deeds this way and "
            f"{int(counts[1])} the other ({GATE_DEEDS} needed each way)."
        )
        return sheet.missing("deeds_balance", "too thin", why, n=int(counts[0]))
    point = float(np.log(counts[0]) - np.log(counts[1]))
    deviation = float(np.sqrt(mine.design / counts[0] + theirs.design / counts[1]))
    reach = float(ndtri(tails()[1])) * deviation
    return sheet.ok(
        "deeds_balance", point, (point - reach, point + reach), n=int(counts[0]),
        n_effective=counts[0] / mine.design, filters=("--kind deed",),
    )  # fmt: skip


def _intensities(held: Panel, ends: Ends, acts: Table, source: SourceSpan) -> Floats:
    """Sums of intensities by period (row 0), and of the absolute ones of deeds (row 1)."""
    window = held.start(0), held.end(len(held.starts) - 1)
    rows = tallied.of_dyads(of_source(acts, source, window), [ends], "date")
    unit = "W" if held.grain == "week" else "M"
    rows = rows.mutate(start=rows.date.truncate(unit).cast("date"), points=rows.intensity * rows.n)
    deeds = rows.points.abs().sum(where=rows.kind == ibis.literal("deed"))
    found = rows.group_by("start").aggregate(all=rows.points.sum(), deeds=deeds).to_pyarrow()
    sums = np.zeros((2, len(held.starts)))
    for row in found.to_pylist():
        at = int(np.searchsorted(held.starts, np.datetime64(row["start"], "D")))
        sums[:, at] = row["all"] or 0.0, row["deeds"] or 0.0
    return sums


def _summed(sheet: Sheet, own: Floats, other: Floats, lags: int, n: int) -> Iterator[Finding]:
    x, y, even = past(own, other, lags), own[lags:], np.ones(len(own) - lags)
    if len(y) < 3 * x.shape[1] or np.linalg.matrix_rank(x) < x.shape[1]:
        yield from _missing(
            sheet, [statistic.name for statistic in STATISTICS[2:]], "The sums are too few to tell."
        )
        return
    full, alone = fit(x, y, even), fit(x[:, : 1 + lags], y, even)
    usual, robust = classical(full, alone), wald(full, slice(1 + lags, None))
    yield sheet.ok("summed_goldstein_f", usual.f, n=n, notes=(PUBLISHED, f"{lags} lags."))
    yield sheet.ok("summed_goldstein_p", usual.p, n=n, notes=(PUBLISHED,))
    yield sheet.ok(
        "summed_goldstein_p_hc3", robust.p, n=n, notes=(PUBLISHED, f"F = {robust.f:.2f}.")
    )
