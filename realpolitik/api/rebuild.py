"""A dossier made again from what its twin says it was made from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from realpolitik.api._lock import Lock, differences, libraries, lock
from realpolitik.api._question import ask, chosen
from realpolitik.api._record import record
from realpolitik.api._twins import read_twin
from realpolitik.api.dossier import Dossier, dossier
from realpolitik.errors import NotInRecord


def rebuild(
    file: str | Path, *, output: str | Path | None = None, lake: str | None = None
) -> Dossier:
    """Write a dossier again from the lock in its JSON twin; the same inputs give the same page.

    `output` is the page's path, else the one beside the twin. Libraries of
    another version than the lock's are remarked on: they can move last digits.

    Raises:
        UsageError, CorruptFile: the file is no twin of a dossier.
        NotInRecord: the record, the map or the program is not what it was; what
            differs is listed, and nothing is written.
    """
    file = Path(file)
    old = read_twin(file)["lock"]
    now = _now(old, lake)
    if changed := differences(old, now):
        raise NotInRecord(
            f"{file} was made from other inputs: {'; '.join(changed)}. Restore them, or write a "
            f"new dossier and compare: `realpolitik diff {file} NEW.json`."
        )
    asked = old["question"]
    made = dossier(
        asked["a"], asked["b"], output=output if output is not None else file.with_suffix(".html"),
        start=asked["start"], end=asked["end"], source=asked["sources"], map=asked["map"],
        lake=lake, seed=asked["seed"],
    )  # fmt: skip
    return replace(made, messages=(*made.messages, *libraries(old, now)))


def _now(old: Lock, lake: str | None) -> Lock:
    """The lock that the same question gives today; sources no longer here are left out of it."""
    asked = old["question"]
    opened = record(lake, asked["map"])
    question = ask(
        asked["a"], asked["b"], start=asked["start"], end=asked["end"], map=asked["map"],
        seed=asked["seed"],
    )  # fmt: skip
    here = {span.name for span in opened.spans}
    spans = chosen([name for name in asked["sources"] if name in here], opened)
    return lock(question, spans, opened, lake)
