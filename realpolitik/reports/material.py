"""What a dossier is made of: everything a page shows, gathered before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from realpolitik.constants import Constant
from realpolitik.findings import Caution, Finding

# What the JSON twin of a page calls its own form.
FORMAT = "realpolitik-dossier-1"


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two actors of the page."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Month:
    """Acts of one directed dyad, kind and month in one source, under the default map."""

    source: str
    month: str
    actor: str
    target: str
    kind: str
    cooperation: int
    conflict: int
    neutral: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one directed dyad of the reference set stands; z and gap in reference SD."""

    actor: str
    target: str
    z_words: float
    z_deeds: float
    gap: float
    surprise: float
    words: int
    deeds: int


@dataclass(frozen=True, slots=True)
class Pair:
    """An announcement and the first act that the fulfilment table says carries it out."""

    announcement: str
    type: str
    deed: str | None
    days: int | None
    followed_until: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourceCard:
    """What the page says of a source."""

    name: str
    title: str
    publisher: str
    licence: str
    url: str
    role: str
    start: str
    end: str
    biases: tuple[str, ...]
    bibtex: str
    labelled: str


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a dossier shows.

    `acts` are dictionaries with the columns of the acts table (dates as ISO
    text, missing values None); `months` the tallied months of both directions;
    `standings` the whole reference set of each sample source, by source name.
    """

    a: Party
    b: Party
    start: str
    end: str
    map: str
    map_version: str
    version: str
    findings: tuple[Finding, ...]
    months: tuple[Month, ...]
    standings: dict[str, tuple[Standing, ...]]
    pairs: tuple[Pair, ...]
    acts: tuple[dict[str, Any], ...]
    sources: tuple[SourceCard, ...]
    constants: tuple[Constant, ...]
    methods_bibtex: tuple[str, ...]
    names: dict[str, str]
    command: str
    cautions: tuple[Caution, ...] = ()
