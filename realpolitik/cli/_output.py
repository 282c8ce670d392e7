"""Where a result goes and in which format; remarks go to standard error."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from realpolitik.cli import _write
from realpolitik.cli._exit import say
from realpolitik.cli._formats import SUFFIXES, encode

if TYPE_CHECKING:
    from pathlib import Path

    import realpolitik as rp

FORMATS = ("table", "json", "jsonl", "csv", "parquet")


class Output(NamedTuple):
    """One result's format and destination; `path` is None for standard output."""

    form: str
    path: Path | None
    quiet: bool

    def show(self, result: rp.Result | rp.Rows) -> None:
        """Write a result, and what it remarks on to standard error."""
        self.remark(result.messages)
        self.remark([f"warning: {one.sentence}" for one in getattr(result, "warnings", ())])
        content = result.to_dict()
        self.put(content, next(iter(content.values())))

    def put(self, content: dict[str, Any], rows: list[dict[str, Any]], text: str = "") -> None:
        """Write rows; `text` stands in for the table where the rows read badly as one."""
        if self.form == "table":
            self._write_text(text or _table(content, self.path))
        elif self.form == "parquet" and self.path is None and _is_terminal():
            raise click.UsageError("Parquet is binary: give -o FILE, or pipe it to a program.")
        else:
            ascii_only = self.path is None and not _is_utf8()
            self._write(encode(self.form, content, rows, ascii_only))

    def page(self, name: str, content: str) -> None:
        """Write a page beside the result, whole or not at all."""
        from pathlib import Path

        path = Path(name)
        _write.check(path)
        _write.to_file(path, content.encode())

    def remark(self, lines: Sequence[str]) -> None:
        """Print remarks on standard error, unless quiet."""
        for line in lines if not self.quiet else ():
            say(line)

    def _write_text(self, text: str) -> None:
        if self.path is not None:
            self._write(text.encode("utf-8", "replace"))
        else:
            self._write(text.encode(_encoding(), "replace"))

    def _write(self, content: bytes) -> None:
        if self.path is None:
            _write.to_stdout(content)
        else:
            _write.to_file(self.path, content)


def choose(
    form: str | None, as_json: bool, output: str | None, quiet: bool, default: str | None = None
) -> Output:
    """The output that the flags ask for; fails early where the file cannot be written.

    `default` is the format of a file whose suffix names none.
    """
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} exclude each other: give one.")
    form = "json" if as_json else form
    if output in (None, "-"):
        return Output(form or "table", None, quiet)
    from pathlib import Path

    path = Path(str(output))
    form = form or SUFFIXES.get(path.suffix.lower(), default)
    if form is None:
        raise click.UsageError(
            f"No format goes with the name {str(output)!r}: end it in {', '.join(SUFFIXES)},"
            " or give --format."
        )
    _write.check(path)
    return Output(form, path, quiet)


def _table(content: dict[str, Any], path: Path | None) -> str:
    from realpolitik.cli._tables import Screen, drawn

    if path is not None:
        return drawn(content, Screen(width=None, encoding="utf-8", colour=False))
    return drawn(content, Screen.of(sys.stdout))


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _encoding() -> str:
    return getattr(sys.stdout, "encoding", None) or "utf-8"


def _is_utf8() -> bool:
    return _encoding().lower().replace("-", "") == "utf8"
