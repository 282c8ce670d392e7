"""A bar on standard error, for work that takes a while."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[int, int, str], None]


@contextmanager
def bar(wanted: bool, what: str, in_bytes: bool = False) -> Iterator[Tell | None]:
    """What to tell how much is done, of how much, and what is worked on; None off a terminal.

    With `in_bytes` the bar shows sizes, speed and time left.
    """
    if not wanted or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich import progress as rich
    from rich.console import Console

    sizes = (
        rich.TextColumn("{task.description}"), rich.BarColumn(), rich.DownloadColumn(),
        rich.TransferSpeedColumn(), rich.TimeRemainingColumn(),
    )  # fmt: skip
    columns = sizes if in_bytes else rich.Progress.get_default_columns()
    with rich.Progress(*columns, console=Console(stderr=True), transient=True) as drawn:
        task = drawn.add_task(what, total=None)

        def tell(done: int, total: int, name: str) -> None:
            drawn.update(task, completed=done, total=total or None, description=name or None)

        yield tell
