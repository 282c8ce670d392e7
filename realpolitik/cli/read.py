"""`realpolitik read FILE|URL|-`."""

from __future__ import annotations

from typing import Any

import click

import realpolitik as rp
from realpolitik.cli import _complete
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._progress import bar
from realpolitik.cli._verb import verb

SHOWN = ("id", "actor", "target", "code", "root", "kind", "side", "modality", "date", "confidence")
PARTIAL = 3
LONGEST = 72


@verb(
    "Read texts",
    examples=(
        ("the acts of a report", "realpolitik read report.txt"),
        ("everything, with character offsets, as data", "realpolitik read report.pdf --json"),
        ("from another program, dated", "realpolitik read - --date 2018-05-09 < report.txt"),
        (
            "a folder of speeches, as acts to ingest",
            "realpolitik read speeches/ --speaker USA -o words.jsonl",
        ),
    ),
    terms=(
        ("modality", "Is it asserted, promised, threatened, denied or hypothetical?"),
        ("confidence", "Chance that there is an act and that its quad class is right."),
        ("rule", "What in the sentence led to the code (in --json)."),
    ),
)
@click.argument("sources", metavar="FILE|URL|-", nargs=-1, required=True)
@click.option("--date", metavar="DATE", help="Date of a text where it does not say.")
@click.option(
    "--speaker", metavar="ACTOR", shell_complete=_complete.actors,
    help="Whose text it is where it does not say: whom 'we' means.",
)  # fmt: skip
@options.common("offline", progress=True)
def read(out: Output, progress: bool, sources: tuple[str, ...], **asked: Any) -> None:
    """Read texts into acts, quotations, claims and citations.

    Codes are what a program made of the words: coded, never facts. Needs the extra `text`. Exit code 3 when some documents could not be read, 2 when none could.
    """
    with bar(progress and not out.quiet, "read") as tell:
        found = rp.read(*sources, progress=tell, **asked)
    out.remark(found.messages)
    table = {"acts in text": [_short(row) for row in found.rows()]}
    out.put(table if out.form == "table" else found.to_dict(), found.rows())
    if isinstance(found, rp.Readings) and found.refused:
        click.get_current_context().exit(PARTIAL)


def _short(row: dict[str, Any]) -> dict[str, Any]:
    """A row for the screen; the whole of it stands in the other formats."""
    text = " ".join(row["text"].split())
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return {"document": row["document"], **{name: row[name] for name in SHOWN}, "text": cut}
