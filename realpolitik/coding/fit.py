"""Training of the linear coder, and its cross-validation; needs scikit-learn.

With more features than sentences it is cheapest to fit in the space of the
sentences: the Gram matrix is factored once and both logistic models are fitted
on its factors, which gives the very weights that fitting on the features would.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from realpolitik.coding.corpus import NO_ACT, Example
from realpolitik.coding.features import entries, features
from realpolitik.coding.model import Floats, Model, packed, tempered, unpacked
from realpolitik.coding.nlp import parsed_all
from realpolitik.coding.relation import Relation, judged
from realpolitik.coding.tree import Pair, pair
from realpolitik.coding.vectors import hashed, weighed
from realpolitik.errors import MissingExtra

SEEN = 2  # sentences a feature must stand in
PENALTY = 8.0  # inverse strength of the ridge penalty
ROUNDS = 80
FOLDS = 5
# Own sentences are plainer than those of the press: half the weight carried over best.
OWN_WEIGHT = 0.5
TEMPERATURES = np.exp(np.linspace(math.log(0.2), math.log(3.0), 60))
Blocks = dict[str, list[str]]


class Marked(NamedTuple):
    """An example's pair and features."""

    pair: Pair
    blocks: Blocks


class Fold(NamedTuple):
    """A model and the places of the examples that it has not seen."""

    model: Model
    unseen: list[int]


class Scores(NamedTuple):
    """Macro F1 in per cent over the folds of the foreign sentences."""

    quad: float
    root: float
    deed: float
    sentences: int


class Trained(NamedTuple):
    """A model and what cross-validation said of it; None without foreign sentences."""

    model: Model
    scores: Scores | None


def marked(examples: Sequence[Example]) -> list[Marked]:
    """Return the pair and the features of every example, in order."""
    docs = parsed_all(example.text for example in examples)
    pairs = (
        pair(doc, example.source, example.target)
        for doc, example in zip(docs, examples, strict=True)
    )
    return [Marked(one, features(one, entries(one))) for one in pairs]


def train(own: Sequence[Example], foreign: Sequence[Example], about: dict[str, Any]) -> Trained:
    """Fit the coder on all examples; cross-validate on the foreign ones.

    `own` examples are in every training fold. Without foreign ones the folds
    run over `own`, for the temperature only. Raises MissingExtra without
    scikit-learn.
    """
    if find_spec("sklearn") is None:
        raise MissingExtra("Training", "train")
    examples = [*foreign, *own]
    held = marked(examples)
    tested = len(foreign) or len(own)
    weights = says(len(examples), tested)
    folds = parted(held, examples, weights, tested)
    temperature = coolest(folds, held, examples)
    scores = _scores(folds, temperature, held, examples) if foreign else None
    about = about | ({"cross_validation": scores._asdict()} if scores else {})
    model = _fit([one.blocks for one in held], examples, weights, temperature, about)
    return Trained(unpacked(packed(model)), scores)


def says(examples: int, tested: int) -> list[float]:
    """Return what each example counts: the first `tested` in full, the own ones less."""
    return [1.0] * tested + [OWN_WEIGHT] * (examples - tested)


def parted(
    held: Sequence[Marked], examples: Sequence[Example], weights: Sequence[float], tested: int
) -> list[Fold]:
    """Return models that have not seen a part of the first `tested`, and which part."""
    from sklearn.model_selection import StratifiedKFold

    found = []
    roots = [example.root for example in examples[:tested]]
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for kept, left in folds.split(np.zeros(tested), roots):
        chosen = [*kept, *range(tested, len(examples))]
        part = [held[i].blocks for i in chosen], [examples[i] for i in chosen]
        model = _fit(*part, [weights[i] for i in chosen], 1.0, {})
        found.append(Fold(model, [int(place) for place in left]))
    return found


def coolest(folds: Sequence[Fold], held: Sequence[Marked], examples: Sequence[Example]) -> float:
    """Return the temperature under which the unseen quad classes are likeliest."""
    acts = [
        (np.array(list(fold.model.judge(held[place].blocks).quads.values())), examples[place].quad)
        for fold in folds
        for place in fold.unseen
        if examples[place].quad
    ]

    def loss(temperature: float) -> float:
        return -sum(math.log(tempered(quads, temperature)[quad - 1]) for quads, quad in acts)

    return float(min(TEMPERATURES, key=loss))


