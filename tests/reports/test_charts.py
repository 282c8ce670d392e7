"""Charts: valid Vega-Lite, right rows, honest axes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import altair as alt
import pytest

from realpolitik.reports.charts import draw, hidden, hindsight, lags, layout, timeline
from realpolitik.reports.charts.findings import findings_chart
from realpolitik.reports.charts.marks import Drawing
from realpolitik.reports.charts.theme import COLOURS, MEDIUM, NARROW
from realpolitik.reports.charts.years import by_year
from realpolitik.reports.material import Material
from realpolitik.reports.record import Record
from realpolitik.reports.view import FIGURES, figures
from tests.reports import build


@pytest.mark.parametrize("name", [name for name, _ in FIGURES])
def test_every_chart_is_valid_vega_lite(name: str) -> None:
    """Drawn with Altair's own checks on, and read back by it."""
    figure = dict(FIGURES)[name](build.material())
    assert figure.charts
    for drawing in figure.charts.values():
        assert isinstance(drawing, Drawing)
        assert isinstance(drawing.chart(), alt.TopLevelMixin)


def test_colours_are_the_ones_the_dark_can_swap() -> None:
    room = Path(draw.__file__).parents[1]
    style = (room / "assets" / "charts.css").read_text(encoding="utf-8")
    for colour in COLOURS:
        assert colour in style, colour
    for figure in figures(build.material()).values():
        for drawing in figure.charts.values():
            used = str(drawing.spec())
            for found in set(re.findall(r"#[0-9a-f]{6}", used)):
                assert found in COLOURS, (figure.name, found)


def test_bars_are_the_tallies() -> None:
    material = build.material()
    record = Record(material)
    drawing = timeline.figure(material).charts["wide"]
    total = sum(m.cooperation + m.conflict for m in material.months)
    assert sum(row["acts"] for row in drawing.datasets["bars"]) == total
    assert sum(y.cooperation for y in by_year(record)) == sum(
        m.cooperation for m in material.months
    )


def test_bar_length_is_in_proportion_and_grows_from_zero() -> None:
    record = Record(build.material())
    laid = layout.column(record, by_year(record), (1975, 1999), 400)
    units = {(row["kind"], round((row["y2"] - row["y"]) / row["acts"], 1)) for row in laid.bars}
    zeros = {(row["kind"], row["y"]) for row in laid.bars}
    assert len(zeros) == 3
    assert all(
        abs(abs(row["y2"] - row["y"]) / row["acts"] - layout.BARS / span(laid, row["kind"])) < 0.02
        for row in laid.bars
    ), units


def span(laid: layout.Column, kind: str) -> int:
    """Highest cooperative plus highest conflictual count of a kind."""
    most = {"cooperation": 0, "conflict": 0}
    for row in laid.bars:
        if row["kind"] == kind:
            most[row["side"]] = max(most[row["side"]], row["acts"])
    return most["cooperation"] + most["conflict"]


def test_every_case_is_a_dot_and_hidden_ones_are_hollow() -> None:
    material = build.material()
    dots = timeline.figure(material).charts["narrow"].datasets["dots"]
    single = [dot for dot in dots if "id=" in dot["tip"] and "%2C" not in dot["tip"]]
    hidden_acts = [a for a in material.acts if a["secrecy"] == "secret" and a["side"] != "neutral"]
    assert sum(dot["hidden"] for dot in single if dot["colour"] != COLOURS[2]) == len(hidden_acts)


def test_uncovered_years_are_shaded() -> None:
    drawing = timeline.figure(build.material()).charts["wide"]
    first = min(int(act["date"][:4]) for act in build.material().acts)
    assert drawing.datasets["shade"][0]["x"] == first
    assert {row["x2"] for row in drawing.datasets["shade"]} >= {1981.0}


def test_hidden_counts_are_the_acts() -> None:
    material = build.material()
    rows = hidden.figure(material).charts["medium"].datasets
    drawn = sum(row["count"] for key in ("ARD_BRL", "BRL_ARD") for row in rows[key])
    assert drawn == sum(act["side"] != "neutral" for act in material.acts)


def test_an_act_never_disclosed_is_a_lone_ring() -> None:
    base = build.material()
    acts = tuple(dict(act) | {"disclosed": None} for act in base.acts)
    drawing = lags.figure(replace(base, acts=acts)).charts["medium"]
    rows = [
        row for name, part in drawing.datasets.items() if name.startswith("lags") for row in part
    ]
    assert rows and all(row["x2"] is None for row in rows)


def test_hindsight_leaves_out_the_whole_span() -> None:
    base = build.material()
    whole = [
        replace(item, start="1976-01-01", end="1985-12-31")
        for item in base.findings
        if item.statistic in {"gap_as_of", "gap_hindsight"}
        and item.start == "1976-01-01"
        and item.estimate is not None
    ]
    both = replace(base, findings=(*base.findings, *whole))
    record = Record(both)
    found = [then.start for then, _ in hindsight.periods(record, record.directions[0])]
    assert found and len(found) == len(set(found))
    assert all(now.end != "1985-12-31" or now.start != "1976-01-01"
               for _, now in hindsight.periods(record, record.directions[0]))  # fmt: skip


@pytest.mark.parametrize("width", [NARROW, MEDIUM])
def test_nothing_to_draw_is_said(width: object) -> None:
    empty = replace(build.nearly_empty(), acts=())
    for name, figure in figures(empty).items():
        assert not figure.charts, name
        assert figure.empty.endswith(".") and width


def test_svg_keeps_tips_and_queries_and_drops_the_rest() -> None:
    figure = timeline.figure(build.material())
    text = str(draw.svg(figure.charts["narrow"].spec(), "p"))
    assert 'data-tip="' in text and 'data-query="' in text
    for gone in ("aria-label", "role=", "aria-roledescription", "<a "):
        assert gone not in text
    assert 'id="p-' in text or "clip-path" not in text


def test_findings_chart_of_a_result() -> None:
    material: Material = build.material()
    made = findings_chart(material.findings[:20]).to_dict()
    assert made["facet"]["row"]["field"] == "unit"
    assert findings_chart([]).to_dict()
