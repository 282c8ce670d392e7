"""Colours, sizes and widths shared by all pictures.

Cooperation is blue and conflict orange: told apart with every common colour
blindness, in print without colour by their place (above and below the line).
The stylesheet swaps these very values for others in the dark, so a colour
drawn here must be one of `COLOURS`.
"""

from __future__ import annotations

from dataclasses import dataclass

COOPERATION, CONFLICT, NEUTRAL = "#1f62a8", "#b8500a", "#767c85"
INK, SOFT, GRID, CLOUD, SHADE, PAPER = (
    "#1c2127", "#565d66", "#d9dce0", "#a3a9b1", "#f0f0ec", "#fffffe",
)  # fmt: skip
COLOURS = (COOPERATION, CONFLICT, NEUTRAL, INK, SOFT, GRID, CLOUD, SHADE, PAPER)
SIDE = {"cooperation": COOPERATION, "conflict": CONFLICT, "neutral": NEUTRAL}
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Width:
    """A width a picture is drawn for, in pixels, and its text size there."""

    name: str
    pixels: int
    text: float


NARROW = Width("narrow", 350, 12)
MEDIUM = Width("medium", 700, 12.5)
WIDE = Width("wide", 1060, 13)
