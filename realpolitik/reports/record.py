"""A `Material` with the look-ups a page needs: directions, findings, acts, tallied months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from realpolitik.errors import RealpolitikError
from realpolitik.findings import Finding
from realpolitik.reports.links import slug
from realpolitik.reports.material import Material, Month, Party, SourceCard, Standing
from realpolitik.reports.prose import with_article
from realpolitik.vocab import actors

ARROW = "\N{RIGHTWARDS ARROW}"


@dataclass(frozen=True, slots=True)
class Direction:
    """One way of the dyad: who acts, towards whom."""

    actor: Party
    target: Party

    @property
    def key(self) -> str:
        """The codes of both, as in ids."""
        return slug(f"{self.actor.code}-{self.target.code}")

    @property
    def label(self) -> str:
        """The names of both with an arrow between."""
        return f"{self.actor.name} {ARROW} {self.target.name}"

    @property
    def short(self) -> str:
        """The codes of both with an arrow between."""
        return f"{self.actor.code} {ARROW} {self.target.code}"

    @property
    def towards(self) -> str:
        """As said in a sentence: the first towards the second, with articles."""
        return f"{with_article(self.actor.name)} towards {with_article(self.target.name)}"


@dataclass(frozen=True, slots=True)
class TallyRow:
    """Acts of one month, direction, kind and side that a source gives only as a count."""

    source: str
    month: str
    actor: str
    target: str
    kind: str
    side: str
    n: int

    @property
    def id(self) -> str:
        """The id under which the command line lists the same row."""
        return ":".join((self.source, self.month, self.actor, self.target, self.kind, self.side))


class Record:
    """Look-ups over one `Material`; builds nothing that a second call would change."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.a, self.b = material.a, material.b
        self.directions = (Direction(self.a, self.b), Direction(self.b, self.a))
        self.cards = {card.name: card for card in material.sources}

    @property
    def map_label(self) -> str:
        """The map with its version, the name said once."""
        name, version = self.material.map, self.material.map_version
        return version if version.startswith(name) else f"{name} {version}"

    def title(self, source: str) -> str:
        """The title of a source, or its name where it has no card."""
        card = self.cards.get(source)
        return card.title if card else source

    def short(self, source: str) -> str:
        """A source's title up to its first comma, as it stands inside a sentence."""
        title = self.title(source).split(",")[0]
        return f"the {title[4:]}" if title.startswith("The ") else title

    def name(self, code: str) -> str:
        """The name of an actor, or its code where no name is given."""
        return self.material.names.get(code, code)

    def roles(self, role: str) -> tuple[SourceCard, ...]:
        """The sources of one role: "sample" or "cases"."""
        return tuple(card for card in self.material.sources if card.role == role)

    # findings ---------------------------------------------------------------

    @cached_property
    def ids(self) -> dict[int, str]:
        """An id for each finding, by its place; readable, and the same on every run."""
        seen: dict[str, int] = {}
        found = {}
        for place, item in enumerate(self.material.findings):
            base = finding_id(item)
            seen[base] = seen.get(base, 0) + 1
            found[place] = base if seen[base] == 1 else f"{base}.{seen[base]}"
        return found

    def identify(self, wanted: Finding) -> str:
        """The id of a finding of this material."""
        for place, item in enumerate(self.material.findings):
            if item is wanted:
                return self.ids[place]
        return finding_id(wanted)

    def findings(
        self, *statistics: str, way: Direction | None = None, source: str | None = None
    ) -> tuple[Finding, ...]:
        """Findings of these statistics, in the order given, longest span first."""
        found = [
            item
            for item in self.material.findings
            if item.statistic in statistics
            and (way is None or (item.actor, item.target) == (way.actor.code, way.target.code))
            and (source is None or source in item.sources)
        ]
        return tuple(
            sorted(found, key=lambda item: (statistics.index(item.statistic), -days(item)))
        )

    def whole(self, statistic: str, way: Direction, source: str | None = None) -> Finding | None:
        """The finding of a statistic over the longest span; one with a number goes first."""
        found = self.findings(statistic, way=way, source=source)
        longest = [item for item in found if days(item) == days(found[0])]
        return next((item for item in longest if item.status == "ok"), *found[:1] or (None,))

    def case(self, statistic: str, way: Direction) -> Finding | None:
        """The finding of a statistic in a casebook over the longest span."""
        both = (self.whole(statistic, way, card.name) for card in self.roles("cases"))
        found = [item for item in both if item is not None]
        return next((item for item in found if item.status == "ok"), *found[:1] or (None,))

    # acts -------------------------------------------------------------------

    @cached_property
    def codes(self) -> dict[str, Party]:
        """Which party each actor code of the acts counts as."""
        return {code: party for party in (self.b, self.a) for code in member_codes(party.code)}

    def party(self, code: str) -> Party | None:
        """The party an actor code counts as: its own, a regime's, or a body's (state, slash, body)."""
        stem = code.replace("/", ".").split(".", 1)[0]
        return self.codes.get(code) or self.codes.get(stem)

    def way(self, act: dict[str, Any]) -> Direction:
        """The direction of an act; one that fits neither is filed by its actor or target."""
        actor, target = self.party(act["actor"]), self.party(act["target"])
        first = self.directions[0]
        if actor is not None:
            return first if actor == self.a else self.directions[1]
        return first if target == self.b else self.directions[1]

    @cached_property
    def acts(self) -> tuple[dict[str, Any], ...]:
        """The acts given one by one, oldest first; tallied rows are not among them."""
        tallied = {row.id for row in self.tallies}
        single = [act for act in self.material.acts if act["act_id"] not in tallied]
        return tuple(sorted(single, key=lambda act: (act["date"], act["act_id"])))

    @cached_property
    def by_id(self) -> dict[str, dict[str, Any]]:
        """The acts given one by one, by id."""
        return {act["act_id"]: act for act in self.acts}

    @cached_property
    def cases(self) -> tuple[dict[str, Any], ...]:
        """The acts of casebooks."""
        names = {card.name for card in self.roles("cases")}
        return tuple(act for act in self.acts if act["source"] in names)

    def select(self, acts: Iterable[dict[str, Any]], **equal: str) -> list[dict[str, Any]]:
        """The acts whose columns equal what is given; `actor` means the party that acts."""
        actor = equal.pop("actor", None)
        return [
            act
            for act in acts
            if (actor is None or self.way(act).actor.code == actor)
            and all(act.get(key) == wanted for key, wanted in equal.items())
        ]

    # tallies ----------------------------------------------------------------

    @cached_property
    def tallies(self) -> tuple[TallyRow, ...]:
        """Tallied months as rows with at least one act, oldest first."""
        rows = [row for month in self.material.months for row in _rows(month)]
        return tuple(sorted(rows, key=lambda r: (r.source, r.month, r.actor, r.kind, r.side)))

    @cached_property
    def tallied(self) -> str | None:
        """The tallied source with most acts, which the first picture shows."""
        totals: dict[str, int] = {}
        for row in self.tallies:
            totals[row.source] = totals.get(row.source, 0) + row.n
        return max(sorted(totals), key=lambda name: totals[name]) if totals else None

    @cached_property
    def standings(self) -> tuple[str, tuple[Standing, ...]] | None:
        """The sample source whose reference set the page shows, and that set."""
        given = {name: rows for name, rows in self.material.standings.items() if rows}
        if not given:
            return None
        name = self.tallied if self.tallied in given else sorted(given)[0]
        return (str(name), given[str(name)])

    def years(self) -> tuple[int, int] | None:
        """First and last year in which anything is on record."""
        found = [int(act["date"][:4]) for act in self.acts]
        found += [int(act["end_date"][:4]) for act in self.acts if act.get("end_date")]
        found += [int(row.month[:4]) for row in self.tallies]
        return (min(found), max(found)) if found else None

    def case_sources(self) -> str:
        """The names of all casebooks, as a filter."""
        return ",".join(card.name for card in self.roles("cases"))


