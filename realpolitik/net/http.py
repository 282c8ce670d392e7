"""Requests over HTTP, and every way they fail; no other module talks to the network."""

from __future__ import annotations

import re
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    import urllib3

BLOCK = 1 << 16
# No byte for this long, or fewer than LEAST in a window: the line is dead, a new one may be better.
STALL_SECONDS = 30.0
WINDOW_SECONDS = 60.0
LEAST = 1 << 10
CONNECT_SECONDS = 15.0
# Connections to one host at a time; publishers of free data deserve no more.
PER_HOST = 4
REDIRECTS = 5
MOVED = {301, 302, 303, 307, 308}


class Broken(Exception):
    """The connection could not be made, broke, or stalled; another try may do better."""


class Untrusted(Broken):
    """The certificate is that of another host, or nobody known vouches for it."""


class Refused(Exception):
    """The server answered, and gives nothing; `wait` is how long it asks to be left alone."""

    def __init__(self, status: int, wait: float | None = None) -> None:
        self.status, self.wait = status, wait
        super().__init__(f"HTTP status {status}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gives: where in the file it starts, how long the file is, and its bytes.

    `total` is None where the server does not say. `tag` marks this version of
    the file, "" where the server has no mark.
    """

    start: int
    total: int | None
    tag: str
    kind: str
    blocks: Iterator[bytes]


@dataclass
class Client:
    """Connections to publishers; safe to share between threads."""

    agent: str
    stall: float = STALL_SECONDS
    _pools: dict[str | None, urllib3.PoolManager] = field(default_factory=dict)
    _slots: dict[str, threading.BoundedSemaphore] = field(
        default_factory=lambda: defaultdict(lambda: threading.BoundedSemaphore(PER_HOST))
    )
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def get(
        self,
        url: str,
        start: int = 0,
        tag: str = "",
        secret: Mapping[str, str] | None = None,
        method: str = "GET",
    ) -> Iterator[Answer]:
        """Ask for a file from byte `start` on, if it still bears the `tag`.

        `secret` headers go to no other host than that of the url. Raises Broken
        or Refused, also while the blocks are read.
        """
        asked = {"User-Agent": self.agent, "Accept-Encoding": "identity"}
        if start:
            asked["Range"] = f"bytes={start}-"
        if start and tag:
            asked["If-Range"] = tag
        with self._slot(url):
            response = self._followed(method, url, asked, dict(secret or {}))
            try:
                if response.status not in (200, 206):
                    raise Refused(response.status, _wait(response.headers.get("Retry-After")))
                yield _answer(response)
            finally:
                response.close()

    def close(self) -> None:
        """Close the connections that are not in use."""
        for pool in self._pools.values():
            pool.clear()

    def _slot(self, url: str) -> threading.BoundedSemaphore:
        with self._lock:
            return self._slots[urlsplit(url).netloc]

    def _followed(
        self, method: str, url: str, asked: dict[str, str], secret: dict[str, str]
    ) -> Any:
        for _ in range(REDIRECTS + 1):
            response = self._open(method, url, {**asked, **secret})
            if response.status not in MOVED or "Location" not in response.headers:
                return response
            response.close()
            new = urljoin(url, response.headers["Location"])
            if _unsafe(url, new):
                raise Broken(f"sent on to {new[:80]}, which is not safe to follow")
            if urlsplit(new)[:2] != urlsplit(url)[:2]:
                secret = {}
            url = new
        raise Broken(f"sent on more than {REDIRECTS} times")

    def _open(self, method: str, url: str, headers: dict[str, str]) -> Any:
        import urllib3

        timeout = urllib3.Timeout(connect=min(CONNECT_SECONDS, self.stall), read=self.stall)
        try:
            return self._pool(url).request(
                method, url, headers=headers, timeout=timeout,
                redirect=False, retries=False, preload_content=False,
            )  # fmt: skip
        except (urllib3.exceptions.HTTPError, HTTPException, OSError) as error:
            raise _broken(error) from error

    def _pool(self, url: str) -> urllib3.PoolManager:
        """The pool for a host: through the proxy of the environment, where it has one."""
        import urllib3

        proxy = _proxy(url)
        with self._lock:
            if proxy not in self._pools:
                given: dict[str, Any] = {"ssl_context": _trust(), "maxsize": PER_HOST}
                self._pools[proxy] = (
                    urllib3.ProxyManager(proxy, **given) if proxy else urllib3.PoolManager(**given)
                )
            return self._pools[proxy]


def _proxy(url: str) -> str | None:
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(url)
    known = getproxies()
    proxy = known.get(parts.scheme) or known.get("all")
    if not proxy or proxy_bypass(parts.hostname or ""):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _trust() -> ssl.SSLContext:
    """The system's authorities and those of certifi: some systems bring none."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _unsafe(old: str, new: str) -> bool:
    scheme = urlsplit(new).scheme
    return scheme not in ("http", "https") or (scheme == "http" and old.startswith("https:"))


def _answer(response: Any) -> Answer:
    headers = response.headers
    start, total = 0, None
    span = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", headers.get("Content-Range", ""))
    if response.status == 206 and span:
        start, total = int(span[1]), int(span[2]) if span[2] != "*" else None
    elif headers.get("Content-Length", "").isdigit():
        total = int(headers["Content-Length"])
    tag = headers.get("ETag", "")
    tag = headers.get("Last-Modified", "") if not tag or tag.startswith("W/") else tag
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Answer(start, total, tag, kind, _blocks(response))


def _blocks(response: Any) -> Iterator[bytes]:
    import urllib3

    since, got = time.monotonic(), 0
    while True:
        try:
            block = response.read1(BLOCK, decode_content=False)
        except (urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError) as error:
            raise _broken(error) from error
        if not block:
            return
        yield block
        got += len(block)
        if time.monotonic() - since > WINDOW_SECONDS:
            if got < LEAST:
                raise Broken(f"only {got} bytes came in {WINDOW_SECONDS:.0f} seconds")
            since, got = time.monotonic(), 0


def _broken(error: BaseException) -> Broken:
    import urllib3

    # urllib3 counts a connection that was refused among those that took too long.
    unmade = isinstance(error, urllib3.exceptions.NewConnectionError)
    if isinstance(error, urllib3.exceptions.TimeoutError) and not unmade:
        return Broken("nothing came for too long")
    text = " ".join(str(error).split())
    # urllib3 checks names through the ssl module, which tells the reason in words only.
    if "Hostname mismatch" in text or "doesn't match" in text or "not valid for" in text:
        return Untrusted("its certificate is that of another host")
    if "certificate verify failed" in text:
        return Untrusted(f"its certificate is not to be trusted ({text[-80:]})")
    text = re.sub(r"^\w+\(.*?\): |^.*?object at 0x[0-9a-f]+>:? ?", "", text)
    return Broken(text[:160] or type(error).__name__)


def _wait(text: str | None) -> float | None:
    """Seconds that a Retry-After asks for, whether it gives seconds or a date."""
    if not text:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
