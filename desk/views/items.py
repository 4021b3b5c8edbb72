"""The responsibility list: all items, one item with its versions, and where it is changed."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accountability.changing.posts import LISTING
from accountability.duties import version_on
from accountability.models import DutyKind, Item, ItemVersion, ListVersion, Stand
from cases.models import Case
from desk.itemlist import ITEMS_A_PAGE, Page, by_area, changes, differs, history, off_on, page_of, said_in
from desk.listdrafts import approved, drafts_open
from desk.rows import named
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.addresses import number_in, onward


@require_safe
@staff_required
def items(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    shown = _shown(request, localdate(at))
    words = request.GET.get("q", "").strip()[:40]
    area, behind = request.GET.get("area", "")[:40], request.GET.get("behind", "")[:12]
    page = page_of(shown, words, area, behind) if shown else Page([], 0, {}, "")
    units = set(standing.acting_units())
    for said in page.rows:
        _prepare(said, units)
    facts = {
        "version": shown,
        "stand": shown.stand(localdate(at)) if shown else None,
        "coming": _day_to_come(shown),
        "words": words,
        "area": area,
        "count": page.count,
        "areas": by_area(page.rows),
        "parts": _parts(request, page),
        **_version_asked(request),
        "page_size": ITEMS_A_PAGE,
        **onward(request, "behind", page.last),
    }
    return render(request, "desk/items.html", facts)


def _parts(request: HttpRequest, page: Page) -> list[tuple[str, int, str, bool]]:
    """The whole list ("") and each part of it, with its count, its address and whether it is read now."""
    asked = {name: value for name, value in request.GET.items() if name not in ("area", "behind")}
    counts = {"": sum(page.areas.values()), **page.areas}
    here = request.GET.get("area", "")
    return [
        (name, count, f"?{urlencode({**asked, **({'area': name} if name else {})})}", name == here)
        for name, count in counts.items()
    ]


def _version_asked(request: HttpRequest) -> dict[str, Any]:
    """What keeps a search, and the way back from it, in the version that is read."""
    kept = [(name, request.GET[name]) for name in ("kind", "version") if name in request.GET]
    return {"kept": kept, "whole": f"{reverse('desk:items')}?{urlencode(kept)}" if kept else reverse("desk:items")}


def _shown(request: HttpRequest, today: date) -> ListVersion | None:
    """What cases go by today, or the version of a kind of list that the address names by its number."""
    number = number_in(request.GET.get("version"))
    if number is None:
        return version_on(today)
    rows, kind = ListVersion.objects.numbered().select_related("kind", "change"), request.GET.get("kind", "")
    return get_object_or_404(rows.filter(kind__code=kind) if kind else rows.calling(), number=number)


def _day_to_come(shown: ListVersion | None) -> date | None:
    """The day from which another version of this list holds, where one is approved."""
    found = approved(shown.kind_id) if shown else None
    return found[0] if found else None


def _prepare(said: ItemVersion, units: set[int]) -> None:
    """What the line shows of an item, from rows already read."""
    duties = list(said.duties.all())
    said.leading = [duty for duty in duties if duty.kind == DutyKind.LEAD]
    said.supporting = [duty for duty in duties if duty.kind != DutyKind.LEAD]
    said.mine = any(duty.unit_id in units for duty in duties)
    said.category_name = named(said.item.category)


@require_safe
@staff_required
def item(request: HttpRequest, code: str) -> HttpResponse:
    at, standing = reader(request)
    found = get_object_or_404(Item.objects.select_related("category"), code=code)
    versions = history(found)
    now, coming = _now_and_coming(versions, at)
    last, wanted = now or coming or next(iter(versions), None), request.GET.get("version", "")
    said = next((row for row in versions if str(row.version.number) == wanted), None if wanted else last)
    if said is None:
        raise Http404
    before = _before(versions, said)
    facts = {
        "item": found,
        "said": said,
        "current": said is now,
        "off": off_on(versions, localdate(at)),
        "coming": coming,
        "coming_number": str(coming.version.number) if coming else "",
        "before": before,
        "changes": changes(before, said) if before else [],
        "versions": [_line(versions, row, now, localdate(at)) for row in versions],
        "situations": found.situations.all(),
        "category": named(found.category),
        "my_units": standing.acting_units(),
        "open_cases": Case.objects.visible_to(standing).filter(item=found).open().count(),
        **_ahead(found, now),
        **_writing(standing, said),
    }
    return render(request, "desk/item.html", facts)


def _writing(standing: Standing, said: ItemVersion) -> dict[str, Any]:
    """Where this person may write at it; else who may."""
    may_edit = LISTING.allows(standing, "")
    return {
        "may_edit": may_edit,
        "drafts": drafts_open(said.version.kind_id) if may_edit else [],
        "who_may": _("The establishment office changes the list; tell it what should stand here."),
    }


def _now_and_coming(versions: list[ItemVersion], at: datetime) -> tuple[ItemVersion | None, ItemVersion | None]:
    """What holds today, and what will hold from another day on."""
    today = localdate(at)
    now = next((row for row in versions if row.version.stand(today) == Stand.IN_FORCE), None)
    return now, next((row for row in reversed(versions) if row.version.in_force_from > today), None)


def _ahead(item: Item, now: ItemVersion | None) -> dict[str, Any]:
    """What an approved version says of it otherwise than today, and from when; nothing where it says the same."""
    to_come = approved(now.version.kind_id) if now else None
    if to_come is None:
        return {}
    day, version = to_come
    told = changes(now, said_in(version, item))
    return {"ahead": told, "ahead_day": day} if told else {}


def _before(versions: list[ItemVersion], said: ItemVersion) -> ItemVersion | None:
    return next((row for row in versions if row.version.in_force_from < said.version.in_force_from), None)


def _line(versions: list[ItemVersion], row: ItemVersion, now: ItemVersion | None, today: date) -> dict:
    before = _before(versions, row)
    coming = row.version.in_force_from > today
    return {
        "said": row,
        "current": row is now,
        "coming": coming,
        "changed": before is None or differs(before, row),
    }
