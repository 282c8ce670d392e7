"""Shared fixtures: where the publishers' real files lie, if they are here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real publisher files, beside the checkout; skips where absent."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("needs the publishers' files in ../shared/data, which are not here")
    return folder


@pytest.fixture(autouse=True, scope="session")
def no_lake_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the lake of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REALPOLITIK_LAKE", str(tmp_path_factory.mktemp("lake") / "none"))
        yield


@pytest.fixture(autouse=True, scope="session")
def no_weights_of_the_user() -> Iterator[None]:
    """No test codes with the neural weights of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REALPOLITIK_NEURAL", "off")
        yield


# A property that is slow on a busy machine is no less true.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
