"""Real episodes with the sign expected beforehand: hits and misses, nothing tuned to them.

    python -m validation.episodes

Expectations come from the literature (the list of validation cases) and, for
the controls, from what was written down before any software saw the rows of
the casebook. ICEWS of 2018 is read from `../shared/data` into a lake of its own
where it is at hand; else its rows say so. Ten months hold too few dyads for a
reference set, so tones stand for themselves there; some 85 of 100 acts of ICEWS
are friendly, and a tone below 0 is rarer than the sign says.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import realpolitik as rp
from realpolitik.api._record import record
from realpolitik.findings import Finding
from realpolitik.measures._cautions import deniable
from realpolitik.measures._measure import Sheet
from realpolitik.measures._question import Question
from realpolitik.measures._reading import Reading, read
from realpolitik.measures._reference import Counts
from realpolitik.measures.gap import MEASURE as GAP
from validation.controls import CONTROLS

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "events"
HIT, OPEN, MISS, NONE = "hit", "hit, sign not sure", "MISS", "no data"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found for one expectation."""

    found: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Episode:
    """One expectation: what happened, between whom, in which source, and the sign expected."""

    name: str
    source: str
    expected: str
    look: Callable[[str | None], Outcome]


def number(
    findings: tuple[Finding, ...], statistic: str, actor: str, source: str
) -> Finding | None:
    """One number of one direction and source; None where it is not given."""
    found = [
        one
        for one in findings
        if (one.statistic, one.actor) == (statistic, actor) and source in one.sources
    ]
    return found[0] if found else None


def signed(found: Finding | None, sign: int) -> Outcome:
    """Is the number on the side expected, and its interval clear of zero?"""
    if found is None:
        return Outcome("the source is not at hand", NONE)
    if found.estimate is None:
        return Outcome(f"{found.status}: {found.notes[0]}", NONE)
    low, high = found.lower, found.upper
    held = "" if low is None or high is None else f" [{low:+.2f}, {high:+.2f}]"
    clear = low is not None and high is not None and not low <= 0 <= high
    right = found.estimate * sign > 0
    return Outcome(f"{found.estimate:+.2f}{held}", (HIT if clear else OPEN) if right else MISS)


def hidden(actor: str, target: str, start: str, end: str, sign: int) -> Callable[..., Outcome]:
    """Were hidden acts more cooperative (+1) or more conflictual (-1) than open words?"""

    def look(_: str | None) -> Outcome:
        found = rp.secrets(actor, target, start=start, end=end).findings
        return signed(number(found, "hidden_minus_open", actor, "casebook"), sign)

    return look


def standing(
    statistic: str, actor: str, target: str, start: str, end: str, sign: int, source: str
) -> Callable[[str | None], Outcome]:
    """A number of `gap` in one span."""

    def look(lake: str | None) -> Outcome:
        if source not in {row["name"] for row in _held(lake)}:
            return Outcome("the source is not at hand", NONE)
        found = rp.gap(actor, target, start=start, end=end, source=source, lake=lake).findings
        return signed(number(found, statistic, actor, source), sign)

    return look


def change(
    statistic: str, actor: str, target: str, spans: tuple[str, str, str, str], sign: int
) -> Callable[[str | None], Outcome]:
    """Did a tone rise (+1) or fall (-1) from a first span to a second, intervals apart?"""

    def look(lake: str | None) -> Outcome:
        before, after = (
            number(
                rp.gap(actor, target, start=start, end=end, source="keds_gulf", lake=lake).findings,
                statistic, actor, "keds_gulf",
            )
            for start, end in (spans[:2], spans[2:])
        )  # fmt: skip
        if before is None or after is None or before.estimate is None or after.estimate is None:
            missing = next(one for one in (before, after) if one is None or one.estimate is None)
            return Outcome("nothing" if missing is None else f"{missing.notes[0]}", NONE)
        moved = after.estimate - before.estimate
        apart = (after.lower or 0) > (before.upper or 0) or (after.upper or 0) < (before.lower or 0)
        verdict = (HIT if apart else OPEN) if moved * sign > 0 else MISS
        return Outcome(f"{before.estimate:+.2f} to {after.estimate:+.2f}", verdict)

    return look


