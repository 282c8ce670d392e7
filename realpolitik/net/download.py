"""One file from its publisher: tried again, resumed, and not believed until its bytes are checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from realpolitik.net.http import BLOCK, Answer, Broken, Refused, Untrusted
from realpolitik.net.line import Line, Stopped
from realpolitik.net.plan import Remote

__all__ = [
    "Got", "NotGot", "Stopped", "download", "fetched", "forget", "fresh", "kept", "probe", "waiting",
]  # fmt: skip

T = TypeVar("T")
GONE = (404, 410)
CLOSED = (401, 403)
MUTE = (405, 501)
PAST_THE_END = 416
BUSY = (408, 425, 429, 500, 502, 503, 504)
# So much more of a file is progress, after which the count of tries starts anew.
PROGRESS = 1 << 20
PART, NOTE = ".part", ".note"
WEB_PAGE = ("text/html", "application/xhtml+xml")


class NotGot(Exception):
    """No address gave the file.

    `missing` means that the publisher has none, `closed` that it wants another right.
    """

    def __init__(self, why: str, missing: bool = False, closed: bool = False) -> None:
        self.missing, self.closed = missing, closed
        super().__init__(why)


class _Wrong(Exception):
    """What came is not the file."""


@dataclass(frozen=True, slots=True)
class Got:
    """A file that is here: where it lies, where it came from, and what was checked."""

    path: Path
    url: str
    bytes: int
    md5: str
    tag: str


def download(remote: Remote, folder: Path, line: Line) -> Got:
    """Fetch a file into a folder, or find it there from an earlier run.

    Raises NotGot when no address gives it, Stopped when the run is ended, OSError
    when it cannot be written. What came of an unfinished file is kept for the
    next run.
    """
    if got := waiting(remote, folder):
        line.tell(got.bytes)
        return got
    folder.mkdir(parents=True, exist_ok=True)
    line.tell(_size(_part(folder, remote)))
    return _anywhere(remote, line, lambda url: _from(url, remote, folder, line))


def waiting(remote: Remote, folder: Path) -> Got | None:
    """The file as an earlier run left it, fetched whole but not used; None where there is none."""
    path = folder / remote.name
    got = fetched(path)
    if got is None or remote.md5:
        return got if got and got.md5 == remote.md5 else None
    same = (
        got.md5 == _note(path)["md5"]
        and got.tag == remote.tag
        and remote.bytes in (None, got.bytes)
    )
    return got if same else None


def fetched(path: Path) -> Got | None:
    """A file as an earlier run left it, fetched whole, of whatever version; None where there is none."""
    note = _note(path)
    if not note or not path.is_file():
        return None
    return Got(path, note["url"], path.stat().st_size, _md5(path), note["tag"])


def kept(path: Path, url: str, tag: str) -> Got:
    """A file that was made here, with the note that lets the next run find it."""
    md5 = _md5(path)
    _write(_beside(path), url=url, tag=tag, md5=md5)
    return Got(path, url, path.stat().st_size, md5, tag)


def forget(got: Got) -> None:
    """Remove a file that has served."""
    got.path.unlink(missing_ok=True)
    _beside(got.path).unlink(missing_ok=True)


def fresh(remote: Remote, folder: Path, line: Line) -> Path:
    """A list of the publisher, fetched anew only when the server's mark of it has changed."""
    found = probe(remote, line)
    if not found.tag:
        (folder / remote.name).unlink(missing_ok=True)
    return download(found, folder, line).path


def probe(remote: Remote, line: Line) -> Remote:
    """The file with what the server says of it without sending it: its length and mark.

    Raises NotGot where no address has it.
    """

    def ask(url: str) -> Remote:
        answer = _patiently(lambda: _asked(url, remote, line), url, line, lambda: 0)
        if answer is None:
            return remote
        known = answer.total if remote.bytes is None else remote.bytes
        return replace(remote, bytes=known, tag=answer.tag)

    return _anywhere(remote, line, ask)


def _anywhere(remote: Remote, line: Line, take: Callable[[str], T]) -> T:
    """What the first address gives that gives anything."""
    troubles: dict[str, None] = {}
    gone = closed = 0
    for url in line.order(remote.urls):
        try:
            return take(url)
        except NotGot as error:
            gone += error.missing
            closed += error.closed
            troubles[f"{urlsplit(url).netloc}: {error}"] = None
    raise NotGot("; ".join(troubles), missing=gone == len(remote.urls), closed=bool(closed))


def _asked(url: str, remote: Remote, line: Line) -> Answer | None:
    """What the server says of a file; None where it does not answer such a question."""
    try:
        with line.client.get(url, secret=dict(remote.secret), method="HEAD") as answer:
            return answer
    except Refused as refusal:
        if refusal.status in MUTE:
            return None
        raise


