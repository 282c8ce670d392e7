"""Who said what, against PolNeAR's development articles, read where they lie beside the checkout.

A content matches where half of the shorter span overlaps, a source where any
of it does; content is direct where it opens with a quotation mark.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from realpolitik.coding.attribution import Attribution, attributions
from realpolitik.coding.nlp import parsed_all
from realpolitik.coding.quotes import paragraphs, quotes
from validation.bars import Bar, bar

MODULE = "8 check: attribution"
FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "text" / "polnear" / "dev"
DIRECT = re.compile(r'^\W{0,2}["“]')
Spans = list[tuple[int, int]]


@dataclass(slots=True)
class Gold:
    """One annotated attribution: the spans of its source and of its content."""

    source: Spans = field(default_factory=list)
    content: Spans = field(default_factory=list)


@dataclass(slots=True)
class Score:
    """What was found: contents proposed and right; per manner those wanted and got with their source."""

    proposed: int = 0
    right: int = 0
    wanted: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    got: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def share(self, manner: str) -> float:
        """Share of a manner's attributions found with content and source."""
        return self.got[manner] / self.wanted[manner]


def measured() -> Score:
    """Read every article and hold the attributions found against those annotated."""
    score = Score()
    for path in sorted((FOLDER / "attributions").glob("*.ann")):
        name = f"{path.stem.rpartition('_')[0]}.txt"
        text = (FOLDER / "text" / name).read_bytes().decode("utf-8")
        _count(score, _found(text), _gold(path), text)
    return score


def _found(text: str) -> list[Attribution]:
    marks, blocks = quotes(text).quotes, paragraphs(text)
    docs = parsed_all(text[a:b] for a, b in blocks)
    return [
        one
        for (start, _), doc in zip(blocks, docs, strict=True)
        for one in attributions(doc, marks, start)
    ]


def _gold(path: Path) -> list[Gold]:
    spans: dict[str, Spans] = {}
    events = []
    for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        key, what = line.split("\t")[:2]
        if key.startswith("T"):
            places = what.split(" ", 1)[1].split(";")
            spans[key] = [(int(a), int(b)) for a, b in (place.split() for place in places)]
        elif key.startswith("E"):
            events.append(what)
    return [_event(what, spans) for what in events]


def _event(what: str, spans: dict[str, Spans]) -> Gold:
    gold = Gold()
    for role, _, key in (part.partition(":") for part in what.split()):
        if role.startswith("Source"):
            gold.source += spans[key]
        elif role.startswith("Content"):
            gold.content += spans[key]
    return gold


def _count(score: Score, found: list[Attribution], gold: list[Gold], text: str) -> None:
    with_content = [one for one in gold if one.content]
    score.proposed += len(found)
    score.right += sum(any(_same(one.content, g.content) for g in with_content) for one in found)
    for one in with_content:
        words = " ".join(text[a:b] for a, b in one.content)
        manner = "direct" if DIRECT.match(words) else "indirect"
        score.wanted[manner] += 1
        hits = [other for other in found if _same(other.content, one.content)]
        score.got[manner] += any(_source(hit, one) for hit in hits)


def _same(span: tuple[int, int], others: Spans) -> bool:
    return any(
        2 * _overlap(span, other) >= min(span[1] - span[0], other[1] - other[0])
        and _overlap(span, other)
        for other in others
    )


def _source(hit: Attribution, gold: Gold) -> bool:
    if hit.source is None or not gold.source:
        return hit.source is None and not gold.source
    return any(_overlap(hit.source, other) for other in gold.source)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def attribution_bars() -> Iterator[Bar]:
    """Content precision, direct and indirect end to end; nothing where the articles are not at hand."""
    if not FOLDER.is_dir():
        return
    score = measured()
    yield bar(MODULE, "precision of contents", [score.right / score.proposed], low=0.80)
    yield bar(MODULE, "direct speech, content and source", [score.share("direct")], low=0.75)
    yield bar(MODULE, "indirect speech, content and source", [score.share("indirect")], low=0.45)
