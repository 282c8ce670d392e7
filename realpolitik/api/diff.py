"""What moved between two dossiers: inputs, findings, acts."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from realpolitik.api._lock import differences
from realpolitik.api._twins import read_twin
from realpolitik.api.result import Rows
from realpolitik.errors import UsageError

SUBJECT = ("measure", "actor", "target", "statistic", "map")
ABOUT = ("measure", "actor", "target", "statistic", "start", "end")
VALUES = ("estimate", "lower", "upper")
# Beyond the rounding of another processor, below anything a page shows.
TOLERANCE = 1e-9


def diff(old: str | Path, new: str | Path) -> Rows:
    """Every finding that two dossiers of the same dyad give differently, from their JSON twins.

    Findings over the whole span of a source are held against each other even
    where the span has grown. One row a finding: what it is on, its estimate,
    interval and status before and after, and `moved`: "appeared", "gone",
    "status", "beyond its interval" (the new estimate lies outside the old
    interval), "within its interval" or "has no interval". The messages tell
    what differs in question and inputs, and how many acts came and went.

    Raises:
        UsageError, CorruptFile: a file is no twin of a dossier, or they are of
            different dyads.
    """
    before, after = read_twin(old), read_twin(new)
    dyads = [{twin["lock"]["question"][side] for side in "ab"} for twin in (before, after)]
    if dyads[0] != dyads[1]:
        first, second = (" and ".join(sorted(map(str, dyad))) for dyad in dyads)
        raise UsageError(
            f"{old} is on {first}, {new} on {second}: give two dossiers of the same two actors."
        )
    return Rows("changes", _rows(before, after), _messages(before, after))


def _rows(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    was, now = (_keyed(twin["findings"]) for twin in (before, after))
    both = ((was.get(key), now.get(key)) for key in {**was, **now})
    return [_row(*pair) for pair in both if _differ(*pair)]


def _keyed(findings: list[dict[str, Any]]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Findings by what they are on; the longest span of each statistic is its whole."""
    spans: dict[tuple[Any, ...], set[tuple[str, str]]] = {}
    for item in findings:
        spans.setdefault(_subject(item), set()).add((item["start"], item["end"]))
    whole = {key: max(found, key=_length) for key, found in spans.items()}
    seen: Counter[tuple[Any, ...]] = Counter()
    keyed: dict[tuple[Any, ...], dict[str, Any]] = {}
    for item in findings:
        subject, span = _subject(item), (item["start"], item["end"])
        key = (*subject, "whole" if span == whole[subject] else span)
        keyed[*key, seen[key]] = item
        seen[key] += 1
    return keyed


def _subject(item: dict[str, Any]) -> tuple[Any, ...]:
    return (*(item[name] for name in SUBJECT), *item["sources"])


def _length(span: tuple[str, str]) -> int:
    return (date.fromisoformat(span[1]) - date.fromisoformat(span[0])).days


def _differ(was: dict[str, Any] | None, now: dict[str, Any] | None) -> bool:
    if was is None or now is None or was["status"] != now["status"]:
        return True
    return not all(_same(was[key], now[key]) for key in VALUES)


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def _row(was: dict[str, Any] | None, now: dict[str, Any] | None) -> dict[str, Any]:
    known = now or was or {}
    told = {f"old_{name}": (was or {}).get(name) for name in (*VALUES, "status")}
    told |= {f"new_{name}": (now or {}).get(name) for name in (*VALUES, "status")}
    return {
        "id": known.get("id"),
        **{name: known.get(name) for name in ABOUT},
        "sources": known.get("sources"),
        "moved": _moved(was, now),
        **told,
    }


def _moved(was: dict[str, Any] | None, now: dict[str, Any] | None) -> str:
    if was is None:
        return "appeared"
    if now is None:
        return "gone"
    if was["status"] != now["status"]:
        return "status"
    held = (was["lower"], now["estimate"], was["upper"])
    if any(value is None for value in held):
        return "has no interval"
    return f"{'within' if held[0] <= held[1] <= held[2] else 'beyond'} its interval"


def _messages(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    was, now = ({act["act_id"] for act in twin["acts"]} for twin in (before, after))
    asked = (twin["lock"]["question"] for twin in (before, after))
    said = [
        *(f"Question: {one}." for one in _asked(*asked)),
        *(f"Input: {one}." for one in differences(before["lock"], after["lock"])),
        f"Acts: {len(now - was)} came, {len(was - now)} went, {len(now & was)} are in both.",
    ]
    if before["answer"] != after["answer"]:
        said.append("The answer in words is not the same.")
    return tuple(said)


def _asked(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    keys = ("start", "end", "map", "sources", "seed")
    changed = (key for key in keys if old.get(key) != new.get(key))
    return [f"{key} {_told(old.get(key))} became {_told(new.get(key))}" for key in changed]


def _told(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else "open" if value is None else str(value)
