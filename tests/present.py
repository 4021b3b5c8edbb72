"""The small world at this very moment, for what judges moments by the database's clock."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db.models import F

from accountability.models import Clock
from audit import clock
from cases.clocks import keep_due
from cases.models import Case
from tests import stories
from tests.world import world

INSTANT = timedelta(microseconds=1)


def present(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The world now; the stories' hours pass in an instant, so that every step is of this moment."""
    monkeypatch.setattr(stories, "HOUR", INSTANT)
    monkeypatch.setattr(stories, "CONTACT", dict(stories.CONTACT))
    return now(world())


def now(w: SimpleNamespace) -> SimpleNamespace:
    """The same world a moment later: a story told after a slow one is not of the past."""
    w.at = clock.now()
    stories.CONTACT["contacted_at"] = (w.at + INSTANT).isoformat()
    return w


def let_time_pass(days: int = 30, **which: str) -> int:
    """Every running clock (or such as these) started so many days earlier than it did; returns how many."""
    past = timedelta(days=days)
    running = Clock.objects.running().filter(**which)
    moved = running.update(started_at=F("started_at") - past, due_at=F("due_at") - past, rung_at=F("rung_at") - past)
    keep_due(Case.objects.values_list("pk", flat=True))
    return moved
