"""The command line: one verb one file, found by listing this folder, imported on use."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from realpolitik.cli._exit import guarded
from realpolitik.cli._verb import SECTIONS, Verb, write_examples

PROGRAM = "realpolitik"
EXAMPLES = (
    ("the whole question, as a page to read and share", "realpolitik dossier USA IRN"),
    ("do words and deeds part, year by year?", "realpolitik gap USA IRN --by year"),
    ("were promises and threats carried out?", "realpolitik follow USA IRN"),
    ("the acts behind a number", "realpolitik acts USA IRN --kind deed --secrecy secret"),
    ("find the code of an actor", "realpolitik states soviet"),
)


class Program(click.Group):
    """The group of all verbs; a file here without a leading underscore is a verb."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, by the names of their files."""
        files = os.listdir(os.path.dirname(__file__))  # noqa: PTH120, PTH208 - pathlib is slow to load
        return sorted(name[:-3] for name in files if name.endswith(".py") and name[0] != "_")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the file of one verb."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb that was typed, or suggest the nearest."""
        known, asked = self.list_commands(ctx), args[0]
        if asked in known or asked.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches

        near = get_close_matches(asked, known)
        guess = f" Did you mean {' or '.join(near)}?" if near else ""
        raise click.UsageError(f"No such command {asked!r}.{guess}", ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs by purpose, one line each."""
        verbs = [self.get_command(ctx, name) for name in self.list_commands(ctx)]
        for section in SECTIONS:
            lines = [
                (verb.name or "", (verb.help or "").partition("\n")[0])
                for verb in verbs
                if isinstance(verb, Verb) and verb.section == section
            ]
            with formatter.section(section):
                formatter.write_dl(lines)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the program answers, then examples."""
        super().format_help_text(ctx, formatter)
        write_examples(formatter, EXAMPLES)

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        **extra: Any,
    ) -> NoReturn:
        """Run one command line and exit; every failure ends in one line and a code."""
        extra.pop("standalone_mode", None)
        words = sys.argv[1:] if args is None else list(args)
        sys.exit(guarded(lambda: self._run(words, prog_name or PROGRAM, complete_var, extra)))

    def _run(
        self, args: list[str], name: str, complete_var: str | None, extra: dict[str, Any]
    ) -> None:
        _soften(sys.stdout)
        self._main_shell_completion(extra, name, complete_var)
        with self.make_context(name, args, **extra) as ctx:
            self.invoke(ctx)


def main() -> NoReturn:
    """Entry point of the `realpolitik` command."""
    program.main(prog_name=PROGRAM)


def _soften(stream: Any) -> None:
    # A sign the terminal's encoding lacks becomes a question mark, never an error.
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        import realpolitik as rp

        click.echo(f"{PROGRAM} {rp.__version__}")
        ctx.exit()


@click.group(PROGRAM, cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version,
    help="Print the version and exit.",
)  # fmt: skip
def program() -> None:
    """Do two states do what they say?

    realpolitik holds words against deeds for any two actors: what they said,
    that they met, what they did. It answers from a record that ships with it,
    offline, with an interval on every number and a source behind every act.
    """


program.epilog = (
    "`realpolitik VERB --help` explains a verb by example. Exit codes: 0 done, 1 `doctor` found"
    " something wrong, 2 bad usage, unknown name, unreadable input or unwritable output, 3 partial,"
    " 70 internal error, 130 interrupted."
)
