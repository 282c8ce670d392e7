"""Stable ids, safe addresses, and the query that leads from a number to its acts."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from itertools import pairwise
from urllib.parse import quote, urlencode, urlsplit

FLAGS = ("actor", "source", "start", "end", "kind", "side", "secrecy", "code", "id", "as-of")
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def slug(text: str) -> str:
    """The text as an id that is valid in HTML and readable in an address."""
    return UNSAFE.sub("-", text).strip("-") or "none"


def act_anchor(act_id: str) -> str:
    """The id of the place on the page where an act is shown."""
    return f"act-{slug(act_id)}"


def safe_url(url: str | None) -> str | None:
    """The address if it is a plain web address, else None: data never becomes script."""
    if not url or any(ord(sign) <= 32 for sign in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in {"http", "https"} and parts.netloc else None


def query(**filters: object) -> str:
    """Filters of the list of acts as one text; empty ones are left out."""
    kept = {key: str(value) for key, value in filters.items() if value not in (None, "")}
    return urlencode(sorted(kept.items()), quote_via=quote)


def from_command(command: str) -> dict[str, str]:
    """The filters named by a `realpolitik acts ...` command; unknown flags are left out."""
    try:
        words = shlex.split(command)
    except ValueError:
        words = command.split()
    found: dict[str, list[str]] = {}
    for flag, given in pairwise(words):
        if flag.startswith("--") and flag[2:] in FLAGS and not given.startswith("--"):
            found.setdefault(flag[2:], []).append(given)
    return {key: ",".join(values) for key, values in found.items()}


def finding_query(command: str) -> str:
    """The page's query for the acts behind a finding."""
    return query(**from_command(command))


def target(filters: Mapping[str, str]) -> str:
    """Where a link leads with scripts off: the act itself, its source's list, or all acts."""
    if "id" in filters and "," not in filters["id"]:
        return f"#{act_anchor(filters['id'])}"
    if "source" in filters and "," not in filters["source"]:
        return f"#acts-{slug(filters['source'])}"
    return "#acts"
