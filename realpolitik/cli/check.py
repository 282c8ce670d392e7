"""`realpolitik check FILE|URL|-`."""

from __future__ import annotations

from typing import Any

import click

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._checked import told
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Read texts",
    examples=(
        ("the claims of an opinion piece, with a verdict each", "realpolitik check piece.txt"),
        ("as the world knew it that day", "realpolitik check piece.txt --as-of 2020-01-08"),
        ("the text as a page, its evidence beside it", "realpolitik check piece.txt --page piece.html"),
    ),
    terms=(
        ("supported", "An act, or a sum of parts, matches every slot the claim asserts."),
        ("supported in part", "The act is there; one slot is silent or differs, and is named."),
        ("contradicted", "An act conflicts, and its source outranks a claim without one."),
        ("disputed", "Sources of like rank conflict, or the record marks the act as contested."),
        ("not in record", "Nothing covers it. Silence says nothing: the record is not complete."),
        ("not checkable", "Motive, prediction, cause or judgement."),
    ),
)  # fmt: skip
@click.argument("source", metavar="FILE|URL|-")
@click.option("--date", metavar="DATE", help="Date of the text where it does not say.")
@click.option("--page", metavar="FILE", help="Also write the text as an HTML page, claims marked.")
@options.as_of
@options.common("lake", "offline")
def check(source: str, page: str | None, out: Output, **asked: Any) -> None:
    """Hold each claim of a text against the record.

    Exit code 1 when something is contradicted. Needs the extra `text`.
    """
    found = rp.check(source, **asked)
    out.remark(found.messages)
    if page:
        out.page(page, found.to_html())
    out.put(found.to_dict(), found.claims, text=told(found))
    if found.counts["contradicted"]:
        click.get_current_context().exit(1)
