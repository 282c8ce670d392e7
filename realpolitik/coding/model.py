"""The linear coder: weights in, probabilities of roots and quad classes out.

Two linear models look at the same features: one tells the fifteen PLOVER roots
and "no act" apart, one the four quad classes. Their means are the answer; the
temperature that makes the probabilities honest was fitted on sentences neither
had seen.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.coding.corpus import NO_ACT, QUADS
from realpolitik.coding.vectors import weighed
from realpolitik.errors import CorruptFile

FOLDER = Path(__file__).parent / "weights"
FILE = FOLDER / "coder.npz"
DIGEST = FOLDER / "coder.sha256"
Floats = NDArray[np.float64]
# Letters mean little to a reader, and the rule names the lexicon's word already.
TOLD = 40  # features looked through for those three
UNTOLD = ("lexicon", "mode")


@dataclass(frozen=True)
class Judgement:
    """What the model says of one pair.

    `roots` holds the probability of each PLOVER root if there is an act,
    `quads` of each quad class 1 to 4; `no_act` that there is none.
    `because` are the features that spoke most for the root, `beside` the name of
    the coder that this is a mean with.
    """

    roots: dict[str, float]
    quads: dict[int, float]
    no_act: float
    because: tuple[str, ...]
    beside: str = ""

    @cached_property
    def root(self) -> str:
        """The likeliest root of the likeliest quad class: the two never disagree."""
        quad = self.quad
        return max((name for name in self.roots if QUADS[name] == quad), key=self.roots.__getitem__)

    @cached_property
    def quad(self) -> int:
        """The likeliest quad class."""
        return max(self.quads, key=self.quads.__getitem__)


@dataclass(frozen=True)
class Model:
    """The weights of one training run, and what is known of it."""

    hashes: NDArray[np.uint32]
    rarity: Floats
    root_weights: Floats
    root_bias: Floats
    roots: tuple[str, ...]
    quad_weights: Floats
    quad_bias: Floats
    temperature: float
    about: dict[str, Any]

    @cached_property
    def index(self) -> dict[int, int]:
        """The column of each hash."""
        return {int(number): column for column, number in enumerate(self.hashes)}

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """The weights of both models side by side: looked up once a pair, half the memory to go through."""
        return np.hstack([self.root_weights, self.quad_weights]).astype(np.float32)

    def judge(self, features: Mapping[str, list[str]]) -> Judgement:
        """Return the probabilities of roots and quad classes of one pair's features."""
        columns, values, names = weighed(features, self.index, self.rarity)
        rows = self.weights[columns].astype(np.float64)
        scores, count = values @ rows, len(self.roots)
        root_scores, quad_scores = scores[:count] + self.root_bias, scores[count:] + self.quad_bias
        roots, quads, no_act = combined(softmax(root_scores), softmax(quad_scores), self.roots)
        acts = [name for name in self.roots if name != NO_ACT]
        cooled = tempered(quads, self.temperature)
        found = Judgement(
            roots=dict(zip(acts, tempered(roots, self.temperature).tolist(), strict=True)),
            quads=dict(zip((1, 2, 3, 4), cooled.tolist(), strict=True)),
            no_act=no_act,
            because=(),
        )
        return replace(found, because=self._because(found.root, rows[:, :count], values, names))

    def _because(
        self, root: str, rows: Floats, values: Floats, names: list[str]
    ) -> tuple[str, ...]:
        said = values * (rows[:, self.roots.index(root)] - rows.mean(axis=1))
        spoken = [names[rank] for rank in np.argsort(-said)[:TOLD] if said[rank] > 0]
        return tuple(name for name in spoken if name and not name.startswith(UNTOLD))[:3]


def softmax(scores: Floats) -> Floats:
    """Return scores as probabilities along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def tempered(chances: Floats, temperature: float) -> Floats:
    """Return probabilities flattened (above 1) or sharpened (below 1)."""
    return softmax(np.log(np.maximum(chances, 1e-9)) / temperature)


def combined(roots: Floats, quads: Floats, names: tuple[str, ...]) -> tuple[Floats, Floats, float]:
    """Return roots given an act, quad classes given an act, and the chance of no act.

    The quad classes are the mean of what both models say; the roots are the mean of
    what the root model says and of the same rescaled to those quad classes.
    """
    acts = [name for name in names if name != NO_ACT]
    no_act = float(roots[names.index(NO_ACT)]) if NO_ACT in names else 0.0
    own = np.array([chance for chance, name in zip(roots, names, strict=True) if name != NO_ACT])
    own = own / own.sum()
    belongs = _belonging(tuple(acts))
    by_root = own @ belongs
    mean = (by_root + quads) / 2
    within = own / np.maximum(belongs @ by_root, 1e-12)
    return (own + within * (belongs @ mean)) / 2, mean, no_act


@cache
def _belonging(acts: tuple[str, ...]) -> Floats:
    """Which root belongs to which quad class, as ones and zeros."""
    return np.array([[QUADS[name] == quad for quad in (1, 2, 3, 4)] for name in acts], float)


@cache
def default() -> Model:
    """Return the coder that ships with the package. Raises CorruptFile when it is damaged."""
    content = _content()
    found, promised = hashlib.sha256(content).hexdigest(), DIGEST.read_text("ascii").split()[0]
    if found != promised:
        raise CorruptFile(str(FILE), f"digest {found[:12]}", promised[:12], REPAIR)
    return unpacked(content)


def version() -> str:
    """Return which weights and which pipeline code texts, as recorded with what they coded."""
    from realpolitik.coding import nlp
    from realpolitik.coding.neural import weights

    second = weights.active()
    beside = f" and {second.name}" if second else ""
    return f"weights {default().about['version']}{beside}, {nlp.version()}"


REPAIR = "Install realpolitik again."


def _content() -> bytes:
    try:
        return FILE.read_bytes()
    except OSError as error:
        raise CorruptFile(str(FILE), "no file", "the coder's weights", REPAIR) from error


def unpacked(content: bytes) -> Model:
    """Return the model of a weights file."""
    with np.load(io.BytesIO(content), allow_pickle=False) as held:
        about = json.loads(str(held["about"]))
        return Model(
            hashes=held["hashes"],
            rarity=held["rarity"].astype(np.float64),
            root_weights=held["root_weights"].astype(np.float64),
            root_bias=held["root_bias"],
            roots=tuple(str(name) for name in held["roots"]),
            quad_weights=held["quad_weights"].astype(np.float64),
            quad_bias=held["quad_bias"],
            temperature=float(held["temperature"]),
            about=about,
        )


def packed(model: Model) -> bytes:
    """Return a model as the bytes of a weights file, the same for the same model."""
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        hashes=model.hashes,
        rarity=model.rarity.astype(np.float16),
        root_weights=model.root_weights.astype(np.float16),
        root_bias=model.root_bias,
        roots=np.array(model.roots),
        quad_weights=model.quad_weights.astype(np.float16),
        quad_bias=model.quad_bias,
        temperature=np.array(model.temperature),
        about=np.array(json.dumps(model.about, sort_keys=True)),
    )
    return buffer.getvalue()
