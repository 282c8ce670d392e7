"""One directed dyad and period read against its reference: everything a gap finding is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from realpolitik.constants import TALLY_ACTS
from realpolitik.findings.finding import Status
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures._reference import Counts, Held
from realpolitik.measures._tallied import Tallied
from realpolitik.stats.arrays import stream_key
from realpolitik.stats.gap import Gap, joined, say_do_gap
from realpolitik.stats.labels import gate, labels
from realpolitik.stats.leakage import tipping_leakage
from realpolitik.stats.tone import Sums
from realpolitik.vocab.calendar import Period

ABSENT = (
    f"The source holds no act in this direction and span; a directed dyad with fewer than "
    f"{TALLY_ACTS} acts in all is left out of its tallies."
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found; `gap` is None where `status` says why there is none.

    `sums` holds the cluster sums by kind, in one element; `acts` all acts by
    kind, neutral ones included. `missing` is the sentence that goes with a
    status other than "ok".
    """

    map: str
    actor: str
    target: str
    period: Period
    sums: dict[str, Sums]
    acts: dict[str, float]
    gap: Gap | None
    status: Status
    missing: str
    held: Held

    @property
    def n(self) -> int:
        """Non-neutral words and deeds."""
        return int(self.sums["word"].n[0] + self.sums["deed"].n[0])

    @property
    def n_effective(self) -> float | None:
        """Independent words and deeds they are worth; None where the gap is not known."""
        if self.gap is None:
            return None
        words = self.sums["word"].n / self.gap.design_words
        deeds = self.sums["deed"].n / self.gap.design_deeds
        return float(words[0] + deeds[0])

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks that the reference set calls for."""
        return self.held.notes

    def tipping(self) -> tuple[float, str]:
        """The smallest leakage that tips the gap, and what happens there."""
        found = tipping_leakage(
            self.sums["word"], self.sums["deed"], self.held.words, self.held.deeds
        )
        return float(found.leakage[0]), str(found.what[0])


def readings(counts: Counts, question: Question, source: SourceSpan, map: str) -> Iterator[Reading]:
    """Readings of both directions under one map, period by period."""
    for ends in question.directions():
        for period in question.periods(source):
            own = counts.own(map, ends, period)
            yield _reading(question.seed, map, ends, period, own, counts.held(map, period))


def labelled(found: Iterable[Reading]) -> list[tuple[Reading, str]]:
    """Readings with the sentence of their label; the false discovery rate is held over all of them."""
    read = list(found)
    scored = [reading.gap for reading in read if reading.gap is not None]
    sentences = iter(label.sentence for label in labels(joined(scored))) if scored else iter(())
    return [(reading, next(sentences) if reading.gap is not None else "") for reading in read]


def _reading(
    seed: int, map: str, ends: tuple[str, str], period: Period, own: Tallied, held: Held
) -> Reading:
    sums, acts = own.total()
    found: Gap | None = None
    status: Status = "ok"
    missing = gate(sums["word"][0], sums["deed"][0])
    if not any(acts.values()):
        status, missing = "not covered", ABSENT
    elif missing is not None:
        status = "too thin"
    elif (missing := held.reference.missing) is not None:
        status = "cannot tell"
    else:
        # The same stream for both directions: exchanging the actors mirrors the draws as well.
        key = stream_key(period.start.isoformat(), period.end.isoformat())
        found = say_do_gap(sums["word"], sums["deed"], [key], held.reference, seed)
    return Reading(map, *ends, period, sums, acts, found, status, missing or "", held)
