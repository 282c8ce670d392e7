"""Fetched files into the lake, batch by batch, and the account of what became of each."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from realpolitik.api import _load
from realpolitik.errors import LakeError, OutputError
from realpolitik.lake.catalog import Fetched
from realpolitik.lake.store import Lake, Writer
from realpolitik.net.crew import Done
from realpolitik.net.download import Got, forget
from realpolitik.net.plan import Remote

FOLDER = "fetching"
HELD = ("in the lake", "loaded", "replaced", "unchanged", "partly loaded")
# A batch is committed whole, and each commit sums the months it touches anew.
BATCH_FILES = 64
BATCH_BYTES = 1 << 30
BATCH_SECONDS = 30.0
COUNTS = ("rows", "acts", "repeats", "refused")


@dataclass
class Batch:
    """Files that wait to be loaded together."""

    lake: Lake
    off: frozenset[str]
    keep: Path | None
    waiting: list[tuple[Remote, Got]] = field(default_factory=list)
    since: float = 0.0

    def add(self, remote: Remote, got: Got) -> None:
        """Let a file wait."""
        if not self.waiting:
            self.since = time.monotonic()
        self.waiting.append((remote, got))

    def full(self) -> bool:
        """Is it time to load what waits?"""
        return bool(self.waiting) and (
            len(self.waiting) >= BATCH_FILES
            or sum(got.bytes for _, got in self.waiting) >= BATCH_BYTES
            or time.monotonic() - self.since >= BATCH_SECONDS
        )

    def load(self) -> list[dict[str, Any]]:
        """Load what waits, then remove the files or put them where they are to be kept."""
        told: list[dict[str, Any]] = []
        if self.waiting:
            with self.lake.writing() as writer:
                told = [self._one(writer, remote, got) for remote, got in self.waiting]
                writer.tally(_load.tally)
            for remote, got in self.waiting:
                self._away(remote, got)
            self.waiting.clear()
        return told

    def _one(self, writer: Writer, remote: Remote, got: Got) -> dict[str, Any]:
        wish = _load.Wish(remote.source, self.off)
        inner = list(_load.load_all(writer, got.path, True, wish, got.url, remote.members))
        told = _summed(remote, got, inner)
        if told["status"] in HELD:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            writer.list_fetched(
                Fetched(remote.source, remote.name, got.url, got.bytes, got.md5, got.tag, now)
            )
        return told

    def _away(self, remote: Remote, got: Got) -> None:
        if self.keep is not None:
            try:
                (self.keep / remote.source).mkdir(parents=True, exist_ok=True)
                shutil.move(got.path, self.keep / remote.source / remote.name)
            except OSError as error:
                raise OutputError(
                    f"{self.keep}: cannot be written ({error.strerror}). What was fetched is "
                    "loaded; choose another folder with --keep."
                ) from error
        forget(got)


def row(remote: Remote, status: str, why: str = "") -> dict[str, Any]:
    """One line of a plan or an account."""
    return {
        "source": remote.source, "file": remote.name, "status": status, "bytes": remote.bytes,
        **dict.fromkeys(COUNTS), "url": remote.urls[0], "md5": remote.md5, "why": why,
    }  # fmt: skip


def not_got(done: Done) -> dict[str, Any]:
    """The line of a file that could not be fetched."""
    return row(done.remote, "missing" if done.missing else "failed", done.why)


def _summed(remote: Remote, got: Got, inner: list[dict[str, Any]]) -> dict[str, Any]:
    """The line of a fetched file, from those of the files in it."""
    held = [one for one in inner if one["status"] in HELD]
    lost = [f"{one['file']}: {one['why']}" for one in inner if one["status"] not in HELD]
    if not held:
        why = "; ".join(lost) or f"no file in it is named {remote.members}"
        return {
            **row(remote, "unreadable", why),
            "bytes": got.bytes,
            "url": got.url,
            "md5": got.md5,
        }
    kinds = {one["status"] for one in held}
    status = "partly loaded" if lost else kinds.pop() if len(kinds) == 1 else "loaded"
    sums = {name: sum(one[name] for one in held) for name in COUNTS}
    found = {"bytes": got.bytes, "url": got.url, "md5": got.md5, "why": "; ".join(lost)}
    return {**row(remote, status), **sums, **found}


def in_lake(lake: Lake, source: str, files: tuple[Remote, ...]) -> set[str]:
    """The names of the files whose very version the lake holds."""
    known = {one.name: one for one in lake.catalog.fetched(source)}
    return {file.name for file in files if (one := known.get(file.name)) and _same(file, one)}


def _same(file: Remote, one: Fetched) -> bool:
    if file.md5:
        return file.md5 == one.md5
    return bool(file.tag or file.bytes) and file.tag == one.tag and file.bytes in (None, one.bytes)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder of files on their way; raises LakeError where another fetch holds it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        con = sqlite3.connect(folder / "lock.sqlite", timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise LakeError(
            f"{folder}: cannot be written. Choose another folder with --lake."
        ) from error
    # SQLite's lock works on every system, and falls off when the process ends, however it ends.
    with closing(con):
        try:
            con.execute("begin exclusive")
        except sqlite3.Error as error:
            raise LakeError(
                f"{folder}: another fetch is at work in this lake ({error}). Wait for it to end."
            ) from error
        yield
