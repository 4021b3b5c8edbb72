"""Breached duties across cases: the register, and one of them with the unit's reply and its bundle."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.models import Reckoning
from assessment.reckoning import ReckoningRefused, may_reply, reply
from cases.models import Case
from desk.actions import bundles
from desk.models import Bundle
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.addresses import number_in
from people.keeping import kept_fields
from people.models import Unit
from people.words import WordsField

SIZE, INCOMPLETE, FORBIDDEN = 30, 422, 403
STATES = [("open", gettext_lazy("No reply yet")), ("replied", gettext_lazy("Reply given"))]


class Narrowing(forms.Form):
    """By unit, of those that stand in the register, and by whether the unit has replied."""

    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=[("", gettext_lazy("All")), *STATES], required=False)

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("All units")), *((unit.code, unit.short_name) for unit in units)]


class ReplyForm(forms.Form):
    words = WordsField(
        label=gettext_lazy("What your unit says to it"),
        help_text=gettext_lazy("Once only. It stands beside the record, and the inspector is told."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what your unit says, for example: two people came at 14:10.")},
    )


@require_safe
@staff_required
def register(request: HttpRequest) -> HttpResponse:
    _at, standing = reader(request)
    mine = Reckoning.objects.visible_to(standing)
    form = Narrowing(request.GET or None, units=list(Unit.objects.filter(pk__in=mine.values("unit")).order_by("code")))
    rows, asked = _narrowed(mine, form)
    before = number_in(request.GET.get("before", ""))
    page = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    here = reverse("desk:reckoned")
    facts = {
        "rows": page[:SIZE], "form": form, "asked": asked, "page_size": SIZE,
        "older": f"{here}?{urlencode({**asked, 'before': page[SIZE - 1].pk})}" if len(page) > SIZE else "",
        "newest": f"{here}?{urlencode(asked)}" if before else "",
    }  # fmt: skip
    return render(request, "desk/reckoned.html", facts)


def _narrowed(rows: Any, form: Narrowing) -> tuple[QuerySet[Reckoning], dict[str, str]]:
    """The newest first; none where the address is not understood."""
    rows = rows.for_reading().order_by("-pk")
    if not form.is_bound:
        return rows, {}
    if not form.is_valid():
        return rows.none(), {}
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    if "unit" in asked:
        rows = rows.filter(unit__code=asked["unit"])
    return (rows.standing_at(asked["state"]) if "state" in asked else rows), asked


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """With the unit's reply, or the form for it."""
    at, standing = reader(request)
    found = _found(standing, pk)
    form = ReplyForm(request.POST or None, initial=kept_fields(request) or {})
    if form.is_bound and form.is_valid():
        try:
            reply(found, words=form.cleaned_data["words"], by=standing, at=at)
        except ReckoningRefused as refused:
            return _drawn(request, found, form, status=FORBIDDEN, refusal=refused.sentence)
        messages.success(request, _("Your unit's reply stands beside the record; the inspector is told."))
        return redirect("desk:reckoning", found.pk)
    return _drawn(request, found, form, status=INCOMPLETE if form.is_bound else 200)


@require_POST
@staff_required
def bundle(request: HttpRequest, pk: int) -> HttpResponse:
    """Print this record alone, off the request."""
    at, standing = reader(request)
    found = _found(standing, pk)
    try:
        made = bundles.ask(request.user, found.case, reckoning=found, at=at, address=request.META.get("REMOTE_ADDR"))
    except bundles.BundleRefused as refused:
        return _drawn(request, found, ReplyForm(), status=INCOMPLETE, refusal=refused.messages[0])
    return redirect("desk:bundle", made.pk)


def _found(standing: Standing, pk: int) -> Reckoning:
    return get_object_or_404(Reckoning.objects.visible_to(standing).for_reading().select_related("case__office"), pk=pk)


def _drawn(request: HttpRequest, found: Reckoning, form: ReplyForm, **more: Any) -> HttpResponse:
    at, standing = reader(request)
    status = more.pop("status", 200)
    answers = may_reply(found, standing) and not hasattr(found, "reply")
    facts = {
        "one": found, "case": found.case, "form": form if answers else None,
        "sees_case": Case.objects.visible_to(standing).filter(pk=found.case_id).exists(),
        "mine": Bundle.objects.of(request.user).at_hand(at).filter(reckoning=found).order_by("-asked_at"),
    }  # fmt: skip
    return render(request, "desk/reckoning.html", {**facts, **more}, status=status)
