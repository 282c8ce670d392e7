"""Bytes to standard output or, all or nothing, to a file."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from realpolitik.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path


def check(path: Path) -> None:
    """Raise OutputError now if `path` cannot be written later."""
    if path.is_dir():
        raise OutputError(f"Cannot write {str(path)!r}: it is a folder. Name a file in it.")
    if not path.parent.is_dir():
        raise OutputError(
            f"Cannot write {str(path)!r}: there is no folder {str(path.parent)!r}. Make it first."
        )
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise OutputError(f"Cannot write {str(path)!r}: permission denied. Choose another place.")


def to_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, through a temporary file beside it."""
    check(path)
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # a device or a pipe is written to, never replaced
        else:
            _replace(path.resolve(), content)  # resolved, so that a link stays a link
    except OSError as error:
        raise OutputError(
            f"Cannot write {str(path)!r}: {error.strerror or error}. Nothing was written."
        ) from error


def to_stdout(content: bytes) -> None:
    """Write to standard output; a closed pipe raises BrokenPipeError."""
    if sys.stdout is None:
        raise OutputError("Cannot write the result: standard output is closed. Use -o FILE.")
    try:
        sys.stdout.flush()
        left = memoryview(content)
        while left:  # an unbuffered stream may take less than it is given
            left = left[sys.stdout.buffer.write(left) :]
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        let_go()
        raise OutputError(f"Cannot write to standard output: {error.strerror}.") from error


def let_go() -> None:
    """Point standard output at nothing, so that Python's last flush cannot fail."""
    with suppress(OSError, ValueError, AttributeError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name[:80]}.{os.urandom(4).hex()}.part")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
