"""The relation read off deeds, and the posture that words add to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from ibis.expr.types import Table

from realpolitik.constants import GATE_DEEDS, RHAT, STRONG_DEED
from realpolitik.findings import Finding
from realpolitik.measures import _tallied as tallied
from realpolitik.measures._measure import Measure, Sheet, Statistic
from realpolitik.measures._posture import (
    Months,
    Path,
    anchored,
    inside,
    paths_of,
    with_secrets,
)
from realpolitik.measures._question import Question, SourceSpan, not_covered, widened
from realpolitik.stats.arrays import Floats, tails
from realpolitik.stats.latent_model import Anchor, Counts, Paths
from realpolitik.stats.monthly import effective_counts
from realpolitik.stats.predictive import checks
from realpolitik.stats.tone import Sums
from realpolitik.vocab.calendar import Period

ODDS = "log-odds"
_LEVEL = " Level held by the reference set, whose error is in the interval."
_CHECK = (
    "Share of records made by the fitted model with at least as many {what} as the real one; "
    "near 0 or 1 the model misses something."
)
CHECKS = {
    "zeros_words": "months in which all words are of one side",
    "zeros_deeds": "months in which all deeds are of one side",
    "runs_words": "unbroken runs of months with warmer or colder words than their median",
    "runs_deeds": "unbroken runs of months with warmer or colder deeds than their median",
}
RULES = {
    "relation_persistence": ("persistence", "share", "Share of a month's relation that stays for the next."),
    "relation_step": ("step", ODDS, "SD of a month's change of the relation."),
    "posture_persistence": ("posture_persistence", "share", "Share of a month's posture, less its mean, that stays for the next."),
    "posture_step": ("posture_step", ODDS, "SD of a month's change of the posture."),
    "loading": ("loading", "ratio", "How far words follow the relation; with few deeds it trades off against posture_step."),
}  # fmt: skip
LEVELS = ("relation_mean", "posture_mean")
SHIFTS = ("relation_shift", "posture_shift")
CHANGES = ("relation_change", "posture_change")

MEASURE = Measure(
    name="latent",
    sentence="What relation do deeds show, and what posture do words add to it?",
    table="tallies",
    statistics=(
        Statistic(
            "relation_mean",
            ODDS,
            "Mean over months of the relation: log-odds of cooperation among deeds above the "
            "middle reference dyad's, smoothed over months together with words." + _LEVEL,
        ),
        Statistic(
            "posture_mean",
            ODDS,
            "Mean over months of the posture: log-odds of cooperation among words beyond what "
            "such a relation explains; below 0 words are the harsher." + _LEVEL,
        ),
        Statistic(
            "relation_shift",
            ODDS,
            "Mean relation of the later half of the months minus the earlier.",
        ),
        Statistic(
            "posture_shift", ODDS, "Mean posture of the later half of the months minus the earlier."
        ),
        Statistic("relation_change", ODDS, "Mean relation of the period minus that of the span."),
        Statistic("posture_change", ODDS, "Mean posture of the period minus that of the span."),
        *(Statistic(name, unit, method) for name, (_, unit, method) in RULES.items()),
        Statistic(
            "joint_steps", "correlation", "Correlation of the two directions' changes of relation."
        ),
        *(
            Statistic(f"check_{name}", "share of made records", _CHECK.format(what=what))
            for name, what in CHECKS.items()
        ),
        *(
            Statistic(
                f"{level}_{variant}",
                ODDS,
                f"{level} again, {how}, with persistence, steps and loading as found before.",
            )
            for variant, how in (
                ("strong", f"deeds of Goldstein intensity {STRONG_DEED:g} or more alone"),
                ("secret", "secret deeds of casebooks added on the day they happened"),
            )
            for level in LEVELS
        ),
    ),
    references=("martin2002", "rue2009", "terechshenko2020"),
)
BY_PERIOD = (*LEVELS, *CHANGES)
OVER_SPAN = tuple(s.name for s in MEASURE.statistics if s.name not in CHANGES)

TRUTH = (
    "Deeds are taken as the truth of the relation; what was hidden or is not coded is not in it."
)
WIGGLES = (
    "A path is surer than its months: read quarters, years and the direction, not a single month."
)
BRIDGED = "No act in this period: the value is carried over from the months around it."
NO_STRONG = (
    "The single acts of this source with their intensities are not at hand, only monthly tallies; "
    "ingest the source's files to rerun with strong deeds alone."
)
CHANGES_ONLY = "Without it the level means nothing; the changes are given."
NO_SECRETS = "No casebook among the sources holds a secret deed of this direction and span."


class Engine(Protocol):
    """What fits the model: counts, anchor and seed in, draws out."""

    def __call__(self, counts: Counts, anchor: Anchor, seed: int) -> Paths:
        """Draws of the paths of both directions."""


@dataclass(frozen=True, eq=False, slots=True)
class Fitted:
    """One source's dyad fitted: both directions by month, and the draws of their paths."""

    question: Question
    source: SourceSpan
    months: Months
    paths: list[Path]
    anchor: Anchor
    unanchored: str
    counts: Counts
    draws: Paths

    def sheet(self, side: int, period: Period, *notes: str) -> Sheet:
        """The sheet of one direction and period."""
        notes = (*notes, *_of_sampler(self.draws), *widened(self.question, self.source))
        ends = self.question.directions()[side]
        return Sheet(MEASURE, *ends, period, self.source.name, self.question.map, notes)


