"""Which lake: the one named, that of the environment, or the one in the user's data folder."""

from __future__ import annotations

import os
from pathlib import Path

from realpolitik.errors import UsageError
from realpolitik.lake.store import Lake

VARIABLE = "REALPOLITIK_LAKE"


def lake_at(lake: str | None) -> Lake:
    """The lake in a folder; raises UsageError for an address that is no folder."""
    return Lake(Path(_folder(lake or os.environ.get(VARIABLE) or _default())).expanduser())


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


def looks_like_a_lake(folder: Path) -> bool:
    """Is the folder a lake, empty, or not there yet? Any other folder is somebody else's."""
    if not folder.exists():
        return True
    return folder.is_dir() and (Lake(folder).exists() or not any(folder.iterdir()))
