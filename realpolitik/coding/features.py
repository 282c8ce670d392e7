"""What the coder looks at: a list of named features of a marked pair, in four blocks.

`words` and `letters` are n-grams of the sentence with the spans replaced by
their roles and all names by a placeholder. `path` describes the way between the
spans: labels, lemmas, particles, objects, prepositions, negation, auxiliaries,
tense, passive, and the verb above. `lexicon` says which entries of the lexicon
fit along that way.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from realpolitik.coding import lexicon
from realpolitik.coding.modality import ahead, conditional, negated
from realpolitik.coding.tree import VERBS, Pair, chain, plain, steps

if TYPE_CHECKING:
    from spacy.tokens import Token

BLOCKS = ("words", "letters", "path", "lexicon")
WORD_GRAMS = (1, 3)
LETTER_GRAMS = (3, 5)
OBJECTS = frozenset({"dobj", "attr", "oprd", "acomp", "nsubjpass", "dative"})
CLAUSES = frozenset({"xcomp", "ccomp", "advcl"})
NOMINAL = frozenset({"poss", "compound", "amod", "nmod", "pobj"})


Placed = list[tuple[str, lexicon.Entry]]


def features(pair: Pair, found: Placed) -> dict[str, list[str]]:
    """Return the features of a pair by block; a feature may occur several times.

    `found` are the `entries` of the pair.
    """
    words = marked_words(pair)
    return {
        "words": list(_grams(words)),
        "letters": list(_letters(words)),
        "path": list(_path(pair)),
        "lexicon": list(_lexicon(pair, found)),
    }


def marked_words(pair: Pair) -> list[str]:
    """The sentence with roles, names and numbers as placeholders."""
    found: list[str] = []
    for token in pair.doc:
        word = _word(pair, token)
        if word and not (word in PLACED and found and found[-1] == word):
            found.append(word)
    return found


PLACED = frozenset({"SRCX", "TGTX", "NNX"})


def _word(pair: Pair, token: Token) -> str:
    role = pair.role(token)
    if role:
        return "SRCX" if role == "S" else "TGTX"
    if token.is_space:
        return ""
    if token.pos_ == "PROPN":
        return "NNX"
    return "NUMX" if token.like_num else str(token.lower_)


def _grams(words: list[str]) -> Iterator[str]:
    least, most = WORD_GRAMS
    for size in range(least, most + 1):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


def _letters(words: list[str]) -> Iterator[str]:
    for word in words:
        yield from _spelling(word)


@lru_cache(maxsize=20_000)  # most words of a text come again
def _spelling(word: str) -> tuple[str, ...]:
    least, most = LETTER_GRAMS
    padded = f" {word} "
    sizes = range(least, most + 1)
    return tuple(
        padded[start : start + size] for size in sizes for start in range(len(padded) - size + 1)
    )


def _path(pair: Pair) -> Iterator[str]:
    yield from _shape(pair)
    yield from _along(pair)
    for verb in pair.verbs():
        yield from _verb(pair, verb)
    for token in pair.path():
        if token.pos_ == "NOUN":
            yield from _noun(pair, token)
    yield from _end(pair, "S")
    yield from _end(pair, "T")


def _shape(pair: Pair) -> Iterator[str]:
    """How the two spans hang together, whatever the words."""
    middle = pair.mids[0]
    lemma = "SPAN" if pair.role(middle) else plain(middle)
    above, below = pair.source.root, pair.target.root
    down = tuple(reversed(pair.down))
    labels = ">".join(t.dep_ for t in pair.up) + "|" + "<".join(t.dep_ for t in down)
    head = plain(below.head) if below.head.pos_ in {"ADP", "VERB"} else below.head.pos_
    if pair.split:
        yield "two sentences"
    yield f"way={labels}"
    yield f"meet={lemma}"
    yield f"meet pos={middle.pos_}"
    yield f"source dep={above.dep_}"
    yield f"target dep={below.dep_}/{head}"
    yield f"source+meet={above.dep_}/{lemma}"
    yield f"meet+target={lemma}/{'<'.join(steps(down))}"
    yield f"first={'S' if pair.source.start < pair.target.start else 'T'}"


def _along(pair: Pair) -> Iterator[str]:
    """The lemmas on the way."""
    for side, tokens in (("up", pair.up), ("meet", pair.mids), ("down", pair.down)):
        for token in tokens:
            if not pair.role(token):
                yield f"on {side}={plain(token)}"
                yield f"on={plain(token)}"
    lemmas = [plain(token) for token in pair.path()]
    yield f"all={' '.join(lemmas)}"
    for one, other in pairwise(lemmas):
        yield f"two={one} {other}"


def _verb(pair: Pair, verb: Token) -> Iterator[str]:
    yield f"tense={verb.tag_}"
    yield from _frame(pair, verb, "verb")
    above = verb.head
    if above.i != verb.i and above.pos_ in VERBS:
        yield f"under={above.lemma_.lower()}/{verb.dep_}"
    on_way = {token.i for token in pair.path()}
    for child in verb.children:
        if child.dep_ in CLAUSES and child.pos_ in VERBS and child.i not in on_way:
            yield f"clause {child.dep_}={plain(child)}"
            yield f"clause={plain(child)}"
            yield from _frame(pair, child, "clause")


def _frame(pair: Pair, verb: Token, name: str) -> Iterator[str]:
    """Everything that hangs on a verb."""
    lemma = plain(verb)
    for child in verb.children:
        kind = child.dep_
        word = pair.role(child) or plain(child)
        if kind in OBJECTS:
            yield f"{name} {kind}={lemma} {word}"
            yield f"{name} object={word}"
            yield from _object(pair, child, word, name)
        elif kind in {"prep", "agent"}:
            yield from _preposition(pair, child, lemma, name)
        else:
            yield from _particle(child, kind, lemma, word, name)


def _particle(child: Token, kind: str, lemma: str, word: str, name: str) -> Iterator[str]:
    """Negation, auxiliaries, passive, particles, adverbs and subjects."""
    if kind == "neg":
        yield from (f"{name} not", f"{name} not={lemma}")
    elif kind == "aux":
        yield f"{name} aux={child.lemma_.lower()}"
        if child.tag_ == "MD":
            yield from (f"{name} modal", f"{name} modal={lemma}")
    elif kind == "auxpass":
        yield from (f"{name} passive", f"{name} passive={lemma}")
    elif kind == "prt":
        yield f"{name} particle={lemma} {word}"
    elif kind in {"advmod", "npadvmod", "mark"}:
        yield f"{name} adverb={word}"
    elif kind in {"nsubj", "csubj"}:
        yield f"{name} subject={word}"


def _object(pair: Pair, noun: Token, word: str, name: str) -> Iterator[str]:
    if pair.role(noun):
        return
    for child in noun.children:
        if child.dep_ in {"amod", "compound"} and not pair.role(child):
            yield f"{name} what={plain(child)} {word}"
        if child.dep_ == "prep":
            yield f"{name} of={word} {child.lemma_.lower()}"
            for inner in child.children:
                if inner.dep_ == "pobj":
                    last = pair.role(inner) or plain(inner)
                    yield f"{name} of={word} {child.lemma_.lower()} {last}"


def _preposition(pair: Pair, prep: Token, lemma: str, name: str) -> Iterator[str]:
    yield f"{name} prep={lemma} {prep.lemma_.lower()}"
    for inner in prep.children:
        if inner.dep_ in {"pobj", "pcomp"}:
            word = pair.role(inner) or plain(inner)
            yield f"{name} to={prep.lemma_.lower()} {word}"
            yield f"{name} to={lemma} {prep.lemma_.lower()} {word}"


def _noun(pair: Pair, noun: Token) -> Iterator[str]:
    """A noun on the way, as in "the attack by A on B"."""
    yield f"noun={plain(noun)}"
    for child in noun.children:
        if child.dep_ in {"acl", "relcl"}:
            yield f"noun clause={plain(child)}"
        elif child.dep_ in {"amod", "compound", "nmod"} and not pair.role(child):
            yield f"noun with={plain(child)} {plain(noun)}"
            yield f"noun with={plain(child)}"


def _end(pair: Pair, role: str) -> Iterator[str]:
    """The common nouns of a span ("police", "protesters"), and what it hangs on."""
    span = pair.source if role == "S" else pair.target
    root = span.root
    yield f"{role} head={plain(root)}"
    yield f"{role} tag={root.tag_}"
    for token in span:
        if token.pos_ in {"NOUN", "ADJ"}:
            yield f"{role} word={plain(token)}"
    for child in root.children:
        if not span.start <= child.i < span.end:
            yield f"{role} beside={child.dep_}/{plain(child)}"
    head = root.head
    if root.dep_ in NOMINAL and not pair.role(head):
        yield f"{role} on={root.dep_}/{plain(head)}"
        if head.pos_ == "ADP":
            yield f"{role} on={plain(head)}/{plain(head.head)}"


def _lexicon(pair: Pair, found: Placed) -> Iterator[str]:
    mode = _mode(pair)
    yield f"mode={mode}"
    for place, entry in found:
        yield f"lexicon={entry.root}"
        yield f"lexicon {place}={entry.root}"
        yield f"lexicon code={entry.code[:3]}"
        yield f"mode+lexicon={mode} {entry.root}"


def _mode(pair: Pair) -> str:
    """Is the way between the two negated, conditional, still to come, or told as done?"""
    verbs = pair.verbs()
    tests = (("not", negated), ("if", conditional), ("ahead", ahead))
    return next((name for name, test in tests if any(map(test, verbs))), "done")


def entries(pair: Pair) -> Placed:
    """Return the lexicon's entries along the way, each with where its word stands."""
    return [
        (place, entry)
        for place, token in _places(pair)
        if not pair.role(token)
        for entry in lexicon.entries(token)
    ]


