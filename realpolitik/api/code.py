"""What one marked actor says or does to another in a sentence."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


def code(text: str, *, source: tuple[int, int], target: tuple[int, int]) -> dict[str, Any]:
    """The act between two marked spans of a text, with its confidence and reason.

    `source` and `target` are character offsets, end excluded. Keys: `code`
    (CAMEO text), `root` (PLOVER; None: no act, or too unsure), `kind`, `side`,
    `quad` (1 to 4), `modality`, `confidence` (0 to 1), `reason`. Needs the
    extra `text`.

    Raises:
        MissingExtra: spaCy or its English pipeline is not installed.
        UsageError: a span is empty or outside the text.
    """
    from realpolitik.coding.relation import relation
    from realpolitik.coding.tree import pair

    return relation(pair(_parsed(text), source, target)).as_dict()


@lru_cache(maxsize=32)  # one sentence often holds several pairs
def _parsed(text: str) -> Any:
    from realpolitik.coding.nlp import parsed

    return parsed(text)
