"""Who can act or be acted upon: states, regimes, organisations and armed groups.

`resolve` turns what a person types into one actor and never guesses: a code in
any case first, then names and aliases of states, then those of everybody else.
`members` says whose acts count as an actor's own, and from when to when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import zip_longest
from typing import Literal, NamedTuple, cast

from realpolitik.errors import AmbiguousName, UnknownName
from realpolitik.vocab.calendar import parse_date
from realpolitik.vocab.names import echo, key
from realpolitik.vocab.rows import parts, rows
from realpolitik.vocab.states import State, all_states

Kind = Literal["state", "regime", "organisation", "armed group"]
Dates = tuple[date | None, date | None]

REGIME_COLUMNS = (
    "code",
    "name",
    "kind",
    "parent_iso3",
    "valid_from",
    "valid_to",
    "government_spells",
    "alleged_sponsor",
    "sponsor_from",
    "sponsor_to",
    "sponsor_source",
    "maps_to",
    "aliases",
    "verification",
    "note",
)
ORGANISATION_COLUMNS = (
    "code",
    "name",
    "kind",
    "parent",
    "start",
    "end",
    "cameo",
    "aliases",
    "note",
    "verification",
)
HINT = "See `realpolitik states NAME`, which also finds parts of names."
SUGGESTIONS = 3


class Member(NamedTuple):
    """A code whose acts count, and the days between which they do; None is open."""

    code: str
    start: date | None
    end: date | None


class Sponsor(NamedTuple):
    """A state or body said to stand behind an actor, when, and who says so."""

    code: str
    start: date | None
    end: date | None
    source: str


class Actor(NamedTuple):
    """One actor; `start` and `end` are its first and last day, None where open or unknown.

    `parent` is the state a regime, body or group belongs to. `government_spells`
    are the days on which it governed (for a state: on which it was one).
    `maps_to` names the codes to read instead of this one: the regime of the day
    for a state, the present code for one that only an older casebook uses.
    `verification` is `source read` or `from memory`, and stands for the dates.
    """

    code: str
    name: str
    kind: Kind
    parent: str | None
    start: date | None
    end: date | None
    government_spells: tuple[tuple[date, date | None], ...]
    aliases: tuple[str, ...]
    sponsors: tuple[Sponsor, ...]
    note: str
    verification: str
    maps_to: tuple[Member, ...] = ()
    state_body: bool = False


@cache
def all_actors() -> tuple[Actor, ...]:
    """Return every actor: states and territories, then regimes and groups, then organisations."""
    regimes = rows("regimes.csv", REGIME_COLUMNS)
    by_code = {row["code"]: row for row in regimes}
    others = [_regime(row) for row in regimes if row["code"] not in _state_codes()]
    others += [_organisation(row) for row in rows("organisations.csv", ORGANISATION_COLUMNS)]
    bodies = {row["code"] for row in rows("state_bodies.csv", ("code", "reason"))}
    others = [one._replace(state_body=True) if one.code in bodies else one for one in others]
    taken = _taken(others)
    states = [_state(state, by_code.get(state.code), taken) for state in all_states()]
    return (*states, *others)


@cache
def _state_codes() -> frozenset[str]:
    return frozenset(state.code for state in all_states())


def _taken(others: Iterable[Actor]) -> dict[str, str]:
    """Names that are spoken for: codes of all, names and aliases of states, and whose they are."""
    taken = {key(actor.code): actor.code for actor in others}
    for state in all_states():
        for name in (state.code, state.name, *state.aliases):
            taken.setdefault(key(name), state.code)
    return taken


def _state(state: State, casebook: dict[str, str] | None, taken: dict[str, str]) -> Actor:
    # The casebooks let RUS stand for the USSR too, so their aliases yield to other actors' names.
    more = parts(casebook["aliases"]) if casebook else ()
    more = tuple(name for name in more if key(name) not in taken)
    spells = state.existence
    return Actor(
        code=state.code,
        name=state.name,
        kind="state",
        parent=None,
        start=spells[0][0] if spells else None,
        end=spells[-1][1] if spells else None,
        government_spells=spells,
        aliases=state.aliases + more,
        sponsors=(),
        note=state.note,
        verification="source read" if spells else "from memory",
        maps_to=_mapped(casebook["maps_to"]) if casebook else (),
    )


def _regime(row: dict[str, str]) -> Actor:
    return Actor(
        code=row["code"],
        name=row["name"],
        kind=cast(Kind, row["kind"]),
        parent=row["parent_iso3"] or None,
        start=_day(row["valid_from"]),
        end=_day(row["valid_to"], end=True),
        government_spells=tuple(_spells(row["government_spells"])),
        aliases=parts(row["aliases"]),
        sponsors=tuple(_sponsors(row)),
        note=row["note"],
        verification=row["verification"],
        maps_to=_mapped(row["maps_to"]),
    )


def _organisation(row: dict[str, str]) -> Actor:
    return Actor(
        code=row["code"],
        name=row["name"],
        kind=cast(Kind, row["kind"]),
        parent=row["parent"] or None,
        start=_day(row["start"]),
        end=_day(row["end"], end=True),
        government_spells=(),
        aliases=parts(row["aliases"]),
        sponsors=(),
        note=row["note"],
        verification=row["verification"],
    )


def _day(text: str, end: bool = False) -> date | None:
    return parse_date(text, end=end) if text else None


def _spells(cell: str) -> Iterator[tuple[date, date | None]]:
    for spell in parts(cell):
        start, _, end = spell.partition("/")
        yield parse_date(start), _day(end, end=True)


def _mapped(cell: str) -> tuple[Member, ...]:
    found = []
    for item in parts(cell):
        code, _, spell = item.partition("@")
        start, _, end = spell.partition("/")
        found.append(Member(code, _day(start), _day(end, end=True)))
    return tuple(found)


def _sponsors(row: dict[str, str]) -> Iterator[Sponsor]:
    cells = ("alleged_sponsor", "sponsor_from", "sponsor_to", "sponsor_source")
    for code, start, end, source in zip_longest(
        *(parts(row[cell]) for cell in cells), fillvalue=""
    ):
        yield Sponsor(code, _day(start), _day(end, end=True), source)


@cache
def _by_code() -> dict[str, Actor]:
    return {actor.code: actor for actor in all_actors()}


@cache
def _by_folded_code() -> dict[str, Actor]:
    return {actor.code.casefold(): actor for actor in all_actors()}


def actor(code: str) -> Actor:
    """Return the actor of a code, as written here. Raises UnknownName."""
    try:
        return _by_code()[code]
    except KeyError:
        raise _unknown(code) from None


@cache
def _names() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Codes by comparable name: of states, and of everybody else."""
    states: dict[str, tuple[str, ...]] = {}
    others: dict[str, tuple[str, ...]] = {}
    for one in all_actors():
        index = states if one.kind == "state" else others
        code = _present(one).code
        for name in {key(text) for text in (one.name, *one.aliases)}:
            index[name] = tuple(dict.fromkeys((*index.get(name, ()), code)))
    return states, others


