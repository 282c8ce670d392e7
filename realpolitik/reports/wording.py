"""What the statistics, marks and limits are called on the page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from realpolitik.constants import HORIZONS

KINDS = ("word", "contact", "deed")
PLURAL = {"word": "words", "contact": "contacts", "deed": "deeds"}
SIDES = ("cooperation", "conflict", "neutral")
COOPERATIVE = {"cooperation": "cooperative", "conflict": "conflictual", "neutral": "neutral"}
TYPES = ("promise", "threat", "offer", "demand")
YEAR = max(HORIZONS)


@dataclass(frozen=True, slots=True)
class Term:
    """A statistic's short name and one line that says how to read it."""

    name: str
    reading: str


TERMS = {
    "tone_words": Term("Tone of words", "log-odds of cooperative against conflictual; 0 is even"),
    "tone_deeds": Term("Tone of deeds", "the same, for deeds"),
    "contact_share": Term("Share of contacts", "meetings, talks and visits among all acts"),
    "z_words": Term("Words against other dyads", "0 is the median dyad; below 0 is harsher"),
    "z_deeds": Term("Deeds against other dyads", "0 is the median dyad; below 0 is harsher"),
    "words_as_deeds": Term("Words filed as deeds", "share of true words, by acts labelled by hand"),
    "gap_z_corrected": Term("Say-do gap, set right", "the gap without words filed as deeds"),
    "gap_z": Term("Say-do gap", "deeds minus words; above 0 deeds are milder than words"),
    "gap_percentile": Term("Rank of the gap", "percentile among all dyads of the source"),
    "surprise": Term(
        "Surprise", "how far deeds are from what dyads with such words usually do; 0 is as usual"
    ),
    "surprise_percentile": Term("Rank of the surprise", "percentile among all dyads"),
    "surprise_q": Term(
        "False discovery rate", "of the surprise, over the rows looked at; small is rare by chance"
    ),
    "gap_z_shrunk": Term("Gap, shrunk", "the gap less what chance in few acts would give"),
    "gap_z_intensity": Term("Gap, weighted", "each act weighted by its published intensity"),
    "tipping_leakage": Term(
        "Tipping leakage", "share of words misfiled as deeds that would change the sign of the gap"
    ),
    "design_effect_words": Term(
        "Design effect, words", "reports per independent report; 1 means none repeats another"
    ),
    "design_effect_deeds": Term("Design effect, deeds", "the same, for deeds"),
    "tone_secret": Term("Tone of hidden acts", "log-odds over cases, words and deeds"),
    "tone_public_words": Term("Tone of open words", "log-odds over cases"),
    "hidden_minus_open": Term(
        "Hidden minus open", "above 0 hidden acts are more cooperative than open words"
    ),
    "tilt_omega": Term(
        "Tilt that would undo it",
        "how much likelier hidden cooperation must be to surface than hidden conflict "
        "for the difference to vanish; near 1 is fragile",
    ),
    "tilt_unsure": Term(
        "Tilt that leaves it unsure", "the tilt at which its interval first holds 0"
    ),
    "secrets_known": Term("Secret acts known", "of the span, by its last day"),
    "secrets_nowcast": Term(
        "Secret acts in all", "with those like them that are still to come out; a lower bound"
    ),
    "killed_hindsight": Term("Killed", "in acts whose account changed later, by the last account"),
    "injured_hindsight": Term("Injured", "the same"),
    "disclosure_lag_median": Term("Median time hidden", "from the act to its first public account"),
    "gap_as_of": Term("Gap as known then", "tone of deeds minus tone of words, known at the time"),
    "gap_hindsight": Term(
        "Gap over cases, as known now",
        "tone of deeds minus tone of words, all that is on record today",
    ),
    "hindsight_gap": Term("Hindsight", "as known now minus as known then"),
    "inertia": Term("Inertia", "how far a side's tone carries over from its own past; 1 is wholly"),
    "response": Term("Response", "what a rise of 1 in the other's tone adds over the next months"),
    "response_words": Term("Response, words alone", ""),
    "response_deeds": Term("Response, deeds alone", ""),
    "response_2_lags": Term("Response, 2 lags", "a fixed number of months of the past"),
    "response_4_lags": Term("Response, 4 lags", ""),
    "response_6_lags": Term("Response, 6 lags", ""),
    "response_within_phases": Term("Response, within phases", "the mean of each phase taken out"),
    "response_p": Term("Chance alone", "p of no help from the other's past"),
    "lead_balance": Term("Lead", "above 0 the target follows the actor; 1 is wholly"),
    "deeds_balance": Term("Balance of deeds", "log ratio of the deeds of the two; 0 is even"),
    "breaks": Term("Changes of level", "of words and deeds both ways, together"),
    "breaks_half_penalty": Term("Changes, half penalty", "easier to find, likelier to be chance"),
    "breaks_double_penalty": Term("Changes, double penalty", "harder to find"),
    "breaks_words": Term("Changes of words alone", ""),
    "breaks_deeds": Term("Changes of deeds alone", ""),
    "breaks_volume": Term("Changes of volume", "of how much is reported of the two"),
    "coverage_breaks": Term("Changes of coverage", "of how much the source reports of anybody"),
    "episode_own_p": Term(
        "Divergent episode, own level", "chance of a window so far out in a series without one"
    ),
    "episode_reference_p": Term("Divergent episode, other dyads", "the same, against other dyads"),
    "relation_mean": Term("Relation", "read off deeds; 0 is the middle dyad of the source"),
    "posture_mean": Term("Posture", "what words add; below 0 harsher than the relation explains"),
    "relation_shift": Term("Shift of the relation", "second half of the span minus the first"),
    "posture_shift": Term("Shift of the posture", "second half of the span minus the first"),
    "loading": Term("Loading", "how far words follow the relation; 1 is wholly"),
    "joint_steps": Term("Joint steps", "correlation of the changes of both directions"),
    "relation_mean_secret": Term("Relation, secret deeds added", "from the casebooks"),
    "posture_mean_secret": Term("Posture, secret deeds added", ""),
    "words_home": Term("Words for home", "an audience at home alone"),
    "words_abroad": Term("Words for abroad", "an audience abroad alone"),
    "matched_events": Term("Matched days", "days that hold words of both sorts"),
    "audience_difference": Term("Home minus abroad", "below 0 harsher at home"),
    "benefit": Term("Benefit", "from −1, hurts, to 1, helps; read it against chance"),
    "benefit_expected": Term("Benefit by chance", "the same deeds, ties dealt out at random"),
    "benefit_p": Term("Chance alone", "share of random dealings that do as well"),
    "benefit_rank": Term("Rank", "1 is whom the deeds suit best"),
    "third_parties_effective": Term("Effective third parties", "how many the deeds are worth"),
    "tied_share": Term("Deeds that count", "share towards third parties whose tie is known"),
    "cases_helped": Term("Cases that helped", "hand-coded acts towards third parties"),
    "cases_hurt": Term("Cases that hurt", ""),
}
FOLLOW = re.compile(r"(announced|followed|base|lift)_([a-z]+)(?:_(\d+)d)?")
FOLLOW_NAMES = {
    "announced": "{type}s on record",
    "followed": "{type}s followed within {days} days",
    "base": "Base rate of such deeds, {days} days",
    "lift": "Lift over base rate, {days} days",
}


