"""How often is the coding right? Random acts to label by hand, and what the labels say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ibis.expr.types import Table

from realpolitik.constants import GATE_LABELS
from realpolitik.findings import Finding
from realpolitik.measures._checked import STATISTICS, TRUE, correct
from realpolitik.measures._measure import Measure, Sheet, Statistic
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures._reading import readings
from realpolitik.measures._reference import Counts
from realpolitik.measures.acts import Filters, acts
from realpolitik.stats.arrays import stream_key
from realpolitik.stats.audit import confusion_of
from realpolitik.stats.share import share
from realpolitik.vocab.kinds import KINDS

BOTH = "Labels of both directions together: one coder filed them."

MEASURE = Measure(
    name="audit",
    sentence="How often is the coding right, and what is the gap once its errors are undone?",
    table="acts",
    statistics=(
        *(
            Statistic(
                f"precision_{kind}",
                "share of acts",
                f"Share of the labelled acts coded as {kind}s that the labeller calls {kind}s; "
                "Jeffreys interval.",
            )
            for kind in KINDS
        ),
        Statistic(
            "precision_side",
            "share of acts",
            "Share of the labelled acts whose side (cooperation, conflict, neutral) the labeller "
            "gives as well; Jeffreys interval.",
        ),
        *STATISTICS,
    ),
    references=(),
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says an act truly was; `side` is "" where it was not judged."""

    act_id: str
    kind: str
    side: str


def drawn(table: Table, question: Question, source: SourceSpan, size: int) -> list[dict[str, Any]]:
    """Random acts of a source between the two actors, as many of each kind as there are.

    Deeds are few and decide the gap: an even share of each kind shows more of
    them than chance would. The same seed draws the same acts, whatever their order.
    """
    rows = acts(table, question, Filters()).filter(lambda t: t.source == source.name)
    listed = rows.select("act_id", "kind").to_pyarrow().to_pylist()
    order = sorted(listed, key=lambda row: stream_key(row["act_id"], str(question.seed)))
    ranks: dict[str, int] = dict.fromkeys(KINDS, 0)
    placed = []
    for row in order:
        placed.append((ranks[row["kind"]], row["act_id"]))
        ranks[row["kind"]] += 1
    chosen = [act_id for _, act_id in sorted(placed)[:size]]
    found: list[dict[str, Any]] = rows.filter(rows.act_id.isin(chosen)).to_pyarrow().to_pylist()
    return sorted(found, key=lambda row: (row["date"], row["act_id"]))


def audit(
    table: Table,
    tallies: Table,
    question: Question,
    sources: Sequence[SourceSpan],
    labels: Sequence[Label],
) -> list[Finding]:
    """What labels say of the coding, for each source with labelled acts, both directions.

    Unit: shares, and reference SDs. Casebooks get no gap. Fewer than ten
    labelled acts of a kind are "too thin".
    """
    given = {label.act_id: label for label in labels}
    rows = acts(table, question, Filters())
    rows = rows.filter(rows.act_id.isin(list(given))).select("act_id", "source", "kind", "side")
    known = rows.to_pyarrow().to_pylist()
    return [
        finding
        for source in sources
        for finding in _of_source(table, tallies, question, source, given, known)
    ]


def _of_source(
    table: Table,
    tallies: Table,
    question: Question,
    source: SourceSpan,
    given: dict[str, Label],
    known: list[dict[str, Any]],
) -> Iterator[Finding]:
    mine = [(row, given[row["act_id"]]) for row in known if row["source"] == source.name]
    if not mine or not question.periods(source):
        return
    counts = confusion_of([row["kind"] for row, _ in mine], [label.kind for _, label in mine], TRUE)
    period = question.asked(source)
    for ends in question.directions():
        sheet = Sheet(MEASURE, *ends, period, source.name, question.map, notes=(BOTH,))
        yield from _precision(sheet, counts, mine)
        if source.role == "sample":
            by = counts, _coded(table, question, source)
            yield from _corrected(sheet, tallies, question, source, by)


def _precision(
    sheet: Sheet, counts: Any, mine: Sequence[tuple[dict[str, Any], Label]]
) -> Iterator[Finding]:
    for i, kind in enumerate(KINDS):
        told = ", ".join(f"{int(n)} {true}" for true, n in zip(TRUE, counts[i], strict=True) if n)
        row = f"Coded {kind}, labelled: {told or 'none'}."
        yield _share(sheet, f"precision_{kind}", counts[i, i], counts[i].sum(), row)
    judged = [(row["side"], label.side) for row, label in mine if label.side]
    right = sum(coded == true for coded, true in judged)
    yield _share(sheet, "precision_side", right, len(judged), f"{len(judged)} sides were judged.")


def _share(sheet: Sheet, name: str, part: float, whole: float, note: str) -> Finding:
    if whole < GATE_LABELS:
        why = f"{int(whole)} labelled acts; at least {GATE_LABELS} are needed."
        return sheet.missing(name, "too thin", why, n=int(whole))
    found = share(part, whole)
    return sheet.ok(name, found.estimate, found.interval, n=int(whole), notes=(note,))


def _coded(table: Table, question: Question, source: SourceSpan) -> list[float]:
    """How many acts the source holds between the two that are coded as words, and as deeds."""
    rows = acts(table, question, Filters()).filter(lambda t: t.source == source.name)
    made = rows.group_by("kind").aggregate(n=rows.n.sum()).to_pyarrow().to_pylist()
    total = {row["kind"]: float(row["n"]) for row in made}
    return [total.get("word", 0.0), total.get("deed", 0.0)]


def _corrected(
    sheet: Sheet, tallies: Table, question: Question, source: SourceSpan, by: tuple[Any, Any]
) -> Iterator[Finding]:
    held = Counts(tallies, question, source, [question.map])
    [reading] = [
        one
        for one in readings(held, question, source, question.map)
        if (one.actor, one.target) == (sheet.actor, sheet.target)
    ]
    yield from correct(sheet, reading, *by)
