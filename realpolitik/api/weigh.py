"""Which reading of the relation does the record support, and what can it not tell?"""

from __future__ import annotations

from realpolitik.api._question import Names, ask, chosen
from realpolitik.api._record import record
from realpolitik.api.result import Result
from realpolitik.measures._cautions import of_record
from realpolitik.measures.weigh import weigh as measure


def weigh(
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
    """Six readings of a relation, each with prior, posterior, Bayes factor and every setting tried.

    Open enmity, staged enmity, issue-specific dealing, patron and client, open
    friendship, none of these. Unit: probabilities and ratios, one set a source.
    A reading is named only if it leads each rival by 3 in nearly all settings;
    else the record is undecided, and the notes say what would decide.
    `warnings` name deeds on record that a sample is likely to miss, and breaks of its coverage.

    Raises:
        UsageError: an actor, date, source or map that cannot be used.
        CorruptFile: a bundled file is damaged.
    """
    question = ask(a, b, start=start, end=end, by=by, map=map, seed=seed)
    opened = record(lake, map)
    spans = chosen(source, opened)
    findings = measure(opened.acts, opened.tallies, question, spans)
    asked = {"start": start, "end": end, "lake": lake, "map": map}
    warned = of_record(opened.tallies, opened.acts, question, spans, question.directions())
    return Result("weigh", question.a, question.b, tuple(findings), asked=asked, warnings=warned)
