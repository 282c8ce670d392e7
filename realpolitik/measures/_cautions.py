"""Warnings that fire by themselves: what the record shows that a gap of it cannot be trusted on.

Every rule reads the record; none names a country. How often each fires among
dyads that nothing is known against is measured by `python -m validation.episodes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import ibis
from ibis.expr.types import Table

from realpolitik.constants import COVERAGE_RATIO
from realpolitik.findings import Caution, Finding
from realpolitik.measures import _tallied as tallied
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures._select import counts_as
from realpolitik.vocab.actors import Member, all_actors, members

DISOWNED = ("denied", "unacknowledged")
SHOWN = 5  # acts named in a sentence; `rests_on` holds all


def cautions(
    findings: Sequence[Finding],
    tallies: Table,
    acts: Table,
    question: Question,
    sources: Sequence[SourceSpan],
) -> tuple[Caution, ...]:
    """What to hold against these findings of `gap`, in a fixed order.

    Unit: none. `acts` are those of every source at hand, casebooks included:
    what they hold of disowned deeds is held against sources that sample.
    """
    samples = [source for source in sources if source.role == "sample"]
    return (
        *deniable(findings, tallies, acts, question, samples),
        *(caution for source in samples for caution in _breaks(tallies, question, source)),
        *_alone(findings, samples),
        *_turns(findings),
    )


def of_record(
    tallies: Table,
    acts: Table,
    question: Question,
    sources: Sequence[SourceSpan],
    dyads: Iterable[tuple[str, str]],
) -> tuple[Caution, ...]:
    """What the record alone holds against any measure of a sample: disowned deeds, broken coverage."""
    samples = [source for source in sources if source.role == "sample"]
    return (
        *_disowned(acts, question, samples, dyads),
        *(caution for source in samples for caution in _breaks(tallies, question, source)),
    )


def deniable(
    findings: Sequence[Finding],
    tallies: Table,
    acts: Table,
    question: Question,
    samples: Sequence[SourceSpan],
) -> Iterator[Caution]:
    """Where a sample is likely to miss deeds, or may: on record as disowned, or not to be seen."""
    yield from _disowned(acts, question, samples, question.directions())
    yield from _unseen(findings, tallies, question, samples)


# deeds that nobody owns up to --------------------------------------------------------


def _disowned(
    acts: Table,
    question: Question,
    samples: Sequence[SourceSpan],
    dyads: Iterable[tuple[str, str]],
) -> Iterator[Caution]:
    """Hostile deeds on record that the actor disowned, or that a group it stands behind did."""
    if not samples:
        return
    start, end = _asked(question, samples)
    rows = _disownable(acts, start, end)
    for actor, target in dyads:
        found = [row["act_id"] for row in rows if _is_disowned(row, actor, target)]
        if not found:
            continue
        many = f"{len(found)} hostile deed" + ("s" if len(found) > 1 else "")
        named = ", ".join(found[:SHOWN]) + (" and more" if len(found) > SHOWN else "")
        yield Caution(
            name="deniable deeds likely missed",
            sentence=f"{many} towards {target} on record in this span which {actor} disowned, or "
            f"which a group said to be backed by {actor} did ({named}). A source that codes acts "
            "to states is likely to miss such deeds, so that deeds look milder than they were.",
            start=start.isoformat(),
            end=end.isoformat(),
            rests_on=tuple(found),
            actor=actor,
            target=target,
        )


def _disownable(acts: Table, start: date, end: date) -> list[dict[str, Any]]:
    """Hostile deeds of sources that say who owned up to an act; others cannot show it."""
    rows = acts.filter(
        acts.kind == "deed",
        acts.side == "conflict",
        acts.authorship.notnull() | acts.principal.notnull(),
        acts.end_date >= ibis.literal(start),
        acts.date <= ibis.literal(end),
    )
    kept = rows.select("act_id", "date", "actor", "target", "authorship", "principal")
    found: list[dict[str, Any]] = kept.order_by(["date", "act_id"]).to_pyarrow().to_pylist()
    return found


def _is_disowned(row: dict[str, Any], actor: str, target: str) -> bool:
    """Did the actor deny it, or not own up to it, or does it stand behind the one who did it?"""
    if not _is_one_of(row["target"], members(target), row["date"]):
        return False
    if _is_one_of(row["actor"], members(actor), row["date"]):
        return row["authorship"] in DISOWNED
    backers = members(actor)
    return _is_one_of(row["principal"], backers, row["date"]) or _is_one_of(
        row["actor"], _groups_of(actor), row["date"]
    )


def _is_one_of(code: str | None, parts: Iterable[Member], day: date) -> bool:
    return any(
        code == part.code and (part.start or day) <= day <= (part.end or day) for part in parts
    )


def _groups_of(sponsor: str) -> list[Member]:
    """Armed groups that this actor, or a part of it, is said to stand behind, and when."""
    parts = {member.code for member in members(sponsor)}
    return [
        Member(group.code, one.start, one.end)
        for group in all_actors()
        for one in group.sponsors
        if one.code in parts and group.kind == "armed group"
    ]


def _unseen(
    findings: Sequence[Finding],
    tallies: Table,
    question: Question,
    samples: Sequence[SourceSpan],
) -> Iterator[Caution]:
    """Words surely hostile, deeds not, and armed groups hit the target more often than the actor."""
    for source in samples:
        for actor, target in question.directions():
            words, deeds = (
                _whole(findings, name, actor, source) for name in ("z_words", "z_deeds")
            )
            if words is None or deeds is None or not _quiet(words, deeds):
                continue
            own, groups = _hits(tallies, question, source, (actor, target))
            if groups <= own:
                continue
            yield Caution(
                name="deniable deeds possibly missed",
                sentence=f"{source.name}: the words of {actor} are surely harsher than those of "
                f"other dyads and its deeds are not, while armed groups did {groups} hostile deeds "
                f"to {target} and {actor} itself {own}. Some may have been its own, or done for it.",
                start=words.start,
                end=words.end,
                rests_on=(words.acts, deeds.acts),
                actor=actor,
                target=target,
                source=source.name,
            )  # fmt: skip


def _quiet(words: Finding, deeds: Finding) -> bool:
    """Are words surely harsher than the median dyad's, and deeds not surely so?"""
    return bool(
        words.upper is not None and deeds.upper is not None and words.upper < 0 <= deeds.upper
    )