def term(statistic: str) -> Term:
    """How a statistic is called; an unknown one is called by its own name."""
    if statistic in TERMS:
        return TERMS[statistic]
    found = FOLLOW.fullmatch(statistic)
    if found:
        text = FOLLOW_NAMES[found[1]].format(type=found[2], days=found[3])
        return Term(text[:1].upper() + text[1:], "")
    return Term(statistic.replace("_", " "), "")


MAPS = {
    "realpolitik": "realpolitik map (contacts apart)",
    "realpolitik+contacts=words": "contacts counted as words",
    "realpolitik+contacts=deeds": "contacts counted as deeds",
    "gdelt": "GDELT map",
    "icews": "ICEWS map",
    "phoenix": "Phoenix map",
    "plover": "PLOVER map",
}

RELIABILITY = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable",
    "D": "not usually reliable", "E": "unreliable", "F": "cannot be judged",
}  # fmt: skip
CREDIBILITY = {
    "1": "confirmed", "2": "probably true", "3": "possibly true (contested)",
    "4": "doubtful", "5": "improbable", "6": "cannot be judged",
}  # fmt: skip

MEMORY = "from memory"
CASES = "Casebooks are cases, not samples: their counts say what was found, never how common it is."

LIMITS = (
    "A gap is a difference between two records, words and deeds, measured against other dyads of "
    "the same source and years. It is not a measure of sincerity, and it says nothing of intention.",
    "Dyads with hostile words mostly act more mildly than they talk. A gap by itself is therefore the usual "
    "case; only the surprise says whether this dyad differs from others that talk alike.",
    "Machine-coded acts are reports read by a program. A code can be wrong, a report can be wrong, "
    "and an act nobody reported is not here. Hidden and deniable deeds reach such sources late or "
    "never.",
    "What was hidden is known only where it came out. Secret cooperation and secret hostility need "
    "not come out at the same rate; the tilt says how unequal that would have to be to undo the "
    "finding.",
    "A deed that follows a promise or threat is not shown to be caused by it. An announcement that "
    "no recorded deed follows may have been met, overtaken, or carried out unseen.",
    "Casebooks were collected by hand around known episodes. They serve to show what happened and "
    "how it was known, never to say what share of all acts was hidden, or of all announcements followed.",
)
