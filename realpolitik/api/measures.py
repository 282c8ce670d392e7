"""The measures: what each answers, which numbers it gives, in which unit, by whose method."""

from __future__ import annotations

from realpolitik.api.result import Rows
from realpolitik.measures import get, names


def measures(name: str | None = None) -> Rows:
    """Every statistic of one measure, or of all; one row a statistic.

    Raises:
        UnknownName: no measure has this name.
    """
    rows = [
        {
            "measure": measure.name,
            "answers": measure.sentence,
            "statistic": statistic.name,
            "unit": statistic.unit,
            "method": statistic.method,
            "references": list(measure.references),
        }
        for measure in (get(found) for found in ([name] if name is not None else names()))
        for statistic in measure.statistics
    ]
    return Rows("measures", rows)
