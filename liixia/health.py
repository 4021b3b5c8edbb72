"""Whether this process lives, and whether the whole is ready to serve."""

from datetime import datetime, timedelta
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit import clock
from liixia import heartbeat
from outbox.models import Fate, Message

LATEST = timedelta(seconds=60)


class NotYet(Exception):
    """A migration still to come; not to be remembered."""


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    try:
        state = state_at(clock.now())
    except DatabaseError:
        state = {"database": False}
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def state_at(at: datetime) -> dict[str, bool]:
    if not is_migrated():
        return {"database": True, "migrated": False}
    late = Message.objects.filter(fate=Fate.WAITING, next_try_at__lt=at - LATEST)
    return {
        "database": True,
        "migrated": True,
        "outbox": not late.exists(),
        "sweep": heartbeat.is_fresh(heartbeat.SWEEP, at),
    }


def is_migrated() -> bool:
    try:
        all_applied()
    except NotYet:
        return False
    return True


@cache
def all_applied() -> None:
    """Asked until it is so, then never again: code and tables do not part while a process lives."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotYet
