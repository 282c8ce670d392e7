"""Acts read in texts: the JSON Lines that `realpolitik read … -o FILE.jsonl` writes, one act a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import built, raw, repeats, shape
from realpolitik.sources.sniff import Head

SOURCE = "reading"
SYSTEM = "cameo"
START = '{"document": '
NEEDED = ("document", "coder", "start", "end", "text", "actor", "target", "code", "modality", "rule",
          "confidence")  # fmt: skip
# What is said not to have happened, or only imagined, is no act.
UNDONE = ("denied", "hypothetical")
RULES = {repeats.RULE: repeats.ABOUT}


def sniff(head: Head) -> str | None:
    """Why the file holds acts read in texts, or None."""
    if head.lines and head.lines[0].startswith(START) and '"modality": ' in head.lines[0]:
        return "JSON Lines whose first keys are document, coder"
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every line with what it becomes and `refused`: null, or why it is no act."""
    rows = raw.lines(con, shape.paths_of(paths)).to_pyarrow().to_pylist()
    return built.marked(con, SOURCE, _parts(rows), off)


def _parts(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {"line": row["line"], "raw_line": row["raw_line"], **_part(row["raw_line"])}


def _part(line: str) -> dict[str, Any]:
    if not line.strip():
        return {"wrong": "empty line"}
    try:
        act = json.loads(line)
    except ValueError:
        return {"wrong": "no JSON"}
    missing = [name for name in NEEDED if not isinstance(act, dict) or act.get(name) is None]
    return {"wrong": f"no {missing[0]}"} if missing else _act(act)


def _act(act: Mapping[str, Any]) -> dict[str, Any]:
    place = f"{act['document']}:{act['start']}"
    first = _day(act.get("date"))
    return {
        "key": f"{place}:{act['actor']}>{act['target']}:{act['code']}",
        "source_event_id": place,
        "date": first,
        "end_date": _day(act.get("end_date")) or first,
        "date_precision": act.get("date_precision"),
        "actor": act["actor"],
        "target": act["target"],
        "actor_native": act.get("actor_native"),
        "target_native": act.get("target_native"),
        "code": act["code"],
        "text": act["text"],
        "source_title": act.get("title") or act["document"],
        "source_publisher": act.get("speaker"),
        "wrong": _wrong(act),
        "note": f"{act['modality']}; confidence {act['confidence']}; {act['coder']}; {act['rule']}",
        **_spoken(act),
    }


def _wrong(act: Mapping[str, Any]) -> str | None:
    if act["modality"] in UNDONE:
        return f"{act['modality']}: no act"
    if act.get("delivered") is False and _own_word(act):
        return "a paper that was never delivered"
    return None


def _spoken(act: Mapping[str, Any]) -> dict[str, str]:
    """For whom the speaker's own words were meant; of other acts a text does not say."""
    if not _own_word(act) or act.get("publicity") is None:
        return {}
    private = act["publicity"] == "private"
    return {"secrecy": "secret", "audience": "private"} if private else {"secrecy": "public"}


def _own_word(act: Mapping[str, Any]) -> bool:
    return act.get("kind") == "word" and act.get("speaker_actor") == act["actor"]


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files; what is denied or only imagined is refused.

    A text says whom a word was meant for only where the word is its speaker's
    own: those are public or secret as the document is; of others that is null.
    """
    return shape.accepted(marked(con, paths))
