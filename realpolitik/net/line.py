"""Manners towards hosts: how often to try, how long to wait, whom to leave alone."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from realpolitik.net.http import Client

ATTEMPTS = 5
FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
# Who asks for more patience than this is asked again by the user, not by a sleeping process.
PATIENCE = 600.0


class Stopped(Exception):
    """The run was ended from outside."""


@dataclass
class Line:
    """A client with its manners, shared by all workers of a run.

    `tell` hears how many bytes came, or fell away again when they are negative.
    """

    client: Client
    first_wait: float = FIRST_WAIT
    patience: float = PATIENCE
    attempts: int = ATTEMPTS
    tell: Callable[[int], None] = lambda _: None
    stop: threading.Event = field(default_factory=threading.Event)
    _until: dict[str, float] = field(default_factory=dict)
    _shunned: set[str] = field(default_factory=set)

    def order(self, urls: Iterable[str]) -> list[str]:
        """The addresses, those of hosts that failed in this run last."""
        return sorted(urls, key=lambda url: origin(url) in self._shunned)

    def shun(self, url: str) -> None:
        """Ask this host last from now on."""
        self._shunned.add(origin(url))

    def hold(self, url: str) -> None:
        """Wait until the host may be asked again."""
        self.sleep(self._until.get(origin(url), 0.0) - time.monotonic())

    def pause(self, url: str, seconds: float) -> None:
        """Let nobody ask the host for so long."""
        until = time.monotonic() + seconds
        self._until[origin(url)] = max(until, self._until.get(origin(url), 0.0))

    def sleep(self, seconds: float) -> None:
        """Wait, or raise Stopped as soon as the run is ended."""
        if self.stop.wait(max(0.0, seconds)):
            raise Stopped

    def back_off(self, tries: int) -> float:
        """How long to wait after so many tries: ever longer, never all at once."""
        longest = min(LONGEST_WAIT, self.first_wait * 2.0**tries)
        return longest * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, keeps no secret


def origin(url: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
