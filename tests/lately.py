"""The small world a few hours ago: alerts and pages ask how long ago a step was taken, so March will not do."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils.timezone import localdate

from accountability.models import DayException
from audit import clock
from tests import stories
from tests.world import world


def lately(monkeypatch: pytest.MonkeyPatch, ago: timedelta = timedelta(hours=6)) -> SimpleNamespace:
    """A world whose stories begin so long ago, and whose contacts are made when the units are called.

    Nobody works on these days, so that nothing becomes late meanwhile, whatever the hour at which the tests run.
    """
    w, now = world(), clock.now()
    w.at = now - ago
    for day in {localdate(w.at), localdate(now)}:
        w.calendar.exceptions.create(day=day, kind=DayException.Kind.HOLIDAY, name="试验")
    monkeypatch.setitem(stories.CONTACT, "contacted_at", (w.at + stories.HOUR).isoformat())
    return w
