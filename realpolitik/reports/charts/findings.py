"""Any findings as dots with intervals: what a result draws of itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import altair as alt

from realpolitik.findings import Finding
from realpolitik.reports.charts.marks import unchecked
from realpolitik.reports.charts.theme import CONFLICT, COOPERATION, SOFT
from realpolitik.reports.prose import estimate, interval, span


def findings_chart(findings: Iterable[Finding]) -> Any:
    """Estimates with their intervals: one row a statistic, one colour a direction, by unit.

    Each unit has its own scale. Findings without a number are left out; with
    none left the chart is empty.
    """
    known = [item for item in findings if item.estimate is not None]
    ways = sorted({_way(item) for item in known})
    colour = alt.Color("direction:N", title=None, legend=alt.Legend(orient="top"),
                       scale=alt.Scale(domain=ways, range=[COOPERATION, CONFLICT, SOFT]))  # fmt: skip
    with unchecked():
        base = alt.Chart().encode(
            y=alt.Y("statistic:N", title=None, sort=None, axis=alt.Axis(labelLimit=320)),
            yOffset=alt.YOffset("direction:N"),
            color=colour,
            tooltip=[alt.Tooltip("said:N", title="finding")],
        )
        spread = base.mark_rule(strokeWidth=1.6).encode(
            x=alt.X("lower:Q", title=None), x2=alt.X2("upper:Q")
        )
        dots = base.mark_circle(size=55, opacity=1).encode(x=alt.X("estimate:Q", title=None))
        data: Any = alt.InlineData(values=[_row(item) for item in known])
        made = alt.layer(spread, dots, data=data).properties(width=420)
        return made.facet(row=alt.Row("unit:N", title=None)).resolve_scale(
            x="independent", y="independent"
        )


def _way(item: Finding) -> str:
    return f"{item.actor} → {item.target}"


def _row(item: Finding) -> dict[str, Any]:
    name = item.statistic if item.map == "realpolitik" else f"{item.statistic} ({item.map})"
    when = span(item.start, item.end)
    return {
        "statistic": f"{name}, {when}", "direction": _way(item), "unit": item.unit,
        "estimate": item.estimate, "lower": item.lower, "upper": item.upper,
        "said": " ".join(part for part in (estimate(item), interval(item)) if part),
    }  # fmt: skip
