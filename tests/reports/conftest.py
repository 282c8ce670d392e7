"""The made-up dyads of this room, and their pages, drawn once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from realpolitik.reports.html import render
from realpolitik.reports.material import Material
from tests.reports import build
from tests.reports.dom import Node, parse

MAKERS: dict[str, Callable[[], Material]] = {
    "full": build.material,
    "without sample": build.without_sample,
    "nearly empty": build.nearly_empty,
}


@cache
def drawn(name: str) -> tuple[Material, str]:
    """A made-up dyad and its page."""
    made = MAKERS[name]()
    return made, render(made)


@pytest.fixture(params=MAKERS)
def dyad(request: pytest.FixtureRequest) -> tuple[Material, str]:
    """Each made-up dyad in turn, with its page as text."""
    return drawn(request.param)


@pytest.fixture
def tree(dyad: tuple[Material, str]) -> Node:
    """The page of each made-up dyad as a tree."""
    return parse(dyad[1])


@pytest.fixture
def full() -> tuple[Material, str]:
    """The dyad that has everything, with its page."""
    return drawn("full")
