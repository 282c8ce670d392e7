"""Training of the linear coder, and its cross-validation; needs scikit-learn.

With more features than sentences it is cheapest to fit in the space of the
sentences: the Gram matrix is factored once and both logistic models are fitted
on its factors, which gives the very weights that fitting on the features would.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from realpolitik.coding.corpus import NO_ACT, Example
from realpolitik.coding.features import features
from realpolitik.coding.model import Floats, Model, combined, packed, softmax, tempered, unpacked
from realpolitik.coding.nlp import parsed_all
from realpolitik.coding.tree import pair
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


def blocks(examples: Sequence[Example]) -> list[Blocks]:
    """Return the features of every example, in order."""
    docs = parsed_all(example.text for example in examples)
    return [
        features(pair(doc, example.source, example.target))
        for doc, example in zip(docs, examples, strict=True)
    ]


def train(own: Sequence[Example], foreign: Sequence[Example], about: dict[str, Any]) -> Trained:
    """Fit the coder on all examples; cross-validate on the foreign ones.

    `own` examples are in every training fold. Without foreign ones the folds
    run over `own`, for the temperature only. Raises MissingExtra without
    scikit-learn.
    """
    if find_spec("sklearn") is None:
        raise MissingExtra("Training", "train")
    examples = [*foreign, *own]
    held = blocks(examples)
    tested = len(foreign) or len(own)
    weights = [1.0] * tested + [OWN_WEIGHT] * (len(examples) - tested)
    seen = _unseen(held, examples, weights, tested)
    temperature = _temperature(seen, examples[:tested])
    model = _fit(held, examples, weights, temperature, about)
    scores = _scores(seen, foreign) if foreign else None
    if scores:
        about = about | {"cross_validation": scores._asdict()}
        model = _fit(held, examples, weights, temperature, about)
    return Trained(unpacked(packed(model)), scores)


def _unseen(
    held: Sequence[Blocks], examples: Sequence[Example], weights: Sequence[float], tested: int
) -> list[tuple[Floats, Floats, tuple[str, ...]]]:
    """What a model that has not seen an example says of it, for the first `tested`."""
    from sklearn.model_selection import StratifiedKFold

    found: dict[int, tuple[Floats, Floats, tuple[str, ...]]] = {}
    roots = [example.root for example in examples[:tested]]
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for kept, left in folds.split(np.zeros(tested), roots):
        chosen = [*kept, *range(tested, len(examples))]
        part = [held[i] for i in chosen], [examples[i] for i in chosen]
        model = _fit(*part, [weights[i] for i in chosen], 1.0, {})
        for place in left:
            columns, values, _ = weighed(held[place], model.index, model.rarity)
            said = softmax(values @ model.root_weights[columns] + model.root_bias)
            quads = softmax(values @ model.quad_weights[columns] + model.quad_bias)
            root, quad, _ = combined(said, quads, model.roots)
            found[int(place)] = (root, quad, model.roots)
    return [found[place] for place in range(tested)]


def _temperature(
    seen: Sequence[tuple[Floats, Floats, tuple[str, ...]]], examples: Sequence[Example]
) -> float:
    """The temperature under which the unseen quad classes are likeliest."""
    acts = [
        (quads, one.quad) for (_, quads, _), one in zip(seen, examples, strict=True) if one.quad
    ]

    def loss(temperature: float) -> float:
        return -sum(math.log(tempered(quads, temperature)[quad - 1]) for quads, quad in acts)

    return float(min(TEMPERATURES, key=loss))


def _scores(
    seen: Sequence[tuple[Floats, Floats, tuple[str, ...]]], examples: Sequence[Example]
) -> Scores:
    from sklearn.metrics import f1_score

    quads = [int(quad.argmax()) + 1 for _, quad, _ in seen]
    roots = [
        [name for name in names if name != NO_ACT][int(root.argmax())] for root, _, names in seen
    ]

    def score(gold: list[Any], said: list[Any]) -> float:
        return round(100 * float(f1_score(gold, said, average="macro")), 1)

    gold = [one.quad for one in examples]
    return Scores(
        quad=score(gold, quads),
        root=score([one.root for one in examples], roots),
        deed=score([quad in (2, 4) for quad in gold], [quad in (2, 4) for quad in quads]),
        sentences=len(examples),
    )


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
