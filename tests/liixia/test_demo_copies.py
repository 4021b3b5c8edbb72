"""The fast demo copies what was played, and the copies break no rule."""

import pytest
from django.core.management import call_command

from cases.models import Case
from liixia.management.commands import load_demo

pytestmark = pytest.mark.django_db


def test_what_was_played_and_what_was_copied_keep_every_invariant(monkeypatch):
    monkeypatch.setattr(load_demo, "PLAYED_FOR_COPIES", 40)
    call_command("load_lixia", verbosity=0)
    call_command("load_demo", cases=120, fast=True, verbosity=0)
    assert Case.objects.count() == 120
    call_command("verify", verbosity=0)
