"""The YAML file that says which column of somebody's table is which column of the acts table."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from realpolitik.errors import CorruptFile
from realpolitik.schema.table import load
from realpolitik.vocab import crosswalk, kinds

REQUIRED = ("date", "actor", "target", "code")
# What the reader makes itself, or what is no text.
MADE = {
    "act_id", "source", "date_precision", "actor_native", "target_native", "code_system", "root",
    "label", "kind", "side", "map_version", "intensity", "n", "reports", "flags", "disclosed",
    "disclosed_precision", "reciprocal",
}  # fmt: skip
OWN = "realpolitik"
ACTOR_SYSTEMS = (OWN, *crosswalk.SYSTEMS)
KEYS = ("name", "code_system", "actor_system", "date_format", "delimiter", "columns", "constants")
ISO = "YYYY-MM-DD"
REPAIR = "Correct the mapping."


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which columns to read and how; `columns` and `constants` are keyed by acts column."""

    name: str
    code_system: str
    columns: dict[str, str]
    constants: dict[str, str] = field(default_factory=dict)
    actor_system: str = OWN
    date_format: str = ISO
    delimiter: str = ","


def fields() -> tuple[str, ...]:
    """The acts columns that a mapping may fill."""
    return tuple(name for name in load("acts").names if name not in MADE)


def read(path: Path) -> Mapping:
    """The mapping in a file. Raises CorruptFile, which names the field that is wrong."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        found = f"no readable YAML ({type(error).__name__})"
        todo = f"Write a mapping with the fields {', '.join(KEYS[:2])} and columns."
        raise CorruptFile(str(path), found, "a mapping", todo) from error
    if not isinstance(raw, dict):
        raise _wrong(path, "no fields", f"a mapping with the fields {', '.join(KEYS)}")
    _known(path, "field", raw, KEYS)
    columns, constants = _texts(path, raw, "columns"), _texts(path, raw, "constants")
    for name in ("columns", "constants"):
        _known(path, f"field {name}.", raw.get(name) or {}, fields())
    for name in REQUIRED:
        if name not in columns and name not in constants:
            raise _wrong(path, f"no field columns.{name}", "the column that holds it")
    if both := set(columns) & set(constants):
        raise _wrong(path, f"{min(both)!r} under columns and constants", "it under one of them")
    return Mapping(
        name=_name(path, raw),
        code_system=_choice(path, raw, "code_system", kinds.SYSTEMS),
        columns=columns,
        constants=constants,
        actor_system=_choice(path, raw, "actor_system", ACTOR_SYSTEMS, OWN),
        date_format=_date_format(path, str(raw.get("date_format", ISO))),
        delimiter=_delimiter(path, raw.get("delimiter", ",")),
    )


def _known(path: Path, what: str, given: Iterable[Any], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1)
            expected = f"{near[0]!r}" if near else f"one of {', '.join(known)}"
            raise _wrong(path, f"{what}{' ' if what == 'field' else ''}{name!r}", expected)


def _texts(path: Path, raw: dict[str, Any], name: str) -> dict[str, str]:
    value = raw.get(name) or {}
    if not isinstance(value, dict):
        raise _wrong(path, f"field {name} {value!r}", "a mapping of names")
    for key, text in value.items():
        if not isinstance(text, str) or not text:
            raise _wrong(
                path, f"field {name}.{key} {text!r}", "text, in quotes if YAML reads it as no text"
            )
    return {str(key): text for key, text in value.items()}


def _name(path: Path, raw: dict[str, Any]) -> str:
    name = raw.get("name")
    if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9_-]+", name):
        raise _wrong(path, f"field name {name!r}", "a short name of a-z, 0-9, _ and -")
    return name


def _choice(
    path: Path, raw: dict[str, Any], name: str, known: tuple[str, ...], default: str | None = None
) -> str:
    value = raw.get(name, default)
    if value not in known:
        raise _wrong(path, f"field {name} {value!r}", f"one of {', '.join(known)}")
    return str(value)


def _date_format(path: Path, text: str) -> str:
    if sorted(re.findall("YYYY|MM|DD", text)) != ["DD", "MM", "YYYY"]:
        expected = "YYYY, MM and DD once each, as in DD/MM/YYYY"
        raise _wrong(path, f"field date_format {text!r}", expected)
    return text


def _delimiter(path: Path, text: Any) -> str:
    if not isinstance(text, str) or len(text) != 1:
        raise _wrong(path, f"field delimiter {text!r}", 'one character, as in ";" or "\\t"')
    return text


def _wrong(path: Path, found: str, expected: str) -> CorruptFile:
    return CorruptFile(str(path), found, expected, REPAIR)
