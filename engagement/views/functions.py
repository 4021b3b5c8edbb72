"""职能目录 for anybody: what departments do beyond the list, part by part, as it is in force or was before."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from accountability.models import Function, FunctionList
from accountability.worktime import LOCAL
from audit import clock
from engagement.functions import by_part, changed_by
from people.addresses import number_in


@require_safe
def functions(request: HttpRequest) -> HttpResponse:
    """The version that a number names, else the one in force; with what it changed of the one before."""
    day = localdate(clock.now(), LOCAL)
    versions = list(FunctionList.objects.order_by("-number").select_related("change"))
    current = FunctionList.objects.in_force(day)
    asked = number_in(request.GET.get("version"))
    shown = next((one for one in versions if one.number == asked), None) if asked else current
    if asked and shown is None:
        raise Http404
    before = next((one for one in versions if shown and one.number < shown.number), None)
    rows = Function.objects.filter(version=shown).select_related("unit").order_by("code")
    facts = {
        "version": shown, "current": current, "versions": versions, "before": before,
        "parts": by_part(rows), "lines": changed_by(shown, before) if before else [],
    }  # fmt: skip
    return render(request, "engagement/functions.html", facts)
