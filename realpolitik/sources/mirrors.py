"""One meeting told as an act of each side: the two acts flagged, and each named in the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import ibis

RULE = "mirrors"
FLAG = "mirrored"
ABOUT = "The two acts of one meeting or visit are flagged as mirrored and name each other."


class Codes(NamedTuple):
    """Which codes make a pair: a visit and its reception, or one code told by both sides."""

    visit: str
    host: str
    mutual: tuple[str, ...]


CAMEO = Codes("042", "043", ("040", "041", "044", "045", "046"))
WEIS = Codes("032", "033", ("031",))


def linked(
    rows: ibis.Table, codes: Codes, spot: Sequence[str], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """The rows with `flags` and `related` where another row tells the same meeting from the other side.

    Two accepted acts are a pair when they agree in the columns of `spot`, name
    the same two parties the other way round, and carry one of the mutual codes
    both, or visit and host. Where a side has several, the first of the one
    goes with the first of the other, in order of their ids. Both stay acts:
    each belongs to the direction in which it was coded.
    """
    if RULE in off:
        return rows
    rows = rows.mutate(pair=_pair(rows, codes, spot), one=_is_one(rows, codes))
    turn = ibis.row_number().over(group_by=["pair", "one"], order_by=["act_id"])
    rows = rows.mutate(turn=turn)
    own = ibis.window(group_by=["pair", "turn"])
    rows = rows.mutate(
        sides=rows.count().over(own),
        first=rows["act_id"].min().over(own),
        last=rows["act_id"].max().over(own),
    )
    told = rows["pair"].notnull() & (rows["sides"] == 2)
    other = ibis.ifelse(rows["act_id"] == rows["first"], rows["last"], rows["first"])
    rows = rows.mutate(
        related=ibis.ifelse(told, other, ibis.null("string")), flags=_flags(rows, told)
    )
    return rows.drop("pair", "one", "turn", "sides", "first", "last")


def _is_one(rows: ibis.Table, codes: Codes) -> ibis.Value:
    """Is the row's actor the visitor, or of a mutual act the one first in the alphabet?"""
    first = rows["actor_native"] < rows["target_native"]
    return ibis.cases(
        (rows["code"] == codes.visit, True), (rows["code"] == codes.host, False), else_=first
    )


def _pair(rows: ibis.Table, codes: Codes, spot: Sequence[str]) -> ibis.Value:
    """What both rows of a meeting have in common, parties in one order; null for other acts."""
    one, two, code = rows["actor_native"], rows["target_native"], rows["code"]
    straight, turned = one + "|" + two, two + "|" + one
    parties = ibis.cases(
        (code == codes.visit, straight),
        (code == codes.host, turned),
        else_=ibis.ifelse(one < two, straight, turned),
    )
    what = ibis.cases((code.isin(codes.mutual), code), (code.isin(codes[:2]), codes.visit))
    told = ibis.ifelse(rows["refused"].isnull(), what, ibis.null("string"))
    where = ibis.literal("|").join([rows[name].fill_null("") for name in spot])
    return told + "|" + parties + "|" + where


def _flags(rows: ibis.Table, told: ibis.Value) -> ibis.Value:
    if "flags" not in rows.columns:
        return ibis.ifelse(told, FLAG, ibis.null("string"))
    both = ibis.ifelse(rows["flags"].isnull(), FLAG, ibis.literal(FLAG + ";") + rows["flags"])
    return ibis.ifelse(told, both, rows["flags"])
