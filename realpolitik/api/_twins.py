"""The JSON twin of a dossier, read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeGuard

from realpolitik.errors import CorruptFile, UsageError
from realpolitik.reports.material import FORMAT

QUESTION = ("a", "b", "start", "end", "map", "sources", "seed")
FINDING = (
    "id", "measure", "actor", "target", "statistic", "map", "sources", "start", "end", "status",
    "estimate", "lower", "upper",
)  # fmt: skip
REPAIR = "Name the .json file that `realpolitik dossier` wrote beside a page."


def read_twin(path: str | Path) -> dict[str, Any]:
    """The values of a twin.

    Raises:
        UsageError: there is no such file.
        CorruptFile: it is no twin of a dossier, or one without its lock.
    """
    file = Path(path)
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"Cannot read {file}: {error.strerror or error}. {REPAIR}") from error
    except ValueError as error:
        raise CorruptFile(
            str(file), f"no JSON ({error})", "the twin of a dossier", REPAIR
        ) from error
    found = values.get("format") if isinstance(values, dict) else None
    if found != FORMAT:
        raise CorruptFile(str(file), f"format {found!r}", repr(FORMAT), REPAIR)
    _must_hold(file, values)
    return dict(values)


def _must_hold(file: Path, values: dict[str, Any]) -> None:
    """Raise CorruptFile where a part is missing that `rebuild` or `diff` reads."""
    lock = values.get("lock")
    parts = {
        "lock": _holds(lock, "question", "inputs"),
        "question": _holds(lock, "question") and _holds(lock["question"], *QUESTION),
        "findings": _all_hold(values.get("findings"), *FINDING),
        "acts": _all_hold(values.get("acts"), "act_id"),
        "answer": isinstance(values.get("answer"), list),
    }
    for key, whole in parts.items():
        if not whole:
            raise CorruptFile(str(file), f"no whole {key!r}", "a whole twin", REPAIR)


def _all_hold(values: Any, *keys: str) -> bool:
    return isinstance(values, list) and all(_holds(one, *keys) for one in values)


def _holds(value: Any, *keys: str) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict) and value.keys() >= set(keys)
