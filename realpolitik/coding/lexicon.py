"""Words that name an act, with its CAMEO code and the company they must keep.

`patterns/lexicon.csv` has one row a code: `words` are lemmas that name it,
`with` lemmas of which one must stand near, none where the word is enough.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

FILE = Path(__file__).parent / "patterns" / "lexicon.csv"
BELOW = 15  # tokens within which company is looked for below the word
ABOVE = 8  # and above it
ASIDE = frozenset({"advcl", "relcl", "parataxis", "conj"})
ROOTS = {
    "01": "SUPPORT", "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT",
    "06": "COOPERATE", "07": "AID", "08": "YIELD", "09": "ACCUSE", "10": "REQUEST",
    "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE",
    "16": "SANCTION", "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of the lexicon: its code, PLOVER root, and the company it must keep."""

    word: str
    code: str
    root: str
    company: frozenset[str]


@cache
def _table() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            company = frozenset(row["with"].split("|")) - {""}
            for word in row["words"].split("|"):
                entry = Entry(word, row["cameo"], ROOTS[row["cameo"][:2]], company)
                found[word] = (*found.get(word, ()), entry)
    return found


def words() -> dict[str, tuple[Entry, ...]]:
    """Return all entries by word."""
    return _table()


def entries(token: Token) -> list[Entry]:
    """Return the entries of a token's lemma whose company stands near it."""
    known = _table().get(token.lemma_.lower())
    if not known:
        return []
    near = _near(token)
    return [entry for entry in known if not entry.company or entry.company & near]


def _near(token: Token) -> set[str]:
    below = {one.lemma_.lower() for one in _below(token) if abs(one.i - token.i) < BELOW}
    above = {one.lemma_.lower() for one in token.ancestors if abs(one.i - token.i) < ABOVE}
    return (below | above) - {token.lemma_.lower()}


def _below(token: Token) -> Iterator[Token]:
    """What hangs on a token, but for clauses that tell of something else."""
    for child in token.children:
        if not (child.dep_ in ASIDE and child.pos_ in {"VERB", "AUX"}):
            yield child
            yield from _below(child)
