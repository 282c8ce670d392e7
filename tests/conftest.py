"""Shared fixtures: where the publishers' real files lie, if they are here."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real publisher files, beside the checkout; skips where absent."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("needs the publishers' files in ../shared/data, which are not here")
    return folder
