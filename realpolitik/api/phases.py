"""When did the relation change; when did words and deeds part?"""

from __future__ import annotations

from realpolitik.api._question import Names, ask, chosen
from realpolitik.api._record import record
from realpolitik.api.result import Result
from realpolitik.measures._cautions import of_record
from realpolitik.measures.phases import phases as measure


def phases(
    a: str,
    b: str,
    *,
    start: str | None = None,
    end: str | None = None,
    source: Names = None,
    map: str = "realpolitik",
    contacts: str = "apart",
    lake: str | None = None,
    seed: int = 0,
) -> Result:
    """Changes of level, tones by phase and divergent episodes, by source and direction.

    Months throughout. Unit: dates as decimal years with the month in a note,
    tones in log-odds. Breaks are those of words and deeds of both directions
    together. A source with acts in too few months is "too thin" and null.
    `warnings` name deeds on record that a sample is likely to miss, and breaks of its coverage.

    Raises:
        UsageError: an actor, date, source or map that cannot be used.
        CorruptFile: a bundled file is damaged.
    """
    question = ask(a, b, start=start, end=end, map=map, contacts=contacts, seed=seed)
    opened = record(lake)
    spans = chosen(source, opened)
    findings = measure(opened.tallies, question, spans)
    asked = {"start": start, "end": end, "lake": lake, "map": map}
    warned = of_record(opened.tallies, opened.acts, question, spans, question.directions())
    return Result("phases", question.a, question.b, tuple(findings), asked=asked, warnings=warned)
