"""The responsibility list: all items, one item with its versions, and the form that changes its duties."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accountability.actions import ListRefused, amend
from accountability.duties import duty_texts, next_day, stamp, to_edit, version_on
from accountability.models import DutyKind, Item, ItemVersion
from cases.models import Case
from desk.forms import DutiesForm
from desk.itemlist import by_area, changes, differs, history, items_of
from desk.rows import named
from grids.reading import reader
from people.access import staff_required
from people.keeping import kept_fields
from people.models import Role


@require_safe
@staff_required
def items(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    today, tomorrow = version_on(localdate(at)), version_on(next_day(at))
    words = request.GET.get("q", "").strip()[:40]
    rows = list(items_of(today, words)) if today else []
    units = set(standing.acting_units())
    for said in rows:
        _prepare(said, units)
    facts = {
        "version": today,
        "coming": tomorrow if tomorrow != today else None,
        "words": words,
        "count": len(rows),
        "areas": by_area(rows),
    }
    return render(request, "desk/items.html", facts)


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
    wanted = request.GET.get("version", "")
    said = next((row for row in versions if str(row.version.number) == wanted), now or coming)
    if said is None:
        raise Http404
    before = _before(versions, said)
    facts = {
        "item": found,
        "said": said,
        "current": said is now,
        "coming": coming,
        "coming_number": str(coming.version.number) if coming else "",
        "before": before,
        "changes": changes(before, said) if before else [],
        "versions": [_line(versions, row, now) for row in versions],
        "situations": found.situations.all(),
        "category": named(found.category),
        "my_units": standing.acting_units(),
        "open_cases": Case.objects.visible_to(standing).filter(item=found).open().count(),
        "may_edit": Role.ESTABLISHMENT in standing.roles,
        "who_may": _("The establishment office changes the list; tell it what should stand here."),
    }
    return render(request, "desk/item.html", facts)


def _now_and_coming(versions: list[ItemVersion], at: datetime) -> tuple[ItemVersion | None, ItemVersion | None]:
    """What holds today, and what will hold from another day on."""
    today = localdate(at)
    now = next((row for row in versions if row.version.in_force_from <= today), None)
    return now, next((row for row in reversed(versions) if row.version.in_force_from > today), None)


def _before(versions: list[ItemVersion], said: ItemVersion) -> ItemVersion | None:
    return next((row for row in versions if row.version.in_force_from < said.version.in_force_from), None)


def _line(versions: list[ItemVersion], row: ItemVersion, now: ItemVersion | None) -> dict:
    before = _before(versions, row)
    coming = now is None or row.version.in_force_from > now.version.in_force_from
    return {
        "said": row,
        "current": row is now,
        "coming": coming,
        "changed": before is None or differs(before, row),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def item_edit(request: HttpRequest, code: str) -> HttpResponse:
    at, standing = reader(request)
    found = get_object_or_404(Item, code=code)
    said = to_edit(found, at)
    if said is None or Role.ESTABLISHMENT not in standing.roles:
        return _refused(request, found, said)
    duties = duty_texts(found, said.version)
    if request.method != "POST":
        initial = {**(kept_fields(request) or {})}
        initial.setdefault("seen", stamp(duties))
        return _page(request, found, said, DutiesForm(initial=initial, duties=duties), at)
    form = DutiesForm(request.POST, duties=duties)
    if not form.is_valid():
        return _page(request, found, said, form, at)
    try:
        made = amend(found, duties=form.wordings(), by=standing, at=at, seen=form.cleaned_data["seen"])
    except ListRefused as refusal:
        return _again(request, found, said, form, refusal, at)
    day = date_format(made.in_force_from)
    messages.success(
        request, _("Saved. It is in force from tomorrow, %(day)s; cases keep the version they have.") % {"day": day}
    )
    return redirect(f"{request.path.removesuffix('edit/')}?version={made.number}")


def _page(
    request: HttpRequest, found: Item, said: ItemVersion, form: DutiesForm, at: datetime, **more: Any
) -> HttpResponse:
    facts = {"item": found, "said": said, "form": form, "from_day": next_day(at), **more}
    return render(request, "desk/item_edit.html", facts, status=more.get("status", 200))


def _again(
    request: HttpRequest, found: Item, said: ItemVersion, form: DutiesForm, refusal: ListRefused, at: datetime
) -> HttpResponse:
    """The same form with the reason. Where somebody else was faster, their words stand beside the form."""
    form.add_error(None, refusal.sentence)
    if refusal.code != "stale":
        return _page(request, found, said, form, at)
    duties = duty_texts(found, said.version)
    form.data = {**form.data.dict(), "seen": stamp(duties)}
    return _page(request, found, said, form, at, theirs=duties, status=409)


def _refused(request: HttpRequest, found: Item, said: ItemVersion | None) -> HttpResponse:
    reason = _("The establishment office changes the list; tell it what should stand here.")
    if said is None:
        reason = _("No version of the list holds this item any more.")
    return render(request, "desk/item_refused.html", {"item": found, "reason": reason}, status=403)
