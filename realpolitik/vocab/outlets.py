"""Which country an outlet's address stands for, where it stands for one."""

from __future__ import annotations

from functools import cache

from realpolitik.vocab.rows import rows

COLUMNS = ("domain", "code", "worldwide")


@cache
def home_domains() -> dict[str, str]:
    """The state of each country domain ("ir": "IRN").

    Domains that are sold or given away worldwide (such as tv or io) are left
    out: they say nothing of where an outlet is.
    """
    return {
        row["domain"]: row["code"] for row in rows("outlets.csv", COLUMNS) if not row["worldwide"]
    }
