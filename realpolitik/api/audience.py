"""Do they speak differently at home and abroad?"""

from __future__ import annotations

from realpolitik.api._question import Names, ask, chosen
from realpolitik.api._record import record
from realpolitik.api.result import Result
from realpolitik.measures.audience import audience as measure


def audience(
    a: str,
    b: str,
    *,
    start: str | None = None,
    end: str | None = None,
    by: str | None = None,
    source: Names = None,
    map: str = "realpolitik",
    lake: str | None = None,
    seed: int = 0,
) -> Result:
    """Tone of words at home against words abroad, inside the days that hold both.

    Unit: log-odds, below 0 harsher at home. Audiences come from a casebook's
    audience field, or from the country domain of an outlet's address where single acts
    carry one; where neither tells, "cannot tell" and null.

    Raises:
        UsageError: an actor, date, source or map that cannot be used.
        CorruptFile: a bundled file is damaged.
    """
    question = ask(a, b, start=start, end=end, by=by, map=map, seed=seed)
    opened = record(lake, map)
    findings = measure(opened.acts, question, chosen(source, opened))
    asked = {"start": start, "end": end, "lake": lake, "map": map}
    return Result("audience", question.a, question.b, tuple(findings), asked=asked)
