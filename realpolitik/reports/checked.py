"""A checked text as a page: the text itself, each claim marked, its evidence beside it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from realpolitik.reports.html import asset, filled

SIGNS = {
    "supported": "✓", "supported in part": "◐", "contradicted": "✕", "disputed": "≠",
    "not in record": "○", "not checkable": "–",
}  # fmt: skip
MEANINGS = {
    "supported": "an act, or a sum of parts, matches all that the claim asserts",
    "supported in part": "the act is there; one thing asserted is missing or differs",
    "contradicted": "an act conflicts, and its source is graded A or B",
    "disputed": "the record marks the act as contested, or its source is too weak to decide",
    "not in record": "nothing covers it; the record is not complete, so silence says nothing",
    "not checkable": "motive, prediction, cause or judgement",
}
Values = Mapping[str, Any]


def render(checked: Values, counts: Mapping[str, int], labelled: str) -> str:
    """The page as text: it needs no network, and the same check gives the same bytes.

    `checked` is what `check --json` prints, `counts` how many claims have
    each verdict, `labelled` how often the coder of texts was found right by hand.

    Raises:
        CorruptFile: a template is cut short or damaged.
    """
    claims = checked["claims"]
    known = {one["id"]: one for one in checked["citations"]}
    values = {
        "title": checked["document"].get("title") or checked["document"]["id"],
        "document": checked["document"],
        "as_of": next((one["as_of"] for one in claims if one["as_of"]), None),
        "counts": [(name, SIGNS[name], n, MEANINGS[name]) for name, n in counts.items()],
        "blocks": list(_blocks(checked["document"]["text"], claims)),
        "signs": SIGNS,
        "cited": known,
        "citations": checked["citations"],
        "quotations": [one for one in checked["quotations"] if one["kind"] == "direct"],
        "warnings": checked["warnings"],
        "labelled": labelled,
        "uncited": [one for one in claims if one["checkable"] and not one["cites"]],
        "style": asset("style.css", "checked.css"),
    }
    return filled("checked.html.j2", **values)


def _blocks(text: str, claims: Sequence[Values]) -> Iterator[dict[str, Any]]:
    """The paragraphs of the text, each with its marked pieces and its claims."""
    for match in re.finditer(r"[^\n]+", text):
        start, end = match.span()
        own = [one for one in claims if start <= one["start"] < end]
        checkable = [one for one in own if one["checkable"]]
        rest = [one for one in own if not one["checkable"]]
        yield {"pieces": list(_pieces(text, start, end, own)), "claims": checkable, "rest": rest}


def _pieces(text: str, start: int, end: int, claims: Sequence[Values]) -> Iterator[dict[str, Any]]:
    """Stretches of a paragraph, each with the innermost claim it belongs to and those that end there."""
    cuts = {
        start,
        end,
        *(one["start"] for one in claims),
        *(min(one["end"], end) for one in claims),
    }
    places = sorted(cuts)
    for a, b in itertools.pairwise(places):
        around = [one for one in claims if one["start"] <= a and b <= min(one["end"], end)]
        inner = min(around, key=lambda one: one["end"] - one["start"], default=None)
        ends = [one for one in around if min(one["end"], end) == b and one["checkable"]]
        yield {"text": text[a:b], "claim": inner, "ends": ends}
