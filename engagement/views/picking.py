"""What a search for a situation finds, as a part of the grid worker's form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accountability.situations import search
from cases.models import Channel
from engagement.doors import NotYourDoor, check_door
from engagement.picking import LONGEST, offered
from grids.reading import reader
from people.access import staff_required


@require_safe
@staff_required
def situations(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    try:
        check_door(Channel.GRID, standing)
    except NotYourDoor as refused:
        return render(request, "engagement/not_yours.html", {"sentence": refused.messages[0]}, status=403)
    asked = request.GET.get("q", "")[:LONGEST]
    return render(request, "engagement/_found.html", {"found": search(asked, offered(at)), "asked": asked})
