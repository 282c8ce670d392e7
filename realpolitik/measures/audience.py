"""Do they speak differently at home and abroad?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr.types import Table

from realpolitik.constants import GATE_EVENTS
from realpolitik.findings import Finding
from realpolitik.measures._measure import Measure, Sheet, Statistic
from realpolitik.measures._question import Question, SourceSpan, not_covered
from realpolitik.measures._select import directed
from realpolitik.stats.matched import matched_difference
from realpolitik.vocab.actors import actor as known_actor
from realpolitik.vocab.outlets import home_domains

MEASURE = Measure(
    name="audience",
    sentence="Do the same speakers talk differently at home and abroad, on the same days?",
    table="acts",
    statistics=(
        Statistic("words_home", "acts", "Non-neutral words meant for home, or in outlets of the speaker's own country."),
        Statistic("words_abroad", "acts", "Non-neutral words meant for abroad, or in outlets of other countries."),
        Statistic("matched_events", "events", "Days of one speaker with words for both audiences and of both sides: only these tell."),
        Statistic(
            "audience_difference",
            "log-odds",
            "Log-odds of cooperation of words at home minus abroad inside matched events "
            "(conditional logit, events as clusters); below 0 harsher at home.",
        ),
    ),
    references=("breslow1980", "carson2018"),
)  # fmt: skip

FIELD = "Audiences are those of the casebook's field: coded by hand, cases and not a sample."
OUTLETS = (
    "An outlet's country is read off the country domain of its address; outlets under com, org and "
    "the like are left out, and a home outlet may write for readers abroad."
)
NEEDED = (
    "What would tell: words of one actor on one day, some for home and some for abroad, by a "
    "casebook's audience field or by outlets under country domains (such as GDELT in a lake)."
)
TALLIED = "The source ships as monthly tallies, which do not say where a word was printed."
ONE_WAY = "In every matched event the words fall as far one way as they can, so no finite difference fits."


def audience(acts: Table, question: Question, sources: Sequence[SourceSpan]) -> list[Finding]:
    """Words at home against words abroad, inside the days that hold both, for both directions.

    Unit: log-odds; counts of words and of matched days. Where the data tell no
    audience, or of too few days, the difference is "cannot tell" and null.
    """
    return [
        finding
        for source in sources
        for actor, target in question.directions()
        for finding in _direction(acts, question, source, actor, target)
    ]


def _direction(
    acts: Table, question: Question, source: SourceSpan, actor: str, target: str
) -> Iterator[Finding]:
    periods = question.periods(source)
    if not periods:
        sheet = Sheet(MEASURE, actor, target, question.asked(source), source.name, question.map)
        for statistic in MEASURE.statistics:
            yield sheet.missing(statistic.name, "not covered", not_covered(question, source))
        return
    words = _words(acts, source, actor, target) if source.listed else []
    for period in periods:
        note = FIELD if source.role == "cases" else OUTLETS
        sheet = Sheet(MEASURE, actor, target, period, source.name, question.map, (note,))
        here = [word for word in words if period.start <= word["date"] <= period.end]
        yield from _findings(sheet, here, source.listed)


def _findings(sheet: Sheet, words: list[dict[str, Any]], listed: bool) -> Iterator[Finding]:
    placed = [word for word in words if word["home"] is not None]
    if not placed:
        why = f"None of {len(words)} words says for whom it was meant." if listed else TALLIED
        for statistic in MEASURE.statistics:
            yield sheet.missing(statistic.name, "cannot tell", f"{why} {NEEDED}", n=len(words))
        return
    home = sum(word["n"] for word in placed if word["home"])
    abroad = sum(word["n"] for word in placed) - home
    filters = ("--kind word",)
    yield sheet.ok("words_home", home, n=home, filters=filters)
    yield sheet.ok("words_abroad", abroad, n=abroad, filters=filters)
    found = matched_difference(*_events(placed))
    yield sheet.ok("matched_events", found.events, n=found.acts, filters=filters)
    if found.events < GATE_EVENTS:
        why = f"{found.events} matched events; at least {GATE_EVENTS} are needed. {NEEDED}"
        yield sheet.missing("audience_difference", "cannot tell", why, n=found.acts)
    elif found.separated:
        yield sheet.missing("audience_difference", "cannot tell", ONE_WAY, n=found.acts)
    else:
        yield sheet.ok(
            "audience_difference", found.estimate, (found.lower, found.upper),
            n=found.acts, n_effective=found.events, filters=filters,
        )  # fmt: skip


def _events(placed: list[dict[str, Any]]) -> tuple[Any, ...]:
    """Cooperative and all words at home, then abroad, one element a speaker's day."""
    days: dict[Any, list[int]] = {}
    for word in placed:
        counts = days.setdefault((word["date"], word["actor_native"]), [0, 0, 0, 0])
        place = 0 if word["home"] else 2
        counts[place] += word["n"] if word["side"] == "cooperation" else 0
        counts[place + 1] += word["n"]
    # In an order of their own, so that dates and names have no part in the sums.
    return tuple(np.asarray(sorted(days.values())).T)


def _words(acts: Table, source: SourceSpan, actor: str, target: str) -> list[dict[str, Any]]:
    """Non-neutral words dated to the day, with the speaker as the source names it, and `home` or null."""
    rows = directed(acts.filter(acts.source == source.name), actor, target, "date")
    rows = rows.filter(rows.kind == "word", rows.side != "neutral", rows.date == rows.end_date)
    if source.role == "cases":
        told = ibis.cases((rows.audience == "domestic", True), (rows.audience == "foreign", False))
        rows = rows.mutate(home=told)
    else:
        rows = _by_outlet(rows, actor)
    found = rows.group_by("date", "actor_native", "side", "home").aggregate(n=rows.n.sum())
    return list(found.to_pyarrow().to_pylist())


def _by_outlet(rows: Table, actor: str) -> Table:
    domains = home_domains()
    own = known_actor(actor).parent or actor
    table = pa.table({"domain": list(domains), "country": list(domains.values())})
    host = rows.url.lower().re_extract(r"^https?://[^/:?#]*\.([a-z]{2})(?:[/:?#]|$)", 1)
    rows = rows.mutate(domain=host).left_join(ibis.memtable(table), "domain")
    return rows.mutate(home=ibis.ifelse(rows.country.isnull(), None, rows.country == own))
