"""When a source itself changed: the number of acts of all its dyads, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from ibis.expr.types import Table

from realpolitik.constants import GATE_PHASES
from realpolitik.measures import _tallied as tallied
from realpolitik.measures._question import SourceSpan
from realpolitik.measures._series import months_of
from realpolitik.stats.arrays import Floats
from realpolitik.stats.phases import divide, signal
from realpolitik.stats.series import Series


def coverage_breaks(
    tallies: Table, source: SourceSpan, map: str, window: tuple[date, date]
) -> Sequence[date]:
    """First months of the phases, but the first, of the log number of acts of a source.

    Found by the same division as the phases of a dyad; none where the span is too short.
    """
    starts = months_of(window)
    if len(starts) < GATE_PHASES:
        return ()
    rows = tallied.months(tallies, source.name, [map], window)
    acts = (rows.cooperation + rows.conflict + rows.neutral).sum()
    found = rows.group_by("month").aggregate(acts=acts).to_pyarrow().to_pylist()
    volume = np.zeros(len(starts))
    for row in found:
        volume[np.searchsorted(starts, np.datetime64(row["month"], "D"))] = row["acts"]
    first: list[date] = starts.astype(object).tolist()
    return [first[at] for at in volume_breaks(volume)]


def volume_breaks(acts: Floats) -> tuple[int, ...]:
    """First months of the phases, but the first, of the log of a monthly number of acts."""
    even = np.ones(len(acts))
    # The log of a count varies by about one over it; the same for all months, so that quiet
    # months weigh as much as loud ones.
    log = signal([Series(np.log1p(acts), even / (1 + acts.mean()), even, 1.0)])
    return divide(log.tone, log.precision, log.penalty)