def _present(one: Actor) -> Actor:
    """The actor to read: another one where an older casebook's code stands for a present one."""
    replaced = one.kind != "state" and len(one.maps_to) == 1
    return _by_code()[one.maps_to[0].code] if replaced else one


def resolve(text: str) -> Actor:
    """Return the one actor of a code, name or alias.

    A code counts in any case, then the name or alias of a state, then that of
    another actor; case, accents and the punctuation of names do not count. An
    older code of the same group gives the present actor (TAL: AFG.taliban).
    Raises AmbiguousName when a name fits several actors, and UnknownName with
    the nearest names when it fits none.
    """
    exact = _by_folded_code().get(text.strip().casefold())
    if exact is not None:
        return _present(exact)
    name = key(text)
    for index in _names():
        codes = index.get(name, ())
        if len(codes) == 1:
            return _by_code()[codes[0]]
        if codes:
            raise AmbiguousName(echo(text.strip()), [label(_by_code()[code]) for code in codes])
    raise _unknown(text)


def label(one: Actor) -> str:
    """Return how an actor is shown in a list of choices: name, then code."""
    return f"{one.name} ({one.code})"


def _unknown(text: str) -> UnknownName:
    near = [label(one) for one in _nearest(text)]
    hint = f"Did you mean {' or '.join(near)}?" if near else HINT
    error = UnknownName("actor", echo(text), (), hint)
    error.near = near
    return error


