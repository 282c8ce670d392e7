"""Fine-tuning of the encoder on marked pairs; needs torch and the base model's weights."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from realpolitik.coding.neural.inputs import Pieces
from realpolitik.coding.neural.network import ROLES, SIZE, Weights, scores

EPOCHS = 5
BATCH = 16
RATE = 1e-4  # of the encoder
HEAD_RATE = 1e-3  # of what starts from nothing: roles and scores
WARM = 0.1  # share of the steps in which the rate rises
DECAY = 0.01
DROP = 0.1
CLIP = 1.0
BUCKET = 8  # batches sorted by length together: little padding, and still by chance
PARTS = 3  # what is pooled: source, target, all
QUADS = 4
Tell = Callable[[int, int], None]


class Lesson(NamedTuple):
    """A pair's pieces, the place of its root, its quad class (0: no act) and its say."""

    pieces: Pieces
    root: int
    quad: int
    say: float


def tuned(
    base: Weights, lessons: Sequence[Lesson], roots: int, seed: int, tell: Tell | None = None
) -> Weights:
    """Return the base model's weights fitted to the lessons; the same for the same seed and threads.

    The table of words stays as it is: it holds half of the weights, and words
    that no lesson holds must keep their sense.
    """
    import torch

    torch.manual_seed(seed)
    net = _begun(base, roots + QUADS)
    balance = _balance(lessons, roots)
    steps = list(_steps(lessons, seed))
    optimiser, schedule = _optimiser(net, len(steps))
    for done, batch in enumerate(steps):
        optimiser.zero_grad(set_to_none=True)
        _loss(net, batch, balance).backward()
        torch.nn.utils.clip_grad_norm_(_moving(net), CLIP)
        optimiser.step()
        schedule.step()
        if tell:
            tell(done + 1, len(steps))
    return {name: weight.detach() for name, weight in net.items()}


def said(net: Weights, asked: Sequence[Pieces]) -> NDArray[np.float64]:
    """Return one row of scores a pair, in order: of the roots, then of the quad classes."""
    import torch

    order = sorted(range(len(asked)), key=lambda place: len(asked[place].ids))
    found: list[NDArray[np.float64]] = []
    with torch.no_grad():
        for start in range(0, len(order), BATCH):
            padded = _padded([asked[place] for place in order[start : start + BATCH]])
            found.append(scores(net, *padded).double().numpy())
    return np.asarray(np.concatenate(found)[np.argsort(order)])


def _begun(base: Weights, columns: int) -> Weights:
    import torch

    net = {name: weight.float().clone() for name, weight in base.items()}
    net["roles"] = torch.zeros(ROLES, SIZE)
    net["head.weight"] = torch.randn(columns, PARTS * SIZE) * 0.02
    net["head.bias"] = torch.zeros(columns)
    for name, weight in net.items():
        weight.requires_grad_(not name.startswith("embeddings.") or "LayerNorm" in name)
    return net


def _moving(net: Weights) -> list[Any]:
    return [weight for weight in net.values() if weight.requires_grad]


def _optimiser(net: Weights, steps: int) -> tuple[Any, Any]:
    import torch

    new = {"roles", "head.weight", "head.bias"}
    old = [one for name, one in net.items() if one.requires_grad and name not in new]
    groups = [
        {"params": [one for one in old if one.ndim > 1], "lr": RATE, "weight_decay": DECAY},
        {"params": [one for one in old if one.ndim == 1], "lr": RATE, "weight_decay": 0.0},
        {"params": [net[name] for name in sorted(new)], "lr": HEAD_RATE, "weight_decay": DECAY},
    ]
    optimiser = torch.optim.AdamW(groups, fused=True)
    warm = max(1, int(WARM * steps))

    def share(step: int) -> float:
        return min((step + 1) / warm, (steps - step) / max(1, steps - warm))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, share)


def _steps(lessons: Sequence[Lesson], seed: int) -> Iterator[list[Lesson]]:
    """Batches of all epochs, of pairs of like length, in an order that the seed gives."""
    chance = random.Random(seed)  # noqa: S311 (an order, no secret)
    for _ in range(EPOCHS):
        mixed = list(lessons)
        chance.shuffle(mixed)
        batches = []
        for start in range(0, len(mixed), BUCKET * BATCH):
            near = sorted(
                mixed[start : start + BUCKET * BATCH], key=lambda one: len(one.pieces.ids)
            )
            batches += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
        chance.shuffle(batches)
        yield from batches


def _balance(lessons: Sequence[Lesson], roots: int) -> Any:
    """Rarer roots count for more, by the square root of their rarity: the measure is the macro mean."""
    import torch

    counts = np.bincount([one.root for one in lessons], minlength=roots)
    rarity = np.sqrt(len(lessons) / (roots * np.maximum(counts, 1)))
    return torch.tensor(rarity, dtype=torch.float32)


def _loss(net: Weights, batch: Sequence[Lesson], balance: Any) -> Any:
    import torch

    apart = torch.nn.functional.cross_entropy
    out = scores(net, *_padded([one.pieces for one in batch]), drop=DROP)
    say = torch.tensor([one.say for one in batch])
    quads = torch.tensor([one.quad for one in batch])
    roots = apart(
        out[:, :-QUADS], torch.tensor([one.root for one in batch]), balance, reduction="none"
    )
    # Without an act there is no quad class to learn.
    sides = apart(out[:, -QUADS:], (quads - 1).clamp(min=0), reduction="none") * (quads > 0)
    return (say * (roots + sides)).sum() / say.sum()


def _padded(batch: Sequence[Pieces]) -> tuple[Any, Any, Any]:
    import torch

    longest = max(len(one.ids) for one in batch)

    def table(rows: Sequence[list[int]]) -> Any:
        return torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])

    seen = [[1] * len(one.ids) for one in batch]
    return table([one.ids for one in batch]), table(seen), table([one.roles for one in batch])
