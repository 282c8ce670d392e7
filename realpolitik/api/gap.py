"""Do deeds match words? Tone of words, tone of deeds, and the gap against other dyads."""

from __future__ import annotations

from realpolitik.api._question import Names, ask, chosen, divided, listed
from realpolitik.api._record import record
from realpolitik.api.result import Result
from realpolitik.measures._cautions import cautions
from realpolitik.measures.gap import gap as measure


def gap(
    a: str,
    b: str,
    *,
    start: str | None = None,
    end: str | None = None,
    by: str | None = None,
    source: Names = None,
    map: str = "realpolitik",
    contacts: str = "apart",
    lake: str | None = None,
    seed: int = 0,
) -> Result:
    """Tone of words and of deeds and the say-do gap, one set of findings a direction and source.

    Dates are ISO text (YYYY, YYYY-MM or YYYY-MM-DD), both inclusive; `by` is
    month, quarter or year. Unit: log-odds, reference SD, percentiles and
    shares; too few acts give a finding that is "too thin" and null. Sources are
    never pooled, and casebooks, being cases, never enter. `warnings` say what
    to hold against the numbers.

    Raises:
        UsageError: an actor, date, source or map that cannot be used.
        CorruptFile: a bundled file is damaged.
    """
    question = ask(a, b, start=start, end=end, by=by, map=map, contacts=contacts, seed=seed)
    opened = record(lake, question.map)
    spans = divided(chosen(source, opened), by, source)
    findings = measure(opened.sums(by), question, spans, listed(opened, spans))
    warned = cautions(findings, opened.tallies, opened.acts, question, spans)
    asked = _asked(start, end, lake)
    return Result("gap", question.a, question.b, tuple(findings), asked=asked, warnings=warned)


def _asked(start: str | None, end: str | None, lake: str | None) -> dict[str, str | None]:
    return {"start": start, "end": end, "lake": lake}
