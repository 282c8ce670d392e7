"""The tuned weights on this machine: where they lie, what is known of them, and what they say.

They are made by `realpolitik train --neural` and ship with no package: 23 MB is
too much for most users, and the linear coder works without them. One file holds
the graph, the list of word pieces and what is known of the training.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
import zlib
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np

from realpolitik.coding.corpus import NO_ACT
from realpolitik.coding.model import DIGEST, Floats, Judgement, combined, softmax, tempered
from realpolitik.coding.neural.inputs import Pieces, pieces
from realpolitik.coding.neural.wordpiece import Vocabulary, vocabulary
from realpolitik.coding.tree import Pair
from realpolitik.errors import CorruptFile, MissingExtra, UsageError

VARIABLE = "REALPOLITIK_NEURAL"
OFF = "off"
NAME = "neural.zip"
FORMAT = 1
GRAPH, WORDS, ABOUT = "model.onnx", "vocab.txt", "about.json"
QUADS = 4
K = TypeVar("K")
MAKE = "`realpolitik train TABLE --neural`"
AGAIN = f"Make it again with {MAKE}, or set {VARIABLE}={OFF}."


class Network(Protocol):
    """What gives scores of a pair's pieces: of the roots, then of the quad classes."""

    def scores(self, asked: Pieces) -> Floats:
        """Return one row of scores."""


@dataclass(frozen=True)
class Neural:
    """A tuned network, what it was tuned on, and how it is averaged with the linear coder.

    `temperature` makes the network's own probabilities honest, `mean_temperature`
    those of the mean; both were fitted on sentences that neither coder had seen.
    """

    network: Network
    known: Vocabulary
    roots: tuple[str, ...]
    temperature: float
    mean_temperature: float
    about: dict[str, Any]

    @property
    def name(self) -> str:
        """How outputs name these weights: by the start of their digest."""
        return f"neural {self.about['digest'][:8]}"

    def told(self) -> str:
        """What is known of these weights, in a line."""
        digest = DIGEST.read_text("ascii").split()[0]
        other = "" if self.about["linear"] == digest else ", calibrated beside other linear weights"
        reached = ", ".join(f"{name} {value}" for name, value in self.reached().items())
        return f"{self.name} of {self.about['date']} ({reached}{other})"

    def reached(self) -> dict[str, float]:
        """What the mean reached in cross-validation, in per cent, by statistic."""
        scores = self.about["cross_validation"]
        return {one["statistic"]: one["value"] for one in scores if one["coder"] == "mean"}

    def averaged(self, linear: Judgement, pair: Pair) -> Judgement:
        """Return the mean of what the linear coder and the network say of a pair."""
        own = judgement(self.network.scores(pieces(pair, self.known)), self.roots, self.temperature)
        return replace(mean(linear, own, self.mean_temperature), beside=self.name)


def judgement(scores: Floats, roots: tuple[str, ...], temperature: float) -> Judgement:
    """Return one row of a network's scores as probabilities."""
    chances = softmax(scores[:-QUADS] / temperature), softmax(scores[-QUADS:] / temperature)
    own, quads, no_act = combined(*chances, roots)
    acts = [name for name in roots if name != NO_ACT]
    return Judgement(
        roots=dict(zip(acts, own.tolist(), strict=True)),
        quads=dict(enumerate(quads.tolist(), start=1)),
        no_act=no_act,
        because=(),
    )


def mean(linear: Judgement, other: Judgement, temperature: float) -> Judgement:
    """Return the mean of two judgements, sharpened or flattened.

    The linear coder's reasons stay where it names the same root.
    """
    found = Judgement(
        roots=_mean(linear.roots, other.roots, temperature),
        quads=_mean(linear.quads, other.quads, temperature),
        no_act=(linear.no_act + other.no_act) / 2,
        because=(),
    )
    return replace(found, because=linear.because) if found.root == linear.root else found


