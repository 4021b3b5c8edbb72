"""The reply templates: all that somebody reads, and the form to write, change and retire those that are theirs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions import retire_template, write_template
from cases.changing.templates import DRAFTS
from cases.forms.reply_templates import TemplateForm, begun, whose
from cases.models import ReplyTemplate, Verb
from cases.moves import MoveRefused
from cases.reply_templates import NOT_YOURS, TEMPLATED, may_keep
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.keeping import kept_fields

SIZE = 50
INCOMPLETE = 422


@dataclass(frozen=True)
class Chip:
    href: str
    label: str | Promise
    count: int
    current: bool


@require_safe
@staff_required
def templates(request: HttpRequest) -> HttpResponse:
    """Newest first, those in use; a chip for each move that there are any of."""
    _at, standing = reader(request)
    rows = ReplyTemplate.objects.visible_to(standing).in_use()
    counts = dict(rows.order_by().values_list("verb").annotate(Count("pk")))
    verb = request.GET.get("verb", "")
    verb = verb if verb in TEMPLATED else ""
    page, older = _paged(rows.filter(verb=verb) if verb else rows, request.GET.get("after", ""))
    facts = {
        "rows": [(row, _where(row, standing)) for row in page],
        "count": counts.get(verb, 0) if verb else sum(counts.values()),
        "chips": _chips(counts, verb),
        "verb": Verb(verb).label if verb else "",
        "may_add": bool(whose(standing)),
        "may_draft": DRAFTS.allows(standing, verb),
        "older": _address(verb, older) if older else "",
        "newest": _address(verb) if "after" in request.GET else "",
        "page_size": SIZE,
    }
    return render(request, "cases/templates.html", facts)


def _where(row: ReplyTemplate, standing: Standing) -> str:
    """Where this person changes it: a unit's own at once, the district's by a draft; "" where they only read it."""
    if may_keep(row.unit_id, standing):
        return reverse("cases:template", args=[row.pk])
    if row.unit_id is None and DRAFTS.allows(standing, row.verb):
        return f"{reverse('desk:change_new')}?{urlencode({'kind': 'templates', 'subject': row.verb})}"
    return ""


def _paged(rows: Any, after: str) -> tuple[list[ReplyTemplate], str]:
    rows = rows.select_related("unit", "category").order_by("-pk")
    found = list((rows.filter(pk__lt=int(after)) if after.isascii() and after.isdigit() else rows)[: SIZE + 1])
    return found[:SIZE], str(found[SIZE - 1].pk) if len(found) > SIZE else ""


def _chips(counts: dict[str, int], current: str) -> list[Chip]:
    found = [Chip(_address(v), v.label, counts.get(v, 0), v == current) for v in TEMPLATED if v in counts]
    return [Chip(_address(), _("All"), sum(counts.values()), not current), *found]


def _address(verb: str = "", after: str = "") -> str:
    return f"?{urlencode({name: value for name, value in (('verb', verb), ('after', after)) if value})}"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def template_add(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    if not whose(standing):
        return _refused(request)
    return _edit(request, standing, at, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def template(request: HttpRequest, pk: int) -> HttpResponse:
    at, standing = reader(request)
    found = _find(pk, standing)
    return _edit(request, standing, at, found) if may_keep(found.unit_id, standing) else _refused(request, found)


@require_POST
@staff_required
def template_retire(request: HttpRequest, pk: int) -> HttpResponse:
    at, standing = reader(request)
    found = _find(pk, standing)
    try:
        retire_template(found, by=standing, at=at)
    except MoveRefused:
        return _refused(request, found)
    messages.success(request, _("Retired: it is no longer offered."))
    return redirect("cases:templates")


def _edit(request: HttpRequest, standing: Standing, at: datetime, found: ReplyTemplate | None) -> HttpResponse:
    given: dict[str, Any] = {"standing": standing, "template": found}
    if request.method != "POST":
        typed = kept_fields(request) or (begun(found) if found else {})
        return _page(request, TemplateForm(initial=typed, **given), found)
    form = TemplateForm(request.POST, **given)
    if form.is_valid():
        try:
            write_template(found or ReplyTemplate(), by=standing, at=at, **form.wordings())
        except MoveRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Saved. It is offered from now on."))
            return redirect("cases:templates")
    return _page(request, form, found, INCOMPLETE)


def _page(request: HttpRequest, form: TemplateForm, found: ReplyTemplate | None, status: int = 200) -> HttpResponse:
    return render(request, "cases/template.html", {"form": form, "template": found}, status=status)


def _refused(request: HttpRequest, found: ReplyTemplate | None = None) -> HttpResponse:
    return render(request, "cases/template_refused.html", {"template": found, "reason": NOT_YOURS}, status=403)


def _find(pk: int, standing: Standing) -> ReplyTemplate:
    rows = ReplyTemplate.objects.visible_to(standing).in_use().select_related("unit", "category")
    return get_object_or_404(rows, pk=pk)
