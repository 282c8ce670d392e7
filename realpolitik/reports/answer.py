"""The answer in full sentences, with its uncertainty, made from findings.

One sentence on the gap, one on what was hidden, one on what was announced.
Each holds whatever the findings say, "cannot tell" included; then it says what
is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from realpolitik.findings import Finding
from realpolitik.reports.charts.sensitivity import rows, turned
from realpolitik.reports.figure import Link
from realpolitik.reports.links import from_command
from realpolitik.reports.material import Material
from realpolitik.reports.prose import (
    bounds,
    capital,
    count,
    estimate,
    interval,
    listed,
    lower_first,
    signed,
    span,
    with_article,
)
from realpolitik.reports.record import Direction, Record, record_of
from realpolitik.reports.wording import YEAR

HANDFUL = 20
NARROWER = "more coded acts, or a second source, would narrow that"
SURENESS = re.compile(r"^Probability that the gap is (above|below) 0: (0\.\d+|1\.00)\.$")
UNTOLD = re.compile(r"^whether (.+) cannot be told$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; with a finding or filters it links to acts, else to its anchor."""

    text: str
    finding: Finding | None = None
    filters: dict[str, str] | None = None
    anchor: str = ""

    @property
    def link(self) -> Link | None:
        """The link, where the piece is a number."""
        if self.finding is not None:
            return Link(self.text, from_command(self.finding.acts), self.finding.method)
        return Link(self.text, self.filters) if self.filters else None


Sentence = tuple[Piece, ...]


def question(material: Material) -> str:
    """The question of the page, in plain English."""
    pair = listed(with_article(party.name) for party in (material.a, material.b))
    return f"Do {pair} do what they say about each other?"


def answer(material: Material) -> tuple[str, ...]:
    """The answer as plain sentences."""
    return tuple(plain(sentence) for sentence in sentences(record_of(material)))


def plain(sentence: Sentence) -> str:
    """A sentence without its links."""
    return "".join(piece.text for piece in sentence)


def sentences(record: Record) -> tuple[Sentence, ...]:
    """The answer with its numbers linked to findings."""
    return (gap(record), hidden(record), followed(record))


# the gap ------------------------------------------------------------------------


def main_source(record: Record) -> str | None:
    """The source whose gap the answer speaks of: one with a number, the largest first."""
    found = record.findings("gap_z")
    known = [s for item in found if item.estimate is not None for s in item.sources]
    if record.tallied in known:
        return record.tallied
    return next(iter(known or [s for item in found for s in item.sources]), None)


def label(item: Finding) -> str:
    """The sentence that names a gap, without its full stop."""
    return (item.notes[0] if item.notes else "").strip().rstrip(".")


def sureness(item: Finding) -> str:
    """How sure the sign of a named gap is, where its interval alone would leave that open."""
    open_sign = item.lower is not None and item.upper is not None and item.lower < 0 < item.upper
    if not open_sign or UNTOLD.match(lower_first(label(item))):
        return ""
    said = next((note for note in item.notes if note.startswith("Probability ")), "")
    found = SURENESS.match(said)
    return f"{found[1]} 0 with probability {found[2]}" if found else ""


def gap(record: Record) -> Sentence:
    """What the gap says, both ways, with its numbers and what to hold against it."""
    source = main_source(record)
    both = [(way, record.whole("gap_z", way, source)) for way in record.directions]
    known = [(way, item) for way, item in both if item is not None and item.estimate is not None]
    if source is None or not known:
        return (Piece(_no_gap(record, [item for _, item in both if item is not None])),)
    opening = _opening(record, source, known[0][1])
    if len(known) == 2 and label(known[0][1]) == label(known[1][1]):
        text = f"{opening}both ways {told(known[0][1])} (gap "
        pieces = [Piece(text), *_number(*known[0]), Piece("; "), *_number(*known[1]), Piece(")")]
        return (*pieces, *_caveats(record, source, known))
    pieces = [Piece(opening)]
    for place, (way, item) in enumerate(known):
        pieces.append(Piece(f"{'; ' if place else ''}for {way.towards} {told(item)} (gap "))
        pieces += [*_number(way, item, named=False), Piece(")")]
    for way, found in both:
        if found is None or found.estimate is None:
            why = lower_first(found.notes[0].rstrip(".")) if found else "no such acts are on record"
            pieces.append(Piece(f"; for {way.towards} it cannot be told: {why}"))
    return (*pieces, *_caveats(record, source, known))


