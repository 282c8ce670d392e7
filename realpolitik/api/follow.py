"""What was promised, threatened, offered or demanded, and was it done?"""

from __future__ import annotations

from collections.abc import Sequence

from realpolitik.api._question import Names, ask, chosen
from realpolitik.api._record import record
from realpolitik.api.result import Result
from realpolitik.measures._question import SourceSpan
from realpolitik.measures.follow import follow as measure


def follow(
    a: str,
    b: str,
    *,
    start: str | None = None,
    end: str | None = None,
    source: Names = None,
    map: str = "realpolitik",
    lake: str | None = None,
    seed: int = 0,
) -> Result:
    """Announced acts matched to deeds by the fulfilment table, against a base rate.

    Unit: acts, shares of announcements and of days, their ratio, a hazard
    ratio, the probability of a placebo, and a skill, within 30, 90 and 365
    days. Announcements still open at the record's end are censored. Cases are
    chosen, so a share describes them and no others. A sample is read where its
    single acts are in the lake; sums by month cannot show what followed what.

    Raises:
        UsageError: an actor, date or source that cannot be used.
        CorruptFile: a bundled file is damaged.
    """
    question = ask(a, b, start=start, end=end, map=map, seed=seed)
    opened = record(lake, map)
    spans = chosen(source, opened)
    findings = measure(opened.acts, question, spans)
    asked = {"start": start, "end": end, "lake": lake, "map": map}
    return Result("follow", question.a, question.b, tuple(findings), _remarks(spans), asked=asked)


def _remarks(spans: Sequence[SourceSpan]) -> tuple[str, ...]:
    """Which samples cannot be followed, and what to do."""
    return tuple(
        f"{span.name} ships as sums by month, which do not show what followed what; `realpolitik "
        f"ingest {span.name}` its acts to have them followed."
        for span in spans
        if span.role == "sample" and not span.listed
    )
