"""Many files at once: a few workers, and results handed over as they come."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from realpolitik.net.download import Got, NotGot, Stopped, download
from realpolitik.net.line import Line
from realpolitik.net.plan import Remote

# Fetched files that may wait to be used: it bounds what they take of the disk.
WAITING = 64
GLANCE_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a file: it is here, or why it is not."""

    remote: Remote
    got: Got | None
    why: str = ""
    missing: bool = False


def run(files: Iterable[Remote], folder: Path, line: Line, jobs: int) -> Iterator[Done | None]:
    """Fetch files into a folder, some at a time; None is given now and then while all are at work.

    Each lies in a folder of its source. Raises OSError where the folder cannot be
    written. When the caller goes away or fails, the workers stop; what they have
    of unfinished files stays.
    """
    crew = _Crew(iter(list(files)), folder, line)
    workers = [threading.Thread(target=crew.work, daemon=True) for _ in range(jobs)]
    try:
        for worker in workers:
            worker.start()
        yield from _results(crew, workers)
    finally:
        line.stop.set()
        for worker in workers:
            worker.join(GLANCE_SECONDS)


def _results(crew: _Crew, workers: list[threading.Thread]) -> Iterator[Done | None]:
    while True:
        alive = any(worker.is_alive() for worker in workers)
        try:
            found = crew.done.get(timeout=GLANCE_SECONDS)
        except queue.Empty:
            if not alive:
                return
            yield None
            continue
        if isinstance(found, BaseException):
            raise found
        yield found


class _Crew:
    def __init__(self, todo: Iterator[Remote], folder: Path, line: Line) -> None:
        self._todo, self._folder, self._line = todo, folder, line
        self._lock = threading.Lock()
        self.done: queue.Queue[Done | BaseException] = queue.Queue(WAITING)

    def work(self) -> None:
        """Fetch one file after another until there are no more or the run is ended."""
        while not self._line.stop.is_set():
            with self._lock:
                remote = next(self._todo, None)
            if remote is None:
                return
            try:
                self._give(self._one(remote))
            except Stopped:
                return
            except BaseException as error:
                self._give(error)
                return

    def _one(self, remote: Remote) -> Done:
        try:
            return Done(remote, download(remote, self._folder / remote.source, self._line))
        except NotGot as error:
            return Done(remote, None, str(error), error.missing)

    def _give(self, found: Done | BaseException) -> None:
        while not self._line.stop.is_set():
            try:
                self.done.put(found, timeout=GLANCE_SECONDS)
            except queue.Full:
                continue
            return
