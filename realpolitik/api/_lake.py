"""Which lake: the one named, that of the environment, or the one in the user's data folder."""

from __future__ import annotations

import os
from pathlib import Path

from realpolitik.errors import UsageError
from realpolitik.lake import labels
from realpolitik.lake.catalog import NAME
from realpolitik.lake.store import KINDS, Lake

VARIABLE = "REALPOLITIK_LAKE"
# What a lake is made of.
NAMES = {NAME, f"{NAME}-journal", *KINDS, "staging", "fetching", labels.NAME}


def lake_at(lake: str | None) -> Lake:
    """The lake in a folder, or the folder where there will be one.

    Raises:
        UsageError: an address that is no folder, or a folder of other things.
    """
    folder = Path(_folder(lake or os.environ.get(VARIABLE) or _default())).expanduser()
    if not _may_be_a_lake(folder):
        raise UsageError(
            f"{folder} is no lake: it holds other things. Give --lake a lake, an empty folder or a "
            "new one."
        )
    return Lake(folder)


def named(lake: str | None) -> bool:
    """Was a lake named for this one command, other than by the environment?"""
    return lake is not None and lake != os.environ.get(VARIABLE)


def _folder(lake: str) -> str:
    scheme, _, rest = lake.partition("://")
    if not rest:
        return lake
    if scheme == "file":
        return rest if rest.startswith("/") else f"/{rest}"
    raise UsageError(
        f"The lake {lake!r} cannot be opened: this version keeps a lake in a folder. "
        "Give --lake the path of a folder."
    )


def _default() -> str:
    import platformdirs

    return str(platformdirs.user_data_path("realpolitik", appauthor=False) / "lake")


def _may_be_a_lake(folder: Path) -> bool:
    """Is the folder a lake, one begun and killed, empty, or not there? Any other is somebody's.

    What systems hide in any folder they show is nobody's.
    """
    if not folder.exists() or Lake(folder).exists():
        return True
    return (
        folder.is_dir()
        and {path.name for path in folder.iterdir() if not path.name.startswith(".")} <= NAMES
    )
