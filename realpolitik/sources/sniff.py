"""Which source a file belongs to, from what stands in it, never from its name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from realpolitik.errors import CorruptFile
from realpolitik.sources import reader

BYTES = 256 * 1024
LINES = 200


@dataclass(frozen=True)
class Head:
    """The first bytes of a file and, where they are text, its first whole lines.

    Lines may end in CRLF, CR or LF; bytes that are not UTF-8 are read as
    Latin-1, in which every byte is a letter. The last line is left out when
    the bytes end in the middle of it.
    """

    data: bytes
    whole: bool

    @cached_property
    def text(self) -> str:
        """The bytes as text."""
        data = self.data.removeprefix(b"\xef\xbb\xbf")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            cut = not self.whole and error.start >= len(data) - 4
            return data[: error.start].decode("utf-8") if cut else data.decode("latin-1")

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The first lines that are not empty, at most 200, without their ends."""
        text = self.text.replace("\r\n", "\n").replace("\r", "\n")
        lines = text.split("\n")
        kept = lines if self.whole or len(lines) == 1 else lines[:-1]
        return tuple(line for line in kept[:LINES] if line.strip())

    def fields(self, delimiter: str = "\t") -> list[list[str]]:
        """Each of the lines cut at the delimiter, quotes not minded."""
        return [line.split(delimiter) for line in self.lines]


@dataclass(frozen=True, slots=True)
class Recognised:
    """The source of a file and why it was taken for one of that source."""

    source: str
    why: str


def head(path: Path) -> Head:
    """The head of a file; raises CorruptFile where it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(BYTES + 1)
    except OSError as error:
        found = f"no readable file ({error.strerror})"
        raise CorruptFile(str(path), found, "a file of acts", "Check the path.") from error
    return Head(data[:BYTES], len(data) <= BYTES)


def recognise(seen: Head, sources: tuple[str, ...]) -> tuple[Recognised, ...]:
    """Every source whose reader takes the file for its own; one, where the formats are apart."""
    found = []
    for name in sources:
        if why := reader(name).sniff(seen):
            found.append(Recognised(name, why))
    return tuple(found)
