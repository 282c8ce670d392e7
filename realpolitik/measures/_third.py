"""Single acts towards third parties: their weights, and the casebook's word on whom they touch."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import ibis
from ibis.expr.types import Table

from realpolitik.findings import Finding
from realpolitik.measures._measure import Measure, Sheet
from realpolitik.measures._parties import Deeds, deeds_of
from realpolitik.measures._question import Question, SourceSpan, not_covered
from realpolitik.measures._select import counts_as
from realpolitik.vocab.actors import actor as known
from realpolitik.vocab.actors import members
from realpolitik.vocab.calendar import Period

TAG = re.compile(r"\[(.*?)\]")
JUDGED = (
    "Cases, not a sample. Whom an act helped or hurt is the coder's judgement of its effect at the time, "
    "never of intention."
)


def weighted_deeds(
    acts: Table, source: SourceSpan, actor: str, other: str, sponsor: bool
) -> Deeds | None:
    """Deeds of an actor by their Goldstein intensity; None where single acts or intensities are missing."""
    if not source.listed:
        return None
    rows = acts.filter(acts.source == source.name, acts.kind == "deed", acts.intensity.notnull())
    weight = rows.n * rows.intensity.abs()
    rows = rows.mutate(
        month=rows.date.truncate("M").cast("date"),
        cooperation=ibis.ifelse(rows.side == "cooperation", weight, 0.0),
        conflict=ibis.ifelse(rows.side == "conflict", weight, 0.0),
    )
    found = deeds_of(rows, actor, other, sponsor)
    return found if len(found.parties) else None


def bearing(
    measure: Measure, acts: Table, question: Question, source: SourceSpan, sponsor: bool
) -> Iterator[Finding]:
    """How many hand-coded acts towards third parties helped or hurt the target, and which."""
    rows = acts.filter(acts.source == source.name)
    for actor, target in question.directions():
        window = question.window(source)
        period = Period(*window, "") if window else question.asked(source)
        sheet = Sheet(measure, actor, target, period, source.name, question.map, notes=(JUDGED,))
        judged = _judged(rows, actor, target, sponsor, period) if window else {}
        if not judged:
            why = f"{source.name} judges no act of {actor} towards a third party by its effect on {target}."
            for name in ("cases_helped", "cases_hurt"):
                gone = why if window else not_covered(question, source)
                yield sheet.missing(name, "not covered", gone)
            continue
        for name, sign in (("cases_helped", "+"), ("cases_hurt", "-")):
            yield _cases(sheet, name, judged, sign)


def _cases(sheet: Sheet, name: str, judged: dict[str, tuple[str, str]], sign: str) -> Finding:
    found = {act: party for act, (held, party) in sorted(judged.items()) if held == sign}
    mixed = sum(held == "?" for held, _ in judged.values())
    notes = (
        f"Acts: {'; '.join(found) or 'none'}.",
        f"Of {len(judged)} such acts {mixed} are held to be mixed or contested.",
    )
    made = sheet.ok(name, len(found), n=len(found), notes=notes)
    if not found:
        return made
    parties = Counter(found.values())
    most = min(parties, key=lambda party: (-parties[party], party))
    told = f"The command lists those towards {most}, with whatever else passed between them."
    return replace(made, acts=replace(sheet, target=most).acts(), notes=(*made.notes, told))


def _judged(
    rows: Table, actor: str, target: str, sponsor: bool, period: Period
) -> dict[str, tuple[str, str]]:
    """Acts of one towards third parties whose note opens with a tag on the other: its sign, and towards whom."""
    own = counts_as(rows, "actor", actor, "date")
    if sponsor:
        own = own | rows.principal.isin([member.code for member in members(actor)])
    inside = (rows.date >= period.start) & (rows.end_date <= period.end)
    third = ~counts_as(rows, "target", target, "date") & ~counts_as(rows, "target", actor, "date")
    found = rows.filter(own, inside, third).select("act_id", "target", "note")
    state = known(target).parent if known(target).kind == "regime" else target
    return {
        row["act_id"]: (sign, row["target"])
        for row in found.to_pyarrow().to_pylist()
        if (sign := _sign(row, state or target)) is not None
    }


def _sign(row: dict[str, Any], code: str) -> str | None:
    tag = TAG.match(row["note"] or "")
    marks = tag.group(1).split() if tag else []
    return next((mark[-1] for mark in marks if mark[:-1] == code), None)