def _nearest(text: str) -> list[Actor]:
    """The actors a misspelt name may mean: names it begins, then near ones of the same initial."""
    wanted = text.strip().casefold()
    if not wanted:
        return []
    spellings: dict[str, Actor] = {}
    for one in all_actors():
        for name in (one.code, one.name, *one.aliases):
            spellings.setdefault(name.casefold(), _present(one))
    import difflib  # only a misspelt name needs it

    near = difflib.get_close_matches(wanted, spellings, n=4 * SUGGESTIONS, cutoff=0.65)
    near.sort(key=lambda name: name[0] != wanted[0])
    begun = [name for name in spellings if len(wanted) > 3 and name.startswith(wanted)]
    found = [spellings[name] for name in (*begun, *near)]
    return list({one.code: one for one in found}.values())[:SUGGESTIONS]


def search(text: str) -> tuple[Actor, ...]:
    """Return the actors whose code, name or an alias holds the text, best fit first.

    Best is the whole, then the beginning, then any part. Nothing found, or a
    text that cannot be a name, gives an empty tuple.
    """
    wanted = key(text)
    if not wanted:
        return ()
    ranked = [(_rank(one, wanted), one) for one in all_actors()]
    return tuple(one for rank, one in sorted(ranked, key=lambda pair: pair[0]) if rank < NO_FIT)


NO_FIT = 3


def _rank(one: Actor, wanted: str) -> int:
    names = [key(name) for name in (one.code, one.name, *one.aliases)]
    if wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    return 2 if any(wanted in name for name in names) else NO_FIT


@cache
def members(code: str) -> tuple[Member, ...]:
    """Return the codes whose acts count as this actor's, each with its first and last day.

    The actor's own code comes first and is open at both ends. A state adds its
    regimes while they governed, and its state bodies (the Guards, an army). A
    regime adds its state, and that state's bodies, while it governed. Any actor
    adds the older codes that stand for it. Raises UnknownName.
    """
    one = _present(actor(code))
    found = [Member(one.code, None, None), *_older_codes(one.code)]
    if one.kind == "state":
        found += _of_regimes(one.code)
        found += _bodies(one.code)
    elif one.kind == "regime" and one.parent:
        spells = _reign(one)
        found += [Member(one.parent, start, end) for start, end in spells]
        found += [part for spell in spells for part in _clip(_bodies(one.parent), spell)]
    return tuple(found)


def _older_codes(code: str) -> list[Member]:
    return [
        Member(one.code, mapped.start, mapped.end)
        for one in all_actors()
        if one.kind != "state"
        for mapped in one.maps_to
        if mapped.code == code
    ]


def _of_regimes(state: str) -> list[Member]:
    found: list[Member] = []
    for regime in all_actors():
        if regime.kind == "regime" and regime.parent == state:
            own = [Member(regime.code, None, None), *_older_codes(regime.code)]
            found += [part for spell in _reign(regime) for part in _clip(own, spell)]
    return found


def _bodies(state: str) -> list[Member]:
    return [
        Member(one.code, one.start, one.end)
        for one in all_actors()
        if one.state_body and one.parent == state
    ]


def _reign(regime: Actor) -> list[Dates]:
    """When a regime governed: as its state's row says day by day, else by its own spells."""
    days = _by_code()[regime.parent].maps_to if regime.parent else ()
    told: list[Dates] = [(day.start, day.end) for day in days if day.code == regime.code]
    return told or list(regime.government_spells)


def _clip(found: Iterable[Member], spell: Dates) -> Iterator[Member]:
    for one in found:
        start = max(filter(None, (one.start, spell[0])), default=None)
        end = min(filter(None, (one.end, spell[1])), default=None)
        if start is None or end is None or start <= end:
            yield Member(one.code, start, end)
