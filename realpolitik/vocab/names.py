"""What two spellings of a name have in common.

A name is compared by its letters and digits alone: case, accents, hyphens,
apostrophes, points, brackets and spaces do not count, St. is Saint, & is and,
and a leading The is dropped. Any other sign (quotes, semicolons, control
characters) is never part of a name, so a text with one fits nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 100
ECHO = 40
JOINING = re.compile("['’‘`´ʻʼ.]")
SPACING = re.compile(r"[\s\-‐-―_,()/]+")


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Return the comparable form of a name; empty when the text cannot be a name."""
    text = text.strip()
    if not text or len(text) > LONGEST or not text.isprintable():
        return ""
    if text.isascii() and text.isalnum():
        return "saint" if text.casefold() == "st" else text.casefold()
    plain = text.casefold() if text.isascii() else _without_accents(text)
    words = SPACING.split(JOINING.sub("", plain.replace("&", " and ")))
    words = ["saint" if word == "st" else word for word in words if word]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    joined = "".join(words)
    return joined if joined.isalnum() else ""


def _without_accents(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char))


def echo(text: str) -> str:
    """Return a name short enough to repeat in a message of one line."""
    return text if len(text) <= ECHO else text[:ECHO] + "…"
