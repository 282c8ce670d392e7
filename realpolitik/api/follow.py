"""What was promised, threatened, offered or demanded, and was it done?"""

from __future__ import annotations

from realpolitik.api._question import Names, ask, chosen
from realpolitik.api._record import record
from realpolitik.api.result import Result
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

    Unit: acts, shares of announcements and of days, and their ratio, within
    30, 90 and 365 days. Announcements still open at the record's end are
    censored. Cases are chosen, so a share describes them and no others.

    Raises:
        UsageError: an actor, date or source that cannot be used.
        CorruptFile: a bundled file is damaged.
    """
    question = ask(a, b, start=start, end=end, map=map, seed=seed)
    opened = record(lake, map)
    findings = measure(opened.acts, question, chosen(source, opened))
    asked = {"start": start, "end": end, "lake": lake, "map": map}
    return Result("follow", question.a, question.b, tuple(findings), asked=asked)
