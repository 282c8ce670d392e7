"""Text that a terminal can show: no control characters, no letter it lacks."""

from __future__ import annotations

# What a terminal without UTF-8 shows in place of the signs our own texts use.
_SPELT = str.maketrans({
    "→": "->", "←": "<-", "↔": "<->", "–": "-", "—": "-", "−": "-", "·": "-", "…": "...",
    "‘": "'", "’": "'", "“": '"', "”": '"', "≥": ">=", "≤": "<=", "×": "x", "±": "+/-",
})  # fmt: skip
_JOINERS = "\u200c\u200d"  # part of correct spelling in Persian and Hindi


def safe(text: str) -> str:
    """One line without control characters: they are spelt out as escapes."""
    if text.isprintable():
        return text
    return "".join(_shown(sign) for sign in text)


def fitted(text: str, encoding: str) -> str:
    """The text in signs that `encoding` has; what it lacks becomes a question mark."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        import unicodedata

        apart = unicodedata.normalize("NFKD", text.translate(_SPELT))
        bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
        return bare.encode(encoding, "replace").decode(encoding)
    return text


def _shown(sign: str) -> str:
    if sign.isprintable() or sign in _JOINERS:
        return sign
    if sign.isspace():
        return " "
    return sign.encode("unicode_escape", "backslashreplace").decode("ascii")


def number(value: float) -> str:
    """A number to three significant figures, whole from a thousand on."""
    return f"{value:,.0f}" if abs(value) >= 999.5 else f"{value:.3g}"
