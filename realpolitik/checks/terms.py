"""Words of a claim and of an act made comparable: stems, groups of synonyms, names of actors apart."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from realpolitik.vocab.actors import all_actors
from realpolitik.vocab.demonyms import demonyms
from realpolitik.vocab.states import State, all_states

SYNONYMS = Path(__file__).with_name("synonyms.csv")
STOPWORDS = Path(__file__).with_name("stopwords.txt")
IRREGULAR = Path(__file__).with_name("irregular.csv")
WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’]*|\d[\d,.]*\d|\d")
HEAD = 5  # letters two stems must share to be forms of one word
ENDINGS = ("ations", "ation", "ings", "ments", "ment", "ions", "ing", "ion", "ies", "ied", "ers", "ed", "er", "es", "ly", "al", "s", "e", "y")  # fmt: skip


@cache
def stop() -> frozenset[str]:
    """Words that tell nothing apart: grammar, numbers, titles, months, plain saying."""
    return frozenset(STOPWORDS.read_text(encoding="utf-8").split())


@cache
def _irregular() -> dict[str, str]:
    with IRREGULAR.open(encoding="utf-8", newline="") as lines:
        return {row["form"]: row["word"] for row in csv.DictReader(lines)}


def stem(word: str) -> str:
    """The stem of a word in lower case: irregular forms, then one ending."""
    low = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    low = _irregular().get(low, low)
    for ending in ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            cut = low[: -len(ending)]
            return cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "ls" else cut
    return low


@cache
def groups() -> Mapping[str, frozenset[int]]:
    """Return the synonym groups a stem belongs to."""
    found: dict[str, set[int]] = {}
    with SYNONYMS.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            for word in row["words"].split("|"):
                found.setdefault(stem(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def actor_words() -> Mapping[str, str]:
    """Return single words that name an actor, in lower case, with its code without regime."""
    found: dict[str, str] = {}
    for code, names in demonyms().items():
        for name in names:
            found.setdefault(name.lower(), base(code))
    for actor in all_actors():
        for name in (actor.name, *actor.aliases):
            if " " not in name and len(name) > 1:
                found.setdefault(name.lower(), base(actor.code))
    found |= {
        "u.s": "USA",
        "american": "USA",
        "americans": "USA",
        "america": "USA",
        "us": "USA",
        "washington": "USA",
    }
    for common in ("who", "guard", "guards", "south", "north", "hand"):
        found.pop(common, None)
    return found


def base(code: str) -> str:
    """The state of a regime code: "IRN" of "IRN.islamic"."""
    bare = code.partition(".")[0].partition("/")[0]
    return _heirs().get(bare, bare)


@cache
def _heirs() -> Mapping[str, str]:
    """States that are one by the number COW keeps for them, such as SUN and RUS, under the living code."""
    by_number: dict[int, list[State]] = {}
    for state in all_states():
        for number in {spell.cow for spell in state.spells if spell.cow is not None}:
            by_number.setdefault(number, []).append(state)
    found: dict[str, str] = {}
    for states in by_number.values():
        last = max(states, key=lambda one: max(spell.end or date.max for spell in one.spells))
        found |= {one.code: last.code for one in states}
    return found


def terms(text: str) -> tuple[str, ...]:
    """Return the stems of a text's words that carry meaning, without names of actors and years."""
    found = []
    for match in WORD.finditer(text.replace("-", " ")):
        word = match.group()
        low = word.lower().replace("’s", "").replace("'s", "")
        if low in stop() or _is_actor(word, low) or re.fullmatch(r"\d.*", low):
            continue
        root = stem(word)
        if len(low) > 1 and root not in stop():
            found.append(root)
    return tuple(dict.fromkeys(found))


def _is_actor(word: str, low: str) -> bool:
    known = low in actor_words() or low.removesuffix("s") in actor_words()
    return known and word[0].isupper()


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    names = [(name, actor.code) for actor in all_actors() for name in (actor.name, *actor.aliases)]
    long = [(name, code) for name, code in names if " " in name]
    return tuple((re.compile(rf"\b{re.escape(name)}\b"), base(code)) for name, code in long)


def actors_named(text: str) -> frozenset[str]:
    """Return the base codes of the actors that a text names, by single words and by whole names."""
    words = [match.group() for match in WORD.finditer(text.replace("U.S.", "US").replace("-", " "))]
    lows = [word.lower().replace("’s", "").replace("'s", "") for word in words if word[0].isupper()]
    known = actor_words()
    single = {known.get(low) or known.get(low.removesuffix("s"), "") for low in lows}
    whole = {code for pattern, code in _phrases() if pattern.search(text)}
    return frozenset((single | whole) - {""})


class Weights:
    """How telling a word is in this record: the rarer in its acts, the more."""

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        counts: Counter[str] = Counter()
        self.size = 0
        for words in texts:
            counts.update(set(words))
            self.size += 1
        self._counts = counts

    def of(self, word: str) -> float:
        """The weight of a stem; unknown ones weigh as much as those met once."""
        return math.log((self.size + 1) / (1 + max(1, self._counts[word])))

    def known(self, word: str) -> bool:
        """Does any act hold this stem?"""
        return word in self._counts


def alike(word: str, others: frozenset[str]) -> float:
    """How well a stem is matched among others: 1 itself or its beginning, 0.8 by a synonym, else 0."""
    if word in others:
        return 1.0
    held, heads = _expanded(others)
    if word[:HEAD] in heads and any(_prefix(word, other) for other in others):
        return 1.0
    own = groups().get(word)
    return 0.8 if own and own & held else 0.0


@lru_cache(maxsize=100_000)
def _expanded(words: frozenset[str]) -> tuple[frozenset[int], frozenset[str]]:
    """The synonym groups of some stems, and their first letters."""
    held = frozenset(number for word in words for number in groups().get(word, ()))
    return held, frozenset(word[:HEAD] for word in words if len(word) >= HEAD)


def _prefix(one: str, other: str) -> bool:
    """Is the shorter of two stems the beginning of the longer, as in Crimea and Crimean?"""
    short, long = sorted((one, other), key=len)
    return len(short) >= HEAD and len(long) - len(short) <= 3 and long.startswith(short)
