"""`realpolitik fetch SOURCE…`."""

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

HELD = ("in the lake", "loaded", "replaced", "unchanged")
LISTED = 20
PARTIAL = 3
NOTHING = 2


@verb(
    "Bring your own record",
    examples=(
        ("what a month of GDELT would take", "realpolitik fetch gdelt_v2 --start 2024-11 --end 2024-11 --dry-run"),
        ("fetch and load it; again to go on after a break", "realpolitik fetch gdelt_v2 --start 2024-11 --end 2024-11"),
        ("keep the publisher's archives as well", "realpolitik fetch icews polecat --keep archives"),
        ("what became of every file, as data", "realpolitik fetch gdelt_v1 --start 2020 --json"),
    ),
    terms=(
        ("to fetch", "Listed by the publisher, not in the lake in this version."),
        ("waiting", "Fetched by an earlier run that ended before it was loaded."),
        ("missing", "Listed, but the publisher does not have it."),
        ("failed", "It could not be had, or was not what the publisher's list says."),
        ("intervals", "Days or 15 minutes that should be there, and those that are."),
    ),
)  # fmt: skip
@click.argument(
    "sources", metavar="SOURCE", nargs=-1, required=True, shell_complete=_complete.sources
)
@options.dates
@click.option("--dry-run", is_flag=True, help="Print the plan and stop.")
@click.option(
    "--keep",
    metavar="FOLDER",
    type=click.Path(file_okay=False),
    help="Keep the publisher's files there once they are loaded.",
)
@click.option("--translated", is_flag=True, help="GDELT 2.0: its translated stream, too.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 16),
    default=4,
    show_default=True,
    help="Files to fetch at a time; never more than four from one host.",
)
@click.option(
    "--off", metavar="RULE", multiple=True, help="Do not apply this rule; repeat for more."
)
@options.common("lake", "offline", progress=True)  # fmt: skip
def fetch(out: Output, progress: bool, sources: tuple[str, ...], **asked: Any) -> None:
    """Fetch files from their publisher, check them, and load them.

    `realpolitik sources SOURCE` says under "files" whether this verb can have it.
    The plan comes first: which files, how large, which of them the lake holds.
    A broken run goes on where it ended when the same command is given again.
    Tokens come from the environment: DATAVERSE_API_TOKEN is used for Dataverse
    if it is set; UCDP needs UCDP_ACCESS_TOKEN, ACLED needs ACLED_ACCESS_TOKEN.
    Exit code 3 when files or intervals are missing, 2 when nothing could be had.
    """
    with bar(progress and not out.quiet, "fetch", in_bytes=True) as tell:
        try:
            found = rp.fetch(*sources, progress=tell, **asked)
        except KeyboardInterrupt:
            out.remark(("what came is kept: the same command goes on from there",))
            raise
    out.put(found.to_dict(), found.rows, text=_account(found.rows))
    out.remark(found.messages)
    if not asked["dry_run"]:
        _end(found)


def _account(rows: list[dict[str, Any]]) -> str:
    lines: list[str] = []
    for source in dict.fromkeys(row["source"] for row in rows):
        lines += _source(source, [row for row in rows if row["source"] == source])
    return "".join(f"{line}\n" for line in lines)


def _source(source: str, rows: list[dict[str, Any]]) -> Iterator[str]:
    yield f"{source}: {len(rows):,} files, {_size(rows)}"
    by_status: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_status.setdefault(row["status"], []).append(row)
    for status, own in by_status.items():
        yield f"{len(own):>12,} {status}, {_size(own)}"
    counted = [row for row in rows if row["rows"] is not None]
    if counted:
        total: Counter[str] = Counter()
        for row in counted:
            total.update({name: row[name] for name in ("rows", "acts", "repeats", "refused")})
        yield (
            f"{total['rows']:>12,} rows = {total['acts']:,} acts + {total['repeats']:,} repeats + "
            f"{total['refused']:,} refused"
        )
    yield from _files(by_status)


def _files(by_status: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """Every file that is amiss, and the first of those to fetch."""
    for status, own in by_status.items():
        if status == "to fetch":
            yield from (f"  {row['file']}  {_size([row])}" for row in own[:LISTED])
            if len(own) > LISTED:
                yield f"  and {len(own) - LISTED:,} more (--json lists them)"
        elif status not in (*HELD, "waiting"):
            yield from (f"  {row['file']}: {row['status']}. {row['why']}" for row in own)


def _size(rows: list[dict[str, Any]]) -> str:
    known = [row["bytes"] for row in rows if row["bytes"] is not None]
    if not known:
        return "size not told"
    total, text = float(sum(known)), ""
    for unit in ("bytes", "kB", "MB", "GB", "TB"):
        text = f"{total:.0f} {unit}" if unit == "bytes" else f"{total:.1f} {unit}"
        if total < 1000:
            break
        total /= 1000
    return text if len(known) == len(rows) else f"more than {text}"


def _end(found: Any) -> None:
    held = sum(row["status"] in (*HELD, "partly loaded") for row in found.rows)
    whole = all(row["status"] in HELD for row in found.rows)
    if not held:
        click.get_current_context().exit(NOTHING)
    if not whole or any(one["missing"] for one in found.intervals):
        click.get_current_context().exit(PARTIAL)
