"""The page: one HTML file that needs nothing else, not even a network."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup

from realpolitik.errors import CorruptFile
from realpolitik.reports.links import slug
from realpolitik.reports.material import Material
from realpolitik.reports.view import bibtex, page

HERE = "realpolitik.reports"


def render(material: Material) -> str:
    """The whole page as text; the same material gives the same bytes.

    Counts are acts, estimates are in the unit of their finding; what is missing
    is named in words. Nothing is fetched when the page is looked at.

    Raises:
        CorruptFile: a template is cut short or damaged.
    """
    return filled(
        "page.html.j2",
        **page(material),
        style=asset("style.css", "charts.css", "print.css"),
        script=asset("page.js"),
        about=as_json(about(material)),
    )


def filled(template: str, **values: Any) -> str:
    """A template with these values in it; CorruptFile where it is cut short or damaged."""
    try:
        return environment().get_template(template).render(**values)
    except jinja2.TemplateError as error:
        where = getattr(error, "name", None) or template
        raise CorruptFile(
            f"template {where}", f"what cannot be filled in ({error})",
            "the template that ships with realpolitik", "Reinstall realpolitik.",
        ) from error  # fmt: skip


@cache
def environment() -> jinja2.Environment:
    """The templates, with every value escaped unless marked as ours."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader(HERE, "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["slug"] = slug
    return made


def about(material: Material) -> dict[str, Any]:
    """What a program can read off the page itself: whom it is on, and what it rests on."""
    return {
        "a": material.a.code,
        "b": material.b.code,
        "start": material.start,
        "end": material.end,
        "map": material.map,
        "map_version": material.map_version,
        "version": material.version,
        "command": material.command,
        "sources": [card.name for card in material.sources],
        "citations": bibtex(material),
    }


def as_json(values: Any) -> Markup:
    """Values as JSON that cannot end the script element it stands in, whatever it holds."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704


def asset(*names: str) -> Markup:
    """Styles or scripts of the package, joined; they go into a page as they are."""
    folder = files(HERE).joinpath("assets")
    return Markup("".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names))  # noqa: S704
