"""`realpolitik completion bash|zsh|fish`."""

from __future__ import annotations

import click

from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb

INSTALL = {
    "bash": "realpolitik completion bash > ~/.local/share/bash-completion/completions/realpolitik",
    "zsh": "realpolitik completion zsh > ~/.zfunc/_realpolitik"
    "  # with 'fpath+=~/.zfunc; autoload -Uz compinit; compinit' in ~/.zshrc",
    "fish": "realpolitik completion fish > ~/.config/fish/completions/realpolitik.fish",
}


@verb(
    "This machine",
    examples=(
        ("for this shell only", 'eval "$(realpolitik completion bash)"'),
        *((f"for good, in {shell}", line.partition("  #")[0]) for shell, line in INSTALL.items()),
    ),
)
@click.argument("shell", type=click.Choice(tuple(INSTALL)))
@options.common(text=True)
def completion(shell: str, out: Output) -> None:
    """Print the script that completes verbs, options and names."""
    script = f"{_script(shell)}\n# To install it, make the folder if there is none, then:\n"
    row = {"shell": shell, "script": f"{script}# {INSTALL[shell]}\n"}
    out.put({"completion": [row]}, [row], text=row["script"])


def _script(shell: str) -> str:
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    program = click.get_current_context().find_root().command
    if kind is None:
        raise click.UsageError(f"No completion for {shell}.")
    template = kind(program, {}, "realpolitik", "_REALPOLITIK_COMPLETE")
    return (template.source_template % template.source_vars()).rstrip()
