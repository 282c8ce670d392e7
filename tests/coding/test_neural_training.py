"""Fine-tuning and export on a tiny network; runs where the libraries of `neural-train` are."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")

import torch

from realpolitik.coding.neural import graph, network, training, tuning
from realpolitik.coding.neural.inputs import Pieces
from realpolitik.coding.neural.tuning import Lesson
from realpolitik.coding.neural.weights import Session

SIZE, WIDE, WORDS, PLACES, ROOTS = 24, 48, 12, 10, 3


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """One layer of two heads in the place of six of twelve."""
    for module in (network, graph):
        monkeypatch.setattr(module, "LAYERS", 1)
        monkeypatch.setattr(module, "HEADS", 2)
    for module in (network, graph, tuning):
        monkeypatch.setattr(module, "SIZE", SIZE)


def base() -> dict[str, Any]:
    torch.manual_seed(3)
    sizes = {
        "embeddings.word_embeddings.weight": (WORDS, SIZE),
        "embeddings.position_embeddings.weight": (PLACES, SIZE),
        "embeddings.token_type_embeddings.weight": (2, SIZE),
    }
    layer = "encoder.layer.0."
    for name, out, inner in (
        ("attention.self.query", SIZE, SIZE), ("attention.self.key", SIZE, SIZE),
        ("attention.self.value", SIZE, SIZE), ("attention.output.dense", SIZE, SIZE),
        ("intermediate.dense", WIDE, SIZE), ("output.dense", SIZE, WIDE),
    ):  # fmt: skip
        sizes |= {f"{layer}{name}.weight": (out, inner), f"{layer}{name}.bias": (out,)}
    found = {name: torch.randn(*size) * 0.5 for name, size in sizes.items()}
    norms = ("embeddings.", f"{layer}attention.output.", f"{layer}output.")
    for name in norms:
        found[f"{name}LayerNorm.weight"] = torch.rand(SIZE) + 0.5
        found[f"{name}LayerNorm.bias"] = torch.randn(SIZE) * 0.1
    return found


def lessons(count: int) -> list[Lesson]:
    """The piece of the target names the root; the same piece elsewhere says nothing."""
    chance = random.Random(5)
    made = []
    for _ in range(count):
        length = chance.randint(4, PLACES)
        ids = [chance.randrange(WORDS) for _ in range(length)]
        target = chance.randrange(1, length)
        roles = [1 if place == 0 else 2 if place == target else 0 for place in range(length)]
        root = ids[target] % ROOTS
        made.append(Lesson(Pieces(ids, roles), root, root + 1, 1.0))
    return made


def test_the_graph_gives_what_the_network_gives(small: None) -> None:
    net = {**base(), "roles": torch.randn(3, SIZE), "head.weight": torch.randn(7, 3 * SIZE)}
    net["head.bias"] = torch.randn(7)
    asked = [one.pieces for one in lessons(40)]
    asked.append(Pieces([4, 5, 6], [0, 1, 0]))  # without a target
    full = tuning.said(net, asked)
    arrays = {name: one.numpy() for name, one in net.items()}
    whole = Session(graph.exported(arrays))
    assert np.array([whole.scores(one) for one in asked]) == pytest.approx(full, abs=1e-4)
    narrow = Session(graph.in_eight_bits(graph.exported(arrays)))
    short = np.array([narrow.scores(one) for one in asked])
    assert float(np.corrcoef(short.ravel(), full.ravel())[0, 1]) > 0.99


def test_a_planted_rule_is_learned_and_the_same_seed_learns_the_same(
    small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning, "EPOCHS", 16)
    monkeypatch.setattr(tuning, "RATE", 3e-3)
    monkeypatch.setattr(tuning, "HEAD_RATE", 1e-2)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    seen, unseen = lessons(600)[:400], lessons(600)[400:]
    nets = [tuning.tuned(base(), seen, ROOTS, seed=1) for _ in range(2)]
    torch.set_num_threads(threads)
    scores = tuning.said(nets[0], [one.pieces for one in unseen])
    right = scores[:, :ROOTS].argmax(1) == [one.root for one in unseen]
    quads = scores[:, ROOTS:].argmax(1) + 1 == [one.quad for one in unseen]
    assert right.mean() > 0.9 and quads.mean() > 0.9
    assert all(torch.equal(nets[0][name], nets[1][name]) for name in nets[0])
    assert torch.equal(
        nets[0]["embeddings.word_embeddings.weight"], base()["embeddings.word_embeddings.weight"]
    )


def test_a_broken_training_goes_on_where_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    calls = []

    def fitted(course: Any, number: int, tell: Any) -> tuple[Any, Any]:
        calls.append(number)
        return np.ones((2, 4)), np.zeros((2, 4))

    monkeypatch.setattr(training, "_fitted", fitted)
    monkeypatch.setattr(training, "_key", lambda course, number: f"fold{number}")
    for _ in range(2):
        narrow, full = training._kept(None, 3, tmp_path, lambda done, total: None)  # type: ignore[arg-type]
        assert narrow.sum() == 8 and full.sum() == 0
    assert calls == [3] and [path.name for path in tmp_path.iterdir()] == ["fold3.npz"]