def told(item: Finding) -> str:
    """The label of a gap inside a sentence."""
    text = lower_first(label(item))
    return UNTOLD.sub(r"it cannot be told whether \1", text)


def _caveats(record: Record, source: str, known: list[tuple[Direction, Finding]]) -> Sentence:
    """What to hold against the sentence: another coding turns it, or it is too open to tell."""
    pieces: list[Piece] = []
    if all(UNTOLD.match(lower_first(label(item))) for _, item in known):
        pieces.append(Piece(f"; {NARROWER}"))
    if any(turned(rows(record, way, source)) for way in record.directions):
        pieces += [Piece("; "), Piece("other ways of telling words from deeds", anchor="#changes"),
                   Piece(" turn the sign")]  # fmt: skip
    return (*pieces, Piece("."))


def _opening(record: Record, source: str, item: Finding) -> str:
    title, years = record.short(source), span(item.start, item.end)
    when = "" if item.start[:4] in title else f" for {years}"
    return f"In the acts coded from {title}{when}, held against other dyads, "


def _number(way: Direction, item: Finding, named: bool = True) -> Sentence:
    who = f" for {way.towards}" if named else ""
    extra = f", {interval(item)}" if bounds(item) else ""
    extra += f", {sureness(item)}" if sureness(item) else ""
    return (Piece(f"{estimate(item)} SD", item), Piece(f"{who}{extra}"))


def _no_gap(record: Record, found: list[Finding]) -> str:
    why = next((item.notes[0] for item in found if item.notes), "")
    asked = "Whether their deeds match their words, measured against other dyads, cannot be told"
    if not why:
        return (
            f"{asked}: no source in this record samples both what they say and what they do; one "
            "that does would change this."
        )
    change = "" if "would" in why else " A source that samples both more densely would change this."
    return f"{asked}: {lower_first(why.strip().rstrip('.'))}.{change}"


# hidden against open ---------------------------------------------------------------


def cases(record: Record) -> Sentence:
    """How many hand-coded cases there are, and how many of them were hidden."""
    secret = record.select(record.cases, secrecy="secret")
    every = {"source": record.case_sources()}
    return (
        Piece("Of "), Piece(f"{len(record.cases):,}", filters=every),
        Piece(f" hand-coded case{'' if len(record.cases) == 1 else 's'}, which are no sample, "),
        Piece(f"{len(secret):,}", filters=every | {"secrecy": "secret"}) if secret else Piece("none"),
        Piece(f" {'was' if len(secret) < 2 else 'were'} hidden at the time"),
    )  # fmt: skip


def hidden(record: Record) -> Sentence:
    """What was hidden, set beside open words, with its numbers."""
    if not record.cases:
        return (Piece("Nothing is known here of what they hid: no hand-coded case is on record."),)
    both = [(way, record.whole("hidden_minus_open", way)) for way in record.directions]
    known = [(way, item) for way, item in both if item is not None and item.estimate is not None]
    if not known:
        why = next((item.notes[0] for _, item in both if item and item.notes), "none is on record.")
        text = f"; how they compare with open words cannot be told: {lower_first(why)}"
        return (*cases(record), Piece(text if text.endswith(".") else text + "."))
    pieces = [*cases(record)]
    for way, item in known:
        bounded = f", {interval(item)}" if bounds(item) else ""
        pieces += [
            Piece(f"; from {with_article(way.actor.name)} {_compared(item)} ("),
            Piece(signed(item.estimate or 0.0), item),
            Piece(f" log-odds{bounded}, {count(item.n, 'case')})"),
        ]  # fmt: skip
    return (*pieces, Piece("."))


