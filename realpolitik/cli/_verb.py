"""A command that teaches by example."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

SECTIONS = (
    "Ask about two actors",
    "See the acts",
    "Read texts",
    "Bring your own record",
    "Look things up",
    "This machine",
)


class Verb(click.Command):
    """A click command with examples, the terms it answers in, and a place in the help.

    `examples` are pairs of a comment and a command line that runs as it stands.
    """

    def __init__(
        self,
        *args: Any,
        section: str,
        examples: Sequence[tuple[str, str]],
        terms: Sequence[tuple[str, str]] = (),
        **attributes: Any,
    ) -> None:
        super().__init__(*args, **attributes)
        self.section, self.examples, self.terms = section, tuple(examples), tuple(terms)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sentence, then examples, then what the columns and statistics mean."""
        super().format_help_text(ctx, formatter)
        write_examples(formatter, self.examples)
        if self.terms:
            with formatter.section("What comes back"):
                formatter.write_dl(self.terms)


def verb(
    section: str,
    *,
    examples: Sequence[tuple[str, str]],
    terms: Sequence[tuple[str, str]] = (),
) -> Callable[[Callable[..., Any]], Verb]:
    """Make a function a verb of the command line."""
    return click.command(cls=Verb, section=section, examples=examples, terms=terms)


def write_examples(formatter: click.HelpFormatter, examples: Sequence[tuple[str, str]]) -> None:
    """Write examples unwrapped, so that they can be copied."""
    with formatter.section("Examples"):
        for comment, command in examples:
            formatter.write(f"{'':{formatter.current_indent}}# {comment}\n")
            formatter.write(f"{'':{formatter.current_indent}}{command}\n")
