"""Breached duties of one case: read by whoever oversees it or answers for the unit, written by an inspector."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accountability.models import Duty
from assessment.models import Reckoning
from assessment.reckoning import ReckoningRefused, citable, may_reckon, reckon
from cases.forms.lists import duty_choices
from cases.models import Case
from grids.reading import reader
from people.access import staff_required
from people.keeping import kept_fields
from people.words import WordsField

INCOMPLETE = 422


class ReckoningForm(forms.Form):
    """Which duty, what shows it, what should come of it."""

    duty = forms.TypedChoiceField(
        label=gettext_lazy("The duty that was breached, word for word"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the duty."),
            "invalid_choice": gettext_lazy("Choose a duty that the list of this case's version names for its item."),
        },
    )
    evidence = WordsField(
        label=gettext_lazy("What shows it"),
        max_length=1000,
        help_text=gettext_lazy("Steps, clocks and photos of the case; its evidence bundle holds them all."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write what shows it, for example: nobody came by the due moment.")},
    )
    opinion = WordsField(
        label=gettext_lazy("What should come of it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write what should come of it, for example: a talk, a report.")},
    )

    def __init__(self, *args: Any, duties: list[Duty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {duty.pk: duty for duty in duties}
        self.fields["duty"].choices = duty_choices(duties)

    def said(self) -> dict[str, Any]:
        return {**self.cleaned_data, "duty": self.rows[self.cleaned_data["duty"]]}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def reckonings(request: HttpRequest, number: str) -> HttpResponse:
    at, standing = reader(request)
    rows = Case.objects.visible_to(standing).select_related("office", "list_version")
    case = get_object_or_404(rows, number=number)
    writes = may_reckon(case, standing)
    if request.method == "POST" and not writes:
        raise Http404
    form = ReckoningForm(
        request.POST or None, duties=citable(case) if writes else [], initial=kept_fields(request) or {}
    )
    if form.is_bound and form.is_valid():
        try:
            reckon(case, **form.said(), by=standing, at=at)
        except ReckoningRefused as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Written down. It stays as it is and goes into the evidence bundle."))
            return redirect("desk:reckonings", case.number)
    there = Reckoning.objects.visible_to(standing).filter(case=case).select_related("duty", "unit", "by").order_by("pk")
    facts = {"case": case, "there": there, "form": form if writes and form.rows else None, "writes": writes}
    return render(request, "desk/reckonings.html", facts, status=INCOMPLETE if form.is_bound else 200)
