"""The figures in "what a gap shows", computed by the program they speak of.

Each function gives one paragraph or table of Markdown; `docs.build` puts it
between the marks of its name. All of them rest on the reference set of the
bundled tallies over the whole time these cover.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

import realpolitik as rp
from realpolitik.api._question import ask, chosen
from realpolitik.api._record import record
from realpolitik.measures._reference import Counts
from realpolitik.stats.arrays import stream_key
from realpolitik.stats.gap import say_do_gap
from realpolitik.stats.labels import labels
from realpolitik.stats.leakage import tipping_leakage
from realpolitik.stats.reference import Reference
from realpolitik.stats.tone import Sums, design_effects, tone

A, B, SOURCE = "USA", "IRN", "keds_gulf"
TAIL = 0.2
Numbers = NDArray[np.float64]


class Set(NamedTuple):
    """A reference set with the tones and sums of its dyads, in one order."""

    reference: Reference
    words: Sums
    deeds: Sums
    tone_words: Numbers
    tone_deeds: Numbers


@cache
def reference(map: str = "realpolitik") -> Set:
    """The reference set of the bundled tallies under a map, over all their time."""
    question, opened = ask(A, B), record(None)
    (span,) = chosen(SOURCE, opened)
    counts = Counts(opened.tallies, question, span, [map])
    held = counts.held(map, question.periods(span)[0])
    d_words, d_deeds = design_effects(held.words, held.deeds)
    tones = tone(held.words, d_words), tone(held.deeds, d_deeds)
    return Set(held.reference, held.words, held.deeds, *tones)


def raw() -> str:
    """How the raw difference of tones lies among all dyads."""
    found = reference()
    difference = found.tone_deeds - found.tone_words
    low, middle, high = np.quantile(difference, (0.25, 0.5, 0.75))
    return (
        f"In the {len(difference)} reference dyads of KEDS Gulf its median is {_signed(middle)} "
        f"log-odds, the middle half runs from {_signed(low)} to {_signed(high)}, and "
        f"{_percent(np.mean(difference < 0))} of all dyads lie below 0. Under the border that "
        f"GDELT draws the median is {_signed(_raw_median('gdelt'))}, under PLOVER's "
        f"{_signed(_raw_median('plover'))}, with the same reports."
    )


def _raw_median(map: str) -> float:
    found = reference(map)
    return float(np.median(found.tone_deeds - found.tone_words))


def regression() -> str:
    """What gap a dyad has that was picked for its words."""
    found = reference()
    by = found.reference.itself
    z_words, z_deeds = by.z_words(found.tone_words), by.z_deeds(found.tone_deeds)
    gap, surprise = z_deeds - z_words, by.surprise(found.tone_words, found.tone_deeds)
    rho = spearmanr(found.tone_words, found.tone_deeds).statistic
    hostile, friendly = (
        z_words <= np.quantile(z_words, TAIL),
        z_words >= np.quantile(z_words, 1 - TAIL),
    )
    return (
        f"In KEDS Gulf the rank correlation of the tones of words and deeds is {rho:.2f}. Of the "
        f"{hostile.sum()} dyads with the most hostile words (the lowest fifth), "
        f"{np.sum(gap[hostile] > 0)} have deeds that are milder, with a median gap of "
        f"{_signed(np.median(gap[hostile]))}; of the {friendly.sum()} with the friendliest, "
        f"{np.sum(gap[friendly] < 0)} have deeds that are less friendly, with a median gap of "
        f"{_signed(np.median(gap[friendly]))}. The median surprise is "
        f"{_signed(np.median(surprise[hostile]))} in the first group and "
        f"{_signed(np.median(surprise[friendly]))} in the second."
    )


def tiers() -> str:
    """How many dyads get which sentence."""
    found = reference()
    keys = [stream_key("docs", str(i)) for i in range(len(found.tone_words))]
    called = labels(say_do_gap(found.words, found.deeds, keys, found.reference))
    tier = Counter(label.tier for label in called)
    return (
        f"Of the {len(called)} reference dyads, {tier['descriptive'] + tier['unusual']} have a gap "
        f"whose sign is sure. {_of_these(tier['unusual'])} unusual as well, when all "
        f"{len(called)} are looked at together."
    )


def _of_these(n: int) -> str:
    return "None of these is" if n == 0 else f"Of these {n} {'is' if n == 1 else 'are'}"


def maps() -> str:
    """The gap of the example under every map."""
    findings = rp.gap(A, B).findings
    used = [f for f in findings if f.statistic in {"gap_z", "gap_z_sensitivity"}]
    names = list(dict.fromkeys(f.map for f in used))
    ways = list(dict.fromkeys((f.actor, f.target) for f in used))
    cell = {(f.map, f.actor): f for f in used}
    lines = ["| map | " + " | ".join(f"{a}→{b}" for a, b in ways) + " |"]
    lines.append("| --- | " + " | ".join("---" for _ in ways) + " |")
    for name in names:
        lines.append(f"| `{name}` | " + " | ".join(_gap(cell[name, a]) for a, _ in ways) + " |")
    return "\n".join(lines)


def _gap(found: rp.Finding) -> str:
    if found.estimate is None or found.lower is None or found.upper is None:
        return found.status
    return f"{_signed(found.estimate)} ({_signed(found.lower)} to {_signed(found.upper)})"


def leakage() -> str:
    """How few misfiled words tip the gap, among all dyads."""
    parts = [_leakage(map) for map in ("realpolitik", "gdelt")]
    return (
        f"In KEDS Gulf the median dyad has {parts[0][0]} words a deed under the realpolitik map, "
        f"and its answer tips at a leakage of {parts[0][1]}; for {parts[0][2]} of the dyads 5 % is "
        f"enough. Under the border of GDELT there are {parts[1][0]} words a deed, the median "
        f"tipping leakage is {parts[1][1]}, and for {parts[1][2]} of the dyads 5 % is enough."
    )


def _leakage(map: str) -> tuple[str, str, str]:
    found = reference(map)
    tips = tipping_leakage(found.words, found.deeds, found.words, found.deeds).leakage
    ratio = np.median(found.words.n / found.deeds.n)
    return f"{ratio:.1f}", _percent(np.median(tips)), _percent(np.mean(tips < 0.05))


def volume() -> str:
    """How much repetition there is."""
    found = reference()
    words, deeds = design_effects(found.words, found.deeds)
    return (
        f"Among the reference dyads the median design effect is {np.median(words):.2f} for words "
        f"and {np.median(deeds):.2f} for deeds; the largest are {words.max():.1f} and "
        f"{deeds.max():.1f}."
    )


def _signed(value: float | np.floating[Any]) -> str:
    text = f"{abs(value):.2f}"
    if float(text) == 0:
        return text
    return ("+" if value > 0 else "\N{MINUS SIGN}") + text


def _percent(value: float | np.floating[Any]) -> str:
    return f"{100 * value:.0f} %"


BLOCKS: dict[str, Callable[[], str]] = {
    "raw": raw,
    "regression": regression,
    "tiers": tiers,
    "maps": maps,
    "leakage": leakage,
    "volume": volume,
}
