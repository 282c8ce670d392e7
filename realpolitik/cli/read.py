"""`realpolitik read FILE|URL|-`."""

from __future__ import annotations

import click

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Read texts",
    examples=(
        ("the acts of a report", "realpolitik read report.txt"),
        ("everything, with character offsets, as data", "realpolitik read report.pdf --json"),
        ("from another program, dated", "realpolitik read - --date 2018-05-09 < report.txt"),
    ),
    terms=(
        ("modality", "Is it asserted, promised, threatened, denied or hypothetical?"),
        ("confidence", "Chance that there is an act and that its quad class is right."),
        ("rule", "What in the sentence led to the code."),
    ),
)
@click.argument("source", metavar="FILE|URL|-")
@click.option("--date", metavar="DATE", help="Date of the text where it does not say.")
@options.common("offline")
def read(source: str, date: str | None, offline: bool, out: Output) -> None:
    """Read a text into acts, quotations, claims and citations.

    Codes are what a program made of the words: coded, never facts. Needs the extra `text`.
    """
    found = rp.read(source, date=date, offline=offline)
    out.remark(found.messages)
    if out.form == "table":
        out.put({"acts in text": found.acts}, found.acts)
    else:
        out.put(found.to_dict(), found.acts)
