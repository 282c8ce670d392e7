"""A publisher, and a line to it that loses no time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from realpolitik.net.http import Client
from realpolitik.net.line import Line
from tests.net.server import Publisher, publishing


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as found:
        yield found


@pytest.fixture
def line() -> Iterator[Line]:
    client = Client("realpolitik/test", stall=0.4)
    yield Line(client, first_wait=0.01)
    client.close()
