"""What the shell offers for a value; silent where the record cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

MAPS = ("realpolitik", "gdelt", "icews", "phoenix", "plover")
SYSTEMS = ("cameo", "weis", "plover")

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem[Any]]"]


def actors(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[Any]]:
    """Codes of actors, with their names; what was typed may begin either."""
    import realpolitik as rp

    return _offer(lambda: rp.states().rows, "code", ("name",), typed)


def sources(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[Any]]:
    """Names of sources, with their titles."""
    import realpolitik as rp

    return _offer(lambda: rp.sources().rows, "name", ("title",), typed)


def ingestible(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem[Any]]:
    """Names of sources, and `auto`."""
    auto = _offer(lambda: [{"name": "auto"}], "name", (), typed)
    return auto + sources(ctx, param, typed)


def measures(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[Any]]:
    """Names of measures, with what they answer."""
    import realpolitik as rp

    return _offer(lambda: rp.measures().rows, "measure", ("answers",), typed)


def citable(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem[Any]]:
    """Names that `cite` knows: sources and measures."""
    return sources(ctx, param, typed) + measures(ctx, param, typed)


def codes(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[Any]]:
    """Codes of acts, with their labels."""
    import realpolitik as rp

    return _offer(lambda: rp.codes(system="cameo").rows, "code", ("label",), typed)


def maps(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem[Any]]:
    """Names of maps."""
    return _offer(lambda: [{"name": name} for name in MAPS], "name", (), typed)


def _offer(
    read: Callable[[], list[dict[str, Any]]], key: str, helps: tuple[str, ...], typed: str
) -> list[CompletionItem[Any]]:
    from click.shell_completion import CompletionItem

    try:
        rows = read()
    except Exception:
        return []
    unique = {str(row[key]): row for row in rows}
    return [
        CompletionItem(name, help=next(_texts(row, helps), None))
        for name, row in unique.items()
        if any(text.lower().startswith(typed.lower()) for text in _texts(row, (key, *helps)))
    ]


def _texts(row: dict[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    return (str(row[key]) for key in keys if row.get(key))
