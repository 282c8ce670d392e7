"""Who answers whom, how much, who leads; was an answer smaller than its own history predicts?"""

from __future__ import annotations

from realpolitik.api._question import Names, ask, chosen
from realpolitik.api._record import record
from realpolitik.api.result import Result
from realpolitik.errors import UnknownName
from realpolitik.measures._cautions import of_record
from realpolitik.measures._series import GRAINS
from realpolitik.measures.respond import respond as measure
from realpolitik.vocab.calendar import parse_date


def respond(
    a: str,
    b: str,
    *,
    start: str | None = None,
    end: str | None = None,
    by: str = "month",
    shock: str | None = None,
    source: Names = None,
    map: str = "realpolitik",
    contacts: str = "apart",
    lake: str | None = None,
    seed: int = 0,
) -> Result:
    """Inertia, answers, lead and balance of deeds, one set of findings a direction and source.

    `by` is month, or week where a source's single acts are at hand; `shock` is
    the ISO day of one act of either side, whose answer is then held against
    what the history before it foretells. Unit: log-odds per log-odds, ratios
    and probabilities. A period without acts is missing, never 0.
    `warnings` name deeds on record that a sample is likely to miss, and breaks of its coverage.

    Raises:
        UsageError: an actor, date, period, source or map that cannot be used.
        CorruptFile: a bundled file is damaged.
    """
    if by not in GRAINS:
        raise UnknownName("period", by, GRAINS, f"--by takes one of {', '.join(GRAINS)}.")
    question = ask(a, b, start=start, end=end, map=map, contacts=contacts, seed=seed)
    day = parse_date(shock) if shock else None
    opened = record(lake, question.map)
    spans = chosen(source, opened)
    findings = measure(opened.tallies, opened.acts, question, spans, by, day)
    asked = {"start": start, "end": end, "lake": lake, "map": map}
    warned = of_record(opened.tallies, opened.acts, question, spans, question.directions())
    return Result("respond", question.a, question.b, tuple(findings), asked=asked, warnings=warned)
