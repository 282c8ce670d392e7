"""Rows of one directed dyad: which codes count as an actor, and when."""

from __future__ import annotations

from functools import reduce
from operator import or_

import ibis
from ibis.expr.types import BooleanColumn, Table

from realpolitik.vocab.actors import Member, members


def directed(table: Table, actor: str, target: str, day: str) -> Table:
    """Rows in which `actor` acts towards `target`, each with its regimes.

    `day` names the date column against which a regime's dates are checked.
    """
    return table.filter(
        counts_as(table, "actor", actor, day), counts_as(table, "target", target, day)
    )


def counts_as(table: Table, column: str, code: str, day: str) -> BooleanColumn:
    """True where the code in `column` acts as `code` on that day."""
    conditions = [is_member(table, column, member, day) for member in members(code)]
    return reduce(or_, conditions)


def is_member(table: Table, column: str, member: Member, day: str) -> BooleanColumn:
    """True where the code in `column` is this member's, on a day on which it counts."""
    found = table[column] == ibis.literal(member.code)
    if member.start is not None:
        found = found & (table[day] >= ibis.literal(member.start))
    if member.end is not None:
        found = found & (table[day] <= ibis.literal(member.end))
    return found
