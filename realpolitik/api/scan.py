"""Every dyad of the record, ranked: where do words and deeds part most?"""

from __future__ import annotations

from typing import Any

from realpolitik.api._question import Names, ask_all, chosen
from realpolitik.api._record import record
from realpolitik.api.result import Ranking
from realpolitik.errors import UsageError
from realpolitik.measures._cautions import of_record
from realpolitik.measures.scan import Place
from realpolitik.measures.scan import scan as measure


def scan(
    *,
    start: str | None = None,
    end: str | None = None,
    by: str | None = None,
    top: int | None = None,
    source: Names = None,
    map: str = "realpolitik",
    contacts: str = "apart",
    lake: str | None = None,
    seed: int = 0,
) -> Ranking:
    """Every directed dyad of each source by the size of its gap, one row each and period.

    Ranked by the shrunk gap, so that the chance in few acts does not lead.
    Unit: reference SDs; `surprise_q` is the false discovery rate over all rows
    of the source. Rows without a score come last, their numbers null, with what
    they lack. `top` keeps so many ranked rows a source and none without a
    score. Numbers of a dyad are those that `gap` gives. Casebooks never enter.
    `warnings` name deeds on record that a sample is likely to miss for a ranked
    dyad, and breaks of its coverage.

    Raises:
        UsageError: a date, source, map or number of rows that cannot be used.
        CorruptFile: a bundled file or the lake is damaged.
    """
    if top is not None and top < 1:
        raise UsageError(f"top is {top}: give 1 or more, or leave it out for all.")
    question = ask_all(start=start, end=end, by=by, map=map, contacts=contacts, seed=seed)
    opened = record(lake)
    spans = chosen(source, opened)
    if source is not None and all(span.role != "sample" for span in spans):
        raise UsageError("A scan needs a sample: casebooks are cases and are not ranked.")
    found = measure(opened.tallies, question, spans)
    shown = [one for one in found if top is None or (one.rank is not None and one.rank <= top)]
    findings = tuple(finding for one in shown for finding in one.findings)
    ranked = dict.fromkeys(_ends(one) for one in shown if one.rank is not None)
    warned = of_record(opened.tallies, opened.acts, question, spans, ranked)
    return Ranking("scan", [_row(one) for one in shown], _remarks(found, shown), findings, warned)


def _ends(place: Place) -> tuple[str, str]:
    return place.findings[0].actor, place.findings[0].target


def _row(place: Place) -> dict[str, Any]:
    first = place.findings[0]
    values: dict[str, Any] = {
        "rank": place.rank,
        "actor": first.actor,
        "target": first.target,
        "start": first.start,
        "end": first.end,
        "source": first.sources[0],
        "map": first.map,
    }
    numbers = {finding.statistic: finding for finding in place.findings}
    for name in ("gap_z", "gap_z_shrunk", "surprise"):
        one = numbers.get(name)
        for key, end in (
            (name, "estimate"),
            (f"{name}_lower", "lower"),
            (f"{name}_upper", "upper"),
        ):
            values[key] = getattr(one, end) if one else None
    q = numbers.get("surprise_q")
    return values | {
        "surprise_q": q.estimate if q else None,
        "tier": place.tier,
        "status": place.status,
        "said": place.said,
        "words": place.words,
        "deeds": place.deeds,
        "acts": first.acts,
    }


def _remarks(found: list[Place], shown: list[Place]) -> tuple[str, ...]:
    """How many rows have a score and how many stand out, whatever is shown of them."""
    if not found:
        return ("No source at hand samples acts in this span.",)
    scored = [one for one in found if one.rank is not None]
    tiers = [one.tier for one in scored]
    left = f"; {len(found) - len(shown)} are not shown" if len(shown) < len(found) else ""
    return (
        f"{len(found)} rows, {len(scored)} with a score{left}. The sign of the gap is sure in "
        f"{sum(tier is not None for tier in tiers)}; {tiers.count('unusual')} are unusual for "
        "how they talk, at a false discovery rate of 5 %.",
    )
