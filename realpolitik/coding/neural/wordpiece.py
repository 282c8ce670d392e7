"""Words into pieces, as the encoder learned them: lower case, no accents, the longest known first.

Devlin et al. (2019), BERT: Pre-training of Deep Bidirectional Transformers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

CLS, SEP, MASK, UNKNOWN = "[CLS]", "[SEP]", "[MASK]", "[UNK]"
LONGEST = 100  # letters; a longer run is no word
Vocabulary = Mapping[str, int]


def vocabulary(text: str) -> Vocabulary:
    """Return the number of each piece of a list, one a line."""
    return {piece: number for number, piece in enumerate(text.splitlines())}


def pieces(word: str, known: Vocabulary) -> list[int]:
    """Return the numbers of a word's pieces; none for a word without a sign that can be seen."""
    if word == MASK:
        return [known[MASK]]
    return [number for part in _parts(word) for number in _longest(part, known)]


@lru_cache(maxsize=20_000)  # most words of a text come again
def _parts(word: str) -> tuple[str, ...]:
    """The word in lower case without accents, cut at every punctuation mark."""
    bare = (sign for sign in unicodedata.normalize("NFD", word.lower()) if _kept(sign))
    return tuple("".join(f" {sign} " if _parting(sign) else sign for sign in bare).split())


def _kept(sign: str) -> bool:
    return unicodedata.category(sign) not in {"Mn", "Cc", "Cf", "Co", "Cn"} and sign != "\ufffd"


def _parting(sign: str) -> bool:
    ascii_mark = sign.isascii() and sign.isprintable() and not sign.isalnum() and sign != " "
    return ascii_mark or unicodedata.category(sign).startswith("P") or "一" <= sign <= "鿿"


def _longest(part: str, known: Vocabulary) -> list[int]:
    """The longest known pieces from the left; the whole part is unknown where one is."""
    found: list[int] = []
    start = 0
    while start < len(part) <= LONGEST:
        lead = "##" if start else ""
        ends = range(len(part), start, -1)
        end = next((end for end in ends if lead + part[start:end] in known), None)
        if end is None:
            return [known[UNKNOWN]]
        found.append(known[lead + part[start:end]])
        start = end
    return found or [known[UNKNOWN]]
