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


STARTS = {block: crc32(f"{block}\t".encode()) for block in SHARES}
UNNAMED = "letters"  # of no use to a reader


def hashed(block: str, feature: str) -> int:
    """Return the number a feature is kept under, the same on every machine."""
    return crc32(feature.encode(), STARTS[block])


def weighed(
    features: Mapping[str, list[str]], index: Mapping[int, int], rarity: Floats
) -> tuple[NDArray[np.int64], Floats, list[str]]:
    """Return columns, values and names of the known features of one pair.

    A block's values have the length of the square root of its share, so that
    every block has its say however many features it has. Letters have no name.
    """
    columns: list[NDArray[np.int64]] = [np.empty(0, dtype=np.int64)]
    values: list[Floats] = [np.empty(0)]
    names: list[str] = []
    for block, share in SHARES.items():
        own, counts, named = _known(block, features[block], index)
        if own:
            weights = (1 + np.log(counts)) * rarity[own]
            columns.append(np.array(own, dtype=np.int64))
            values.append(weights * (math.sqrt(share) / math.sqrt(float(weights @ weights))))
            names += named
    return np.concatenate(columns), np.concatenate(values), names


def _known(
    block: str, found: list[str], index: Mapping[int, int]
) -> tuple[list[int], list[int], list[str]]:
    """Columns, counts and names of a block's features that the model knows."""
    start, named = STARTS[block], block != UNNAMED
    own, counts, names = [], [], []
    for feature, count in Counter(found).items():
        column = index.get(crc32(feature.encode(), start))
        if column is not None:
            own.append(column)
            counts.append(count)
            names.append(feature if named else "")
    return own, counts, names
