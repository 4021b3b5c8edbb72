"""What the pages of a workbook have in common, whatever it fills: how one is taken in pieces, waited for, refused."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accountability.actions import ListRefused
from changes.kinds import ChangeRefused
from desk.actions.listimports import MOST_FAULTS
from desk.listpreview import FAULTS_A_PAGE, faults
from desk.models import ListImport, ListImportState
from desk.views.waiting import loads_again
from files.answering import refusal
from files.forms import BeginForm
from people.addresses import number_in

EVERY_SECONDS = 2
FORBIDDEN, CONFLICT, INCOMPLETE = 403, 409, 422
WAITS = (ListImportState.WAITING, ListImportState.RUNNING)


def page(request: HttpRequest, template: str, one: ListImport, facts: dict[str, Any], status: int) -> HttpResponse:
    """Of one workbook, as far as it is."""
    waits = one.state in WAITS
    facts = {"one": one, "waits": waits, "most_faults": MOST_FAULTS, **facts}
    return loads_again(render(request, template, facts, status=status), waits, EVERY_SECONDS)


def faults_shown(request: HttpRequest, one: ListImport, here: str) -> dict[str, Any]:
    """What is wrong with it, a page at a time; `here` is where its pages begin."""
    after = min(number_in(request.GET.get("after")) or 0, 2**31 - 1)
    rows, last = faults(one, after)
    older = f"?{urlencode({'after': last})}#faults" if last else ""
    return {"faults": rows, "older": older, "newest": here if after else "", "page_size": FAULTS_A_PAGE}


def begun(request: HttpRequest, begin: Callable[..., ListImport]) -> HttpResponse:
    """Its first word: what the file is; `begin` takes it, or refuses."""
    form = BeginForm(request.POST)
    if not form.is_valid():
        return refusal("wrong_request", _("This file cannot be sent. Choose another."), 400)
    try:
        one = begin(**form.cleaned_data)
    except (ListRefused, ChangeRefused) as refused:
        status = FORBIDDEN if refused.code == "wrong_person" else CONFLICT
        return refusal(str(refused.code), refused.sentence, status)
    return told(one, status=201)


def told(one: ListImport, status: int = 200) -> JsonResponse:
    """How far it is."""
    facts = {"id": str(one.pk), "received": one.received, "state": one.state, "name": one.name}
    return JsonResponse(facts, status=status)
