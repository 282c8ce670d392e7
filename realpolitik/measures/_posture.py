"""Monthly counts of a dyad made ready for the latent model, and what its draws say of a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from ibis.expr.types import Table
from numpy.typing import NDArray

from realpolitik.constants import GATE_MONTHS
from realpolitik.findings.finding import Status
from realpolitik.measures import _tallied as tallied
from realpolitik.measures._cases import cases
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures._reading import ABSENT
from realpolitik.measures._reference import Counts as ReferenceCounts
from realpolitik.measures._tallied import Tallied
from realpolitik.stats.anchor import anchor
from realpolitik.stats.labels import gate
from realpolitik.stats.latent_model import Anchor
from realpolitik.stats.tone import Sums, tone
from realpolitik.vocab.calendar import Period

Months = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class Path:
    """One directed dyad by month: sums of words and of deeds, one element a month."""

    actor: str
    target: str
    words: Sums
    deeds: Sums

    def thin(self) -> tuple[Status, str] | None:
        """Why no path can be fitted to it; None where it can."""
        words, deeds = self.words.sum(), self.deeds.sum()
        if not words.n + deeds.n:
            return "not covered", ABSENT
        why = gate(words, deeds)
        active = int(np.sum(self.words.n + self.deeds.n > 0))
        if why is None and active < GATE_MONTHS:
            why = f"Acts in {active} months; at least {GATE_MONTHS} are needed."
        return None if why is None else ("too thin", why)

    def acts(self, inside: NDArray[np.bool_]) -> int:
        """Words and deeds in some months."""
        return int(self.words.n[inside].sum() + self.deeds.n[inside].sum())


def months_of(window: tuple[date, date]) -> Months:
    """First days of the months that a window touches."""
    first, last = (np.datetime64(day, "M") for day in window)
    return np.arange(first, last + 1).astype("M8[D]")


def inside(months: Months, period: Period) -> NDArray[np.bool_]:
    """Which months a period touches."""
    first, last = (np.datetime64(day, "M") for day in (period.start, period.end))
    at = months.astype("M8[M]")
    return np.asarray((at >= first) & (at <= last))


def paths_of(
    tallies: Table, question: Question, source: SourceSpan, window: tuple[date, date]
) -> tuple[Months, list[Path]]:
    """Both directions by month, in the order of the question."""
    rows = tallied.months(tallies, source.name, [question.map], window)
    own = tallied.summed(tallied.of_dyads(rows, question.directions()), "month")
    months = months_of(window)
    return months, [_path(own, months, *ends) for ends in question.directions()]


def _path(own: Tallied, months: Months, actor: str, target: str) -> Path:
    found = own.pick((own.actors == actor) & (own.targets == target))
    place = np.searchsorted(months, found.starts)

    def laid(sums: Sums) -> Sums:
        columns = []
        for name in tallied.COLUMNS:
            column = np.zeros(len(months))
            column[place] = getattr(sums, name)
            columns.append(column)
        return Sums(*columns)

    return Path(actor, target, laid(found.sums["word"]), laid(found.sums["deed"]))


def with_secrets(
    path: Path, months: Months, acts: Table, books: Sequence[SourceSpan]
) -> tuple[Path, int]:
    """The path with the secret deeds of casebooks added in the month they happened, and how many."""
    found = [
        case
        for book in books
        for case in cases(acts, book.name, path.actor, path.target)
        if case.secret and case.kind == "deed" and case.side != "neutral"
    ]
    added: dict[str, Any] = {name: np.zeros(len(months)) for name in ("n", "c")}
    at = months.astype("M8[M]")
    known = 0
    for case in found:
        where = np.flatnonzero(at == np.datetime64(case.placed, "M"))
        added["n"][where] += 1
        added["c"][where] += case.side == "cooperation"
        known += len(where)
    n, c = added["n"], added["c"]
    # Each is a cluster of its own month: one act, so that its squares are itself.
    return Path(path.actor, path.target, path.words, path.deeds + Sums(n, c, n, c, c, n)), known


def anchored(
    tallies: Table, question: Question, source: SourceSpan, paths: Sequence[Path]
) -> tuple[Anchor, str]:
    """Where the levels are held, and the sentence that says why they are not, empty where they are."""
    whole = replace(question, by=None)
    counts = ReferenceCounts(tallies, whole, source, [question.map])
    held = counts.held(question.map, whole.periods(source)[0])
    if held.reference.missing is None:
        return anchor(held.words, held.deeds, question.seed), ""
    words, deeds = (
        (getattr(paths[0], kind) + getattr(paths[1], kind)).sum() for kind in ("words", "deeds")
    )
    levels = [float(np.nan_to_num(tone(sums, 1.0))) for sums in (deeds, words)]
    return Anchor.alone(*levels), held.reference.missing
