"""Every error realpolitik raises, as one tree.

    RealpolitikError
    ├── UsageError            the request cannot be answered as asked
    │   ├── UnknownName       an actor, source, map, code or measure nobody knows
    │   ├── AmbiguousName     a name that fits several actors
    │   ├── SameActor         A and B are one actor
    │   └── BadDates          unreadable or reversed dates, or a period a source cannot give
    ├── RecordError           the record cannot be read
    │   ├── CorruptFile       a file is not what its card or schema says
    │   ├── LakeError         the lake cannot be read or written as it stands
    │   └── NotInRecord       the record holds nothing on what was asked
    ├── NetworkError          a publisher cannot be reached, or does not give what it lists
    └── OutputError           a result cannot be written where it was asked for

A message is one line: what was found, what was expected, what to do.
`exit_code` is what the command line ends with.
"""

from __future__ import annotations

from collections.abc import Iterable


class RealpolitikError(Exception):
    """Root of all errors a user can meet; its text is one line."""

    exit_code = 2


class UsageError(RealpolitikError):
    """The request cannot be answered as it was asked."""


class UnknownName(UsageError):
    """A name that is not in a vocabulary; carries the nearest known ones."""

    def __init__(self, what: str, name: str, known: Iterable[str], hint: str = "") -> None:
        import difflib  # only here: it is slow to load, and --help never needs it

        near = difflib.get_close_matches(name, list(known), n=3, cutoff=0.6)
        self.what, self.name, self.near = what, name, near
        guess = f" Did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"Unknown {what} {name!r}.{guess}{' ' + hint if hint else ''}")


class AmbiguousName(UsageError):
    """A name that fits several actors; carries the choices."""

    def __init__(self, name: str, choices: Iterable[str]) -> None:
        self.name, self.choices = name, list(choices)
        super().__init__(
            f"{name!r} is ambiguous: it fits {', '.join(self.choices)}. Use one of these codes."
        )


class SameActor(UsageError):
    """Actor and target are one and the same."""

    def __init__(self, code: str) -> None:
        super().__init__(f"A and B are both {code}: give two different actors.")


class MissingExtra(UsageError):
    """A verb needs libraries that an extra installs."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs libraries that are not installed:"
            f" run `pip install 'realpolitik[{extra}]'`."
        )


class UnreadableText(UsageError):
    """A document holds no text this reader can read; says what was found and what to do."""


class BadDates(UsageError):
    """Dates that cannot be read, are reversed, or a period the source cannot give."""


class RecordError(RealpolitikError):
    """The record cannot be read."""


class CorruptFile(RecordError):
    """A file differs from what its card or schema promises."""

    def __init__(self, path: str, found: str, expected: str, todo: str) -> None:
        super().__init__(f"{path}: found {found}, expected {expected}. {todo}")


class LakeError(RecordError):
    """The lake cannot be read or written as it stands."""


class NotInRecord(RecordError):
    """The record holds nothing on what was asked."""


class NetworkError(RealpolitikError):
    """A publisher cannot be reached, or does not give what it lists."""


class OutputError(RealpolitikError):
    """A result cannot be written where it was asked for."""
