"""To which of the units of a case an inspector issues an order."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.choices import moves_for_summons
from cases.errand import find
from cases.models import Verb
from cases.moves import MoveRefused, check_person
from cases.summons import MOVES
from grids.reading import reader
from people.access import staff_required

REFUSED = 403


@require_safe
@staff_required
def order(request: HttpRequest, number: str) -> HttpResponse:
    """Whoever sees the case reads who may order; an inspector chooses the unit."""
    at, standing = reader(request)
    case, move = find(number, standing, at), MOVES[Verb.ORDER]
    calls = list(case.summonses.all())
    if not calls:
        raise Http404
    for call in calls:
        call.case = case
    shown = {"case": case, "move": move}
    try:
        check_person(move, calls[0], standing)
    except MoveRefused as refused:
        return render(request, "cases/refused.html", {**shown, "refused": refused}, status=REFUSED)
    found = [(call, one) for call in calls for one in moves_for_summons(call, standing) if one.verb == Verb.ORDER]
    return render(request, "cases/order.html", {**shown, "choices": found})