def _places(pair: Pair) -> Iterator[tuple[str, Token]]:
    """The tokens between the two and above them, then what hangs on those."""
    ups, downs = chain(pair.source.root), chain(pair.target.root)
    shared = {token.i for token in ups} & {token.i for token in downs}
    way = {token.i: token for token in (*ups, *downs)}
    placed = [(_place(token, shared), token) for token in way.values()]
    yield from placed
    seen = set(way)
    for place, token in placed:
        yield from _complements(token, place, seen)


def _place(token: Token, shared: set[int]) -> str:
    if token.i not in shared:
        return "below"
    return "above" if any(child.i in shared for child in token.children) else "meet"


COMPLEMENTS = frozenset({"xcomp", "ccomp", "dobj", "attr", "acomp", "prep", "oprd", "agent"})
INNER = frozenset({"pobj", "dobj", "pcomp", "compound", "amod"})


def _complements(token: Token, place: str, seen: set[int]) -> Iterator[tuple[str, Token]]:
    for child in token.children:
        if child.dep_ in COMPLEMENTS and child.i not in seen:
            seen.add(child.i)
            yield f"{place} complement", child
            for inner in child.children:
                if inner.dep_ in INNER and inner.i not in seen:
                    seen.add(inner.i)
                    yield "inner", inner
