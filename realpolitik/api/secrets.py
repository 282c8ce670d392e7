"""What was hidden and for how long; what the record looked like as known on a day."""

from __future__ import annotations

from realpolitik.api._accounts import accounts
from realpolitik.api._question import Names, ask, chosen
from realpolitik.api._record import record
from realpolitik.api.result import Result
from realpolitik.measures.secrets import secrets as measure
from realpolitik.vocab.calendar import parse_date


def secrets(
    a: str,
    b: str,
    *,
    start: str | None = None,
    end: str | None = None,
    by: str | None = None,
    source: Names = None,
    as_of: str | None = None,
    map: str = "realpolitik",
    lake: str | None = None,
    seed: int = 0,
) -> Result:
    """Hidden against open acts, disclosure lags and hindsight, from casebooks.

    `as_of` is the ISO day on which the record is looked at; without it each
    period is looked at on its last day. Unit: counts of acts and persons, days, and
    log-odds over cases. Cases are chosen, so no number here is a rate.

    Raises:
        UsageError: an actor, date or source that cannot be used.
        CorruptFile: a bundled file is damaged.
    """
    question = ask(a, b, start=start, end=end, by=by, map=map, seed=seed)
    day = parse_date(as_of, end=True) if as_of else None
    opened = record(lake, map)
    findings = measure(opened.acts, question, chosen(source, opened), day, accounts())
    asked = {"start": start, "end": end, "lake": lake, "as_of": as_of, "map": map}
    return Result("secrets", question.a, question.b, tuple(findings), asked=asked)
