"""From what a user typed to the question the measures answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ibis.expr.types import Table

from realpolitik.api._record import Opened
from realpolitik.errors import BadDates, SameActor, UnknownName
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures._tallied import FINE, need_unit
from realpolitik.vocab import actors
from realpolitik.vocab.calendar import BY, parse_date
from realpolitik.vocab.kinds import CONTACTS, MAPS, variants

Names = str | Iterable[str] | None


def dyad(a: str, b: str) -> tuple[str, str]:
    """The codes of two actors given by code or name.

    Raises:
        UnknownName, AmbiguousName: an actor cannot be resolved.
        SameActor: both are one.
    """
    first, second = actors.resolve(a).code, actors.resolve(b).code
    if first == second:
        raise SameActor(first)
    return first, second


def ask(
    a: str,
    b: str,
    *,
    start: str | None = None,
    end: str | None = None,
    by: str | None = None,
    map: str = "realpolitik",
    contacts: str = "apart",
    seed: int = 0,
) -> Question:
    """A question with actors resolved, dates read and names checked."""
    first, second = dyad(a, b)
    every = ask_all(start=start, end=end, by=by, map=map, contacts=contacts, seed=seed)
    return replace(every, a=first, b=second)


def ask_all(
    *,
    start: str | None = None,
    end: str | None = None,
    by: str | None = None,
    map: str = "realpolitik",
    contacts: str = "apart",
    seed: int = 0,
) -> Question:
    """A question about no two actors but about all there are; dates read and names checked."""
    span = (parse_date(start) if start else None, parse_date(end, end=True) if end else None)
    if span[0] and span[1] and span[0] > span[1]:
        raise BadDates(
            f"--start {span[0]} comes after --end {span[1]}: give the earlier date first."
        )
    if by is not None and by not in BY:
        raise UnknownName("period", by, BY, f"--by takes one of {', '.join(BY)}.")
    return Question("", "", *span, by=by, map=variant(map, contacts), seed=seed)


def variant(map: str, contacts: str) -> str:
    """Name of a map together with where it counts contacts."""
    if map not in (*MAPS, *variants()):
        raise UnknownName("map", map, MAPS, f"--map takes one of {', '.join(MAPS)}.")
    if contacts not in CONTACTS:
        raise UnknownName("treatment of contacts", contacts, CONTACTS, "Use apart, words or deeds.")
    if contacts == "apart":
        return map
    if map != "realpolitik":
        raise UnknownName(
            "variant",
            f"{map} with contacts as {contacts}",
            (),
            "Only the realpolitik map has contacts.",
        )
    return f"{map}+contacts={contacts}"


def chosen(source: Names, opened: Opened) -> tuple[SourceSpan, ...]:
    """The sources asked for, or all of the record; unknown names raise UnknownName."""
    known = {span.name: span for span in opened.spans}
    if source is None:
        return tuple(known.values())
    asked = (source,) if isinstance(source, str) else tuple(source)
    for name in asked:
        if name not in known:
            raise UnknownName("source", name, known, f"The record holds {', '.join(known)}.")
    return tuple(known[name] for name in dict.fromkeys(asked))


def listed(opened: Opened, spans: Iterable[SourceSpan]) -> Table | None:
    """The acts, where a sample among the sources has single acts; else nothing is read."""
    return opened.acts if any(one.role == "sample" and one.listed for one in spans) else None


def divided(spans: tuple[SourceSpan, ...], by: str | None, named: Names) -> tuple[SourceSpan, ...]:
    """The sources that can be divided by a period, and by day where it is finer than a month.

    Raises:
        BadDates: days or weeks of a source whose single acts are not at hand, where it was
            named or no other is there.
    """
    if by not in FINE:
        return spans
    coarse = [span for span in spans if span.role == "sample" and not span.listed]
    fine = tuple(span for span in spans if span not in coarse)
    if coarse and (named is not None or not any(span.role == "sample" for span in fine)):
        need_unit(by, coarse[0])
    return tuple(replace(span, grain="day") for span in fine)
