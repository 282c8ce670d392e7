"""`realpolitik code SENTENCE`."""

from __future__ import annotations

from typing import Any

import click

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb

MARKS = ("[]", "{}")


@verb(
    "Read texts",
    examples=(
        ("what the first does to the second",
         'realpolitik code "[Iran] condemned the strike by {Israel}"'),
        ("an exit is not cooperation",
         'realpolitik code "[The US] left the nuclear deal with {Iran}" --json'),
    ),
    terms=(
        ("root, quad", "PLOVER root; 1 and 3 are words, 2 and 4 deeds, 3 and 4 conflict."),
        ("confidence", "Chance that there is an act and that its quad class is right."),
    ),
)  # fmt: skip
@click.argument("sentence")
@options.common()
def code(sentence: str, out: Output) -> None:
    """Code one sentence in which [one actor] and {another} are marked.

    Without an act, or where the coder is too unsure, code and root stay empty and the reason says why.
    """
    text, spans = _unmarked(sentence)
    row = rp.code(text, source=spans[0], target=spans[1])
    out.put(row, [row], text=_told(row))


def _unmarked(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    places = [sentence.find(sign) for pair in MARKS for sign in pair]
    if min(places) < 0 or not (places[0] < places[1] and places[2] < places[3]):
        raise click.UsageError(
            "Mark the two actors: the first in [square], the other in {curly} brackets."
        )
    text = "".join(sign for at, sign in enumerate(sentence) if at not in places)

    def moved(at: int) -> int:
        return at - sum(place < at for place in places)

    return text, [(moved(places[0]), moved(places[1])), (moved(places[2]), moved(places[3]))]


def _told(row: dict[str, Any]) -> str:
    return "".join(f"{name}: {value}\n" for name, value in row.items() if value is not None)
