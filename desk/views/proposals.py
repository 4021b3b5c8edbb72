"""Proposals for the responsibility list: all of them, a new one, and one with its evidence and its answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accountability.duties import version_on
from accountability.models import Item
from cases import actions
from cases.models import Proposal
from cases.proposing import ProposalRefused, check_decider, may_propose
from desk import proposals as read
from desk.proposalforms import AnswerForm, ProposalForm
from grids.reading import reader
from people.access import staff_required
from people.addresses import number_in
from people.keeping import kept_fields

INCOMPLETE = 422
FIELDS = {"unknown_case": "numbers", "too_many_cases": "numbers", "asked_already": "item"}


@require_safe
@staff_required
def proposals(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    before = number_in(request.GET.get("before", ""))
    waiting, count = ([], 0) if before else read.waiting(at)
    answered, older = read.decided(at, before)
    here = reverse("desk:proposals")
    facts = {
        "waiting": waiting, "count": count, "most": read.MOST, "answered": answered, "page_size": read.SIZE,
        "older": f"{here}?before={older}" if older else "", "newest": here if before else "",
        "may_propose": may_propose(standing),
    }  # fmt: skip
    return render(request, "desk/proposals.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def new(request: HttpRequest) -> HttpResponse:
    """The address may name an item."""
    at, standing = reader(request)
    if not may_propose(standing):
        raise Http404
    version = version_on(localdate(at))
    begun = {"item": request.GET.get("item", ""), **(kept_fields(request) or {})}
    form = ProposalForm(request.POST or None, version=version, initial=begun)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        item = Item.objects.filter(code=said["item"]).first()
        try:
            made = actions.propose(
                item, wish=said["wish"], reason=said["reason"], numbers=form.numbered(), by=standing, at=at
            )
        except ProposalRefused as refused:
            form.add_error(FIELDS.get(str(refused.code)), refused)
        else:
            messages.success(request, _("It is with the establishment office. You are told what becomes of it."))
            return redirect("desk:proposal", made.pk)
    return render(request, "desk/proposal_new.html", {"form": form}, status=INCOMPLETE if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    at, standing = reader(request)
    rows = Proposal.objects.counted(at).select_related("item", "by", "unit", "decided_by")
    one = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST or None, initial=kept_fields(request) or {})
    if form.is_bound and form.is_valid():
        try:
            actions.answer_proposal(one, **form.cleaned_data, by=standing, at=at)
        except ProposalRefused as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Answered. Whoever made it is told."))
            return redirect("desk:proposal", one.pk)
    shown, unseen = read.evidence(one, standing)
    facts: dict[str, Any] = {"one": read.titled([one], at)[0], "shown": shown, "unseen": unseen}
    try:
        check_decider(one, standing)
        facts["form"] = form
    except ProposalRefused as refused:
        facts["why_not"] = "" if one.upshot else refused.sentence
        facts["form"] = form if form.is_bound else None
    return render(request, "desk/proposal.html", facts, status=INCOMPLETE if form.is_bound else 200)
