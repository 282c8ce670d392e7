"""A local publisher that serves what it is given, and misbehaves on demand."""

from __future__ import annotations

import hashlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Trick = Callable[["Handler", bytes], None]


@dataclass
class Page:
    """A file, and the tricks its first requests meet, one each; after them it behaves."""

    body: bytes
    tricks: list[Trick] = field(default_factory=list)
    ranges: bool = True
    tag: str = ""
    kind: str = "application/zip"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        publisher: Publisher = self.server.publisher  # type: ignore[attr-defined]
        publisher.asked.append((self.command, self.path, dict(self.headers.items())))
        publisher.open += 1
        publisher.most = max(publisher.most, publisher.open)
        try:
            page = publisher.pages.get(self.path)
            if page is None:
                status(404)(self, b"")
            elif page.tricks and self.command == "GET":
                page.tricks.pop(0)(self, page.body)
            else:
                self.give(page)
        except (ConnectionError, ValueError):
            pass
        finally:
            publisher.open -= 1

    def do_HEAD(self) -> None:
        self.do_GET()

    def give(self, page: Page) -> None:
        """Behave."""
        asked = self.headers.get("Range", "")
        whole = self.headers.get("If-Range", page.tag) != page.tag
        start = int(asked[6:-1]) if asked and page.ranges and not whole else 0
        if start >= len(page.body) and start:
            status(416)(self, b"")
            return
        headers = {"Content-Type": page.kind}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(page.body) - 1}/{len(page.body)}"
        if page.tag:
            headers["ETag"] = page.tag
        self.head(206 if start else 200, len(page.body) - start, **headers)
        self.send(page.body[start:])

    def head(self, code: int, length: int, **headers: str) -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def send(self, body: bytes) -> None:
        if self.command != "HEAD":
            pace: float = self.server.publisher.pace  # type: ignore[attr-defined]
            size = 4096 if pace else len(body) or 1
            for at in range(0, len(body), size):
                self.wfile.write(body[at : at + size])
                time.sleep(pace)

    def handle(self) -> None:
        with suppress(ConnectionError):  # who went away is not waited for
            super().handle()

    def log_message(self, *_: object) -> None:
        pass


def status(code: int, **headers: str) -> Trick:
    """Answer with a status and nothing else."""

    def trick(handler: Handler, _: bytes) -> None:
        handler.head(code, 0, **headers)

    return trick


def cut(after: int, reset: bool = False) -> Trick:
    """Promise the whole, send a part, and hang up, politely or not."""

    def trick(handler: Handler, body: bytes) -> None:
        handler.head(200, len(body))
        handler.send(body[:after])
        handler.wfile.flush()
        if reset:
            time.sleep(0.05)  # a reset may overtake what was sent
            linger = struct.pack("ii", 1, 0)
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        handler.close_connection = True
        handler.connection.close() if reset else None

    return trick


def stall(after: int, seconds: float = 1.5) -> Trick:
    """Send a part, then nothing for long."""

    def trick(handler: Handler, body: bytes) -> None:
        handler.head(200, len(body))
        handler.send(body[:after])
        time.sleep(seconds)
        handler.close_connection = True

    return trick


def wrong(body: bytes) -> Trick:
    """Send something else, with the length it has."""

    def trick(handler: Handler, _: bytes) -> None:
        handler.head(200, len(body))
        handler.send(body)

    return trick


class Publisher:
    """The pages of a publisher and what it was asked."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.open = self.most = 0
        self.pace = 0.0

    def put(self, path: str, body: bytes, *tricks: Trick, **more: object) -> str:
        """Serve bytes under a path; returns the address."""
        self.pages[path] = Page(body, list(tricks), **more)  # type: ignore[arg-type]
        return f"{self.host}{path}"

    def gets(self, path: str) -> list[dict[str, str]]:
        """The headers of every GET of a path."""
        return [headers for method, at, headers in self.asked if (method, at) == ("GET", path)]


@contextmanager
def publishing() -> Iterator[Publisher]:
    """A publisher on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    publisher = Publisher(f"http://127.0.0.1:{server.server_address[1]}")
    server.publisher = publisher  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def md5(body: bytes) -> str:
    return hashlib.md5(body, usedforsecurity=False).hexdigest()
