"""Take the README's picture out of a dossier: `python -m docs.picture`.

The picture is the first one of the page, as drawn, on the page's paper and with
the page's legend, which there is text of its own.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import realpolitik as rp
from realpolitik.reports.charts.theme import CONFLICT, COOPERATION, FONT, INK, PAPER, SOFT

PATH = Path(__file__).resolve().parent / "images" / "usa-iran.svg"
HEAD = 30
LEGEND = (
    (COOPERATION, "cooperative, up"),
    (CONFLICT, "conflictual, down"),
    (SOFT, "\N{BLACK CIRCLE} a case, open   \N{WHITE CIRCLE} a case, hidden at the time"),
    (SOFT, "shaded: not covered"),
)


def picture(a: str, b: str) -> str:
    """The first picture of the dossier of two actors as an SVG that stands alone."""
    with tempfile.TemporaryDirectory() as folder:
        page = rp.dossier(a, b, output=Path(folder) / "page.html").html.read_text(encoding="utf-8")
    return standalone(first_picture(page))


def first_picture(page: str) -> str:
    """The wide variant of the page's first picture; LookupError where there is none."""
    found = re.search(r'class="[^"]*v-wide[^"]*".*?(<svg.*?</svg>)', page, re.S)
    if found is None:
        raise LookupError("the page holds no wide picture")
    return found[1]


def standalone(svg: str) -> str:
    """An inline picture with paper and legend of its own, and without hooks of the page."""
    svg = re.sub(r' (?:data-tip|data-query|aria-hidden|focusable|style)="[^"]*"', "", svg)
    width, height = (float(side) for side in re.findall(r'viewBox="0 0 (\S+) (\S+)"', svg)[0])
    opening, rest = svg.split(">", 1)
    opening = re.sub(r'viewBox="[^"]*"', f'viewBox="0 0 {width:g} {height + HEAD:g}"', opening)
    drawn = rest.rpartition("</svg>")[0]
    parts = (
        f'{opening} width="{width:g}" height="{height + HEAD:g}" fill="{INK}">',
        f'<rect width="100%" height="100%" fill="{PAPER}"/>',
        f'<text x="8" y="19" font-family="{FONT}" font-size="13">{_legend()}</text>',
        f'<g transform="translate(0,{HEAD})">{drawn}</g></svg>\n',
    )
    return "\n".join(parts)


def _legend() -> str:
    return "".join(
        f'<tspan fill="{colour}" dx="{18 if place else 0}">{words}</tspan>'
        for place, (colour, words) in enumerate(LEGEND)
    )


def main() -> None:
    """Write the picture."""
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(picture("USA", "IRN"), encoding="utf-8")


if __name__ == "__main__":
    main()
