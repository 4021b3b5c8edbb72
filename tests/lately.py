"""The small world a few hours ago: alerts and pages ask how long ago a step was taken, so March will not do."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from audit import clock
from tests import stories
from tests.world import world


def lately(monkeypatch: pytest.MonkeyPatch, ago: timedelta = timedelta(hours=6)) -> SimpleNamespace:
    """A world whose stories begin so long ago, and whose contacts are made when the units are called."""
    w = world()
    w.at = clock.now() - ago
    monkeypatch.setitem(stories.CONTACT, "contacted_at", (w.at + stories.HOUR).isoformat())
    return w
