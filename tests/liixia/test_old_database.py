"""A database that stands before the last squash of the migrations is refused with a way on; one after it is taken."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from cases.models import Case
from liixia.launcher import load

pytestmark = pytest.mark.django_db
SQUASHED = "0001_squashed_0039"
OLD = [name for _app, name in MigrationLoader(None).disk_migrations["cases", SQUASHED].replaces]


def recorded(names: list[str]) -> None:
    """Of what was squashed, these were applied one by one."""
    rows = MigrationRecorder(connection)
    rows.migration_qs.filter(app="cases", name__in=[SQUASHED, *OLD]).delete()
    for name in names:
        rows.record_applied("cases", name)


def test_half_of_the_old_way_is_refused():
    recorded(OLD[:1])
    with pytest.raises(SystemExit, match="Start commit ca32454 with it once"):
        load.migrate()


def test_the_whole_old_way_is_gone_on_with(monkeypatch):
    monkeypatch.setattr(load, "tell", lambda **said: None)
    recorded(OLD)
    load.migrate()
    assert not Case.objects.exists()
