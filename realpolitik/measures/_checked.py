"""What a person found who read acts again: how far the coding holds, and the gap set right by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from realpolitik.constants import DRAWS, GATE_LABELS
from realpolitik.findings import Finding
from realpolitik.measures._measure import Sheet, Statistic
from realpolitik.measures._question import SourceSpan
from realpolitik.measures._reading import Reading
from realpolitik.schema.labelled import Labelled
from realpolitik.stats.arrays import Floats, around, floats, stream
from realpolitik.stats.audit import Confusion, confusion_of, corrected_gap
from realpolitik.stats.share import share
from realpolitik.vocab.kinds import KINDS, MAPS, place

NO_ACT = "none"
TRUE = (*KINDS, NO_ACT)
WORD, DEED = KINDS.index("word"), KINDS.index("deed")
NONE_READ = "Labelled by hand: no act, so how often the coding is right is not known here."
OTHER_MAP = (
    f"The labels tell words, contacts and deeds apart as the map {MAPS[0]} does: under another "
    "they correct nothing."
)
STATISTICS = (
    Statistic(
        "words_as_deeds",
        "share of words",
        "Share of true words that are filed as deeds: Dirichlet rows of the confusion matrix of "
        "labelled acts, weighted by the acts coded as each.",
    ),
    Statistic(
        "gap_z_corrected",
        "reference SD",
        "gap_z with that share of words taken out of the deeds, of the dyad and of the "
        "reference; interval from draws of the share and of both tones.",
    ),
)
CORRECTED = tuple(one.name for one in STATISTICS)


def counts(labels: Sequence[Labelled]) -> Floats:
    """Labelled acts by coded kind (rows) and true kind (columns: those and no act)."""
    coded = [place(one.code_system, one.code).kind for one in labels]
    return confusion_of(coded, [one.kind for one in labels], TRUE)


def sentence(labels: Sequence[Labelled]) -> str:
    """How many acts of a source were labelled by hand, and how many of each kind were coded right."""
    if not labels:
        return NONE_READ
    found = counts(labels)
    told = [
        _told(kind, found[i, i], found[i].sum()) for i, kind in enumerate(KINDS) if found[i].sum()
    ]
    many = "1 act" if len(labels) == 1 else f"{len(labels)} acts"
    return f"Labelled by hand: {many}; of those coded as {', '.join(told)} were labelled so."


def _told(kind: str, right: float, whole: float) -> str:
    text = f"{kind}s {int(right)} of {int(whole)}"
    if whole < GATE_LABELS:
        return text
    low, high = share(right, whole).interval
    return f"{text} ({low:.0%} to {high:.0%})"


def correct(
    sheet: Sheet, reading: Reading, labelled: Floats, coded: Sequence[float]
) -> Iterator[Finding]:
    """The share of words filed as deeds, and the gap without it.

    `labelled` as from `counts`; `coded` how many acts there are coded as words
    and as deeds. Fewer than ten labelled acts of either are "too thin".
    """
    rows = labelled[[WORD, DEED]]
    words, deeds = rows.sum(axis=1)
    n = int(words + deeds)
    if min(words, deeds) < GATE_LABELS:
        why = (
            f"{int(words)} labelled words and {int(deeds)} labelled deeds; at least "
            f"{GATE_LABELS} of each are needed."
        )
        yield from (sheet.missing(name, "too thin", why, n=n) for name in CORRECTED)
        return
    confusion = Confusion(rows, floats(coded))
    leak = around(floats(confusion.point()), confusion.leakage(DRAWS, stream(reading.seed, 3)))
    yield sheet.ok(CORRECTED[0], float(leak.point), (float(leak.lower), float(leak.upper)), n=n)
    if reading.gap is None:
        yield sheet.missing(CORRECTED[1], reading.status, reading.missing, n=reading.n)
        return
    held = (reading.held.words, reading.held.deeds)
    gap = corrected_gap(reading.sums["word"], reading.sums["deed"], held, confusion, reading.seed)
    ends = float(gap.lower[0]), float(gap.upper[0])
    yield sheet.ok(CORRECTED[1], float(gap.point[0]), ends, n=reading.n)


def corrected(sheet: Sheet, reading: Reading, source: SourceSpan) -> Iterator[Finding]:
    """`correct` by all labels of the source, where it has any."""
    if not source.labels:
        return
    if reading.map != MAPS[0]:
        yield from (sheet.missing(name, "cannot tell", OTHER_MAP) for name in CORRECTED)
        return
    coded = [reading.acts["word"], reading.acts["deed"]]
    note = (f"By {len(source.labels)} labelled acts of the source, of whichever dyad.",)
    sheet = replace(sheet, notes=(*note, *sheet.notes))
    if not np.sum(coded):
        yield from (sheet.missing(name, reading.status, reading.missing) for name in CORRECTED)
        return
    yield from correct(sheet, reading, counts(source.labels), coded)
