"""What the words of a report suggest, beside them its place, as a part of the clerk's and the grid worker's forms."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from cases.models import Channel
from engagement.belonging import suggested_at
from engagement.doors import NotYourDoor, check_door
from engagement.forms import LONGEST_WORDS, PlaceForm
from grids.reading import reader
from people.access import staff_required

DOORS = (Channel.HOTLINE, Channel.GRID)


@require_POST
@staff_required
def suggested(request: HttpRequest) -> HttpResponse:
    """Sent in a body, not in an address: what somebody says is kept in no log."""
    at, standing = reader(request)
    refused = []
    for channel in DOORS:
        try:
            check_door(channel, standing)
        except NotYourDoor as sentence:
            refused.append(sentence)
    if len(refused) == len(DOORS):
        return render(request, "engagement/not_yours.html", {"sentence": refused[0].messages[0]}, status=403)
    found = suggested_at(request.POST.get("words", "")[:LONGEST_WORDS], PlaceForm(request.POST).code(), at)
    return render(request, "engagement/_found_belongs.html", {"suggested": found, "chosen": ""})