def latent(
    tallies: Table,
    acts: Table,
    question: Question,
    sources: Sequence[SourceSpan],
    strong: Table | None = None,
    engine: Engine | None = None,
) -> list[Finding]:
    """Relation and posture of both directions, over the span or by period.

    Unit: log-odds; rules of the paths in their own. `strong` holds tallies of
    strong deeds alone where single acts are at hand. Below the gates a number is "too thin",
    outside coverage "not covered"; a level without a reference set is "cannot
    tell", and only its changes are given. Casebooks give no finding of
    their own.

    Raises:
        BadDates: a source is asked for periods finer than it keeps.
    """
    from realpolitik.stats.latent import fit

    books = [source for source in sources if source.role == "cases"]
    made: list[Finding] = []
    for source in (source for source in sources if source.role == "sample"):
        tallied.need_unit(question.by, source)
        found = _fitted(tallies, question, source, engine or fit)
        if not isinstance(found, Fitted):
            made += found
        elif question.by is None:
            made += _over_span(found, tallies, acts, books, strong)
        else:
            periods = question.periods(source)
            made += [one for side in (0, 1) for p in periods for one in _by_period(found, side, p)]
    return made


def _fitted(
    tallies: Table, question: Question, source: SourceSpan, engine: Engine
) -> Fitted | list[Finding]:
    """The fit of one source, or the findings that say why there is none."""
    window = question.window(source)
    if window is None:
        why = not_covered(question, source)
        return [
            Sheet(MEASURE, *ends, question.asked(source), source.name, question.map).missing(
                name, "not covered", why
            )
            for ends in question.directions()
            for name in (OVER_SPAN if question.by is None else BY_PERIOD)
        ]
    months, paths = paths_of(tallies, question, source, window)
    if all(path.thin() for path in paths):
        return [
            one
            for path in paths
            for period in question.periods(source)
            for one in _thin(
                Sheet(MEASURE, path.actor, path.target, period, source.name, question.map),
                path,
                OVER_SPAN if question.by is None else BY_PERIOD,
            )
        ]
    held, why = anchored(tallies, question, source, paths)
    counts = effective_counts(*_sums(paths))
    draws = engine(counts, held, question.seed)
    return Fitted(question, source, months, paths, held, why, counts, draws)


def _thin(sheet: Sheet, path: Path, names: Sequence[str]) -> Iterator[Finding]:
    found = path.thin()
    assert found is not None  # noqa: S101 - callers ask only of a path that is thin
    status, why = found
    n = int(path.words.n.sum() + path.deeds.n.sum())
    for name in names:
        yield sheet.missing(name, status, why, n=n)


def _sums(paths: Sequence[Path]) -> tuple[tuple[Sums, Sums], tuple[Sums, Sums]]:
    first, second = paths
    return (first.deeds, second.deeds), (first.words, second.words)


def _of_sampler(draws: Paths) -> tuple[str, ...]:
    """How the sampler fared, as a sentence; nothing for Laplace's approximation."""
    if draws.health is None:
        return ()
    found = draws.health
    told = (
        f"No-U-Turn sampler: greatest R-hat {found.rhat:.3f}, smallest effective sample "
        f"{found.effective:.0f}, {found.divergent} divergent steps."
    )
    if found.rhat <= RHAT and not found.divergent:
        return (told,)
    return (f"{told} It has not settled: read these numbers with care, or give another --seed.",)


def _over_span(
    found: Fitted,
    tallies: Table,
    acts: Table,
    books: Sequence[SourceSpan],
    strong: Table | None,
) -> Iterator[Finding]:
    period = found.question.periods(found.source)[0]
    again = (*_strong(found, strong), *_secret(found, acts, books))
    fits = checks(found.counts, found.draws, found.question.seed)
    for side, path in enumerate(found.paths):
        if path.thin():
            yield from _thin(found.sheet(side, period), path, OVER_SPAN)
            continue
        sheet, n = found.sheet(side, period), path.acts(np.ones(len(found.months), bool))
        means = found.draws.relation[:, side], found.draws.posture[:, side]
        for name, draws in zip(LEVELS, means, strict=True):
            yield _level(found, sheet, name, draws.mean(axis=-1), n)
        half = len(found.months) // 2
        for name, draws in zip(SHIFTS, means, strict=True):
            shift = draws[:, half:].mean(axis=-1) - draws[:, :half].mean(axis=-1)
            yield _told(sheet, name, shift, n)
        yield from _rules(sheet, found.draws, side, n)
        for name in CHECKS:
            yield sheet.ok(f"check_{name}", fits[name][side], n=n)
        for one in again:
            yield from one.findings(found, sheet, side, n)


