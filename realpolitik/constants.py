"""Every number realpolitik decides with, in one place, printed in each dossier.

None depends on a country. `declare` returns the value and keeps the sentence
that says why, so that code reads `GATE_WORDS` and the method section reads
`ALL`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

N = TypeVar("N", int, float)


@dataclass(frozen=True, slots=True)
class Constant:
    """One constant: its name, value, unit, and why it has that value."""

    name: str
    value: float
    unit: str
    why: str


ALL: list[Constant] = []


def declare(name: str, value: N, unit: str, why: str) -> N:
    """Register a constant and return its value."""
    ALL.append(Constant(name, value, unit, why))
    return value


METHODOLOGY_VERSION = "1"

LEVEL = declare("LEVEL", 0.95, "probability", "level of every interval unless said otherwise")
DRAWS = declare("DRAWS", 2000, "draws", "posterior and bootstrap draws behind an interval")
SENSITIVITY_DRAWS = declare(
    "SENSITIVITY_DRAWS", 500, "draws", "draws behind the interval of a sensitivity row"
)
JEFFREYS = declare("JEFFREYS", 0.5, "acts", "Jeffreys prior added to each side of a tone")
MAD_TO_SD = declare(
    "MAD_TO_SD", 1.4826, "ratio", "turns a median absolute deviation into a normal SD"
)
GATE_WORDS = declare("GATE_WORDS", 30, "acts", "fewest non-neutral words for a tone")
GATE_DEEDS = declare("GATE_DEEDS", 10, "acts", "fewest non-neutral deeds for a tone")
GATE_CLUSTERS = declare("GATE_CLUSTERS", 8, "clusters", "fewest clusters of words, and of deeds")
REFERENCE_WORDS = declare("REFERENCE_WORDS", 50, "acts", "fewest words of a reference dyad")
REFERENCE_DEEDS = declare("REFERENCE_DEEDS", 15, "acts", "fewest deeds of a reference dyad")
REFERENCE_DYADS = declare("REFERENCE_DYADS", 100, "dyads", "fewest dyads of a reference set")
TALLY_ACTS = declare(
    "TALLY_ACTS", 50, "acts", "fewest acts of a dyad that enters the bundled tallies"
)
SIGN_PROBABILITY = declare(
    "SIGN_PROBABILITY", 0.95, "probability", "how sure a sign must be for a label"
)
UNUSUAL_S = declare("UNUSUAL_S", 1.64, "reference SD", "smallest |surprise| called unusual")
COVERAGE_RATIO = declare(
    "COVERAGE_RATIO", 3.0, "ratio",
    "change of a source's acts from one year to the next that is called a break of coverage; "
    "wars alone have doubled them",
)  # fmt: skip
FDR = declare("FDR", 0.05, "rate", "false discovery rate over the rows looked at")
GATE_LAGS = declare(
    "GATE_LAGS", 5, "acts", "fewest secret acts with a disclosure date for a median lag"
)
GATE_ANNOUNCED = declare(
    "GATE_ANNOUNCED", 5, "acts",
    "fewest announcements of a type for a hazard ratio, a placebo, a comparison with acts towards "
    "others, or a forecast: one more or less would turn them",
)  # fmt: skip
GATE_LABELS = declare("GATE_LABELS", 10, "acts", "fewest labelled acts of a kind for its precision")
HORIZONS = tuple(
    declare(f"HORIZON_{days}", days, "days", "time within which an announced act is looked for")
    for days in (30, 90, 365)
)
PLACEBOS = declare(
    "PLACEBOS", 999, "draws", "shuffled sets of dates that announcements are held against"
)
LAGS_WEEK = declare(
    "LAGS_WEEK",
    6,
    "weeks",
    "most lags that BIC may choose, and periods over which an answer is summed",
)
LAGS_MONTH = declare("LAGS_MONTH", 3, "months", "the same where the series is monthly")
LAGS_SHOWN = tuple(
    declare(f"LAGS_SHOWN_{lags}", lags, "periods", "lags tried beside those that BIC chooses")
    for lags in (2, 4, 6)
)
GATE_PERIODS = declare(
    "GATE_PERIODS", 60, "periods", "fewest weeks or months with acts, each way, for an answer"
)
GATE_ROWS = declare(
    "GATE_ROWS", 5, "rows", "fewest periods a coefficient of an autoregression must rest on"
)
ANSWER_DRAWS = declare(
    "ANSWER_DRAWS", 1000, "draws", "bootstrap draws of a lead, of a shock and of a break"
)
ANSWER_P = declare("ANSWER_P", 0.05, "probability", "largest p at which an answer is called shown")
LEAST_PHASE = declare("LEAST_PHASE", 6, "months", "shortest phase between two changes")
GATE_PHASES = declare("GATE_PHASES", 36, "months", "fewest months with acts for phases or episodes")
FIRST_PASS = declare(
    "FIRST_PASS", 6, "ratio",
    "penalty, in log(months), of the pass that only takes out the largest changes",
)  # fmt: skip
LONGEST_EPISODE = declare(
    "LONGEST_EPISODE", 12, "months", "longest window in which words and deeds may part; the scan tries 1 to this"
)  # fmt: skip
MOST_PERSISTENCE = declare(
    "MOST_PERSISTENCE", 0.9, "correlation",
    "largest correlation of a month with the next; above it a series has no level to return to",
)  # fmt: skip
MOST_EPISODES = declare("MOST_EPISODES", 5, "episodes", "most episodes looked for in one series")
EPISODE_CAUTION = declare(
    "EPISODE_CAUTION", 1.4, "ratio",
    "what the p of an episode is multiplied by: memory and level are told from the same series, and "
    "a nominal 5 % came out as 5.7 % in simulations of bare tones, as 6.2 % of reported ones",
)  # fmt: skip
EPISODE_DRAWS = declare(
    "EPISODE_DRAWS", 499, "draws", "flat series simulated to tell how large a gap chance makes"
)
HUBER = declare(
    "HUBER", 1.345, "residual SD", "where Huber's fit begins to weigh down (Huber 1964)"
)
TILTS = tuple(
    declare(f"TILT_{rank}", value, "odds ratio", "tilt of disclosure tried in the tilt analysis")
    for rank, value in enumerate((1 / 10, 1 / 5, 1 / 3, 1 / 2, 1.0, 2.0, 3.0, 5.0, 10.0), start=1)
)
GATE_MONTHS = declare(
    "GATE_MONTHS", 24, "months", "fewest months in which a path can be told from its noise"
)
RELATION_PERSISTENCE = tuple(
    declare(f"RELATION_PERSISTENCE_{rank}", value, "Beta prior", why)
    for rank, value, why in (
        (1, 20.0, "relations change slowly: most of a month's relation stays for the next"),
        (2, 1.5, "second parameter of the same prior, which keeps it below 1"),
    )
)
POSTURE_PERSISTENCE = tuple(
    declare(f"POSTURE_PERSISTENCE_{rank}", value, "Beta prior", why)
    for rank, value, why in (
        (1, 8.0, "a way of talking may change faster than a relation"),
        (2, 1.5, "second parameter of the same prior, which keeps it below 1"),
    )
)
STEP_SD = declare(
    "STEP_SD", 0.5, "log-odds", "half-normal prior of a month's change of relation or posture"
)
POSTURE_SD = declare("POSTURE_SD", 1.0, "log-odds", "prior SD of the mean posture of a dyad")
ANCHOR_SD = declare(
    "ANCHOR_SD", 0.15, "log-odds", "how far levels of a dyad may differ from the reference's"
)
LOADING_SD = declare(
    "LOADING_SD", 0.15, "log ratio", "how far the loading of a dyad may differ from the reference's"
)
LOADING = declare(
    "LOADING", 0.5, "ratio", "loading of words on the relation where no reference set tells it"
)
LOADING_SD_ALONE = declare(
    "LOADING_SD_ALONE", 0.5, "log ratio", "prior SD of that loading: known within a factor of e"
)
LEVEL_SD_ALONE = declare(
    "LEVEL_SD_ALONE", 1.5, "log-odds", "prior SD of levels where no reference set tells them"
)
CONCENTRATION = declare(
    "CONCENTRATION", 30.0, "acts", "prior median of the beta-binomial concentration of a month"
)
CONCENTRATION_SD = declare(
    "CONCENTRATION_SD", 0.6, "log ratio", "prior SD of the log of that concentration"
)
JOINT_STEPS = declare(
    "JOINT_STEPS", 2.0, "Beta prior", "correlation of both relations' steps: middling, either sign"
)
STRONG_DEED = declare(
    "STRONG_DEED", 5.0, "Goldstein points", "least intensity of a deed too costly to be cheap talk"
)
RULE_DRAWS = declare(
    "RULE_DRAWS", 32, "draws", "settings of persistence, steps and loadings behind a path"
)
WIDENING = declare(
    "WIDENING", 1.1, "ratio", "Laplace's intervals of a path fall short by about this much"
)
CHAINS = declare("CHAINS", 2, "chains", "chains of the reference sampler, to be compared")
TARGET_ACCEPT = declare(
    "TARGET_ACCEPT", 0.99, "probability", "acceptance aimed at: high, so that no step diverges"
)
NUTS_WARMUP = declare("NUTS_WARMUP", 500, "draws", "draws a chain adapts on, thrown away")
NUTS_DRAWS = declare(
    "NUTS_DRAWS", 2500, "draws", "draws a chain keeps: with 1,000 R-hat of 60 months came to 1.016"
)
RHAT = declare("RHAT", 1.01, "ratio", "greatest R-hat of chains that agree (Vehtari et al. 2021)")
GATE_EVENTS = declare(
    "GATE_EVENTS", 10, "events", "fewest matched events that tell of words at home and abroad"
)
TIE_YEARS = declare(
    "TIE_YEARS", 5, "years",
    "time before a quarter whose acts make the ties of that quarter: long enough for the acts a tie "
    "needs between most dyads, short enough to follow a change of sides",
)  # fmt: skip
TIE_ACTS = declare("TIE_ACTS", 20, "acts", "fewest non-neutral acts between two for a tie")
PERMUTATIONS = declare(
    "PERMUTATIONS",
    999,
    "dealings",
    "random dealings of ties behind a p-value: it can fall to 0.001",
)
GATE_PARTIES = declare(
    "GATE_PARTIES", 4, "third parties",
    "fewest effective third parties for a verdict: with fewer it hangs on one or two of them",
)  # fmt: skip
BETA_FEW = declare(
    "BETA_FEW", 3, "acts",
    "weight on the rarer side of a prior that calls a side rare: Beta(3, 9) has its mean at a quarter",
)  # fmt: skip
BETA_MANY = declare("BETA_MANY", 9, "acts", "weight on the commoner side of such a prior")
BETA_MIDDLE = declare(
    "BETA_MIDDLE", 5, "acts", "weight on either side of a prior that calls neither side rare"
)
CONCENTRATIONS = tuple(
    declare(f"CONCENTRATION_{rank}", value, "ratio", "times the priors' weight that are tried")
    for rank, value in enumerate((0.5, 1.0, 2.0), start=1)
)
DESIGN_TIMES = tuple(
    declare(f"DESIGN_TIMES_{rank}", value, "ratio", "times the design effect that are tried")
    for rank, value in enumerate((1.0, 2.0, 4.0), start=1)
)
RIGHT = {
    grade: declare(f"RIGHT_{grade}", value, "probability", why)
    for grade, value, why in (
        ("A", 0.95, "mean of Beta(19, 1): how often a report of grade A has the side right"),
        ("B", 0.8, "mean of Beta(8, 2)"),
        ("C", 0.6, "mean of Beta(6, 4)"),
        ("D", 0.4, "mean of Beta(4, 6)"),
        ("E", 0.2, "mean of Beta(2, 8); a report that is not right says either side alike"),
        ("F", 0.5, "mean of Beta(1, 1): its reliability cannot be judged"),
    )
}
RIGHT_SAMPLE = declare(
    "RIGHT_SAMPLE", 0.8, "probability",
    "how often a machine has the side right, tried beside 1: coders err in a fifth of codes or more",
)  # fmt: skip
BF_POSITIVE = declare(
    "BF_POSITIVE",
    3.0,
    "ratio",
    "least Bayes factor against each rival (Kass and Raftery: positive)",
)
BF_STRONG = declare(
    "BF_STRONG", 20.0, "ratio", "least Bayes factor, at the weakest setting, to be called strong"
)
BF_SHOWN = declare(
    "BF_SHOWN", 1e6, "ratio", "Bayes factors beyond this, or below its inverse, are cut"
)
GRID_SHARE = declare(
    "GRID_SHARE",
    0.9,
    "share",
    "share of the settings tried in which a reading must lead to be named",
)
PREDICTIVE = declare(
    "PREDICTIVE", 0.05, "probability",
    "a leader whose posterior predictive p lies this near 0 or 1 does not fit, and none of these leads",
)  # fmt: skip
GATE_WEIGH = declare(
    "GATE_WEIGH", 10, "acts", "fewest non-neutral words and deeds for readings to be weighed"
)
GATE_PRIVATE = declare(
    "GATE_PRIVATE", 5, "acts", "fewest private acts for a reading that speaks of them to be named"
)
NEEDED_MOST = declare(
    "NEEDED_MOST", 1000, "acts", "most further acts looked at for what would decide between two"
)
PREDICTIVE_DRAWS = declare(
    "PREDICTIVE_DRAWS", 1000, "draws", "draws behind a posterior predictive p"
)
CODE_LEAST = declare(
    "CODE_LEAST", 0.3, "probability", "below it a marked pair is left uncoded: little above chance"
)
NO_ACT_LEAST = declare(
    "NO_ACT_LEAST", 0.5, "probability", "chance of no act from which none is coded: even odds"
)
READ_LEAST = declare(
    "READ_LEAST",
    0.6,
    "probability",
    "confidence an act found in a text must have: in running text false acts cost more than missed ones",
)
FILE_MOST = declare(
    "FILE_MOST", 50_000_000, "bytes", "largest file read at once: ten times the largest FRUS volume"
)
TEXT_MOST = declare(
    "TEXT_MOST", 2_000_000, "characters", "longest text read at once: a long book, minutes of work"
)
WORD_MOST = declare(
    "WORD_MOST", 2_000, "letters", "longest word of a text; longer is data, addresses included"
)
SENTENCE_MOST = declare(
    "SENTENCE_MOST",
    200,
    "words",
    "longest sentence in which acts are looked for; longer ones are lists and tables",
)
PAGES_MOST = declare("PAGES_MOST", 3_000, "pages", "longest PDF read at once: a long book twice")
ENGLISH_WORDS = declare(
    "ENGLISH_WORDS", 25, "words", "fewest words by which the language of a text is judged"
)
ENGLISH_LEAST = declare(
    "ENGLISH_LEAST", 0.12, "share", "least share of common English words; English prose has a third"
)
ABOUT_SHARE = declare(
    "ABOUT_SHARE",
    0.1,
    "share",
    "two quantities of which one is only about so much may differ by a tenth",
)
PARTS_MOST = declare(
    "PARTS_MOST", 3, "parts", "most parts a quantity is summed from: more fit by chance"
)
DATE_SLACK_DAY = declare(
    "DATE_SLACK_DAY",
    1,
    "days",
    "a day in a claim may differ by one: time zones, and the day of the report",
)
DATE_SLACK_MONTH = declare(
    "DATE_SLACK_MONTH", 3, "days", "a month in a claim may miss its act by days around its turn"
)
ANSWER_LEAST = declare(
    "ANSWER_LEAST",
    0.5,
    "share",
    "words of a blow a text must use for a later one to be read as the answer to it",
)
TITLE_LEAST = declare(
    "TITLE_LEAST",
    0.6,
    "share",
    "words two titles must share to be taken for one: retold headlines keep about as many",
)
EVIDENCE_MOST = declare(
    "EVIDENCE_MOST", 50_000, "acts", "most acts of a lake held against one text: seconds of work"
)
BELONG_DAYS = declare(
    "BELONG_DAYS",
    45,
    "days",
    "acts of one code between two actors within this many days may be parts of one",
)
FOUND_MOST = declare(
    "FOUND_MOST", 10, "acts", "acts looked at for a claim: recall is measured at ten"
)
SAME_LEAST = declare(
    "SAME_LEAST",
    0.5,
    "probability",
    "chance that an act is the one a claim means, from which it is held against it",
)
SAME_SURE = declare(
    "SAME_SURE",
    0.7,
    "probability",
    "the same chance from which an act can contradict: a false contradiction costs most",
)
CHECK_LEAST = declare(
    "CHECK_LEAST", 0.7, "probability", "chance of being right below which no verdict is given"
)
COVER_LEAST = declare(
    "COVER_LEAST",
    0.4,
    "share",
    "words of a claim, by weight, an act must have, or it leaves too much unsaid",
)
COVER_SURE = declare(
    "COVER_SURE",
    0.65,
    "share",
    "the same for an act that contradicts: it must surely be the one meant",
)
COVER_UNIQUE = declare(
    "COVER_UNIQUE",
    0.15,
    "share",
    "how much more of a claim an act must have than a like act of another date",
)
NAMES_MISSING = declare(
    "NAMES_MISSING", 0.34, "share", "names of a claim an act may lack: one of three"
)
WEIGHT_MOST = declare(
    "WEIGHT_MOST", 25.0, "log units", "shared words beyond this weight, four rare ones, say no more"
)
