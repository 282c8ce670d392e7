"""What the terminal says of a checked text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import realpolitik as rp

WIDTH = 96
LONGEST = 160


def told(found: rp.Check) -> str:
    """Counts, then every checkable claim with its verdict, then what is cited and what is not."""
    lines = [
        ", ".join(f"{n} {verdict}" for verdict, n in found.counts.items() if n) or "no claims",
        "",
    ]
    for claim in found.claims:
        if claim["checkable"]:
            lines += _claim(claim)
    lines += _citations(found.citations)
    lines += _quotations(found.quotations)
    bare = ", ".join(claim["id"] for claim in found.uncited)
    lines.append(f"Without a citation: {bare or 'none'}")
    return "\n".join(lines) + "\n"


def _claim(claim: dict[str, Any]) -> Iterator[str]:
    sure = f" ({claim['probability']:.2f})" if claim["probability"] is not None else ""
    cited = f" [{', '.join(claim['cites'])}]" if claim["cites"] else ""
    yield f"{claim['id']} {claim['verdict'].upper()}{sure}{cited}"
    if len(claim["chain"]) > 1:
        yield f"    said by {' > '.join(claim['chain'][1:])}"
    yield from _wrapped(f"“{_short(claim['text'])}”")
    yield from _wrapped(claim["why"])
    for line in claim["evidence"]:
        yield from _wrapped(f"- {line}")
    if claim["earlier"]:
        then = claim["earlier"]
        yield from _wrapped(f"As known on {then['as_of']}: {then['verdict']}. {then['why']}")
        for line in then["evidence"]:
            yield from _wrapped(f"- {line}")
    yield ""


def _citations(cited: list[dict[str, Any]]) -> Iterator[str]:
    for one in cited:
        entry = one["reference"]
        what = entry["text"] if entry else one["text"]
        yield f"{one['id']} {_short(what)}"
        yield f"    serves {', '.join(one['serves']) or 'no claim'}; {one['record']['why']}"
    if cited:
        yield ""


def _quotations(quoted: list[dict[str, Any]]) -> Iterator[str]:
    flagged = [one for one in quoted if one["kind"] == "direct"]
    for one in flagged:
        yield from _wrapped(f"{' > '.join(one['chain'])}: “{_short(one['text'])}”", indent="")
        for flag in one["flags"]:
            yield from _wrapped(flag)
    if flagged:
        yield ""


def _short(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= LONGEST else f"{bare[:LONGEST]}…"


def _wrapped(text: str, indent: str = "    ") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent or "    ")
