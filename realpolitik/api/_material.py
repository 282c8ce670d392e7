"""Everything a dossier shows, gathered from the record by the measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np

from realpolitik import __version__
from realpolitik.api._accounts import accounts, chain
from realpolitik.api._question import listed
from realpolitik.api._record import Opened
from realpolitik.api.acts import plain
from realpolitik.api.latent import strong_deeds
from realpolitik.constants import ALL
from realpolitik.errors import NotInRecord
from realpolitik.findings import Finding
from realpolitik.measures import get, names
from realpolitik.measures._announced import pairs
from realpolitik.measures._cautions import cautions
from realpolitik.measures._checked import sentence
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures._reference import Counts, months_of
from realpolitik.measures.acts import Filters, acts
from realpolitik.measures.audience import audience
from realpolitik.measures.benefit import benefit
from realpolitik.measures.follow import follow
from realpolitik.measures.gap import gap
from realpolitik.measures.latent import LEVELS, Engine, latent
from realpolitik.measures.phases import phases
from realpolitik.measures.respond import respond
from realpolitik.measures.secrets import secrets
from realpolitik.measures.weigh import weigh
from realpolitik.reports.material import Material, Month, Pair, Party, SourceCard, Standing
from realpolitik.sources import card
from realpolitik.sources.card import bibtex
from realpolitik.stats.latent_model import Anchor, Paths
from realpolitik.stats.latent_model import Counts as MonthlyCounts
from realpolitik.vocab.actors import actor
from realpolitik.vocab.kinds import map_version, place
from realpolitik.vocab.references import entry


def gather(question: Question, spans: Sequence[SourceSpan], opened: Opened) -> Material:
    """The material of a dossier; NotInRecord where no source holds an act of the two.

    Acts of samples stand on the page as sums by month: they can be a million,
    and `realpolitik acts` lists them.
    """
    shown = [span.name for span in spans if span.role != "sample"]
    held = plain(acts(opened.acts, question, Filters()), shown)
    months = _months(opened, question, spans)
    if not held and not months:
        raise NotInRecord(_nothing(question, spans))
    ranked = _standings(opened, question, spans)
    findings = _findings(opened, question, spans)
    return Material(
        a=Party(question.a, actor(question.a).name),
        b=Party(question.b, actor(question.b).name),
        start=str(question.start or min(span.start for span in spans)),
        end=str(question.end or max(span.end for span in spans)),
        map=question.map,
        map_version=map_version(question.map),
        version=__version__,
        findings=findings,
        months=months,
        standings=ranked,
        pairs=_pairs(opened, question, spans),
        acts=tuple(
            row | {"map_reason": _reason(row, question.map), "versions": chain(row["act_id"], None)}
            for row in held
        ),
        sources=tuple(_card(span) for span in spans),
        constants=tuple(ALL),
        methods_bibtex=tuple(
            entry(key) for key in sorted({k for n in names() for k in get(n).references})
        ),
        names=_names(question, held, ranked) | _parties(findings),
        command=_command(question),
        cautions=cautions(findings, opened.tallies, opened.acts, question, spans),
    )


def _findings(
    opened: Opened, question: Question, spans: Sequence[SourceSpan]
) -> tuple[Finding, ...]:
    yearly = replace(question, by="year")
    tallies, single = opened.tallies, opened.acts
    strong, once = strong_deeds(opened, spans, question.map), _once()
    return (
        *gap(opened.tallies, question, spans, listed(opened, spans)),
        *secrets(opened.acts, question, spans, None, accounts()),
        *(f for f in secrets(opened.acts, yearly, spans) if f.statistic in HINDSIGHT),
        *follow(opened.acts, question, spans),
        *respond(tallies, single, question, spans, "month", None),
        *phases(tallies, question, spans),
        *latent(tallies, single, question, spans, strong, once),
        *(f for f in latent(tallies, single, yearly, spans, engine=once) if f.statistic in LEVELS),
        *benefit(tallies, single, question, spans, False),
        *audience(single, question, spans),
        *weigh(single, tallies, question, spans),
    )


def _once() -> Engine:
    """Laplace's fit, made once for the same counts: span and years are read off one."""
    from realpolitik.stats.latent import fit

    made: dict[bytes, Paths] = {}

    def engine(counts: MonthlyCounts, anchor: Anchor, seed: int) -> Paths:
        key = b"".join(np.asarray(getattr(counts, one.name)).tobytes() for one in fields(counts))
        if key not in made:
            made[key] = fit(counts, anchor, seed)
        return made[key]

    return engine


