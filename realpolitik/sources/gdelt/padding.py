"""Spaces before and behind the fields of a line: rarely there, and dear to clear away."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

TAB, SPACE = 9, 32
# The spaces beyond ASCII (Unicode's Zs), by their first three bytes in UTF-8, two for one of them.
TWO, THREE = (0xC2A0,), (0xE19A80, *range(0xE28080, 0xE2808B), 0xE280AF, 0xE2819F, 0xE38080)
FIRST_BEYOND = 0xC2


def found(lines: pa.StringArray) -> bool:
    """May a field cut at tabs begin or end with a space? Tells at a glance over all the bytes."""
    _, offsets, text = lines.buffers()
    if text is None or not len(lines):
        return False
    data = np.frombuffer(text, np.uint8)
    starts = np.frombuffer(offsets, np.int32, len(lines) + 1, lines.offset * 4)
    return _beside_a_space(data, starts) or _beyond_ascii(data)


def _beside_a_space(data: np.ndarray, starts: np.ndarray) -> bool:
    space, tab = data == SPACE, data == TAB
    if (space[1:] & tab[:-1]).any() or (space[:-1] & tab[1:]).any():
        return True
    # Lines lie side by side: where one ends the next begins.
    whole = starts[:-1] < starts[1:]
    return bool(space[starts[:-1][whole]].any() or space[starts[1:][whole] - 1].any())


def _beyond_ascii(data: np.ndarray) -> bool:
    """Is there any of the other spaces? They are rare enough not to ask where."""
    at = np.flatnonzero(data >= FIRST_BEYOND)
    if not len(at):
        return False
    bytes_ = [data[np.minimum(at + step, len(data) - 1)].astype(np.int32) for step in range(3)]
    pairs = bytes_[0] << 8 | bytes_[1]
    return bool(np.isin(pairs, TWO).any() or np.isin(pairs << 8 | bytes_[2], THREE).any())


def cleared(line: str) -> str:
    """A line of the engine's without spaces before and behind its fields, where it has any."""
    inner = f"regexp_replace({line}, '\\p{{Zs}}*\\t\\p{{Zs}}*', '\t', 'g')"
    return f"""CASE WHEN regexp_matches({line}, '(^|\\t)\\p{{Zs}}|\\p{{Zs}}(\\t|$)')
        THEN trim({inner}) ELSE {line} END"""