def hindsight(_: str | None) -> Outcome:
    """Does the gap of 1985-86 as known rise once the arms deals come out in November 1986?"""
    known = [
        number(
            rp.secrets("USA", "IRN", start="1983", end="1986-10", as_of=day).findings,
            "gap_as_of", "USA", "casebook",
        )
        for day in ("1986-10-31", "1986-12-31")
    ]  # fmt: skip
    if any(one is None or one.estimate is None for one in known):
        return Outcome("too few acts known at the time", NONE)
    before, after = (one.estimate for one in known if one and one.estimate is not None)
    moved = after - before
    return Outcome(f"{before:+.2f} to {after:+.2f}", HIT if moved > 0 else MISS)


def warned(actor: str, target: str, start: str, end: str) -> Callable[[str | None], Outcome]:
    """Does the warning of deniable deeds fire for this direction?"""

    def look(_: str | None) -> Outcome:
        fired = [
            one for one in rp.gap(actor, target, start=start, end=end).warnings
            if one.name == "deniable deeds likely missed" and one.actor == actor
        ]  # fmt: skip
        if not fired:
            return Outcome("silent", MISS)
        return Outcome(f"fires on {len(fired[0].rests_on)} acts", HIT)

    return look


def broken(_: str | None) -> Outcome:
    """Does `phases` date a change of the relation to within two months of November 1979?"""
    found = rp.phases("USA", "IRN", start="1979", end="1982", source=KEDS).findings
    dates = sorted({one.start[:7] for one in found if one.statistic == "break"})
    near = [date for date in dates if "1979-09" <= date <= "1980-01"]
    return Outcome(", ".join(dates) or "no change found", HIT if near else MISS)


KEDS, ICEWS, BOOK = "keds_gulf", "icews18_graph", "casebook"
WAR = ("1979-04-15", "1980-08-31", "1980-09-01", "1988-07-31")
EPISODES: tuple[Episode, ...] = (
    Episode("Iran-Contra 1985-86: hidden US acts against open words", BOOK, "+",
            hidden("USA", "IRN", "1983", "1986-11", +1)),
    Episode("Iran-Contra: gap as known rises from November 1986", BOOK, "+", hindsight),
    Episode("Embassy, November 1979: a change of the relation", KEDS, "break", broken),
    Episode("Embassy: tone of Iran's deeds towards the US falls", KEDS, "-",
            change("tone_deeds", "IRN", "USA", ("1979-04-15", "1979-10-31", "1979-11-01", "1980-12-31"), -1)),
    Episode("War of 1980: tone of Iraq's deeds towards Iran falls", KEDS, "-",
            change("tone_deeds", "IRQ", "IRN", WAR, -1)),
    Episode("War of 1980-88: Iraq's words against Iran are harsh", KEDS, "-",
            standing("z_words", "IRQ", "IRN", "1980-09-01", "1988-07-31", -1, KEDS)),
    Episode("War of 1980-88: Iraq's deeds against Iran are harsh", KEDS, "-",
            standing("z_deeds", "IRQ", "IRN", "1980-09-01", "1988-07-31", -1, KEDS)),
    Episode("Kuwait 1990: tone of Iraq's deeds towards Kuwait falls", KEDS, "-",
            change("tone_deeds", "IRQ", "KWT", ("1988-08-01", "1990-06-30", "1990-08-01", "1991-02-28"), -1)),
    Episode("Kuwait 1990: Iraq's deeds are harsher than its words", KEDS, "-",
            standing("gap_z", "IRQ", "KWT", "1990-07-01", "1991-02-28", -1, KEDS)),
    Episode("US and USSR warm from 1985: tone of US words rises", KEDS, "+",
            change("tone_words", "USA", "SUN", ("1979-04-15", "1984-12-31", "1985-01-01", "1991-12-25"), +1)),
    Episode("US to Iran 1979-99: words harsher than deeds", KEDS, "+",
            standing("gap_z", "USA", "IRN", "1979-04-15", "1999-03-31", +1, KEDS)),
    Episode("North Korea's attack of 2010 is disowned: the warning", BOOK, "fires",
            warned("PRK", "KOR", "2010", "2010")),
    Episode("Russia to Ukraine 2014: deniable deeds, the warning", BOOK, "fires",
            warned("RUS", "UKR", "2014", "2014")),
    Episode("Russia to Ukraine 2018: hostile words", ICEWS, "-",
            standing("tone_words", "RUS", "UKR", "2018-01-01", "2018-10-31", -1, ICEWS)),
    Episode("US to Iran 2018, the exit: hostile words", ICEWS, "-",
            standing("tone_words", "USA", "IRN", "2018-01-01", "2018-10-31", -1, ICEWS)),
    Episode("The same: harsh deeds, sanctions return", ICEWS, "-",
            standing("tone_deeds", "USA", "IRN", "2018-01-01", "2018-10-31", -1, ICEWS)),
    Episode("South to North Korea 2018, talks: warm words", ICEWS, "+",
            standing("tone_words", "KOR", "PRK", "2018-01-01", "2018-10-31", +1, ICEWS)),
    Episode("India to Pakistan 2018: hostile words", ICEWS, "-",
            standing("tone_words", "IND", "PAK", "2018-01-01", "2018-10-31", -1, ICEWS)),
    *(
        Episode(one.name, BOOK, "+" if one.sign > 0 else "-",
                hidden(one.actor, one.target, one.start, one.end, one.sign))
        for one in CONTROLS
    ),
)  # fmt: skip


