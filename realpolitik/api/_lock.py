"""What a dossier was made from, so that it can be made again: question, versions, inputs."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from realpolitik import __version__
from realpolitik.api._lake import lake_at
from realpolitik.api._record import Opened
from realpolitik.constants import METHODOLOGY_VERSION
from realpolitik.lake import labels
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.sources import bundled
from realpolitik.vocab.kinds import map_version

# Their numerics stand behind the last digits of a number.
LIBRARIES = ("duckdb", "ibis-framework", "numpy", "scipy")
Lock = dict[str, Any]


def lock(question: Question, spans: Sequence[SourceSpan], opened: Opened, lake: str | None) -> Lock:
    """Everything a dossier depends on, as JSON-ready values.

    Of a bundled source the digests of its files; of a source in the lake the
    digest of each publisher's file, with reader, map and rules switched off; of
    either that of the labels its acts were given by hand.
    Compacting a lake changes nothing here.
    """
    names = [span.name for span in spans]
    inputs = _bundled(names, opened) | _loaded(names, lake)
    for source, digest in _labelled(spans).items():
        inputs[source] = inputs.get(source, {}) | {labels.NAME: digest}
    return {
        "question": {
            "a": question.a,
            "b": question.b,
            "start": question.start and question.start.isoformat(),
            "end": question.end and question.end.isoformat(),
            "map": question.map,
            "sources": names,
            "seed": question.seed,
        },
        "realpolitik": __version__,
        "methodology": METHODOLOGY_VERSION,
        "map": map_version(question.map),
        "libraries": {name: version(name) for name in LIBRARIES},
        "inputs": inputs,
    }


def differences(old: Lock, new: Lock) -> list[str]:
    """What two locks differ in, one sentence each, but for the question and the libraries."""
    found = [
        f"{key} {old.get(key)} became {new.get(key)}"
        for key in ("realpolitik", "methodology", "map")
        if old.get(key) != new.get(key)
    ]
    before, after = old["inputs"], new["inputs"]
    for source in sorted({*before, *after}):
        found += _changed(source, before.get(source, {}), after.get(source, {}))
    return found


def libraries(old: Lock, new: Lock) -> list[str]:
    """Libraries of another version than the lock names; they can move last digits."""
    before, after = old.get("libraries", {}), new["libraries"]
    return [
        f"{name} {before.get(name)} became {after[name]}"
        for name in sorted(after)
        if before.get(name) != after[name]
    ]


def _bundled(names: list[str], opened: Opened) -> dict[str, dict[str, str]]:
    inputs: dict[str, dict[str, str]] = {}
    for table in bundled():
        if table.source in names and table.source not in opened.record.loaded:
            files = inputs.setdefault(table.source, {})
            files |= {file.path.name: f"sha256:{file.sha256}" for file in table.files}
    return inputs


def _loaded(names: list[str], lake: str | None) -> dict[str, dict[str, str]]:
    inputs: dict[str, dict[str, str]] = {}
    for entry in lake_at(lake).catalog.entries():
        if entry.source in names:
            told = (f"sha256:{entry.sha256}", entry.reader, entry.map_version, *entry.off)
            inputs.setdefault(entry.source, {})[entry.name] = " ".join(told)
    return inputs


def _labelled(spans: Sequence[SourceSpan]) -> dict[str, str]:
    """The digest of the labels of each source that has any."""
    told = {span.name: "\n".join(map(repr, span.labels)) for span in spans if span.labels}
    return {name: f"sha256:{sha256(text.encode()).hexdigest()}" for name, text in told.items()}


def _changed(source: str, before: dict[str, str], after: dict[str, str]) -> list[str]:
    if not before or not after:
        return [f"{source} is {'new' if after else 'no longer in the record'}"]
    gone, come = sorted(before.keys() - after), sorted(after.keys() - before)
    other = sorted(name for name in before.keys() & after if before[name] != after[name])
    kinds = ((gone, "gone"), (come, "added"), (other, "changed"))
    return [f"{source}: {_listed(files)} {how}" for files, how in kinds if files]


def _listed(files: list[str]) -> str:
    return files[0] if len(files) == 1 else f"{len(files)} files, {files[0]} first,"
