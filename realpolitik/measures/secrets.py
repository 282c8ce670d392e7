"""What was hidden, for how long, and how the record looked before it came out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from ibis.expr.types import Table

from realpolitik.constants import GATE_LAGS, TILTS
from realpolitik.findings import Finding
from realpolitik.measures._cases import Case, cases
from realpolitik.measures._hindsight import HARMED, Accounts, gaps, harmed, to_come
from realpolitik.measures._measure import Measure, Sheet, Statistic
from realpolitik.measures._question import Question, SourceSpan, not_covered
from realpolitik.stats.cases import difference_interval, leave_one_out, log_odds
from realpolitik.stats.lags import lag_quantile
from realpolitik.stats.tilt import tilted, tipping_tilt, unsure_tilt
from realpolitik.vocab.calendar import Period
from realpolitik.vocab.kinds import KINDS, SIDES

CASES = "Cases, not a sample: counts of hand-coded acts, never a rate of all acts."
CHOSEN = "The interval allows for few cases and shared publications, not for how cases were chosen."
OPENNESS = ("public", "secret")
# Hidden minus open under each tilt that is tried, by name: tilted_1_10 to tilted_10.
TILTED = {f"tilted_{tilt:.0f}" if tilt >= 1 else f"tilted_1_{1 / tilt:.0f}": tilt for tilt in TILTS}
TONES = (
    "tone_secret", "tone_public_words", "hidden_minus_open", "tilt_omega", "tilt_unsure", *TILTED
)  # fmt: skip

_COUNT = "Number of hand-coded acts of this openness, kind and side."
_ODDS = "log-odds over cases"

MEASURE = Measure(
    name="secrets",
    sentence="What was hidden and for how long, and what words against deeds looked like as known then.",
    table="acts",
    statistics=(
        *(
            Statistic(f"{openness}_{kind}_{side}", "acts", _COUNT)
            for openness, kind, side in product(OPENNESS, KINDS, SIDES)
        ),
        Statistic("tone_secret", _ODDS, "log[(C+ + 1/2)/(C- + 1/2)] over secret words and deeds."),
        Statistic("tone_public_words", _ODDS, "log[(C+ + 1/2)/(C- + 1/2)] over public words."),
        Statistic(
            "hidden_minus_open",
            _ODDS,
            "Tone of secret words and deeds minus tone of public words; Jeffreys interval on counts divided by "
            "their design effect with publications as clusters. It allows for few cases, not for "
            "how they were chosen.",
        ),
        Statistic(
            "tilt_omega",
            "odds ratio",
            "How many times likelier cooperative than hostile secret acts must be to come out "
            "(or the reverse, below 1) for hidden minus open to be zero.",
        ),
        Statistic(
            "tilt_unsure",
            "odds ratio",
            "The tilt nearest to 1 at which the interval of hidden minus open reaches zero, so that "
            "its sign is no longer sure; 1 where it is not sure as it stands.",
        ),
        *(
            Statistic(
                name,
                _ODDS,
                "Hidden minus open and its interval, had a cooperative secret act these odds of "
                "coming out over those of a hostile one: less the log of the odds.",
            )
            for name in TILTED
        ),
        Statistic(
            "disclosure_lag_median",
            "days",
            "Median days from a secret act to its first public account, vague dates at their "
            "middle; order-statistic interval. Acts never disclosed are not in it, so it is a "
            "lower bound.",
        ),
        Statistic(
            "gap_as_of", _ODDS, "Tone of deeds minus tone of words, over acts known by then."
        ),
        Statistic("gap_hindsight", _ODDS, "The same over all acts the record holds today."),
        Statistic("hindsight_gap", _ODDS, "The gap with hindsight minus the gap as known then."),
        *(
            Statistic(
                f"{what}_{when}",
                "persons",
                f"Persons {what} in acts whose account changed later, by the account that {stands}.",
            )
            for when, stands in (("as_of", "stood on that day"), ("hindsight", "stands today"))
            for what in HARMED
        ),
        Statistic("secrets_known", "acts", "Secret acts of the period publicly known by that day."),
        Statistic(
            "secrets_nowcast",
            "acts",
            "Secret acts like those of the casebook that the period held, known or not yet known on "
            "that day: each known one counts for as many as its chance to be known by then stands "
            "for, by the reverse-time hazard of the lags; bootstrap over acts. A lower bound.",
        ),
    ),
    references=("carson2018", "katagiri2019", "lagakos1988"),
)


def secrets(
    acts: Table,
    question: Question,
    sources: Sequence[SourceSpan],
    as_of: date | None = None,
    accounts: Accounts | None = None,
) -> list[Finding]:
    """Hidden against open acts, disclosure lags, and hindsight, for both directions.

    Unit: counts of acts and persons, days, and log-odds over cases. A statistic
    whose acts are missing is "too thin" and null, never 0; counts of 0 are
    counts. `as_of` None means the last day of each period. `accounts` holds
    the versions of acts whose account changed, by act_id.
    """
    return [
        finding
        for source in sources
        if source.role == "cases"
        for ends in question.directions()
        for finding in _direction(acts, question, source, ends, as_of, accounts or {})
    ]


def _direction(
    acts: Table,
    question: Question,
    source: SourceSpan,
    ends: tuple[str, str],
    as_of: date | None,
    accounts: Accounts,
) -> Iterator[Finding]:
    actor, target = ends
    found = cases(acts, source.name, actor, target)
    periods = question.periods(source)
    if not periods or not found:
        sheet = Sheet(MEASURE, actor, target, question.asked(source), source.name, question.map)
        why = f"{source.name} holds no act of {actor} towards {target}."
        for statistic in MEASURE.statistics:
            yield sheet.missing(
                statistic.name, "not covered", why if periods else not_covered(question, source)
            )
        return
    for period in periods:
        sheet = _sheet(question, source, actor, target, period)
        yield from _period(sheet, question, found, as_of, accounts)


def _sheet(
    question: Question, source: SourceSpan, actor: str, target: str, period: Period
) -> Sheet:
    return Sheet(MEASURE, actor, target, period, source.name, question.map, notes=(CASES,))


def _period(
    sheet: Sheet, question: Question, found: list[Case], as_of: date | None, accounts: Accounts
) -> Iterator[Finding]:
    day = as_of or sheet.period.end
    inside = [case for case in found if case.happened_in(sheet.period.start, sheet.period.end)]
    yield from _counts(sheet, inside)
    yield from _hidden_against_open(sheet, inside)
    yield _lag(sheet, [case for case in inside if case.secret])
    yield from gaps(sheet, inside, day)
    yield from harmed(sheet, inside, day, accounts)
    # Resampled for a whole span only: it would take a second for every ten years.
    if question.by is None:
        yield from to_come(sheet, found, inside, day, question.seed)


def _counts(sheet: Sheet, inside: list[Case]) -> Iterator[Finding]:
    for openness, kind, side in product(OPENNESS, KINDS, SIDES):
        n = sum(
            (case.secret, case.kind, case.side) == (openness == "secret", kind, side)
            for case in inside
        )
        filters = (f"--secrecy {openness}", f"--kind {kind}", f"--side {side}")
        yield sheet.ok(f"{openness}_{kind}_{side}", n, n=n, filters=filters)


def _hidden_against_open(sheet: Sheet, inside: list[Case]) -> Iterator[Finding]:
    # Contacts are cooperation by their code, whatever was said: they would warm any secret.
    secret = [case for case in inside if case.secret and case.side != "neutral"]
    hidden = [case for case in secret if case.kind != "contact"]
    spoken = [
        case
        for case in inside
        if not case.secret and case.kind == "word" and case.side != "neutral"
    ]
    if not hidden or not spoken:
        why = (
            f"{len(hidden)} secret words or deeds and {len(spoken)} public words that are not neutral; "
            "at least one of each is needed to set them side by side."
        )
        for statistic in TONES:
            yield sheet.missing(statistic, "too thin", why, n=len(hidden) + len(spoken))
        return
    tone_hidden, tone_spoken = log_odds(_sides(hidden)), log_odds(_sides(spoken))
    public_words = ("--secrecy public", "--kind word")
    yield sheet.ok("tone_secret", tone_hidden, n=len(hidden), filters=("--secrecy secret",))
    yield sheet.ok("tone_public_words", tone_spoken, n=len(spoken), filters=public_words)
    n, (low, high) = len(hidden) + len(spoken), _interval(hidden, spoken)
    yield sheet.ok(
        "hidden_minus_open",
        tone_hidden - tone_spoken,
        (low, high),
        n=n,
        notes=(_range(hidden, spoken), *_met(secret, spoken), CHOSEN),
    )
    yield sheet.ok("tilt_omega", tipping_tilt(tone_hidden, tone_spoken), n=n)
    yield sheet.ok("tilt_unsure", unsure_tilt(low, high), n=n)
    moved = tilted((tone_hidden - tone_spoken, low, high), tuple(TILTED.values()))
    for name, (value, lower, upper) in zip(TILTED, moved.tolist(), strict=True):
        yield sheet.ok(name, value, (lower, upper), n=n)


def _interval(hidden: list[Case], spoken: list[Case]) -> tuple[float, float]:
    """What so few cases can tell of hidden minus open; it holds the value over all of them."""
    whole = log_odds(_sides(hidden)) - log_odds(_sides(spoken))
    low, high = difference_interval(
        _sides(hidden), _publications(hidden), _sides(spoken), _publications(spoken)
    )
    return min(whole, low), max(whole, high)


def _range(hidden: list[Case], spoken: list[Case]) -> str:
    """Hidden minus open with all publications and with each left out, as a sentence."""
    whole = log_odds(_sides(hidden)) - log_odds(_sides(spoken))
    found = leave_one_out(
        _sides(hidden), _publications(hidden), _sides(spoken), _publications(spoken)
    )
    if found is None:
        return "It rests on one publication: without it there is nothing to compare."
    low, high = min(whole, found[0]), max(whole, found[1])
    return f"Leaving out one publication at a time: {low:.2f} to {high:.2f}."


def _met(secret: list[Case], spoken: list[Case]) -> Iterator[str]:
    """Hidden minus open had contacts been counted among what was hidden, as a sentence."""
    met = sum(case.kind == "contact" for case in secret)
    if met:
        moved = log_odds(_sides(secret)) - log_odds(_sides(spoken))
        many = "contact as its code has it" if met == 1 else "contacts as their codes have them"
        yield f"With {met} hidden {many}: {moved:.2f}."


def _lag(sheet: Sheet, secret: list[Case]) -> Finding:
    lags = [_days_hidden(case, case.disclosed) for case in secret if case.disclosed is not None]
    if len(lags) < GATE_LAGS:
        why = f"{len(lags)} secret acts with a known disclosure date; at least {GATE_LAGS} are needed."
        return sheet.missing("disclosure_lag_median", "too thin", why, n=len(lags))
    shortest, longest = zip(*lags, strict=True)
    median, interval = lag_quantile(shortest, 0.5, longest)
    return sheet.ok(
        "disclosure_lag_median", median, interval, n=len(lags), filters=("--secrecy secret",)
    )


def _days_hidden(case: Case, disclosed: date) -> tuple[int, int]:
    """Fewest and most days from the end of an act to its disclosure, as far as both are dated."""
    last_day = case.known or disclosed
    done_by = case.date if case.vague else case.end_date
    return max(0, (disclosed - case.end_date).days), max(0, (last_day - done_by).days)


def _sides(over: list[Case]) -> list[bool]:
    return [case.side == "cooperation" for case in over]


def _publications(over: list[Case]) -> list[str]:
    return [case.publication for case in over]
