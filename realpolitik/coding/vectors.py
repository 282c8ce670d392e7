"""Features as numbers: hashed, counted, weighed by rarity, each block of length one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# The lexicon is small and sure of itself: half the say of a block of n-grams.
SHARES = {"words": 1.0, "letters": 1.0, "path": 1.0, "lexicon": 0.5}


def hashed(block: str, feature: str) -> int:
    """Return the number a feature is kept under, the same on every machine."""
    return crc32(f"{block}\t{feature}".encode())


def weighed(
    features: Mapping[str, list[str]], index: Mapping[int, int], rarity: Floats
) -> tuple[NDArray[np.int64], Floats, list[str]]:
    """Return columns, values and names of the known features of one pair.

    A block's values have the length of the square root of its share, so that
    every block has its say however many features it has.
    """
    columns: list[int] = []
    values: list[float] = []
    names: list[str] = []
    for block, share in SHARES.items():
        own, counts = [], []
        for feature, count in Counter(features[block]).items():
            column = index.get(hashed(block, feature))
            if column is not None:
                own.append(column)
                counts.append(1 + math.log(count))
                names.append(feature if block != "letters" else f"letters {feature!r}")
        if own:
            weights = np.array(counts) * rarity[own]
            weights *= math.sqrt(share) / math.sqrt(float(weights @ weights))
            columns += own
            values += weights.tolist()
    return np.array(columns, dtype=np.int64), np.array(values), names