HINDSIGHT = ("gap_as_of", "gap_hindsight", "hindsight_gap")


def _months(opened: Opened, question: Question, spans: Sequence[SourceSpan]) -> tuple[Month, ...]:
    return tuple(
        Month(source=span.name, **row)
        for span in spans
        if span.role == "sample"
        for row in months_of(opened.tallies, question, span)
    )


def _standings(
    opened: Opened, question: Question, spans: Sequence[SourceSpan]
) -> dict[str, tuple[Standing, ...]]:
    return {
        span.name: tuple(
            Standing(**row)
            for row in Counts(opened.tallies, question, span, [question.map]).standings(
                question.map
            )
        )
        for span in spans
        if span.role == "sample"
    }


def _pairs(opened: Opened, question: Question, spans: Sequence[SourceSpan]) -> tuple[Pair, ...]:
    found = (
        announced
        for span in spans
        if span.role == "cases"
        for direction in question.directions()
        for announced in pairs(opened.acts, question, span, *direction)
    )
    return tuple(
        Pair(
            announcement=one.case.act_id,
            type=one.type,
            deed=one.deed.act_id if one.deed else None,
            days=one.days,
            followed_until=one.until.isoformat(),
            reason=one.reason,
        )
        for one in sorted(found, key=lambda one: (one.case.date, one.case.act_id))
    )


def _card(span: SourceSpan) -> SourceCard:
    found = card(span.name)
    return SourceCard(
        name=span.name,
        title=found.title,
        publisher=found.publisher,
        licence=found.licence.name,
        url=found.url or "",
        role=found.role,
        start=found.coverage.start.isoformat(),
        end=found.coverage.end.isoformat(),
        biases=(*found.known_biases, *found.limits),
        bibtex=bibtex(found),
        labelled=sentence(span.labels),
    )


def _reason(row: dict[str, Any], map: str) -> str:
    """Why the map puts the act's code where it does."""
    return place(row["code_system"], row["code"], map).reason


def _names(
    question: Question, held: list[dict[str, Any]], ranked: dict[str, tuple[Standing, ...]]
) -> dict[str, str]:
    codes = {question.a, question.b}
    codes |= {row[end] for row in held for end in ("actor", "target")}
    codes |= {code for rows in ranked.values() for row in rows for code in (row.actor, row.target)}
    return {code: actor(code).name for code in sorted(codes)}


def _parties(findings: Sequence[Finding]) -> dict[str, str]:
    """Names of the third parties that a number is of."""
    codes = {f.statistic.removeprefix(PARTY) for f in findings if f.statistic.startswith(PARTY)}
    return {code: actor(code).name for code in sorted(codes)}


PARTY = "contribution_"


def _nothing(question: Question, spans: Sequence[SourceSpan]) -> str:
    covered = ", ".join(f"{span.name} ({span.start} to {span.end})" for span in spans)
    when = f" from {question.start or 'the start'} to {question.end or 'the end'}"
    asked = when if question.start or question.end else ""
    return (
        f"The record holds no act between {actor(question.a).name} and {actor(question.b).name}"
        f"{asked}. It holds {covered}; no page was written."
    )


def _command(question: Question) -> str:
    dates = (
        f"--start {question.start}" if question.start else "",
        f"--end {question.end}" if question.end else "",
        f"--map {question.map}" if question.map != "realpolitik" else "",
    )
    return " ".join(
        part for part in ("realpolitik dossier", question.a, question.b, *dates) if part
    )
