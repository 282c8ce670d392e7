"""Do deeds match words? Tone of words, tone of deeds, and the gap against other dyads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ibis.expr.types import Table

from realpolitik.findings import Finding
from realpolitik.measures import _tallied as tallied
from realpolitik.measures._checked import CORRECTED, STATISTICS, corrected, sentence
from realpolitik.measures._intensity import Twin, twin
from realpolitik.measures._measure import Measure, Sheet, Statistic
from realpolitik.measures._question import Question, SourceSpan, not_covered, widened
from realpolitik.measures._reading import Reading, Said, labelled, readings
from realpolitik.measures._reference import Counts
from realpolitik.stats.arrays import Estimate
from realpolitik.stats.gap import Gap
from realpolitik.stats.share import design_effect_of_kind, share
from realpolitik.stats.tone import design_effects, tone_interval
from realpolitik.vocab.kinds import variants

MEASURE = Measure(
    name="gap",
    sentence="Do deeds match words, compared with how other dyads of the same source talk and act?",
    table="tallies",
    statistics=(
        Statistic(
            "tone_words",
            "log-odds",
            "log-odds of cooperation among non-neutral words, Jeffreys interval on counts divided "
            "by their design effect.",
        ),
        Statistic(
            "tone_deeds",
            "log-odds",
            "log-odds of cooperation among non-neutral deeds, Jeffreys interval on counts divided "
            "by their design effect.",
        ),
        Statistic(
            "contact_share",
            "share of acts",
            "Contacts among all coded acts, neutral ones included; Jeffreys interval on effective "
            "counts.",
        ),
        Statistic(
            "z_words",
            "reference SD",
            "Tone of words minus the reference median, divided by 1.4826 times its MAD.",
        ),
        Statistic(
            "z_deeds",
            "reference SD",
            "Tone of deeds minus the reference median, divided by 1.4826 times its MAD.",
        ),
        Statistic(
            "gap_z",
            "reference SD",
            "z of deeds minus z of words; above 0 the deeds are milder than the words. Interval "
            "from the posterior of both tones and a bootstrap over reference dyads.",
        ),
        Statistic(
            "gap_percentile",
            "percentile",
            "Share of reference dyads whose gap is smaller, ties counted half, times 100.",
        ),
        Statistic(
            "surprise",
            "reference SD",
            "Tone of deeds minus what a robust line expects of a dyad with such words, in SD of "
            "the reference residuals.",
        ),
        Statistic(
            "surprise_percentile",
            "percentile",
            "Share of reference dyads whose surprise is smaller, ties counted half, times 100.",
        ),
        Statistic(
            "surprise_q",
            "rate",
            "False discovery rate at which the surprise would still be kept among all rows "
            "looked at together, by the step-up of Benjamini and Hochberg.",
        ),
        Statistic(
            "gap_z_shrunk",
            "reference SD",
            "gap_z with both tones drawn towards the reference mean as far as few acts make "
            "chance likely: posterior of a bivariate normal world of dyads.",
        ),
        Statistic(
            "tipping_leakage",
            "share of words",
            "Smallest share of words miscoded as deeds, here and in the reference, at which the "
            "sign of the gap flips or no deed of one side is left.",
        ),
        Statistic("design_effect_words", "ratio", "Reported words per independent word."),
        Statistic("design_effect_deeds", "ratio", "Reported deeds per independent deed."),
        Statistic(
            "gap_z_sensitivity",
            "reference SD",
            "gap_z again under another map, or with contacts counted as words or as deeds.",
        ),
        Statistic(
            "gap_z_intensity",
            "reference SD",
            "gap_z with each act weighted by its published intensity over the mean of its kind "
            "and side among the reference dyads; interval as for unweighted counts.",
        ),
        *STATISTICS,
    ),
    references=("benjamini1995", "brown2001", "efron1975", "goldstein1992", "huber1964", "rao1992"),
)

UNSCALED = ("tone_words", "tone_deeds", "design_effect_words", "design_effect_deeds")
SCALED = ("z_words", "z_deeds", "gap_z", "gap_percentile", "surprise", "surprise_percentile",
          "surprise_q", "gap_z_shrunk", "tipping_leakage")  # fmt: skip
SENSITIVITY, INTENSITY = "gap_z_sensitivity", "gap_z_intensity"
WHOLE = (SENSITIVITY, INTENSITY, *CORRECTED)  # given for a whole span only
TIPS = {
    "sign": "At this leakage the gap changes sign.",
    "no cooperation": "At this leakage no cooperative deed is left.",
    "no conflict": "At this leakage no conflictual deed is left.",
    "nothing": "No leakage changes the sign of the gap.",
}


def gap(
    tallies: Table,
    question: Question,
    sources: Sequence[SourceSpan],
    acts: Table | None = None,
) -> list[Finding]:
    """Tones, gap, surprise and their diagnostics, one set a source, direction and period.

    Unit: see each statistic. Below the gates a number is "too thin", outside
    coverage "not covered", without a reference set "cannot tell"; all three are
    null. Casebooks are cases, not samples, and give no finding. `acts` are the
    single acts of the sources that have them, for the twin weighted by intensity.

    Raises:
        BadDates: a source is asked for periods finer than it keeps.
    """
    samples = [source for source in sources if source.role == "sample"]
    return [
        finding for source in samples for finding in _of_source(tallies, question, source, acts)
    ]


def _of_source(
    tallies: Table, question: Question, source: SourceSpan, acts: Table | None
) -> list[Finding]:
    tallied.need_unit(question.by, source)
    if not question.periods(source):
        return _outside(question, source)
    others = [map for map in variants() if map != question.map and question.by is None]
    counts = Counts(tallies, question, source, [question.map, *others])
    found = labelled(readings(counts, question, source, question.map))
    by_hand = sentence(source.labels)
    findings = [
        finding
        for said in found
        for finding in _findings(_sheet(question, source, said.reading), said, by_hand)
    ]
    for map in others:
        findings += _sensitivity(question, source, readings(counts, question, source, map))
    if question.by is None:
        findings += _intensity(question, source, found, twin(acts, question, source, counts))
        for reading in (said.reading for said in found):
            findings += corrected(_sheet(question, source, reading), reading, source)
    return findings


def _outside(question: Question, source: SourceSpan) -> list[Finding]:
    why = not_covered(question, source)
    return [
        Sheet(MEASURE, actor, target, question.asked(source), source.name, question.map).missing(
            statistic.name, "not covered", why
        )
        for actor, target in question.directions()
        for statistic in MEASURE.statistics
        if statistic.name not in WHOLE
    ]


def _sheet(question: Question, source: SourceSpan, reading: Reading) -> Sheet:
    return Sheet(
        MEASURE,
        reading.actor,
        reading.target,
        reading.period,
        source.name,
        question.map,
        notes=(*reading.notes, *widened(question, source)),
    )


def _findings(sheet: Sheet, said: Said, by_hand: str) -> Iterator[Finding]:
    yield _contact_share(sheet, said.reading)
    yield from _tones(sheet, said.reading)
    yield from _scaled(sheet, said, by_hand)


def _tones(sheet: Sheet, reading: Reading) -> Iterator[Finding]:
    """Tones and design effects, which need acts enough but no reference."""
    if reading.status in ("too thin", "not covered"):
        yield from _missing(sheet, reading, UNSCALED)
        return
    d = design_effects(reading.sums["word"], reading.sums["deed"])
    for kind, effect in zip(("word", "deed"), d, strict=True):
        sums, size = reading.sums[kind], float(effect[0])
        found = tone_interval(sums, effect)[0]
        n, filters = int(sums.n[0]), (f"--kind {kind}",)
        yield sheet.ok(
            f"tone_{kind}s",
            float(found.point),
            _ends(found),
            n=n,
            n_effective=n / size,
            filters=filters,
        )
        yield sheet.ok(f"design_effect_{kind}s", size, n=n, filters=filters)


def _scaled(sheet: Sheet, said: Said, by_hand: str) -> Iterator[Finding]:
    """Everything that is measured against the reference set."""
    reading = said.reading
    if reading.gap is None or said.label is None or said.q is None:
        yield from _missing(sheet, reading, SCALED)
        return
    found = reading.gap[0]
    notes = {"gap_z": (said.label.sentence, _sureness(found))}
    numbers = zip(SCALED, _estimates(found), strict=False)
    for name, estimate in (*numbers, ("gap_z_shrunk", reading.shrunk()[0])):
        yield sheet.ok(
            name,
            float(estimate.point),
            _ends(estimate),
            n=reading.n,
            n_effective=reading.n_effective,
            notes=notes.get(name, ()),
        )
    yield sheet.ok("surprise_q", said.q, n=reading.n)
    leakage, what = reading.tipping()
    yield sheet.ok("tipping_leakage", leakage, n=reading.n, notes=(TIPS[what], by_hand))


def _estimates(found: Gap) -> tuple[Estimate, ...]:
    return (
        found.z_words,
        found.z_deeds,
        found.gap,
        found.gap_percentile,
        found.surprise,
        found.surprise_percentile,
    )


def _sureness(found: Gap) -> str:
    sign = "above" if float(found.gap.point) >= 0 else "below"
    return f"Probability that the gap is {sign} 0: {float(found.gap_sign_probability):.2f}."


def _missing(sheet: Sheet, reading: Reading, names: tuple[str, ...]) -> Iterator[Finding]:
    for name in names:
        yield sheet.missing(name, reading.status, reading.missing, n=reading.n)


def _ends(estimate: Estimate) -> tuple[float, float]:
    return float(estimate.lower), float(estimate.upper)


def _contact_share(sheet: Sheet, reading: Reading) -> Finding:
    contacts, everything = reading.acts["contact"], sum(reading.acts.values())
    if not everything:
        return sheet.missing("contact_share", reading.status, reading.missing)
    sums = reading.sums
    d = design_effect_of_kind(sums["contact"], sums["word"] + sums["deed"])[0]
    found = share(contacts, everything, max(1.0, float(d)) if d == d else 1.0)
    return sheet.ok(
        "contact_share",
        found.estimate,
        found.interval,
        n=int(everything),
        n_effective=found.n_effective,
        filters=("--kind contact",),
    )


def _sensitivity(
    question: Question, source: SourceSpan, found: Iterable[Reading]
) -> Iterator[Finding]:
    """gap_z under another map, with a reference set of its own."""
    for reading in found:
        sheet, map = _sheet(question, source, reading), reading.map
        if reading.gap is None:
            yield sheet.missing(SENSITIVITY, reading.status, reading.missing, n=reading.n, map=map)
        else:
            gap = reading.gap[0].gap
            yield sheet.ok(SENSITIVITY, float(gap.point), _ends(gap), n=reading.n, map=map)


def _intensity(
    question: Question, source: SourceSpan, found: Iterable[Said], by: Twin | str
) -> Iterator[Finding]:
    """gap_z with acts weighted by intensity, or why it cannot be had."""
    for reading in (said.reading for said in found):
        sheet = _sheet(question, source, reading)
        if reading.gap is None:
            yield sheet.missing(INTENSITY, reading.status, reading.missing, n=reading.n)
        elif isinstance(by, str):
            yield sheet.missing(INTENSITY, "cannot tell", by, n=reading.n)
        else:
            gap = by.gap(reading)
            yield sheet.ok(INTENSITY, float(gap.point), _ends(gap), n=reading.n)
