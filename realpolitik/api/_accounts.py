"""The versions of acts that casebooks hold, as the measures and the list of acts take them."""

from __future__ import annotations

from datetime import date
from typing import Any

from realpolitik.measures._hindsight import Account
from realpolitik.sources.casebook import versions


def accounts() -> dict[str, tuple[Account, ...]]:
    """Accounts of acts whose account changed, by act_id, in order."""
    return {act: tuple(_account(one) for one in chain) for act, chain in versions.shipped().items()}


def chain(act_id: str, as_of: date | None) -> list[dict[str, Any]]:
    """The versions of one act public by a day, as plain values; empty where there are none."""
    return [
        {
            "version": one.version,
            "disclosed": one.disclosed,
            "killed": one.killed,
            "injured": one.injured,
            "bound": one.bound,
            "account": one.account,
            "source": one.source,
            "verification": one.verification,
        }
        for one in versions.shipped().get(act_id, ())
        if as_of is None or one.known <= as_of
    ]


def _account(one: versions.Version) -> Account:
    bound = "at least " if one.bound == "at least" else ""
    harmed = [
        f"{bound}{count} {what}"
        for what, count in (("killed", one.killed), ("injured", one.injured))
        if count is not None
    ]
    return Account(
        one.act_id, one.version, one.known, one.killed, one.injured, bool(bound), ", ".join(harmed)
    )
