"""Rows that say the same thing again: one of them is the act, the others are counted in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

from realpolitik.sources import shape

RULE = "repeats"
ABOUT = "Rows equal in all that makes them an act are one act, and `reports` says how many."


def collapsed(
    rows: ibis.Table, same: Sequence[str], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """The rows with `reports`, and with `refused` set on all copies but the first.

    Only rows that are not refused count; `same` names the columns in which
    copies agree; the first by its text is kept, so that the order of the file
    does not matter. With the rule off every copy is an act.
    """
    rows = rows.mutate(standing=rows["refused"].isnull(), apart=_apart(rows))
    group, order = [*same, "apart"], [rows["raw_line"], rows["line"]]
    # One order for both, or the engine sorts all rows twice.
    whole = ibis.window(preceding=None, following=None, group_by=group, order_by=order)
    rows = rows.mutate(
        again=ibis.row_number().over(group_by=group, order_by=order),
        reports=rows.count().over(whole),
    ).drop("apart")
    if RULE in off:
        return rows.mutate(reports=ibis.ifelse(rows["standing"], 1, ibis.null("int64")))
    copied = rows["standing"] & (rows["again"] > 0)
    return rows.mutate(
        refused=ibis.ifelse(copied, shape.REPEAT, rows["refused"]),
        reports=ibis.ifelse(rows["standing"], rows["reports"], ibis.null("int64")),
    )


def with_ids(rows: ibis.Table, key: Any) -> ibis.Table:
    """The rows with `act_id`: the key, with a number behind it where acts of several rows share it.

    The numbers follow the text of the rows, so that the order of the file does
    not matter.
    """
    rows = rows.mutate(act_id=key, apart=_apart(rows))
    place = ibis.row_number().over(
        group_by=["act_id", "apart"], order_by=[rows["raw_line"], rows["line"]]
    )
    numbered = rows["act_id"] + "#" + (place + 1).cast("string")
    return rows.mutate(act_id=ibis.ifelse(place > 0, numbered, rows["act_id"])).drop("apart")


def _apart(rows: ibis.Table) -> ibis.Value:
    """What keeps refused rows, often nearly all, from being put in order with others: their line."""
    return ibis.ifelse(rows["refused"].isnull(), ibis.null("int64"), rows["line"])
