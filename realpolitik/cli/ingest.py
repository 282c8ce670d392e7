"""`realpolitik ingest SOURCE PATH…`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import click

import realpolitik as rp
from realpolitik.cli import _complete
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._progress import bar
from realpolitik.cli._verb import verb

HELD = ("loaded", "replaced", "unchanged")
LEFT = "left out"
PARTIAL = 3
UNREADABLE = 2


@verb(
    "Bring your own record",
    examples=(
        ("a folder of files, each recognised from its content", "realpolitik ingest auto FOLDER"),
        ("one source, archives and all", "realpolitik ingest gdelt_v2 20241101*.zip"),
        ("what became of every row, as data", "realpolitik ingest icews FOLDER --json"),
        ("keep what a rule would refuse", "realpolitik ingest gdelt_v2 FOLDER --off repeats"),
    ),
    terms=(
        ("rows", "Rows of the file: acts + repeats + refused, always."),
        ("unchanged", "The very same file was loaded before; nothing was done."),
        ("replaced", "A file of this name was loaded before with other content."),
        ("left out", "A file known to hold no acts, with the reason; no trouble."),
    ),
)
@click.argument("source", metavar="SOURCE|auto", shell_complete=_complete.ingestible)
@click.argument("paths", metavar="PATH", nargs=-1, required=True, type=click.Path())
@click.option(
    "--off", metavar="RULE", multiple=True, help="Do not apply this rule; repeat for more."
)
@click.option(
    "--mapping", metavar="FILE", type=click.Path(), help="YAML mapping of the generic reader."
)
@options.common("lake", progress=True)
def ingest(out: Output, progress: bool, source: str, paths: tuple[str, ...], **asked: Any) -> None:
    """Load files into the lake, every row accounted for.

    Each row is an act, a repeat of one, or refused with a reason. A file loaded before is left as it is, so the same command can be run again.
    Exit code 3 when some files could not be read, 2 when none could.
    """
    with bar(progress and not out.quiet, "ingest") as tell:
        found = rp.ingest(source, *paths, progress=tell, **asked)
    out.put(found.to_dict(), found.rows, text=_account(found.rows))
    _end(found.rows, out)


def _account(rows: list[dict[str, Any]]) -> str:
    """The account by source and status, then every reason for a refusal, then what was not read."""
    lines: list[str] = []
    for source in sorted({row["source"] for row in rows if row["status"] in HELD}):
        own = [row for row in rows if row["source"] == source and row["status"] in HELD]
        lines += _source(source, own)
    lines += [f"{r['file']}: {r['status']}. {r['why']}" for r in rows if r["status"] not in HELD]
    return "".join(f"{line}\n" for line in lines)


def _source(source: str, rows: list[dict[str, Any]]) -> Iterator[str]:
    status = Counter(row["status"] for row in rows)
    files = ", ".join(f"{number} {name}" for name, number in sorted(status.items()))
    yield f"{source}: {len(rows)} files ({files})"
    total = {
        name: sum(row[name] for row in rows) for name in ("rows", "acts", "repeats", "refused")
    }
    yield (
        f"{total['rows']:>12,} rows = {total['acts']:,} acts + {total['repeats']:,} repeats + "
        + (f"{total['refused']:,} refused")
    )
    reasons: Counter[str] = Counter()
    for row in rows:
        reasons.update(row["refused_by"])
    for why, number in reasons.most_common(12):
        yield f"{number:>12,} refused: {why}"
    if len(reasons) > 12:
        rest = sum(reasons.values()) - sum(n for _, n in reasons.most_common(12))
        yield f"{rest:>12,} refused for {len(reasons) - 12} further reasons (--json lists them)"


def _end(rows: list[dict[str, Any]], out: Output) -> None:
    missed = [row for row in rows if row["status"] not in (*HELD, LEFT)]
    if rows and not any(row["status"] in HELD for row in rows):
        out.remark(("No file could be read.",))
        click.get_current_context().exit(UNREADABLE)
    if missed:
        out.remark((f"{len(missed)} of {len(rows)} files could not be read.",))
        click.get_current_context().exit(PARTIAL)
