"""Arguments and options that several verbs share, each as a decorator."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from realpolitik.cli import _complete
from realpolitik.cli._output import FORMATS, choose

Function = Callable[..., Any]
Decorator = Callable[[Function], Function]

PERIODS = ("day", "week", "month", "quarter", "year")
KEYS = ("iso3", "cow", "gw")
CONTACTS = ("apart", "words", "deeds")
ENGINES = ("laplace", "nuts")
KINDS = ("word", "contact", "deed")
SIDES = ("cooperation", "conflict", "neutral")
SECRECY = ("public", "secret")


def dyad(function: Function) -> Function:
    """A and B: two actors."""
    function = click.argument("b", metavar="B", shell_complete=_complete.actors)(function)
    return click.argument("a", metavar="A", shell_complete=_complete.actors)(function)


def named(what: str, complete: _complete.Completer, required: bool = False) -> Decorator:
    """One name to look up."""
    return click.argument(what, required=required, shell_complete=complete)


def dates(function: Function) -> Function:
    """--start and --end, both inclusive."""
    function = click.option("--end", metavar="DATE", help="Last day: YYYY, YYYY-MM or YYYY-MM-DD.")(
        function
    )
    return click.option("--start", metavar="DATE", help="First day: YYYY, YYYY-MM or YYYY-MM-DD.")(
        function
    )


by = click.option(
    "--by", type=click.Choice(PERIODS, case_sensitive=False), help="One answer per calendar period."
)


def panel(function: Function) -> Function:
    """--by, --keys and --flows of a panel."""
    function = click.option(
        "--flows", is_flag=True,
        help="Add what the actor sent the target in the year: goods, arms (from the lake).",
    )(function)  # fmt: skip
    function = click.option(
        "--keys", type=click.Choice(KEYS), default="iso3", show_default=True,
        help="Further keys of a panel: numbers of COW or of Gleditsch and Ward.",
    )(function)  # fmt: skip
    return click.option(
        "--by", type=click.Choice(PERIODS), default="year", show_default=True,
        help="Period of a panel.",
    )(function)  # fmt: skip


source = click.option(
    "--source", "source", metavar="NAME", multiple=True, shell_complete=_complete.sources,
    callback=lambda _ctx, _param, names: list(names) or None,
    help="Only this source; repeat for more.",
)  # fmt: skip
map_ = click.option(
    "--map", "map", metavar="NAME", default="realpolitik", show_default=True,
    shell_complete=_complete.maps,
    help=f"Which table sorts codes into words, contacts and deeds: {', '.join(_complete.MAPS)}.",
)  # fmt: skip
contacts = click.option(
    "--contacts", type=click.Choice(CONTACTS, case_sensitive=False), default="apart",
    show_default=True, help="Count meetings and talks apart, as words or as deeds.",
)  # fmt: skip
sponsor = click.option(
    "--sponsor", is_flag=True, help="Count deeds of sponsored groups for their alleged sponsor."
)
as_of = click.option(
    "--as-of", metavar="DATE", help="Only what had been disclosed by the end of this day."
)

engine = click.option(
    "--engine", type=click.Choice(ENGINES, case_sensitive=False), default="laplace",
    show_default=True,
    help="How the model is fitted: laplace in a second, nuts in minutes as the reference"
    " (needs the extra bayes).",
)  # fmt: skip


def common(
    *passed: str, page: bool = False, text: bool = False, progress: bool = False
) -> Decorator:
    """Flags that every verb takes; hands the verb an Output as `out`.

    Of --lake, --seed and --offline only those in `passed` reach the verb: the
    others are accepted where they make no difference. With `page` the verb writes the file
    itself and gets the text of -o as `output`. With `text` the result is plain
    text, which may go to a file of any name. With `progress` the verb gets
    whether a bar is wanted.
    """

    def decorate(function: Function) -> Function:
        @functools.wraps(function)
        def run(
            format: str | None,
            json: bool,
            output: str | None,
            quiet: bool,
            no_progress: bool,
            **asked: Any,
        ) -> Any:
            if progress:
                asked["progress"] = not no_progress
            if quiet:
                _hush()
            default = "table" if text or page else None
            out = choose(format, json, output, quiet, default)
            if page:
                return function(out=out._replace(path=None), output=output, **asked)
            return function(out=out, **asked)

        command: Function = run
        for option in reversed(_flags(passed, page)):
            command = option(command)
        return command

    return decorate


def _flags(passed: tuple[str, ...], page: bool) -> list[Decorator]:
    return [
        click.option(
            "--lake", metavar="URL", envvar="REALPOLITIK_LAKE", expose_value="lake" in passed,
            show_envvar=True, help="Where further acts are kept.",
        ),
        click.option(
            "--seed", metavar="N", type=click.IntRange(min=0), default=0, show_default=True,
            expose_value="seed" in passed, help="Seed of everything random.",
        ),
        click.option(
            "--format", type=click.Choice(FORMATS, case_sensitive=False),
            help="Format of the result; without it, -o's suffix decides, else table.",
        ),
        click.option("--json", is_flag=True, help="Short for --format json."),
        click.option(
            "-o", "--output", metavar="FILE",
            help="The page to write; its JSON twin goes beside it. '-' is standard output."
            if page else "Write to FILE, whole or not at all; '-' is standard output.",
        ),
        click.option(
            "--offline", is_flag=True, expose_value="offline" in passed,
            help="Never use the network."
            if "offline" in passed else "Never use the network (this verb never does).",
        ),
        click.option("-q", "--quiet", is_flag=True, help="No remarks on standard error."),
        click.option("--no-progress", is_flag=True, help="No progress bars."),
    ]  # fmt: skip


def _hush() -> None:
    import warnings

    warnings.simplefilter("ignore")