def _hits(
    tallies: Table, question: Question, source: SourceSpan, ends: tuple[str, str]
) -> tuple[int, int]:
    """Hostile deeds towards the target: of the actor, and of armed groups."""
    window = question.window(source) or (source.start, source.end)
    rows = tallied.months(tallies, source.name, [question.map], window)
    rows = rows.filter(rows.kind == "deed", counts_as(rows, "target", ends[1], "month"))
    groups = [one.code for one in all_actors() if one.kind == "armed group"]
    own = rows.conflict.sum(where=counts_as(rows, "actor", ends[0], "month"))
    theirs = rows.conflict.sum(where=rows.actor.isin(groups))
    [found] = rows.aggregate(own=own, groups=theirs).to_pyarrow().to_pylist()
    return int(found["own"] or 0), int(found["groups"] or 0)


# the source itself -------------------------------------------------------------------


def _breaks(tallies: Table, question: Question, source: SourceSpan) -> Iterator[Caution]:
    """Months without any act of the source, and years whose volume leaps."""
    window = question.window(source)
    if window is None:
        return
    rows = tallied.months(tallies, source.name, [question.map], window)
    volume = (rows.cooperation + rows.conflict + rows.neutral).sum()
    made = rows.group_by("month").aggregate(n=volume).to_pyarrow().to_pylist()
    months = {row["month"].isoformat()[:7]: int(row["n"]) for row in made}
    empty = [month for month in _every_month(*window) if month not in months]
    leaps = list(_leaps(months, window))
    if not empty and not leaps:
        return
    parts = []
    if empty:
        parts.append(f"{len(empty)} months hold no act at all ({_few(empty)})")
    if leaps:
        parts.append(f"the number of acts changes {COVERAGE_RATIO:g}-fold or more ({_few(leaps)})")
    yield Caution(
        name="coverage breaks",
        sentence=f"{source.name}: {' and '.join(parts)}. Numbers before and after rest on "
        "different coverage; compare gaps, which are relative to the period, and not counts.",
        start=window[0].isoformat(),
        end=window[1].isoformat(),
        rests_on=(*empty, *leaps),
        source=source.name,
    )


