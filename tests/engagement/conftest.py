"""The small world with its grids drawn."""

from types import SimpleNamespace

import pytest

from tests.engagement.ground import drawn
from tests.world import world


@pytest.fixture
def w(db) -> SimpleNamespace:
    return drawn(world())
