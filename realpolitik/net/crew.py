"""Many files at once: a few workers, and results handed over in the order that was asked for."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from realpolitik.net.download import Got, NotGot, Stopped, download
from realpolitik.net.line import Line
from realpolitik.net.pages import gather
from realpolitik.net.plan import Remote

# How many files may be fetched before their turn: it bounds what they take of the disk.
AHEAD = 128
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

    Results come in the order of the files, whichever was fetched first, so that
    what is made of them does not depend on chance. Each file lies in a folder of
    its source. Raises OSError where the folder cannot be written. When the caller
    goes away or fails, the workers stop; what they have of unfinished files stays.
    """
    crew = _Crew(list(files), folder, line)
    workers = [threading.Thread(target=crew.work, daemon=True) for _ in range(jobs)]
    try:
        for worker in workers:
            worker.start()
        yield from crew.results()
    finally:
        line.stop.set()
        for worker in workers:
            worker.join(GLANCE_SECONDS)


class _Crew:
    def __init__(self, files: list[Remote], folder: Path, line: Line) -> None:
        self._files, self._folder, self._line = files, folder, line
        self._taken = self._given = 0
        self._turn = threading.Condition()
        self._done: queue.SimpleQueue[tuple[int, Done | BaseException]] = queue.SimpleQueue()

    def results(self) -> Iterator[Done | None]:
        """The results in order, each as soon as it is its turn."""
        early: dict[int, Done] = {}
        for turn in range(len(self._files)):
            while turn not in early:
                try:
                    at, found = self._done.get(timeout=GLANCE_SECONDS)
                except queue.Empty:
                    yield None
                    continue
                if isinstance(found, BaseException):
                    raise found
                early[at] = found
            yield early.pop(turn)
            with self._turn:
                self._given = turn + 1
                self._turn.notify_all()

    def work(self) -> None:
        """Fetch one file after another until there are no more or the run is ended."""
        while (at := self._take()) is not None:
            try:
                self._done.put((at, self._one(self._files[at])))
            except Stopped:
                return
            except BaseException as error:
                self._done.put((at, error))  # it belongs to who waits for the results
                return

    def _take(self) -> int | None:
        with self._turn:
            while self._taken >= self._given + AHEAD and not self._line.stop.is_set():
                self._turn.wait(GLANCE_SECONDS)
            if self._taken >= len(self._files) or self._line.stop.is_set():
                return None
            self._taken += 1
            return self._taken - 1

    def _one(self, remote: Remote) -> Done:
        try:
            take = gather if remote.pages else download
            return Done(remote, take(remote, self._folder / remote.source, self._line))
        except NotGot as error:
            return Done(remote, None, str(error), error.missing)