def _scores(
    folds: Sequence[Fold],
    temperature: float,
    held: Sequence[Marked],
    examples: Sequence[Example],
) -> Scores:
    """How well `rp.code` would have coded the unseen."""
    said = [
        (examples[place], judged(held[place].pair, replace(fold.model, temperature=temperature)))
        for fold in folds
        for place in fold.unseen
    ]
    return scored(said)


def scored(said: Sequence[tuple[Example, Relation]]) -> Scores:
    """Return the scores of what was said of examples, abstentions counted as errors."""
    from sklearn.metrics import f1_score

    def score(gold: list[int | str], found: list[int | str]) -> float:
        labels = sorted(set(gold))
        macro = f1_score(gold, found, average="macro", labels=labels, zero_division=0.0)
        return round(100 * float(macro), 1)

    gold, quads = [one.quad for one, _ in said], [found.quad or 0 for _, found in said]
    return Scores(
        quad=score([*gold], [*quads]),
        root=score([one.root for one, _ in said], [found.root or NO_ACT for _, found in said]),
        deed=score([*map(_deed, gold)], [*map(_deed, quads)]),
        sentences=len(said),
    )


def _deed(quad: int) -> int:
    """1 for a deed, 0 for a word, -1 for neither."""
    return -1 if not quad else int(quad in (2, 4))


def _fit(
    held: Sequence[Blocks],
    examples: Sequence[Example],
    weights: Sequence[float],
    temperature: float,
    about: dict[str, Any],
) -> Model:
    hashes, rarity = _vocabulary(held)
    index = {int(number): column for column, number in enumerate(hashes)}
    table = _matrix(held, index, rarity)
    basis, back = _factors(table)
    roots = np.array([example.root for example in examples])
    quads = np.array([example.quad for example in examples])
    acts = quads > 0
    say = np.array(weights)
    by_root = _logistic(basis, roots, say)
    by_quad = _logistic(basis[acts], quads[acts], say[acts])
    return Model(
        hashes=hashes,
        rarity=rarity,
        root_weights=np.asarray(table.T @ (back @ by_root.coef_.T)),
        root_bias=by_root.intercept_,
        roots=tuple(str(name) for name in by_root.classes_),
        quad_weights=np.asarray(table.T @ (back @ by_quad.coef_.T)),
        quad_bias=by_quad.intercept_,
        temperature=temperature,
        about=about,
    )


def _vocabulary(held: Sequence[Blocks]) -> tuple[NDArray[np.uint32], Floats]:
    seen: Counter[int] = Counter()
    for one in held:
        seen.update({hashed(block, name) for block, names in one.items() for name in names})
    kept = sorted(number for number, count in seen.items() if count >= SEEN)
    rarity = [math.log((1 + len(held)) / (1 + seen[number])) + 1 for number in kept]
    return np.array(kept, dtype=np.uint32), np.array(rarity)


def _matrix(held: Sequence[Blocks], index: dict[int, int], rarity: Floats) -> Any:
    rows: list[int] = []
    columns: list[NDArray[np.int64]] = []
    values: list[Floats] = []
    for row, one in enumerate(held):
        places, numbers, _ = weighed(one, index, rarity)
        rows += [row] * len(places)
        columns.append(places)
        values.append(numbers)
    flat = (np.concatenate(values), (rows, np.concatenate(columns)))
    return csr_matrix(flat, shape=(len(held), len(rarity)))


def _factors(table: Any) -> tuple[Floats, Floats]:
    """The sentences in their own space, and the way back to their features."""
    sizes, vectors = np.linalg.eigh((table @ table.T).toarray())
    kept = sizes > 1e-6
    scale = np.sqrt(sizes[kept])
    return vectors[:, kept] * scale, vectors[:, kept] / scale


def _logistic(basis: Floats, labels: NDArray[Any], weights: Floats) -> Any:
    from sklearn.linear_model import LogisticRegression

    # Rare roots count as much as frequent ones: the measure is the macro mean.
    model = LogisticRegression(C=PENALTY, class_weight="balanced", max_iter=ROUNDS, tol=1e-3)
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the rounds are meant to end the fit
        return model.fit(basis, labels, sample_weight=weights)
