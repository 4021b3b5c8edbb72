"""The registers of applications, permits, tasks, pledges and blocked attempts: narrowed by their address, paged."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from accountability.worktime import LOCAL
from admission.actions.applying import ASKING
from admission.actions.pledges import may_enter
from admission.pages import times_of_applications, times_of_tasks
from admission.querysets import TOLD_OF_ATTEMPTS, departments_of, oversees
from admission.registers import REGISTERS, Asked, Asking, may_read
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.addresses import number_in
from people.models import Unit

SIZE = 50
MOST = 1000
TIMES: dict[str, Callable[[list[Any], datetime], dict[int, Any]]] = {
    "applications": times_of_applications, "tasks": times_of_tasks,
}  # fmt: skip
ALONG = {"applications": "opinions__street", "permits": "allotments__street", "pledges": "streets"}


def asking_units(by: Standing) -> list[Unit]:
    """The departments for which this person may apply and hand down."""
    return list(Unit.objects.filter(pk__in=departments_of(by), kind__in=ASKING).order_by("code"))


def _register(request: HttpRequest, code: str) -> HttpResponse:
    at, standing = reader(request)
    if not may_read(standing):
        raise Http404
    asked = Asked(REGISTERS[code], request.GET.dict(), Asking(standing, at))
    before = number_in(request.GET.get("before", ""))
    found = asked.rows()
    rows = list(_along(asked.after(found, before), code)[: SIZE + 1])
    shown, query = rows[:SIZE], asked.query
    times = TIMES[code](shown, at) if code in TIMES else {}
    facts = {
        "register": asked.register, "asked": asked, "rows": [(row, times.get(row.pk)) for row in shown],
        "count": _count(found), "chips": _chips(asked), "at": at, "today": localdate(at, LOCAL), "page_size": SIZE,
        "older": f"?{query}&{urlencode({'before': shown[-1].pk})}" if len(rows) > SIZE else "",
        "newest": f"?{query}" if before else "", "departments": asking_units(standing),
        "may_enter": may_enter(standing), "sees_attempts": sees_attempts(standing),
    }  # fmt: skip
    return render(request, f"admission/{code}.html", facts)


def _count(rows: Any) -> str:
    """How many there are; nobody counts beyond a thousand."""
    number = rows.order_by()[: MOST + 1].count()
    return f"{MOST}+" if number > MOST else str(number)


def sees_attempts(by: Standing) -> bool:
    return bool(oversees(by, TOLD_OF_ATTEMPTS) or departments_of(by))


def _along(rows: Any, code: str) -> Any:
    return rows.prefetch_related(ALONG[code]) if code in ALONG else rows


def _chips(asked: Asked) -> list[dict[str, Any]]:
    """The groups as links, each keeping the other filters."""
    if len(asked.register.groups) == 1:
        return []
    return [
        {"label": label, "href": f"?{urlencode({**asked.said, 'group': name})}", "current": name == asked.group}
        for name, (label, _where) in asked.register.groups.items()
    ]


def _page(code: str) -> Callable[[HttpRequest], HttpResponse]:
    @require_safe
    @staff_required
    def page(request: HttpRequest) -> HttpResponse:
        return _register(request, code)

    return page


applications, permits, tasks, pledges = (_page(code) for code in ("applications", "permits", "tasks", "pledges"))


@require_safe
@staff_required
def attempts(request: HttpRequest) -> HttpResponse:
    """For those who may do something about it, and for a department its own; to the rest it is not there."""
    _at, standing = reader(request)
    if not sees_attempts(standing):
        raise Http404
    return _register(request, "attempts")
