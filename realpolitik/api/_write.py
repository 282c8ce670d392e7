"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from realpolitik.errors import OutputError


def write_all(texts: dict[Path, str]) -> None:
    """Write several text files; either all of them appear or none is touched.

    Raises:
        OutputError: a folder is missing, not writable or full.
    """
    write_files({path: _text(text) for path, text in texts.items()})


def write_files(writers: dict[Path, Callable[[Path], None]]) -> None:
    """Let each writer write its file; either all files appear or none is touched.

    Raises:
        OutputError: a folder is missing, not writable or full.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, write in writers.items():
            staged[path] = _stage(path, write)
        for path, temporary in staged.items():
            temporary.replace(path)
    except OSError as error:
        raise OutputError(
            f"Cannot write {next(iter(writers))}: {error.strerror or error}. "
            "Choose a folder that exists and can be written."
        ) from error
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)


def _text(text: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text(text, encoding="utf-8", newline="\n")

    return write


def _stage(path: Path, write: Callable[[Path], None]) -> Path:
    """A complete temporary file beside the target; removed again if writing fails."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        temporary.chmod(0o666 & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
