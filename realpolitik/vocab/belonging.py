"""Whose acts are whose: the regime of the day for a state, and the groups a state is said to sponsor."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from realpolitik.vocab.actors import Actor, Member, Sponsor, all_actors, members


class Belonging(NamedTuple):
    """On the days of `member`, its code stands for the actor `whose`."""

    member: Member
    whose: str


@cache
def belongings() -> tuple[Belonging, ...]:
    """Every code that stands for another actor, and when.

    A state's code stands for the regime that governed on the day, a state body
    for its state or that regime, an older code for the present one. The first
    fitting row holds.
    """
    regimes = [one for one in all_actors() if one.kind == "regime"]
    others = [one for one in all_actors() if one.kind != "regime"]
    return tuple(
        Belonging(member, one.code)
        for one in (*regimes, *others)
        for member in _foreign(one)
        if one.kind == "regime" or member.code not in _regime_codes()
    )


@cache
def proxies(code: str) -> tuple[Member, ...]:
    """Groups that the actor table says somebody sponsored, each with the days it did.

    A sponsor's bodies count as the sponsor; so do a state's regimes, and for a regime its state, while
    it governed. Who sponsors whom is alleged: each row of the table names its source.
    """
    return tuple(
        member
        for one in all_actors()
        for sponsor in one.sponsors
        for own in members(code)
        if own.code == sponsor.code and (member := _while(one, sponsor, own)) is not None
    )


def _foreign(one: Actor) -> list[Member]:
    if len(one.maps_to) == 1 and one.kind != "state":
        return []  # an older code itself
    return [member for member in members(one.code) if member.code != one.code]


@cache
def _regime_codes() -> frozenset[str]:
    return frozenset(one.code for one in all_actors() if one.kind == "regime")


def _while(group: Actor, sponsor: Sponsor, own: Member) -> Member | None:
    """The days on which the group was sponsored by what then counted as the actor."""
    starts = [day for day in (sponsor.start, own.start) if day]
    ends = [day for day in (sponsor.end, own.end) if day]
    start, end = max(starts, default=None), min(ends, default=None)
    return None if start and end and start > end else Member(group.code, start, end)
