"""BibTeX of a source, a measure, realpolitik itself, or everything a dossier used."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from realpolitik import __version__
from realpolitik.errors import CorruptFile, UnknownName
from realpolitik.findings import Finding
from realpolitik.measures import get as measure
from realpolitik.measures import names as measure_names
from realpolitik.sources import card
from realpolitik.sources import names as source_names
from realpolitik.sources.card import bibtex
from realpolitik.vocab.references import entry

SELF = "realpolitik"
WHERE = "`realpolitik sources` and `realpolitik measures` list what can be cited."


def cite(name: str = SELF) -> str:
    """BibTeX entries for a source, a measure, realpolitik itself, or a dossier's JSON file.

    Entries come in alphabetical order of their keys and are separated by a
    blank line.

    Raises:
        UnknownName: no source, measure or file has this name.
        CorruptFile: the file is no JSON twin of a dossier.
    """
    if name == SELF:
        return software()
    if name in source_names():
        return bibtex(card(name))
    if name in measure_names():
        return joined(entry(key) for key in measure(name).references) or software()
    if Path(name).suffix in {".json", ".html"}:
        return _of_dossier(Path(name).with_suffix(".json"))
    known = (SELF, *source_names(), *measure_names())
    raise UnknownName("source, measure or dossier", name, known, WHERE)


def cite_findings(findings: Iterable[Finding]) -> str:
    """BibTeX of realpolitik and of the sources and methods behind some findings."""
    found = list(findings)
    used_sources = {name for finding in found for name in finding.sources}
    used_measures = {finding.measure for finding in found}
    return _of_names(used_sources, used_measures)


def software() -> str:
    """The entry for realpolitik itself, with the version that is installed."""
    return (
        "@software{realpolitik,\n"
        "  author = {{The realpolitik contributors}},\n"
        "  title = {realpolitik: words held against deeds between states},\n"
        f"  version = {{{__version__}}},\n"
        "}\n"
    )


def joined(entries: Iterable[str]) -> str:
    """Entries without repeats, in order, a blank line between them."""
    return "\n".join(sorted(set(entries)))


def _of_names(used_sources: Iterable[str], used_measures: Iterable[str]) -> str:
    methods = {key for name in used_measures for key in measure(name).references}
    return joined(
        [
            software(),
            *(bibtex(card(name)) for name in used_sources),
            *(entry(key) for key in methods),
        ]
    )


def _of_dossier(path: Path) -> str:
    try:
        twin: Any = json.loads(path.read_text(encoding="utf-8"))
        findings = twin["findings"]
        return _of_names(
            {name for finding in findings for name in finding["sources"]},
            {finding["measure"] for finding in findings},
        )
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise CorruptFile(
            str(path),
            f"no readable dossier ({type(error).__name__})",
            "the JSON twin that `realpolitik dossier` wrote beside its page",
            "Give the path of that file.",
        ) from error
