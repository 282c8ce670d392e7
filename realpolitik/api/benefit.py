"""Do one actor's deeds towards third parties suit the other?"""

from __future__ import annotations

from realpolitik.api._question import Names, ask, chosen
from realpolitik.api._record import record
from realpolitik.api.result import Result
from realpolitik.measures.benefit import benefit as measure


def benefit(
    a: str,
    b: str,
    *,
    start: str | None = None,
    end: str | None = None,
    by: str | None = None,
    source: Names = None,
    sponsor: bool = False,
    map: str = "realpolitik",
    lake: str | None = None,
    seed: int = 0,
) -> Result:
    """How far each actor's deeds towards third parties suit the other, and which third parties matter.

    `by` is month, quarter or year. With `sponsor`, deeds of groups that an
    actor is said to have sponsored at the time count as its own. Unit: shares
    from -1 to 1, a rank and a probability. That deeds suit somebody does not
    say they were done for its sake.

    Raises:
        UsageError: an actor, date, source or map that cannot be used.
        CorruptFile: a bundled file is damaged.
    """
    question = ask(a, b, start=start, end=end, by=by, map=map, seed=seed)
    opened = record(lake, map)
    findings = measure(opened.tallies, opened.acts, question, chosen(source, opened), sponsor)
    asked = {"start": start, "end": end, "lake": lake, "map": map}
    return Result("benefit", question.a, question.b, tuple(findings), asked=asked)
