"""What spaCy does for one sentence in half the time, bit for bit.

Its English pipelines spend most of a single sentence on building the closures of a
backward pass that nobody asks for; the same multiplications without them are
`Vectors`. They then hold every word against 180 patterns that look at little but
the word and its tag; `Patterns` remembers what it has seen. A pipeline built
otherwise keeps its own ways.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from thinc.api import Model

Floats = NDArray[np.float32]
EMBED = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]
NEIGHBOURS = 1  # words seen on each side by one layer
SEEN = ("LOWER", "TAG", "DEP")  # what a pattern looks at; a space has a word and tag of its own
TINY = 1e-08  # added to a variance, as in thinc.layers.layernorm


class Layer(NamedTuple):
    """A maxout layer with its normalisation."""

    weights: Floats
    bias: Floats
    shape: tuple[int, int]
    scale: Floats
    shift: Floats


class Table(NamedTuple):
    """Vectors of one attribute of a word, by hash."""

    column: int
    seed: int
    rows: Floats


class Vectors:
    """The tok2vec model of a pipeline, for one text at a time."""

    def __init__(self, model: Any) -> None:
        embed, encode = model.layers
        features, _, tables, mix, _ = embed.layers
        self._ops = model.ops
        self._columns = features.attrs["columns"]
        self._tables = [
            Table(place, one.layers[1].attrs["seed"], one.layers[1].get_param("E"))
            for place, one in enumerate(tables.layers[0].layers)
        ]
        self._mix = _layer(mix)
        self._encode = [_layer(one) for one in encode.layers[0].layers]
        self._pad = encode.attrs["pad"]

    def of(self, doc: Doc) -> Floats:
        """Return the vector of every token."""
        hashes = np.asarray(doc.to_array(self._columns), dtype=np.uint64)
        words = np.concatenate([self._looked_up(one, hashes) for one in self._tables], axis=1)
        mixed = self._through(self._mix, words)
        held = np.zeros((len(mixed) + 2 * self._pad, mixed.shape[1]), np.float32)
        held[self._pad : self._pad + len(mixed)] = mixed
        for layer in self._encode:
            held = held + self._through(layer, self._ops.seq2col(held, NEIGHBOURS))
        return held[self._pad : self._pad + len(mixed)]

    def _looked_up(self, table: Table, hashes: NDArray[np.uint64]) -> Floats:
        ids = np.ascontiguousarray(hashes[:, table.column])
        keys = self._ops.hash(ids, table.seed) % table.rows.shape[0]
        return np.asarray(self._ops.gather_add(table.rows, keys))

    def _through(self, layer: Layer, given: Floats) -> Floats:
        """Maxout, then mean 0 and variance 1 in the order of operations of numpy's mean and var."""
        sums = given @ layer.weights
        sums += layer.bias
        best: Floats = self._ops.maxout(sums.reshape(-1, *layer.shape))[0]
        size = np.float32(best.shape[1])
        best -= np.add.reduce(best, axis=1, keepdims=True) / size
        variance = np.add.reduce(best * best, axis=1, keepdims=True) / size + TINY
        best *= variance ** (-1.0 / 2)
        best *= layer.scale
        best += layer.shift
        return best


def _layer(model: Any) -> Layer:
    nodes = {node.name: node for node in model.walk()}
    weights = nodes["maxout"].get_param("W")
    outputs, pieces, inputs = weights.shape
    return Layer(
        weights.reshape(outputs * pieces, inputs).T,
        nodes["maxout"].get_param("b").reshape(-1),
        (outputs, pieces),
        nodes["layernorm"].get_param("G"),
        nodes["layernorm"].get_param("b"),
    )


class Patterns:
    """The patterns of an attribute ruler; those of one word are looked up where the word came before."""

    def __init__(self, ruler: Any) -> None:
        from spacy.matcher import Matcher

        self._match, self._vocab = ruler.match, ruler.vocab
        self._long = Matcher(ruler.vocab)
        self._remembered: dict[tuple[int, ...], list[tuple[int, int]]] = {}
        for rank, one in enumerate(ruler.patterns):
            several = [pattern for pattern in one["patterns"] if len(pattern) > 1]
            if several:
                self._long.add(str(rank), several)

    def match(self, doc: Doc) -> list[tuple[int, int, int, int]]:
        """Return what the ruler's own `match` would: rule, its name, start and end, in order."""
        found = [
            (int(self._vocab.strings[name]), name, start, end)
            for name, start, end in self._long(doc, allow_missing=True, as_spans=False)
        ]
        for at, seen in enumerate(map(tuple, doc.to_array(list(SEEN)).tolist())):
            alone = self._remembered.get(seen)
            if alone is None:
                if len(self._remembered) >= REMEMBERED:
                    self._remembered.clear()
                alone = self._remembered[seen] = self._alone(doc[at])
            found += [(rule, name, at, at + 1) for rule, name in alone]
        return sorted(found)

    def _alone(self, token: Token) -> list[tuple[int, int]]:
        from spacy.tokens import Doc

        one = Doc(token.doc.vocab, words=[token.text])
        one[0].tag, one[0].dep = token.tag, token.dep
        return [(rule, name) for rule, name, _, _ in self._match(one)]


REMEMBERED = 100_000  # words kept: more than a long text has


def hasten(found: Language) -> None:
    """Let a pipeline take the short ways, where it is of the known form."""
    _hasten_vectors(found)
    ruler: Any = found.get_pipe("attribute_ruler") if found.has_pipe("attribute_ruler") else None
    if ruler is not None and _plain(ruler.patterns):
        ruler.match = Patterns(ruler).match


def _plain(patterns: list[dict[str, Any]]) -> bool:
    """Do the patterns of one word look at nothing but the word, its tag and its label?"""
    alone = [one[0] for rule in patterns for one in rule["patterns"] if len(one) == 1]
    return all(set(one) <= {*SEEN, "IS_SPACE"} for one in alone)


def _hasten_vectors(found: Language) -> None:
    model: Any = (
        getattr(found.get_pipe("tok2vec"), "model", None) if found.has_pipe("tok2vec") else None
    )
    if model is None or not _known(model):
        return
    short, whole = Vectors(model), model._func

    def forward(self: Model[Any, Any], docs: Any, is_train: bool) -> Any:
        alone = len(docs) == 1 and len(docs[0]) and not is_train
        return ([short.of(docs[0])], None) if alone else whole(self, docs, is_train)

    model._func = forward


def _known(model: Any) -> bool:
    """Is it hashed attributes, a maxout layer, and layers of three words each?"""
    if (
        len(model.layers) != 2
        or [one.name.partition("(")[0] for one in model.layers[0].layers] != EMBED
    ):
        return False
    tables, encode = model.layers[0].layers[2], model.layers[1]
    hashed = all(one.name == "ints-getitem>>hashembed" for one in tables.layers[0].layers)
    layers = encode.layers[0].layers if encode.name.startswith("with_array(residual") else []
    windows = [node for node in encode.walk() if node.name == "expand_window"]
    alike = all(one.name.startswith("residual(expand_window>>maxout>>layernorm") for one in layers)
    near = all(node.attrs["window_size"] == NEIGHBOURS for node in windows)
    return hashed and bool(layers) and alike and near