def _every_month(start: object, end: object) -> Iterator[str]:
    first, last = f"{start}"[:7], f"{end}"[:7]
    year, month = int(first[:4]), int(first[5:])
    while f"{year:04}-{month:02}" <= last:
        yield f"{year:04}-{month:02}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _leaps(months: dict[str, int], window: tuple[object, object]) -> Iterator[str]:
    """Neighbouring whole years of which one holds many times the acts of the other."""
    first, last = (f"{day}" for day in window)
    whole = range(int(first[:4]) + (first[5:] != "01-01"), int(last[:4]) + (last[5:] == "12-31"))
    totals = {year: sum(n for m, n in months.items() if m[:4] == str(year)) for year in whole}
    for year in whole[:-1]:
        low, high = sorted((totals[year], totals[year + 1]))
        if low and high >= COVERAGE_RATIO * low:
            yield f"{year} to {year + 1}: {totals[year]:,} to {totals[year + 1]:,} acts"


def _few(names: Sequence[str]) -> str:
    more = len(names) - SHOWN
    return "; ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


# the answer itself -------------------------------------------------------------------


def _alone(findings: Sequence[Finding], samples: Sequence[SourceSpan]) -> Iterator[Caution]:
    told = [one for one in findings if one.statistic == "gap_z" and one.status == "ok"]
    sources = sorted({name for one in told for name in one.sources})
    if len(sources) != 1:
        return
    others = [source.name for source in samples if source.name not in sources]
    tried = f" ({', '.join(others)} cannot answer it)" if others else ""
    yield Caution(
        name="one source only",
        sentence=f"The gap rests on {sources[0]} alone{tried}: what this source does not report, "
        "or miscodes in one way, no other corrects.",
        start=min(one.start for one in told),
        end=max(one.end for one in told),
        rests_on=tuple(sources),
        source=sources[0],
    )


def _turns(findings: Sequence[Finding]) -> Iterator[Caution]:
    for main in findings:
        if main.statistic != "gap_z" or main.estimate is None:
            continue
        others = [
            one
            for one in findings
            if one.statistic == "gap_z_sensitivity" and _same_cell(one, main)
            and one.estimate is not None and one.estimate * main.estimate < 0
        ]  # fmt: skip
        if not others:
            continue
        surely = _clear(main) and any(_clear(one) for one in others)
        how = "surely so under both codings" if surely else "though an interval holds zero"
        maps = ", ".join(f"{one.map} ({one.estimate:+.2f})" for one in others)
        yield Caution(
            name="sign turns with the map",
            sentence=f"{main.sources[0]}: the gap of {main.actor} towards {main.target} "
            f"({main.estimate:+.2f}) has the other sign under {maps}, {how}. What counts as a "
            "word and what as a deed decides the answer here.",
            start=main.start,
            end=main.end,
            rests_on=tuple(one.map for one in others),
            actor=main.actor,
            target=main.target,
            source=main.sources[0],
        )


def _same_cell(one: Finding, main: Finding) -> bool:
    cells = ((f.actor, f.target, f.start, f.end, f.sources) for f in (one, main))
    return next(cells) == next(cells)


def _clear(one: Finding) -> bool:
    return one.lower is not None and one.upper is not None and not one.lower <= 0 <= one.upper


def _whole(
    findings: Sequence[Finding], name: str, actor: str, source: SourceSpan
) -> Finding | None:
    """The number of one direction where it stands for the whole span."""
    found = [
        one for one in findings
        if (one.statistic, one.actor, one.sources) == (name, actor, (source.name,))
        and one.status == "ok"
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _asked(question: Question, samples: Sequence[SourceSpan]) -> tuple[date, date]:
    """The span asked for; where it is open, as far as the samples reach."""
    start = question.start or min(source.start for source in samples)
    end = question.end or max(source.end for source in samples)
    return start, max(start, end)
