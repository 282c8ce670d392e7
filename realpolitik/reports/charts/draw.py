"""From a chart to an SVG element that belongs to the page."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import vl_convert
from markupsafe import Markup

from realpolitik.reports.figure import Figure

SVG = "http://www.w3.org/2000/svg"
DROPPED = ("role", "aria-roledescription", "aria-hidden", "pointer-events", "class", "cursor")
NUMBER = re.compile(r"-?\d+\.\d{3,}")
REFERENCE = re.compile(r"url\(#([^)]+)\)")

ElementTree.register_namespace("", SVG)


def svgs(figure: Figure) -> dict[str, Markup]:
    """One SVG element for each width variant of a figure; its words are on the figure."""
    return {
        name: svg(drawing.spec(), f"{figure.name}-{name}")
        for name, drawing in figure.charts.items()
    }


def svg(made: dict[str, Any], prefix: str) -> Markup:
    """A specification as an inline SVG element with ids that no other picture has.

    Marks keep their description as `data-tip` and `data-query`; everything
    that only serves Vega's own scripts is dropped.
    """
    # Our own renderer's output, not foreign XML.
    root = ElementTree.fromstring(vl_convert.vegalite_to_svg(made))  # noqa: S314
    for element in root.iter():
        _clean(element, prefix)
    _drop_empty(root)
    width, height = root.get("width"), root.get("height")
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    root.set("viewBox", f"0 0 {width} {height}")
    root.set("style", f"max-width:{width}px")
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    return Markup(ElementTree.tostring(root, encoding="unicode"))  # noqa: S704


def _clean(element: ElementTree.Element, prefix: str) -> None:
    for key in DROPPED:
        element.attrib.pop(key, None)
    words = element.attrib.pop("aria-label", "")
    if "||" in words:
        shown, query = words.split("||", 1)
        element.set("data-tip", shown)
        if query:
            element.set("data-query", query)
    if "id" in element.attrib:
        element.set("id", f"{prefix}-{element.get('id')}")
    for key, given in element.attrib.items():
        if key in {"d", "transform", "x", "y", "x2", "y2"}:
            element.set(key, NUMBER.sub(_short, given))
        elif given.startswith("url(#"):
            element.set(key, REFERENCE.sub(rf"url(#{prefix}-\1)", given))


def _short(found: re.Match[str]) -> str:
    return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")


def _drop_empty(parent: ElementTree.Element) -> None:
    """Remove shapes without size and groups without content, deepest first."""
    for child in list(parent):
        _drop_empty(child)
        tag = child.tag.rpartition("}")[2]
        nothing = tag == "path" and (not child.get("d") or child.get("d") == "M0,0h0v0h0Z")
        hidden = child.get("display") == "none"
        hollow = tag == "g" and len(child) == 0
        frame = tag == "path" and set(child.attrib) == {"d"}
        if nothing or hidden or hollow or frame:
            parent.remove(child)
