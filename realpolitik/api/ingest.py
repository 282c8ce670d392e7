"""Files into the lake: every row an act, a repeat, or refused with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from realpolitik.api import _load
from realpolitik.api._lake import lake_at
from realpolitik.api.result import Rows
from realpolitik.errors import UsageError
from realpolitik.lake.store import Lake
from realpolitik.sources import card
from realpolitik.sources.unpack import files

Progress = Callable[[int, int, str], None]
# A batch is committed whole: an interrupted run loses at most one.
BATCH_FILES = 256
BATCH_BYTES = 2 << 30


def ingest(
    source: str,
    *paths: str | PathLike[str],
    lake: str | None = None,
    off: Sequence[str] = (),
    mapping: str | None = None,
    progress: Progress | None = None,
) -> Rows:
    """Read files, folders and archives of a source into the lake; one row a file.

    `source` may be "auto": each file is recognised from its content. Columns:
    status (loaded, replaced, unchanged, left out, not recognised, unreadable), source,
    rows, acts, repeats, refused (rows = acts + repeats + refused), refused_by
    (reason to rows), start and end of what the file covers, and why. A file
    loaded before is left as it is; a newer file of the same name replaces the
    older. `off` names rules not to apply. `mapping` is the YAML file of the
    generic reader.

    Raises:
        UsageError: a path, source or rule that cannot be used.
        LakeError: the lake cannot be written.
    """
    if source != _load.AUTO:
        card(source)
    options = (("mapping", Path(mapping)),) if mapping is not None else ()
    wish = _load.Wish(source, _load.off(off, source), options)
    if not paths:
        raise UsageError("No path given: name the files or folders to ingest.")
    named = files([Path(path) for path in paths])
    return Rows("files", _run(lake_at(lake), named, wish, progress))


def _run(
    lake: Lake, named: list[tuple[Path, bool]], wish: _load.Wish, progress: Progress | None
) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    waiting = iter(named)
    done = 0
    while batch := _next(waiting):
        with lake.writing() as writer:
            for path, is_named in batch:
                told += _load.load_all(writer, path, is_named, wish)
                done += 1
                if progress:
                    progress(done, len(named), path.name)
            writer.tally(_load.tally)
    return told


def _next(waiting: Iterator[tuple[Path, bool]]) -> list[tuple[Path, bool]]:
    """The files of the next batch: so many, or fewer large ones."""
    batch: list[tuple[Path, bool]] = []
    size = 0
    for one in waiting:
        batch.append(one)
        size += one[0].stat().st_size if one[0].exists() else 0
        if len(batch) >= BATCH_FILES or size >= BATCH_BYTES:
            break
    return batch