_LAST: list[Record] = []


def record_of(material: Material) -> Record:
    """The look-ups over a material; asked again for the same object, the same look-ups.

    Every picture, table and sentence of a page asks for them; only the last
    material is kept.
    """
    if not _LAST or _LAST[0].material is not material:
        _LAST[:] = [Record(material)]
    return _LAST[0]


def elapsed(act: dict[str, Any]) -> int | None:
    """Days from the end of an act to its first public account; None where that has no date."""
    out = act.get("disclosed")
    if not out:
        return None
    done = date.fromisoformat(act.get("end_date") or act["date"])
    return max(0, (date.fromisoformat(out) - done).days)


def finding_id(item: Finding) -> str:
    """A readable id made of what tells a finding from others."""
    parts = (item.measure, item.actor, item.target, item.statistic, "+".join(item.sources))
    return slug(":".join((*parts, item.start, item.end, item.map)))


def days(item: Finding) -> int:
    """How long a finding's span is, in days; unreadable dates count as none."""
    try:
        return (date.fromisoformat(item.end) - date.fromisoformat(item.start)).days + 1
    except ValueError:
        return 0


def member_codes(code: str) -> tuple[str, ...]:
    """Codes whose acts count as this actor's; an actor nobody knows counts as itself."""
    try:
        return (code, *(member.code for member in actors.members(code)))
    except RealpolitikError:
        return (code,)


def _rows(month: Month) -> list[TallyRow]:
    head = (month.source, month.month[:7], month.actor, month.target, month.kind)
    sides = ("cooperation", "conflict", "neutral")
    return [TallyRow(*head, side, n) for side in sides if (n := getattr(month, side))]
