"""Who may import: the district desk and the system administrator."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from audit import clock
from grids.standing import standing_of
from people.access import staff_required
from people.models import Role

IMPORTING = frozenset({Role.DISTRICT_DESK, Role.SYSTEM_ADMIN})
View = Callable[..., HttpResponse]


def importers_only(view: View) -> View:
    """Whoever may not is told who may."""

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.standing = standing_of(request.user, clock.now())  # type: ignore[attr-defined]
        if not IMPORTING & set(request.standing.roles):
            return render(request, "gateway/refused.html", status=403)
        return view(request, *args, **kwargs)

    return staff_required(asked)
