"""The whole question about two actors, as one self-contained page and its JSON twin."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from realpolitik.api._lock import lock as locked
from realpolitik.api._material import gather
from realpolitik.api._question import Names, ask, chosen
from realpolitik.api._record import record
from realpolitik.api._write import write_all
from realpolitik.errors import OutputError
from realpolitik.findings import Finding
from realpolitik.vocab.actors import actor


@dataclass(frozen=True, slots=True)
class Dossier:
    """What was written: the page, its JSON twin, the answer in words, and every finding."""

    html: Path
    json: Path
    answer: tuple[str, ...]
    findings: tuple[Finding, ...]
    messages: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        return self.html.read_text(encoding="utf-8")


def dossier(
    a: str,
    b: str,
    *,
    output: str | Path | None = None,
    start: str | None = None,
    end: str | None = None,
    source: Names = None,
    map: str = "realpolitik",
    lake: str | None = None,
    seed: int = 0,
) -> Dossier:
    """Write the dossier of two actors: an HTML page that needs no network, and its JSON twin.

    `output` is the page's path; the twin lies beside it with the ending
    .json. Without it both are named after the actors, in the current folder.
    The twin holds a lock (question, seed, versions, digests of every input)
    from which `rebuild` writes the same page again.

    Raises:
        UsageError: an actor, date, source or map that cannot be used.
        NotInRecord: the record holds nothing on the two; nothing is written.
        OutputError: the files cannot be written; nothing is left behind.
    """
    from realpolitik.reports.html import render
    from realpolitik.reports.lead import lead
    from realpolitik.reports.twin import twin

    question = ask(a, b, start=start, end=end, map=map, seed=seed)
    page = Path(output) if output is not None else Path(f"{_slug(question.a, question.b)}.html")
    if page.exists() and not page.is_file():
        raise OutputError(f"Cannot write {page}: it is no file. Name a file that ends in .html.")
    if page.suffix != ".html":
        page = page.with_name(page.name + ".html")
    data = page.with_suffix(".json")
    opened = record(lake, map)
    spans = chosen(source, opened)
    material = gather(question, spans, opened)
    values = twin(material) | {"lock": locked(question, spans, opened, lake)}
    text = json.dumps(values, ensure_ascii=False, allow_nan=False, indent=1)
    write_all({page: render(material), data: text + "\n"})
    return Dossier(page, data, lead(material), material.findings)


def _slug(*codes: str) -> str:
    """File name of a dyad: a one-word name as it is, else the code (usa-iran)."""
    names = (actor(code).name for code in codes)
    words = [name if " " not in name else code for name, code in zip(names, codes, strict=True)]
    return "-".join(re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-") for word in words)
