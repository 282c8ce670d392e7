"""The tuned network as an ONNX graph with its weights in eight bits; needs onnx and onnxruntime."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from realpolitik.coding.neural.network import EPSILON, HEADS, LAYERS, SIZE

OPSET = 20  # the first with Gelu
IR = 9  # the file format of that time: older run times read it too
INPUTS = ("ids", "roles")
OUTPUT = "scores"
Arrays = dict[str, Any]


class _Graph:
    """Nodes and weights in the order they are added; values are named by number."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def held(self, array: Any) -> str:
        """Add a weight and return its name."""
        from onnx import numpy_helper

        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def made(self, kind: str, *inputs: str, **how: Any) -> str:
        """Add a node and return the name of what it gives."""
        from onnx import helper

        name = how.pop("name", f"v{len(self.nodes)}")
        self.nodes.append(helper.make_node(kind, [*inputs], [name], **how))
        return str(name)

    def linear(self, values: str, weight: Any, bias: Any, **how: Any) -> str:
        """A matrix and a bias, as torch keeps them."""
        moved = self.made("MatMul", values, self.held(weight.T))
        return self.made("Add", moved, self.held(bias), **how)

    def normed(self, net: Arrays, name: str, values: str) -> str:
        """Each piece scaled to mean nought and variance one, then by its own weights."""
        scale, shift = self.held(net[f"{name}.weight"]), self.held(net[f"{name}.bias"])
        return self.made("LayerNormalization", values, scale, shift, epsilon=EPSILON)


def exported(net: Arrays) -> bytes:
    """Return the network of one pair as a graph: `ids` and `roles` (1 x pieces) in, `scores` out."""
    from onnx import TensorProto, checker, helper

    graph = _Graph()
    hidden = _embedded(graph, net)
    for layer in range(LAYERS):
        hidden = _layer(graph, net, f"encoder.layer.{layer}.", hidden)
    pooled = graph.made("Concat", *_parts(graph, hidden), axis=1)
    graph.linear(pooled, net["head.weight"], net["head.bias"], name=OUTPUT)
    taken = [
        helper.make_tensor_value_info(name, TensorProto.INT64, [1, "pieces"]) for name in INPUTS
    ]
    given = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, len(net["head.bias"])])
    whole = helper.make_model(
        helper.make_graph(graph.nodes, "coder", taken, [given], graph.weights),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR,
    )
    # Nothing is left to prepare: without this the shortening into eight bits warns.
    helper.set_model_props(whole, {"onnx.quant.pre_process": "onnxruntime.quant"})
    checker.check_model(whole)
    return bytes(whole.SerializeToString())


def in_eight_bits(graph: bytes) -> bytes:
    """Return a graph with its matrices and its table of words in eight bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        wide, narrow = Path(folder) / "wide.onnx", Path(folder) / "narrow.onnx"
        wide.write_bytes(graph)
        # Processors without the newer instructions add pairs of products in 16 bits: seven
        # bits of weight keep them from running over.
        quantize_dynamic(
            wide, narrow, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )
        return narrow.read_bytes()


def _embedded(graph: _Graph, net: Arrays) -> str:
    own = "embeddings."
    words = graph.made("Gather", graph.held(net[own + "word_embeddings.weight"]), "ids")
    roles = graph.made("Gather", graph.held(net["roles"]), "roles")
    # The one kind of sentence is added to every place beforehand.
    places = net[own + "position_embeddings.weight"] + net[own + "token_type_embeddings.weight"][:1]
    length = graph.made("Shape", "ids", start=1, end=2)
    nought, step = graph.held(np.array([0])), graph.held(np.array([1]))
    first = graph.made("Slice", graph.held(places), nought, length, nought, step)
    summed = graph.made("Add", graph.made("Add", words, roles), first)
    return graph.normed(net, own + "LayerNorm", summed)


def _layer(graph: _Graph, net: Arrays, name: str, hidden: str) -> str:
    own = [f"{name}attention.self.{what}" for what in ("query", "key", "value")]
    weight = np.concatenate([net[f"{one}.weight"] for one in own])
    bias = np.concatenate([net[f"{one}.bias"] for one in own])
    parts = graph.held(np.array([0, 0, 3 * HEADS, SIZE // HEADS]))
    # 1 x pieces x (three times heads) x size of a head, then heads first.
    all_three = graph.made("Reshape", graph.linear(hidden, weight, bias), parts)
    turned = graph.made("Transpose", all_three, perm=[0, 2, 1, 3])
    query, key, value = (_third(graph, turned, rank) for rank in range(3))
    alike = graph.made("MatMul", query, graph.made("Transpose", key, perm=[0, 1, 3, 2]))
    scaled = graph.made("Mul", alike, graph.held(np.float32((SIZE // HEADS) ** -0.5)))
    mixed = graph.made("MatMul", graph.made("Softmax", scaled, axis=-1), value)
    joined = graph.made("Transpose", mixed, perm=[0, 2, 1, 3])
    flat = graph.made("Reshape", joined, graph.held(np.array([0, 0, SIZE])))
    out = f"{name}attention.output."
    moved = graph.linear(flat, net[out + "dense.weight"], net[out + "dense.bias"])
    hidden = graph.normed(net, out + "LayerNorm", graph.made("Add", hidden, moved))
    wide = _dense(graph, net, f"{name}intermediate.dense", hidden)
    narrow = _dense(graph, net, f"{name}output.dense", graph.made("Gelu", wide))
    return graph.normed(net, f"{name}output.LayerNorm", graph.made("Add", hidden, narrow))


def _third(graph: _Graph, values: str, rank: int) -> str:
    start, end = (graph.held(np.array([one * HEADS])) for one in (rank, rank + 1))
    return graph.made("Slice", values, start, end, graph.held(np.array([1])))


def _dense(graph: _Graph, net: Arrays, name: str, values: str) -> str:
    return graph.linear(values, net[f"{name}.weight"], net[f"{name}.bias"])


def _parts(graph: _Graph, hidden: str) -> list[str]:
    """The means over the source, over the target and over all pieces."""
    axis = graph.held(np.array([1]))
    found = []
    for role in (1, 2):
        chosen = graph.made("Equal", "roles", graph.held(np.array(role)))
        share = graph.made("Cast", chosen, to=1)
        wide = graph.made("Unsqueeze", share, graph.held(np.array([2])))
        total = graph.made("ReduceSum", graph.made("Mul", hidden, wide), axis, keepdims=0)
        count = graph.made("ReduceSum", share, axis, keepdims=1)
        found.append(graph.made("Div", total, graph.made("Max", count, graph.held(np.float32(1)))))
    return [*found, graph.made("ReduceMean", hidden, axis, keepdims=0)]
