"""The versions of every kind of list with their drafts, and what differs between any two of them."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from accountability.changing.posts import LISTING
from accountability.listing import KIND
from accountability.models import ListKind, ListVersion
from changes.querysets import kinds_seen
from desk.itemlist import ITEMS_A_PAGE, difference
from desk.listdrafts import approved, lines
from desk.rows import named
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.addresses import number_in, onward


@require_safe
@staff_required
def versions(request: HttpRequest) -> HttpResponse:
    """Every kind of list, its drafts and versions; from here a draft is begun and two are compared."""
    at, standing = reader(request)
    found = lines(ListVersion.objects.visible_to(standing), localdate(at))
    kinds = [
        (kind, named(kind), [line for line in found if line.version.kind_id == kind.pk], _back_from(kind))
        for kind in ListKind.objects.all()
    ]
    facts = {"kinds": kinds, "may_write": LISTING.allows(standing, ""), "reads_changes": KIND in kinds_seen(standing)}
    return render(request, "desk/list_versions.html", facts)


def _back_from(kind: ListKind) -> tuple[date, ListVersion] | None:
    """From which day on which earlier version holds again; what is new stands in the table by itself."""
    ahead = approved(kind.pk)
    return ahead if ahead and ahead[1].number else None


@require_safe
@staff_required
def differences(request: HttpRequest) -> HttpResponse:
    """What one version says otherwise than another, item by item and word by word."""
    _at, standing = reader(request)
    before, after = two(request, standing)
    differing = difference(before, after, request.GET.get("behind", ""))
    facts = {"before": before, "after": after, "differing": differing, **onward(request, "behind", differing.last)}
    return render(request, "desk/list_difference.html", {**facts, "page_size": ITEMS_A_PAGE})


def two(request: HttpRequest, standing: Standing) -> tuple[ListVersion, ListVersion]:
    """The two versions that the address names by their ids, of one kind and both for this person to read."""
    wanted = [number_in(request.GET.get(name)) for name in ("before", "after")]
    rows = (
        ListVersion.objects.visible_to(standing).select_related("kind", "change").in_bulk([pk for pk in wanted if pk])
    )
    before, after = (rows.get(pk or 0) for pk in wanted)
    if before is None or after is None or before.kind_id != after.kind_id:
        raise Http404
    return before, after
