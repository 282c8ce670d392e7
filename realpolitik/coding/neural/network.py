"""The encoder in torch: six layers over pieces and roles, pooled over the two spans.

It is written out as a function of its weights, so that the same weights, under
the names their publisher gave them, become the exported graph (`graph`).
"""

from __future__ import annotations

from typing import Any

LAYERS, HEADS, SIZE = 6, 12, 384
EPSILON = 1e-12  # as the base model was trained
ROLES = 3
Weights = dict[str, Any]


def scores(net: Weights, ids: Any, seen: Any, roles: Any, drop: float = 0.0) -> Any:
    """Return one row of scores a pair: of the roots, then of the quad classes.

    `ids`, `seen` (1 for a piece, 0 for padding) and `roles` are batch x pieces.
    """
    import torch

    hidden = _embedded(net, ids, roles, drop)
    heard = seen[:, None, None, :].bool()
    for layer in range(LAYERS):
        hidden = _layer(net, f"encoder.layer.{layer}.", hidden, heard, drop)
    parts = [_mean(hidden, roles == 1), _mean(hidden, roles == 2), _mean(hidden, seen == 1)]
    pooled = torch.nn.functional.dropout(torch.cat(parts, dim=1), drop)
    return _linear(net, "head", pooled)


def _embedded(net: Weights, ids: Any, roles: Any, drop: float) -> Any:
    import torch

    own = "embeddings."
    places = net[own + "position_embeddings.weight"][: ids.shape[1]]
    summed = net[own + "word_embeddings.weight"][ids] + places
    summed = summed + net[own + "token_type_embeddings.weight"][0] + net["roles"][roles]
    return torch.nn.functional.dropout(_normed(net, own + "LayerNorm", summed), drop)


def _layer(net: Weights, name: str, hidden: Any, seen: Any, drop: float) -> Any:
    import torch

    ways = torch.nn.functional
    batch, length, _ = hidden.shape

    def split(what: str) -> Any:
        one = _linear(net, f"{name}attention.self.{what}", hidden)
        return one.view(batch, length, HEADS, SIZE // HEADS).transpose(1, 2)

    mixed = ways.scaled_dot_product_attention(
        split("query"), split("key"), split("value"), attn_mask=seen, dropout_p=drop
    )
    mixed = mixed.transpose(1, 2).reshape(batch, length, SIZE)
    mixed = ways.dropout(_linear(net, f"{name}attention.output.dense", mixed), drop)
    hidden = _normed(net, f"{name}attention.output.LayerNorm", hidden + mixed)
    wide = ways.gelu(_linear(net, f"{name}intermediate.dense", hidden))
    narrow = ways.dropout(_linear(net, f"{name}output.dense", wide), drop)
    return _normed(net, f"{name}output.LayerNorm", hidden + narrow)


def _linear(net: Weights, name: str, values: Any) -> Any:
    import torch

    return torch.nn.functional.linear(values, net[f"{name}.weight"], net[f"{name}.bias"])


def _normed(net: Weights, name: str, values: Any) -> Any:
    import torch

    return torch.nn.functional.layer_norm(
        values, (SIZE,), net[f"{name}.weight"], net[f"{name}.bias"], EPSILON
    )


def _mean(hidden: Any, chosen: Any) -> Any:
    """The mean of the chosen pieces; nought where none is chosen."""
    share = chosen.to(hidden.dtype)[:, :, None]
    return (hidden * share).sum(1) / share.sum(1).clamp(min=1)
