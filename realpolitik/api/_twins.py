"""The JSON twin of a dossier, read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from realpolitik.errors import CorruptFile, UsageError
from realpolitik.reports.material import FORMAT

TODO = "Name the .json file that `realpolitik dossier` wrote beside a page."


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
        raise UsageError(f"Cannot read {file}: {error.strerror or error}. {TODO}") from error
    except ValueError as error:
        raise CorruptFile(str(file), f"no JSON ({error})", "the twin of a dossier", TODO) from error
    found = values.get("format") if isinstance(values, dict) else None
    if found != FORMAT:
        raise CorruptFile(str(file), f"format {found!r}", repr(FORMAT), TODO)
    _must_hold(file, values)
    return dict(values)


def _must_hold(file: Path, values: dict[str, Any]) -> None:
    wanted = {"lock": dict, "findings": list, "acts": list, "answer": list}
    for key, kind in wanted.items():
        if not isinstance(values.get(key), kind):
            raise CorruptFile(str(file), f"no {key!r}", "a whole twin", TODO)
    asked = values["lock"].get("question")
    if not isinstance(asked, dict) or not isinstance(values["lock"].get("inputs"), dict):
        raise CorruptFile(str(file), "a lock without question or inputs", "a whole lock", TODO)