def _held(lake: str | None) -> list[dict[str, str]]:
    names = {"keds_gulf", "casebook"}
    rows = rp.lake(lake=lake).rows if lake else []
    return [{"name": name} for name in names | {str(row["source"]) for row in rows}]


def icews_lake(folder: Path) -> str | None:
    """A lake with the ICEWS of 2018 at hand; None without it."""
    if not (SHARED / ICEWS).exists():
        return None
    rp.ingest(ICEWS, SHARED / ICEWS, lake=str(folder))
    return str(folder)


def outcomes(lake: str | None) -> Iterator[tuple[Episode, Outcome]]:
    """Every episode with what was found."""
    for one in EPISODES:
        yield one, one.look(lake if one.source == ICEWS else None)


def false_alarms() -> Iterator[str]:
    """How often the warnings of deniable deeds fire over the dyads of the bundled sample."""
    opened = record(None)
    [source] = [span for span in opened.spans if span.name == KEDS]
    every = Question("", "")
    counts = Counts(opened.tallies, every, source, [every.map])
    [period] = every.periods(source)
    own, held = counts.every(every.map, period), counts.held(every.map, period)
    fired: Counter[str] = Counter()
    for actor, target in own.ends():
        pick = own.pick((own.actors == actor) & (own.targets == target))
        question = Question(actor, target)
        reading = read(question, every.map, (actor, target), period, pick, held)
        found = [] if reading.gap is None else standings_of(reading, source.name)
        for one in deniable(found, opened.tallies, opened.acts, question, [source]):
            fired[one.name] += one.actor == actor
    for name in ("deniable deeds likely missed", "deniable deeds possibly missed"):
        times = fired[name]
        yield f"'{name}' fires for {times} of {len(own)} directed dyads ({times / len(own):.1%})"


def standings_of(reading: Reading, source: str) -> list[Finding]:
    """The two numbers of a reading that the warnings look at."""
    sheet = Sheet(GAP, reading.actor, reading.target, reading.period, source, reading.map)
    assert reading.gap is not None  # noqa: S101 - held by the caller
    scores = (("z_words", reading.gap[0].z_words), ("z_deeds", reading.gap[0].z_deeds))
    return [
        sheet.ok(name, float(z.point), (float(z.lower), float(z.upper)), n=reading.n)
        for name, z in scores
    ]


def main() -> int:
    """Print the table; always 0, for a miss is a finding and no fault."""
    tallied: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        lake = icews_lake(Path(folder) / "lake")
        if lake is None:
            print("no ICEWS of 2018 in ../shared/data: its rows say 'no data'")
        print(f"{'episode':<62} {'source':<13} {'expected':<8} {'found':<28} outcome")
        for episode, outcome in outcomes(lake):
            tallied[outcome.verdict] = tallied.get(outcome.verdict, 0) + 1
            print(
                f"{episode.name:<62} {episode.source:<13} {episode.expected:<8} "
                f"{outcome.found[:80]:<28} {outcome.verdict}",
                flush=True,
            )
    print("; ".join(f"{tallied.get(name, 0)} {name}" for name in (HIT, OPEN, MISS, NONE)))
    for line in false_alarms():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
