"""Asks every app whether its rows are sound; names each fault and fails when there is one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from time import monotonic
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accountability.coverage import notice
from audit import clock

NAMED_AT_MOST = 50
SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
PATIENCE = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL jit = off"


class Command(BaseCommand):
    help = "Check what must always hold of the rows of every app, at one moment; fails with the name of each fault."

    def handle(self, *args: Any, **options: Any) -> None:
        began = monotonic()
        with one_moment() as at:
            total = sum(self.ask(name, at) for name in askable())
            coming = notice(at)
        if coming:  # no fault of any row, so it fails nothing
            self.stderr.write(coming)
        taken = {"count": total, "seconds": f"{monotonic() - began:.1f}"}
        if total:
            raise CommandError(_("%(count)s faults (%(seconds)s s).") % taken)
        self.stdout.write(_("Everything holds (%(seconds)s s).") % taken)

    def ask(self, name: str, at: datetime) -> int:
        """The number of faults of one app; of very many only the first are named."""
        began, count = monotonic(), 0
        for count, fault in enumerate(import_module(f"{name}.invariants").faults(at), start=1):
            if count <= NAMED_AT_MOST:
                self.stderr.write(f"{name}: {fault}")
        self.stdout.write(
            _("%(app)s: %(count)s faults (%(seconds)s s)")
            % {"app": name, "count": count, "seconds": f"{monotonic() - began:.1f}"}
        )
        return count


def askable() -> list[str]:
    """Our own apps that have something to say of their rows, from the bottom up."""
    own = [app.name for app in apps.get_app_configs() if (settings.BASE_DIR / app.name).is_dir()]
    return [name for name in own if find_spec(f"{name}.invariants")]


@contextmanager
def one_moment() -> Iterator[datetime]:
    """Reads what was committed by one moment, so that whoever works meanwhile is no fault."""
    alone = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if alone:
            cursor.execute(SNAPSHOT)
        cursor.execute(PATIENCE)
        yield clock.now()