def _from(url: str, remote: Remote, folder: Path, line: Line) -> Got:
    part, path = _part(folder, remote), folder / remote.name

    def once() -> Got:
        resumed = part.exists()
        _fill(part, url, remote, line)
        size, md5, tag = part.stat().st_size, _md5(part), _note(part).get("tag", "")
        if remote.md5 and md5 != remote.md5:
            _drop(part, line)
            if resumed:
                raise Broken("two halves did not fit together")
            raise _Wrong(f"its MD5 is {md5}, the publisher's list says {remote.md5}")
        _write(_beside(path), url=url, tag=tag, md5=md5)
        part.replace(path)
        _beside(part).unlink(missing_ok=True)
        return Got(path, url, size, md5, tag)

    return _patiently(once, url, line, lambda: _size(part))


def _patiently(once: Callable[[], T], url: str, line: Line, size: Callable[[], int]) -> T:
    """Try until it works, unless trying again cannot help or has not helped often enough."""
    tries, mark = 0, size()
    while True:
        line.hold(url)
        try:
            return once()
        except Untrusted as error:
            line.shun(url)
            raise NotGot(str(error)) from error
        except _Wrong as error:
            raise NotGot(str(error)) from error
        except (Refused, Broken) as error:
            trouble = error
        if size() - mark >= PROGRESS:
            tries, mark = 0, size()
        tries += 1
        wait = _wait(trouble, tries, line)
        if tries >= line.attempts:
            line.shun(url)
            raise NotGot(f"{trouble} ({tries} tries)") from trouble
        if isinstance(trouble, Refused):
            line.pause(url, wait)
        else:
            line.sleep(wait)


def _wait(trouble: Refused | Broken, tries: int, line: Line) -> float:
    """How long to wait before the next try; raises NotGot where there should be none."""
    if isinstance(trouble, Broken):
        return line.back_off(tries - 1)
    if trouble.status in GONE:
        raise NotGot(f"not there ({trouble})", missing=True)
    if trouble.status in CLOSED:
        raise NotGot(f"not given without a right to it ({trouble})", closed=True)
    if trouble.status not in (*BUSY, PAST_THE_END):
        raise NotGot(str(trouble))
    if trouble.wait is not None and trouble.wait > line.patience:
        minutes = f"{trouble.wait / 60:.0f} minutes"
        raise NotGot(f"asks to be left alone for {minutes}; run the same command after that")
    return trouble.wait if trouble.wait is not None else line.back_off(tries - 1)


def _fill(part: Path, url: str, remote: Remote, line: Line) -> None:
    """Bring the file to its full length, from where it stands if the server goes along."""
    start, tag = _standing(part, url, remote, line)
    if start and start == remote.bytes and remote.exact:
        return
    try:
        with line.client.get(url, start, tag, dict(remote.secret)) as answer:
            _fits(answer, remote)
            if answer.start == 0:
                _drop(part, line)
            elif answer.start != start or (tag and answer.tag != tag):
                _drop(part, line)
                raise Broken("it changed, or began elsewhere than asked")
            _write(_beside(part), url=url, tag=answer.tag)
            _pour(answer, part, remote, line)
    except Refused as refusal:
        if refusal.status == PAST_THE_END:
            _drop(part, line)
        raise


def _standing(part: Path, url: str, remote: Remote, line: Line) -> tuple[int, str]:
    """From which byte to go on, and the mark that the server's file must still bear.

    Without a digest to check the whole by, only the very same version is resumed.
    """
    size, note = _size(part), _note(part)
    known = note.get("tag", "") if note.get("url") == url else ""
    if size and (not (remote.md5 or known) or (remote.exact and size > (remote.bytes or size))):
        _drop(part, line)
        return 0, ""
    return size, known


def _fits(answer: Answer, remote: Remote) -> None:
    if remote.exact and None not in (answer.total, remote.bytes) and answer.total != remote.bytes:
        raise _Wrong(f"it has {answer.total} bytes, the publisher's list says {remote.bytes}")
    if answer.kind in WEB_PAGE and not remote.md5:
        raise _Wrong("a web page came instead of the file")


def _pour(answer: Answer, part: Path, remote: Remote, line: Line) -> None:
    whole = answer.total if answer.total is not None else (remote.bytes if remote.exact else None)
    with part.open("ab", buffering=0) as out:
        for block in answer.blocks:
            if line.stop.is_set():
                raise Stopped
            out.write(block)
            line.tell(len(block))
            if whole is not None and out.tell() > whole:
                break
    size = part.stat().st_size
    if whole is not None and size > whole:
        _drop(part, line)
        raise _Wrong(f"it goes on after the {whole} bytes it should have")
    if whole is not None and size < whole:
        raise Broken(f"it ended after {size} of {whole} bytes")


def _part(folder: Path, remote: Remote) -> Path:
    return folder / f"{remote.name}{PART}"


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}{NOTE}")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _drop(part: Path, line: Line) -> None:
    line.tell(-_size(part))
    part.unlink(missing_ok=True)


def _note(path: Path) -> dict[str, str]:
    """What is known of a file that lies here; nothing where the note is missing or broken."""
    try:
        found: Any = json.loads(_beside(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and {"url", "tag"} <= found.keys() else {}


def _write(path: Path, **note: str) -> None:
    path.write_text(json.dumps(note), encoding="utf-8")


def _md5(path: Path) -> str:
    # The publishers' own check: it finds accidents, and is no guard against forgery.
    found = hashlib.md5(usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()