def side(item: Finding) -> str | None:
    """On which side of zero a difference of tones surely lies; None where that cannot be told."""
    if item.estimate is None or item.lower is None or item.upper is None:
        return None
    if item.lower <= 0 <= item.upper:
        return None
    return "more cooperative" if item.estimate > 0 else "more conflictual"


def _compared(item: Finding) -> str:
    surely = side(item)
    if surely is None:
        return (
            "it cannot be told whether the hidden ones were more or less cooperative than the "
            "open words"
        )
    return f"the hidden ones were {surely} than the open words"


# announcements -----------------------------------------------------------------------


def followed(record: Record, detailed: bool = True) -> Sentence:
    """What was announced and then done; in detail, also how often such deeds come anyway."""
    pieces: list[Piece] = []
    shown: list[Finding] = []
    for way in record.directions:
        part = _carried_out(record, way, shown)
        if part:
            pieces += [Piece(", and for " if pieces else ""), *part]
    if not shown:
        return (Piece(_nothing_announced(record)),)
    opening = Piece("Within a year a matching deed is on record for ")
    doubt = _wide(shown)
    return (
        opening,
        *pieces[1:],
        *(_anyway(record, shown, doubt) if detailed else (Piece(f"{doubt}."),)),
    )


def _carried_out(record: Record, way: Direction, shown: list[Finding]) -> list[Piece]:
    """What one side followed of its promises and threats; `shown` gathers the findings used."""
    pieces: list[Piece] = []
    for kind in ("promise", "threat"):
        item = record.case(f"followed_{kind}_{YEAR}d", way)
        if item is None or item.estimate is None:
            continue
        announced = record.case(f"announced_{kind}", way)
        pieces += [
            Piece(" and " if pieces else ""), Piece(_part(item), item), Piece(" of "),
            Piece(count(item.n, kind), announced or item),
        ]  # fmt: skip
        shown.append(item)
    return [*pieces, Piece(f" by {with_article(way.actor.name)}")] if pieces else []


def _part(item: Finding) -> str:
    """A share of a handful as a count, where it is one; else in percent."""
    times = (item.estimate or 0.0) * item.n
    whole = item.n < HANDFUL and abs(times - round(times)) < 0.01
    return f"{round(times)}" if whole else estimate(item)


def _wide(shown: list[Finding]) -> str:
    """How little so few announcements can tell."""
    wide = [100 * (i.upper - i.lower) for i in shown if i.upper is not None and i.lower is not None]
    return (
        f" (intervals up to {max(wide):.0f} points wide)" if wide else " (too few for an interval)"
    )


def _anyway(record: Record, shown: list[Finding], text: str) -> Sentence:
    bases = [
        base
        for item in shown
        for way in record.directions
        if way.actor.code == item.actor
        and (base := record.case(item.statistic.replace("followed", "base"), way)) is not None
        and base.estimate is not None
    ]
    if not bases:
        return (Piece(text + "; how often such deeds come anyway cannot be told."),)
    bases.sort(key=lambda base: (base.estimate or 0.0, record.identify(base)))
    low, high = bases[0], bases[-1]
    many = [Piece(estimate(high), high)]
    if estimate(low) != estimate(high):
        many = [Piece(estimate(low).removesuffix(" %"), low), Piece(" to "), *many]
    return (
        Piece(text + "; from any other day such a deed follows in "),
        *many,
        Piece(" of cases."),
    )


def _nothing_announced(record: Record) -> str:
    found = [
        item
        for kind in ("promise", "threat")
        for item in record.findings(f"followed_{kind}_{YEAR}d")
        if item.notes
    ]
    why = capital(found[0].notes[0].rstrip(".")) + ". " if found else ""
    return f"Whether promises and threats were followed by deeds cannot be told. {why}".strip()
