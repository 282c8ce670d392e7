"""One way to write a mark: an Altair layer made whole, not copied step by step.

Altair copies a chart at every chained call and again when charts are put
together, which takes longer than drawing them. Here each layer is built in one
go, and panels are joined as the plain dictionaries they become anyway.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from realpolitik.reports.charts.theme import CLOUD, FONT, GRID, INK, SOFT, Width

Panel = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
SIGNED = "datum.value > 0 ? '+' + datum.label : datum.label"


def unchecked() -> Any:
    """A context in which Altair trusts its input; the tests draw every chart checked."""
    return debug_mode(False)


def tip(text: str, query: str = "") -> str:
    """What a mark says when pointed at, with the query behind it."""
    return f"{text}||{query}"


def scale(low: float, high: float) -> alt.Scale:
    """A scale over exactly this domain."""
    return alt.Scale(domain=[low, high], nice=False, zero=False)


def x(field: str, over: alt.Scale, axis: alt.Axis | None = None) -> alt.X:
    """A quantitative field across."""
    return alt.X(field=field, type="quantitative", scale=over, axis=axis)


def y(field: str, over: alt.Scale, axis: alt.Axis | None = None) -> alt.Y:
    """A quantitative field upwards."""
    return alt.Y(field=field, type="quantitative", scale=over, axis=axis)


def y_pixels(field: str, height: float) -> alt.Y:
    """A field that holds pixels from the top of a panel of this height."""
    return alt.Y(field=field, type="quantitative", scale=scale(height, 0), axis=None)


X2Value: Any = alt.X2Value
Y2Value: Any = alt.Y2Value
CHANNELS: dict[str, Callable[[Any], Any]] = {
    "x": alt.XValue, "y": alt.YValue,
    "x2": lambda name: alt.X2(field=name) if isinstance(name, str) else X2Value(name),
    "y2": lambda name: alt.Y2(field=name) if isinstance(name, str) else Y2Value(name),
    "text": lambda name: alt.Text(field=name, type="nominal"),
    "colour": lambda name: alt.Color(field=name, type="nominal", scale=None),
    "outline": lambda name: alt.Stroke(field=name, type="nominal", scale=None),
    "tip": lambda name: alt.Description(field=name, type="nominal"),
}  # fmt: skip
NAMES = {"colour": "color", "outline": "stroke", "tip": "description"}


def mark(data: str, kind: str, where: str = "", look: Panel | None = None, **at: Any) -> Panel:
    """One layer: a mark of `kind` on the named rows, those that fit `where`.

    `at` places it: `x`, `y` (a channel, or pixels), `x2`, `y2` (a field, or
    pixels), `text`, `colour`, `outline`, `tip` (fields). `look` holds the
    mark's fixed properties.
    """
    encoding = {
        NAMES.get(name, name): CHANNELS[name](given)
        if isinstance(given, str | int | float)
        else given
        for name, given in at.items()
    }
    kept: Panel = {"transform": [alt.FilterTransform(filter=where)]} if where else {}
    chart = alt.Chart(
        alt.NamedData(name=data),
        mark=alt.MarkDef(**{"type": kind, **(look or {})}),
        encoding=alt.FacetedEncoding(**encoding),
        **kept,
    )
    made: Panel = chart.to_dict(validate=False, context={"top_level": False})
    return {key: made[key] for key in ("data", "transform", "mark", "encoding") if key in made}


def panel(
    layers: list[Panel], width: float, height: float, title: str = "", dx: float = 0
) -> Panel:
    """Layers on one plot, with a heading flush with the labels to its left."""
    made: Panel = {"layer": layers, "width": width, "height": height}
    if title:
        made["title"] = {"text": title, "anchor": "start", "offset": 7, "dx": dx, "frame": "group"}
    return made


def beside(panels: list[Panel], spacing: float) -> Panel:
    """Panels side by side."""
    return panels[0] if len(panels) == 1 else {"hconcat": panels, "spacing": spacing}


def below(panels: list[Panel], spacing: float) -> Panel:
    """Panels one below the other."""
    return panels[0] if len(panels) == 1 else {"vconcat": panels, "spacing": spacing}


class Drawing:
    """A picture at one width: its panels, and its rows by name."""

    def __init__(self, width: Width) -> None:
        self.width = width
        self.datasets: dict[str, list[Panel]] = {}
        self.panel: Panel = {}

    @property
    def font(self) -> Panel:
        """How a text mark looks unless said otherwise."""
        return {"baseline": "middle", "fontSize": self.width.text}

    def rows(self, name: str, rows: list[Panel]) -> str:
        """Keep rows under a name; gives back the name."""
        self.datasets[name] = rows
        return name

    def done(self, panel: Panel) -> Drawing:
        """The drawing with its panels."""
        self.panel = panel
        return self

    def spec(self) -> Panel:
        """The Vega-Lite specification, its data inside."""
        return {
            "$schema": SCHEMA,
            "config": config(self.width),
            "datasets": self.datasets,
        } | self.panel

    def chart(self) -> alt.TopLevelMixin:
        """The same as an Altair chart, checked against the schema."""
        made: alt.TopLevelMixin = alt.Chart.from_dict(self.spec())
        return made


def config(width: Width) -> Panel:
    """The page's fonts and lines, clear of any frame."""
    return {
        "font": FONT, "background": "transparent", "padding": 2, "view": {"stroke": None},
        "axis": {
            "labelFontSize": width.text, "titleFontSize": width.text, "labelColor": SOFT,
            "titleColor": SOFT, "titleFontWeight": "normal", "gridColor": GRID, "labelLimit": 400,
            "domainColor": CLOUD, "tickColor": CLOUD, "tickSize": 3,
        },
        "text": {"fontSize": width.text, "color": INK},
        "title": {"fontSize": width.text + 1.5, "color": INK, "fontWeight": "bold"},
    }  # fmt: skip