def _rules(sheet: Sheet, draws: Paths, side: int, n: int) -> Iterator[Finding]:
    for name, (field, _, _) in RULES.items():
        yield _told(sheet, name, getattr(draws.rules, field)[:, side], n)
    yield _told(sheet, "joint_steps", draws.rules.joint, n)


def _by_period(found: Fitted, side: int, period: Period) -> Iterator[Finding]:
    path, here = found.paths[side], inside(found.months, period)
    notes = (WIGGLES,) if found.question.by == "month" else ()
    if path.thin():
        yield from _thin(found.sheet(side, period), path, BY_PERIOD)
        return
    n = path.acts(here)
    sheet = found.sheet(side, period, *(() if n else (BRIDGED,)), *notes)
    paths = found.draws.relation[:, side], found.draws.posture[:, side]
    for level, change, draws in zip(LEVELS, CHANGES, paths, strict=True):
        mean = draws[:, here].mean(axis=-1)
        yield _level(found, sheet, level, mean, n)
        yield _told(sheet, change, mean - draws.mean(axis=-1), n)


def _level(found: Fitted, sheet: Sheet, name: str, draws: Floats, n: int) -> Finding:
    if found.unanchored:
        return sheet.missing(name, "cannot tell", f"{found.unanchored} {CHANGES_ONLY}", n=n)
    return _told(sheet, name, draws, n, TRUTH)


def _told(sheet: Sheet, name: str, draws: Floats, n: int, *notes: str) -> Finding:
    low, high = np.quantile(draws, tails())
    return sheet.ok(name, float(draws.mean()), (float(low), float(high)), n=n, notes=notes)


@dataclass(frozen=True, eq=False, slots=True)
class Again:
    """The fit once more on other deeds, or for each direction why it was not made."""

    name: str
    draws: Paths | None
    missing: tuple[str, str]
    notes: tuple[str, str] = ("", "")

    def findings(self, found: Fitted, sheet: Sheet, side: int, n: int) -> Iterator[Finding]:
        """The levels of one direction on these deeds."""
        for level in LEVELS:
            name = f"{level}_{self.name}"
            if self.draws is None or self.missing[side]:
                yield sheet.missing(name, "cannot tell", self.missing[side], n=n)
            elif found.unanchored:
                why = f"{found.unanchored} {CHANGES_ONLY}"
                yield sheet.missing(name, "cannot tell", why, n=n)
            else:
                paths = self.draws.relation if level == LEVELS[0] else self.draws.posture
                yield _told(sheet, name, paths[:, side].mean(axis=-1), n, self.notes[side])


def _refit(found: Fitted, paths: Sequence[Path], held: Anchor) -> Paths:
    from realpolitik.stats.latent import fit

    counts = effective_counts(*_sums(paths))
    return fit(counts, held, found.question.seed, found.draws.rules)


def _strong(found: Fitted, strong: Table | None) -> tuple[Again, ...]:
    if strong is None or not found.source.listed:
        return (Again("strong", None, (NO_STRONG, NO_STRONG)),)
    question, source = found.question, found.source
    window = question.window(source) or (source.start, source.end)
    _, paths = paths_of(strong, question, source, window)
    held, why = anchored(strong, question, source, paths)
    few = [int(path.deeds.n.sum()) for path in paths]
    missing = tuple(
        (why and f"Among strong deeds: {why}")
        or ("" if n >= GATE_DEEDS else f"{n} strong deeds; at least {GATE_DEEDS} are needed.")
        for n in few
    )
    notes = tuple(f"Strong deeds: {n}." for n in few)
    draws = None if all(missing) else _refit(found, paths, held)
    return (Again("strong", draws, (missing[0], missing[1]), (notes[0], notes[1])),)


def _secret(found: Fitted, acts: Table, books: Sequence[SourceSpan]) -> tuple[Again, ...]:
    added = [with_secrets(path, found.months, acts, books) for path in found.paths]
    missing = ["" if n else NO_SECRETS for _, n in added]
    notes = [f"Secret deeds of casebooks added: {n}." for _, n in added]
    draws = None if all(missing) else _refit(found, [path for path, _ in added], found.anchor)
    return (Again("secret", draws, (missing[0], missing[1]), (notes[0], notes[1])),)