def _mean(one: dict[K, float], other: dict[K, float], temperature: float) -> dict[K, float]:
    both = np.array([(one[key] + other[key]) / 2 for key in one])
    return dict(zip(one, tempered(both, temperature).tolist(), strict=True))


def folder() -> Path:
    """Return the folder the weights lie or would lie in."""
    import platformdirs

    set_to = os.environ.get(VARIABLE, "")
    if set_to and set_to != OFF:
        return Path(set_to).expanduser()
    return platformdirs.user_data_path("realpolitik", appauthor=False) / "coder"


def place() -> Path | None:
    """Return the file of the weights; None where there is none, or where they are switched off.

    Raises UsageError where the environment names a folder without weights.
    """
    set_to = os.environ.get(VARIABLE, "")
    path = folder() / NAME
    if set_to == OFF or path.is_file():
        return None if set_to == OFF else path
    if set_to:
        raise UsageError(f"{VARIABLE} names {folder()}, which holds no {NAME}. {AGAIN}")
    return None


@cache
def active() -> Neural | None:
    """Return the weights of this machine; None where there are none, or where they are switched off.

    Raises:
        UsageError: the environment names a folder without weights.
        CorruptFile: the file is damaged, or of another version of this package.
        MissingExtra: the weights are there but the library that runs them is not.
    """
    path = place()
    return opened(path) if path else None


def opened(path: Path) -> Neural:
    """Return the weights of a file. Raises as `active` does."""
    held, known = _checked(path)
    if find_spec("onnxruntime") is None:
        raise MissingExtra(f"The neural coder ({path})", "neural")
    return Neural(
        network=Session(held[GRAPH]),
        known=vocabulary(held[WORDS].decode("utf-8")),
        roots=tuple(known["roots"]),
        temperature=known["temperature"],
        mean_temperature=known["mean_temperature"],
        about=known,
    )


def about(path: Path) -> dict[str, Any]:
    """Return what is known of the weights in a file. Raises CorruptFile as `active` does."""
    return _checked(path)[1]


def _checked(path: Path) -> tuple[dict[str, bytes], dict[str, Any]]:
    held = _parts(path)
    known: dict[str, Any] = json.loads(held[ABOUT])
    if known.get("format") != FORMAT:
        found = f"neural weights of format {known.get('format')}"
        raise CorruptFile(str(path), found, f"format {FORMAT}", AGAIN)
    if known["digest"] != _digest(held[GRAPH], held[WORDS]):
        raise CorruptFile(str(path), "a damaged file", f"digest {known['digest'][:12]}", AGAIN)
    return held, known


def _parts(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as held:
            return {name: held.read(name) for name in (GRAPH, WORDS, ABOUT)}
    except (OSError, EOFError, KeyError, zipfile.BadZipFile, zlib.error) as error:
        raise CorruptFile(str(path), "a damaged file", "the neural weights", AGAIN) from error


def _digest(graph: bytes, words: bytes) -> str:
    return hashlib.sha256(graph + words).hexdigest()


def named(graph: bytes, words: bytes, known: dict[str, Any]) -> dict[str, Any]:
    """Return what is known of weights, with the format and the digest they are checked by."""
    return {**known, "format": FORMAT, "digest": _digest(graph, words)}


def packed(graph: bytes, words: bytes, known: dict[str, Any]) -> bytes:
    """Return a weights file of a graph, its word pieces and what `named` says of them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as held:
        held.writestr(ABOUT, json.dumps(known, indent=1, sort_keys=True))
        held.writestr(WORDS, words)
        held.writestr(GRAPH, graph)
    return buffer.getvalue()


class Session:
    """The graph, run by ONNX Runtime on one thread: a sentence is too small to be shared out."""

    def __init__(self, graph: bytes) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors only: they are raised besides
        self.session = onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"]
        )

    def scores(self, asked: Pieces) -> Floats:
        """Return one row of scores."""
        given = {"ids": np.array([asked.ids]), "roles": np.array([asked.roles])}
        (row,) = self.session.run(None, given)[0]
        return np.asarray(row, dtype=np.float64)
