"""Numbers in a sentence, each with its unit and the part it plays.

Needs no grammar: a number, the noun behind it and the words around it. "No
casualties" is a quantity too: zero killed or injured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

ONES = dict(zip(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"], range(1, 20), strict=True))  # fmt: skip
TENS = dict(zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
                range(20, 100, 10), strict=True))  # fmt: skip
ROUND = {"dozen": 12, "dozens": 24, "hundred": 100, "hundreds": 200, "thousand": 1_000, "thousands": 2_000,
         "million": 1e6, "millions": 2e6, "billion": 1e9, "billions": 2e9, "trillion": 1e12}  # fmt: skip
SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12,
          "dozen": 12, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}  # fmt: skip
WORD = "|".join([*TENS, *ONES])
NUMBER = re.compile(
    rf"(?P<sign>US\$|\$|£|€)?\s?\b(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d,]*\d)"
    r"(?:(?:-|–|\sto\s)(?P<upto>\d{1,3}(?:,\d{3})*)(?![\d-]))?"
    r"(?:[\s-]?(?P<scale>billion|million|thousand|trillion|hundred|dozen|bn|mn|tn|[kmb])\b)?"
    rf"|\b(?P<words>(?:{WORD})(?:[\s-](?:{WORD}))?)(?:[\s-](?P<wscale>billion|million|thousand|hundred|dozen))?\b"
    r"|\b(?P<lone>a (?:dozen|hundred|thousand|million|billion)|dozens|hundreds|thousands|scores)\b",
    re.IGNORECASE,
)
NONE = re.compile(
    r"\b(?:no|without|zero|not a single|did not cause|caused no|free of)\s(?:any\s|american\s|u\.?s\.?\s|\w+\s)?"
    r"(?P<what>casualt\w+|deaths?|fatalit\w+|injur\w+|loss of life|dead|wounded)\b"
    r"|\b(?P<free>casualty)-free\b"
    r"|\b(?:no one|nobody|no (?:\w+ )?(?:americans?|soldiers?|troops?|people|civilians?))\s"
    r"(?:was|were|had been|has been|is)\s(?P<done>killed|injured|hurt|harmed|wounded)\b"
    r"|\bno (?:\w+ )?(?:americans?|soldiers?|troops?|people|civilians?|airmen|servicemen|sailors|one)\s(?P<died>died|perished)\b",
    re.IGNORECASE,
)
# What a word near a number says of its part; the first that fits decides.
ROLES = (
    ("deaths", r"\b(?:kill\w*|dead|deaths?|die[sd]?|fatalit\w+|lives|murder\w*|slain|execut\w+|shot dead|loses? (?:his|her|their) li)"),
    ("injuries", r"\b(?:injur\w+|wound\w*|hurt|harm\w*|concuss\w+)"),
    ("casualties", r"\bcasualt\w+"),
    ("freed", r"\b(?:free[sd]?|releas\w+|let go|hand\w* over|home)\b"),
    ("held", r"\b(?:captur\w+|seiz\w+|arrest\w+|held|holds?|kidnap\w+|detain\w+|jail\w+|abduct\w+|took|takes?|capture)\b"),
)  # fmt: skip
MONEY = (
    ("interest", r"\binterest\b"),
    ("withheld", r"\b(?:withh\w+|froze\w*|freez\w*|suspend\w*|halt\w*|cancel\w*)"),
    ("pledged", r"\b(?:pledg\w+|promis\w+|offer\w*|vow\w*|agree\w*(?: to \w+)?)"),
    ("total", r"\b(?:settle\w*|total|altogether|in all|worth)"),
    ("paid", r"\b(?:paid|pay\w*|airlift\w*|flown|fl[ey]w?|transfer\w*|deliver\w*|sent|send\w*|gave|give[sn]?|grant\w*|reach\w*|cash|fund\w*|buy\w*|bought|s[eo]ld?l?\b|releas\w+|unfr\w+)"),
)  # fmt: skip
PEOPLE = re.compile(
    r"^(?:people|persons?|men|women|children|boys?|soldiers?|troops?|servicem[ae]n|marines|airm[ae]n|sailors?|"
    r"americans|iranians|cubans|civilians?|hostages?|prisoners?|hikers?|officers?|agents?|fighters?|passengers?|"
    r"diplomats?|contractors?|militants?|ministers?|workers?|members|residents|personnel|paratroopers?|"
    r"yachtsm[ae]n|fisherm[ae]n|leaders?|casualties|deaths|injuries|dead|wounded|lives|pakistanis?|others|forces|[a-z]{3,}(?:ists|ians|men)|"
    r"(?!(?:pow|tank|helicopt|airlin|bomb|lett|dollar|pap|carri|destroy|cruis|comput|quart|numb|ord|speak|pap|trawl|rot|tow|boil|mort|launch|freight|lin|ferr|steam|schoon|fing|riv|bord|chapt|matt|lay|pill|met)ers)[a-z]{3,}ers)$",
    re.IGNORECASE,
)
SPAN = re.compile(r"^(?:years?|months?|weeks?|days?|hours?|minutes?)$", re.IGNORECASE)
ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|nearly|almost|up to|an estimated|scores)\W*$",
    re.I,
)
OVER = re.compile(r"\b(?:more than|over|at least|above|not less than)\W*$", re.I)
UNDER = re.compile(r"\b(?:fewer than|less than|under|below|at most)\W*$", re.I)
MONEY_WORD = re.compile(r"^\W{0,2}(?:us )?(?:dollars?|usd|pounds|euros?)\b", re.I)
ORDINAL = re.compile(r"^(?:st|nd|rd|th)\b")
# Nouns and names numbers are part of: "September 11", "flight 655", "resolution 598", "page 12".
NAMED = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|flight|"
    r"resolution|order|article|page|chapter|room|no\.|number|air|mh|ka|post|section|lot|group|p|flt|iran air)\s?$",
    re.IGNORECASE,
)
MONTH_NEXT = re.compile(r"^\W?(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", re.I)  # fmt: skip
GRAMMAR = frozenset(
    [
        "of",
        "in",
        "to",
        "from",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "for",
        "and",
        "or",
        "with",
        "by",
        "at",
        "on",
        "that",
        "who",
        "which",
        "when",
        "as",
        "more",
        "than",
        "aboard",
        "into",
        "has",
        "had",
        "have",
        "will",
        "would",
        "dead",
        "killed",
        "injured",
        "wounded",
        "after",
        "before",
        "during",
        "over",
        "under",
        "near",
        "it",
        "its",
        "later",
        "all",
        "the",
        "a",
        "she",
        "he",
        "they",
        "out",
        "up",
        "down",
        "against",
        "through",
        "inside",
        "across",
        "between",
    ]
)
FURTHER = frozenset({"more", "further", "other", "additional", "such"})
WINDOW = 60  # letters around a number in which a word may say what part it plays


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number: `value` in `unit` (usd, people, percent, or a noun), and the part it plays.

    `digits` is half a unit of the last digit written, `bound` says exactly,
    about, at least or at most. `cash` is True where the sentence says so.
    """

    start: int
    end: int
    text: str
    value: float
    unit: str
    role: str
    bound: str
    digits: float
    cash: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The quantity as JSON-ready values."""
        return asdict(self)


def quantities(sentence: str) -> list[Quantity]:
    """Return the quantities of a sentence in order; dates and numbers in names are left out."""
    found = [*_numbers(sentence), *_nones(sentence)]
    kept: list[Quantity] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _nones(sentence: str) -> Iterator[Quantity]:
    for match in NONE.finditer(sentence):
        word = (match["what"] or match["free"] or match["done"] or match["died"]).lower()
        role = "casualties"
        if re.match(r"death|fatal|loss|dead|killed|died|perish", word):
            role = "deaths"
        elif re.match(r"injur|wound", word):
            role = "injuries"
        yield Quantity(*match.span(), match.group(), 0.0, "people", role, "exactly", 0.0)


def _numbers(sentence: str) -> Iterator[Quantity]:
    for match in NUMBER.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        read = _value(match)
        if read is None or _is_name(match, before, after):
            continue
        value, half = read
        unit = _unit(match, before, after)
        if unit is not None:
            near = sentence[max(0, match.start() - WINDOW) : match.end() + WINDOW]
            yield Quantity(
                *match.span(),
                match.group().strip(),
                value,
                unit,
                _role(unit, sentence, match.start(), match.end()),
                _bound(before, match),
                half,
                cash=unit == "usd" and bool(re.search(r"\b(?:cash|banknotes)\b", near, re.I)),
            )


def _value(match: re.Match[str]) -> tuple[float, float] | None:
    if match["lone"]:
        word = match["lone"].lower().removeprefix("a ")
        value = 40.0 if word == "scores" else float(ROUND[word])
        return value, 0.0 if match["lone"].lower().startswith("a ") else value / 2
    if match["words"]:
        value = float(
            sum(
                ONES.get(part, TENS.get(part, 0))
                for part in re.split(r"[\s-]", match["words"].lower())
            )
        )
        scale = SCALES[match["wscale"].lower()] if match["wscale"] else 1.0
        return value * scale, 0.5 * scale if scale > 1 else 0.0
    digits = match["digits"].replace(",", "")
    scale = SCALES[match["scale"].lower()] if match["scale"] else 1.0
    if match["upto"]:
        upto = float(match["upto"].replace(",", ""))
        return upto * scale, max(0.0, upto - float(digits)) * scale
    places = len(digits.partition(".")[2])
    half = 0.5 * 10**-places * scale if scale > 1 or places else 0.0
    return float(digits) * scale, half


def _is_name(match: re.Match[str], before: str, after: str) -> bool:
    """Is the number a date, an ordinal or part of a name?"""
    if match["digits"] and not match["sign"] and not match["scale"]:
        digits = match["digits"]
        if re.fullmatch(r"1[89]\d\d|20\d\d", digits) or before.endswith(
            ("/", "-", ":", "[", "A", "T", "C")
        ):
            return True
        if (
            ORDINAL.match(after)
            or MONTH_NEXT.match(after)
            or (after.startswith(("-", "/", ":", "]")) and not after[1:2].isalpha())
        ):
            return True
    elif match["words"] and match["words"].lower() == "one" and not re.match(r"\s\w+", after):
        return True
    return bool(NAMED.search(before[-12:]))


def _unit(match: re.Match[str], before: str, after: str) -> str | None:
    if match["sign"] or MONEY_WORD.match(after):
        return "usd"
    if re.match(r"\s?(?:%|per ?cent)", after):
        return "percent"
    joined = re.match(r"-([A-Za-z]+)\b", after)
    if joined and not PEOPLE.match(joined[1]) and not SPAN.match(joined[1]):
        return joined[1].lower()
    run = _following(after)
    for word in run:
        if PEOPLE.match(word):
            return "people"
        if SPAN.match(word):
            return "time"
    if match["scale"] and match["scale"].lower() in {"b", "bn", "billion"} and not run:
        return "usd"
    if run:
        return next((word for word in run if word.endswith("s")), run[-1]).lower()
    hurt = any(re.search(pattern, before[-WINDOW:] + after[:WINDOW], re.I) for _, pattern in ROLES)
    return "people" if hurt and re.match(r"[\s,.;]|$", after) else None


def _following(after: str) -> list[str]:
    """The words right behind a number, up to the first that only carries grammar."""
    found: list[str] = []
    for word in re.findall(r"(?:^|(?<=[\s-]))[A-Za-z][\w'-]*|[.,;:()]", after[:WINDOW])[:6]:
        if not found and word.lower() in FURTHER:
            continue
        if word.lower() in GRAMMAR or not word[0].isalpha():
            break
        found.append(word)
    return found


def _role(unit: str, sentence: str, start: int, end: int) -> str:
    if unit not in {"usd", "people"}:
        return "count"
    nearest: tuple[int, str] | None = None
    for role, pattern in MONEY if unit == "usd" else ROLES:
        for hit in re.finditer(pattern, sentence, re.IGNORECASE):
            away = max(hit.start() - end, start - hit.end(), 0)
            between = sentence[end : hit.start()] + sentence[hit.end() : start]
            away += WINDOW // 2 * bool(re.search(r"[.;]", between))
            if away <= WINDOW and (nearest is None or away < nearest[0]):
                nearest = away, role
    return nearest[1] if nearest else "count"


def _bound(before: str, match: re.Match[str]) -> str:
    if OVER.search(before):
        return "at least"
    if UNDER.search(before):
        return "at most"
    vague = match["lone"] is not None and not match["lone"].lower().startswith("a ")
    return "about" if vague or ABOUT.search(before) else "exactly"
