"""Where a text quotes: pairs of quotation marks, and the marks that cannot be paired.

A mark that opens and never closes is refused with a warning; a guess at its end
would put words into a speaker's mouth. A quotation that runs over paragraphs
opens again at each of them and closes once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

PAIRS = {"“": "”", "«": "»", "„": "“", '"': '"'}
CLOSERS = frozenset(PAIRS.values())
SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w)(?P<inner>[^‘\n]{1,300}?[\w.,!?])[’'](?!\w)")
SHORT = 4  # words up to which a quotation without a verb of speech may be a scare quote
VERB = re.compile(
    r"\b(?:is|are|was|were|will|would|have|has|had|do|did|must|can|could|shall|am|be)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted stretch with its marks; `inner` leaves them out.

    `runs` says that it goes on in the next paragraph, `goes_on` that it
    continues the one before.
    """

    start: int
    end: int
    inner: tuple[int, int]
    runs: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Warned:
    """What is wrong with a stretch of the text, in a sentence."""

    start: int
    end: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """The quotes of a text in order, and the marks that were refused."""

    quotes: tuple[Quote, ...]
    warnings: tuple[Warned, ...]


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the paragraphs of a text: set apart by empty lines, else by line ends.

    A line that goes on in lower case is wrapped: then line ends set nothing apart.
    """
    wrapped = re.search(r"\n[ \t]*\n|\n[ \t]*[a-z]", text)
    gap = r"\n[ \t]*\n" if wrapped else r"\n"
    found = re.finditer(rf"\S(?:.*?\S)??(?=\s*?(?:{gap}|\Z))", text, re.DOTALL)
    return [match.span() for match in found]


def quotes(text: str) -> Quoted:
    """Return the quotes of a text and a warning for every mark without its fellow."""
    found: list[Quote] = []
    warned: list[Warned] = []
    blocks = paragraphs(text)
    for rank, (start, end) in enumerate(blocks):
        following = text[blocks[rank + 1][0]] if rank + 1 < len(blocks) else ""
        went_on = bool(found) and found[-1].runs
        inside, refused = _of_block(text, start, end, following in PAIRS, went_on)
        found += inside
        warned += refused
    double = [(one.start, one.end) for one in found]
    found += [one for one in _single(text) if not any(a <= one.start < b for a, b in double)]
    return Quoted(tuple(sorted(found, key=lambda one: one.start)), tuple(warned))


def _of_block(
    text: str, start: int, end: int, next_opens: bool, went_on: bool
) -> tuple[list[Quote], list[Warned]]:
    """The quotes of one paragraph: a mark opens, its fellow closes, a second opener refuses the first."""
    found: list[Quote] = []
    refused: list[Warned] = []
    opened: int | None = None
    for at in range(start, end):
        sign = text[at]
        if sign not in PAIRS and sign not in CLOSERS:
            continue
        if opened is not None and _closes(text, opened, at, end):
            found.append(_quote(opened, at + 1, went_on and opened == start))
            opened = None
        elif _opens(text, at, start):
            refused += _unclosed(text, opened, at)
            opened = at
        elif opened is None:
            why = "A quotation mark closes here and none opens before it."
            refused.append(Warned(at, at + 1, sign, why))
    if opened is not None and next_opens:
        found.append(_quote(opened, end, went_on and opened == start, runs=True))
    else:
        refused += _unclosed(text, opened, end)
    return found, refused


def _quote(start: int, end: int, goes_on: bool, runs: bool = False) -> Quote:
    return Quote(start, end, (start + 1, end - (0 if runs else 1)), runs, goes_on)


def _unclosed(text: str, opened: int | None, end: int) -> Iterator[Warned]:
    if opened is not None:
        cut = min(end, opened + 80)
        why = "A quotation mark opens here and never closes: its words are attributed to nobody."
        yield Warned(opened, cut, text[opened:cut], why)


def _closes(text: str, opened: int, at: int, end: int) -> bool:
    if text[at] != PAIRS[text[opened]]:
        return False
    if text[at] != '"':
        return True
    after = text[at + 1] if at + 1 < end else " "
    return not after.isalnum()


def _opens(text: str, at: int, start: int) -> bool:
    if text[at] not in PAIRS:
        return False
    before = text[at - 1] if at > start else " "
    return text[at] != '"' or not (before.isalnum() or before in ".,!?")


def _single(text: str) -> Iterator[Quote]:
    for match in SINGLE.finditer(text):
        yield Quote(match.start(), match.end(), match.span("inner"))


def scare(words: str, spoken: bool) -> bool:
    """Is a quoted stretch a name or a word held at arm's length, and no saying?

    `spoken` says that a verb of speech governs it.
    """
    return not spoken and len(words.split()) <= SHORT and not VERB.search(words)
