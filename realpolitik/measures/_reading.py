"""One directed dyad and period read against its reference: everything a gap finding is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from realpolitik.constants import TALLY_ACTS
from realpolitik.findings.finding import Status
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures._reference import Counts, Held
from realpolitik.measures._tallied import Tallied
from realpolitik.stats.arrays import Estimate, stream_key
from realpolitik.stats.gap import Gap, joined, say_do_gap
from realpolitik.stats.labels import Label, gate, labels, surprise_q
from realpolitik.stats.leakage import tipping_leakage
from realpolitik.stats.shrinkage import World, shrunk_gap
from realpolitik.stats.tone import Sums
from realpolitik.vocab.calendar import Period

ABSENT = (
    f"The source holds no act in this direction and span; a directed dyad with fewer than "
    f"{TALLY_ACTS} acts in all is left out of its tallies."
)

MORE = "Longer periods, or a longer span, hold more acts of each dyad."


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
    key: int
    seed: int

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

    def shrunk(self) -> Estimate:
        """The gap with both tones drawn towards the reference, in one element."""
        return shrunk_gap(
            self.sums["word"], self.sums["deed"], [self.key],
            World.of(self.held.words, self.held.deeds), self.held.reference, self.seed,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A reading with what may be said of it among all the rows looked at.

    `q` is the false discovery rate at which its surprise would be kept; both
    are None where there is no gap.
    """

    reading: Reading
    label: Label | None
    q: float | None


def readings(counts: Counts, question: Question, source: SourceSpan, map: str) -> Iterator[Reading]:
    """Readings of both directions under one map, period by period."""
    for ends in question.directions():
        for period in question.periods(source):
            own = counts.own(map, ends, period)
            yield read(question, map, ends, period, own, counts.held(map, period))


def labelled(found: Iterable[Reading]) -> list[Said]:
    """Readings with their labels; the false discovery rate is held over all of them."""
    read = list(found)
    scored = [reading.gap for reading in read if reading.gap is not None]
    if not scored:
        return [Said(reading, None, None) for reading in read]
    rows = joined(scored)
    told = iter(zip(labels(rows), surprise_q(rows).tolist(), strict=True))
    return [
        Said(reading, *(next(told) if reading.gap is not None else (None, None)))
        for reading in read
    ]


def read(
    question: Question, map: str, ends: tuple[str, str], period: Period, own: Tallied, held: Held
) -> Reading:
    """One directed dyad and period held against its reference."""
    sums, acts = own.total()
    found: Gap | None = None
    status: Status = "ok"
    missing = gate(sums["word"][0], sums["deed"][0])
    # The same stream for both directions: exchanging the actors mirrors the draws as well.
    key = stream_key(period.start.isoformat(), period.end.isoformat())
    if not any(acts.values()):
        status, missing = "not covered", ABSENT
    elif missing is not None:
        status = "too thin"
    elif held.reference.missing is not None:
        status, missing = "cannot tell", f"{held.reference.missing} {MORE}"
    else:
        found = say_do_gap(sums["word"], sums["deed"], [key], held.reference, question.seed)
    return Reading(
        map, *ends, period, sums, acts, found, status, missing or "", held, key, question.seed
    )
