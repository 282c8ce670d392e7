"""The files in what a user names: folders walked, archives opened, nothing trusted."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from realpolitik.errors import CorruptFile, RealpolitikError, UsageError

BLOCK = 1 << 20
# Text of acts shrinks to a fifth or a tenth; what grows far more than that was made to fill a disk.
GROWTH = 200
SMALL = 64 * BLOCK
REPAIR = "Fetch it again, or unpack it yourself and ingest what is in it."
STREAMS: dict[bytes, Callable[[Path], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
# RuntimeError: a member wants a password. NotImplementedError: it is packed in a way unknown here.
BROKEN = (
    zipfile.BadZipFile,
    EOFError,
    lzma.LZMAError,
    zlib.error,
    RuntimeError,
    NotImplementedError,
)


@dataclass(frozen=True, slots=True)
class File:
    """A file to read: where it lies, its own name, and where it came from.

    `named` tells a file the user named from one found in a folder or archive.
    """

    path: Path
    name: str
    origin: str
    named: bool


def files(paths: list[Path]) -> list[tuple[Path, bool]]:
    """Every file named, and every file below a folder named, in a fixed order.

    Hidden files and folders are passed over. Raises UsageError for a path that
    is not there.
    """
    found: list[tuple[Path, bool]] = []
    for path in paths:
        if path.is_dir():
            below = (inner for inner in sorted(path.rglob("*")) if inner.is_file())
            found += [(f, False) for f in below if not _hidden(f.relative_to(path))]
        elif path.exists():
            found.append((path, True))
        else:
            raise UsageError(f"{path}: no such file or folder. Check the path.")
    return found


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def opened(
    path: Path, into: Path, named: bool = True, beside: frozenset[str] = frozenset()
) -> Iterator[File | RealpolitikError]:
    """The files in an archive, unpacked one at a time into a folder; else the file itself.

    What an archive is, its first bytes tell. A member that cannot be unpacked
    is given as the error, and the rest goes on. Files whose names are in
    `beside` lie there before any other of their folder is given.
    """
    magic = _magic(path)
    if magic.startswith((ZIP, EMPTY_ZIP)):
        yield from _zipped(path, into, beside)
    elif opener := next((o for sign, o in STREAMS.items() if magic.startswith(sign)), None):
        yield _streamed(path, into, opener, named)
    else:
        yield File(path, path.name, str(path), named)


def _magic(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(8)
    except OSError as error:
        found = f"no readable file ({error.strerror})"
        raise CorruptFile(str(path), found, "a file", "Check the path and its rights.") from error


def _streamed(
    path: Path, into: Path, opener: Callable[[Path], Any], named: bool
) -> File | RealpolitikError:
    target = into / path.stem
    try:
        with opener(path) as packed:
            _copy(packed, target, path.stat().st_size, str(path))
    except (*BROKEN, OSError) as error:
        return _broken(str(path), error)
    except CorruptFile as error:
        return error
    return File(target, path.stem, str(path), named)


def _zipped(path: Path, into: Path, beside: frozenset[str]) -> Iterator[File | RealpolitikError]:
    laid = None
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            needed = [m for m in members if PurePosixPath(m.filename).name in beside]
            for member in members:
                folder = PurePosixPath(member.filename).parent
                if folder != laid:
                    laid = folder
                    for other in needed:
                        if PurePosixPath(other.filename).parent == folder:
                            _member(archive, other, path, into)
                yield _member(archive, member, path, into)
    except (*BROKEN, OSError) as error:
        yield _broken(str(path), error)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, into: Path
) -> File | RealpolitikError:
    where = f"{path}!{member.filename}"
    inner = PurePosixPath(member.filename.replace("\\", "/"))
    if inner.is_absolute() or ".." in inner.parts or not inner.name or ":" in inner.parts[0]:
        return CorruptFile(where, "a name that leads out of the archive", "a plain name", REPAIR)
    target = into / inner.name
    try:
        with archive.open(member) as packed:
            _copy(packed, target, member.compress_size, where)
    except (*BROKEN, OSError) as error:
        return _broken(where, error)
    except CorruptFile as error:
        return error
    return File(target, inner.name, where, False)


def _copy(packed: IO[bytes], target: Path, size: int, where: str) -> None:
    written = 0
    with target.open("wb") as out:
        while block := packed.read(BLOCK):
            written += len(block)
            if written > max(SMALL, GROWTH * size):
                target.unlink()
                found = f"{size} bytes that unpack to more than {written}"
                raise CorruptFile(where, found, f"at most {GROWTH} times as many", REPAIR)
            out.write(block)


def _broken(where: str, error: Exception) -> CorruptFile:
    # An error of the system, such as a full disk, says nothing of the archive.
    if isinstance(error, OSError) and error.errno is not None:
        raise error
    why = " ".join(str(error).split())[:120] or type(error).__name__
    return CorruptFile(where, f"a broken archive ({why})", "a whole one", REPAIR)
