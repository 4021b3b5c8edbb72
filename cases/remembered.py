"""What was counted holds while nothing happens: it is counted anew after the next step, due moment or minute.

Every change of a case appends a step, so the newest step tells whether anything happened since. What somebody was still
writing while it was counted could have an older step: then nothing is remembered.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

MOST = 512
LONGEST = timedelta(minutes=1)  # for what changes without a step, as names and calendars do
_NEWEST = """
SELECT coalesce((SELECT max(id) FROM cases_step), 0), NOT EXISTS (
    SELECT FROM pg_stat_get_activity(NULL) a WHERE a.backend_xid IS NOT NULL AND a.pid <> pg_backend_pid())"""


@dataclass(frozen=True)
class _Counted:
    found: Any
    newest: int
    since: datetime
    until: datetime


_counted: OrderedDict[Hashable, _Counted] = OrderedDict()
_page = threading.local()


def remembered(key: Hashable, at: datetime, count: Callable[[], tuple[Any, datetime | None]]) -> Any:
    """What `count` finds at this moment; it tells besides from which moment on it would find something else."""
    newest, quiet = _once(at)
    known = _counted.get(key)
    if known and known.newest == newest and known.since <= at < known.until:
        return known.found
    found, until = count()
    if quiet:
        longest = at + LONGEST
        _counted[key] = _Counted(found, newest, at, min(until, longest) if until else longest)
        while len(_counted) > MOST:
            _counted.popitem(last=False)
    return found


def _once(at: datetime) -> tuple[int, bool]:
    """Asked once for all that a page counts at its moment."""
    if getattr(_page, "at", None) != at:
        _page.at, _page.answer = at, _asked()
    answer: tuple[int, bool] = _page.answer
    return answer


def _asked() -> tuple[int, bool]:
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        newest, quiet = cursor.fetchone()
        return newest, quiet
