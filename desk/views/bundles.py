"""Evidence bundles: asked for at a case, waited for on a page that needs no scripts, taken by their owner alone."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cases.confiding import keeps
from cases.models import Case
from desk.actions import bundles
from desk.bundle.checking import check, hash_in
from desk.models import Bundle, JobState
from desk.views.waiting import loads_again
from grids.reading import reader
from people.access import staff_required

REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """What a bundle of this case would hold for this reader; a POST asks for one."""
    at, standing = reader(request)
    case = get_object_or_404(Case.objects.visible_to(standing), number=number)
    refusal = ""
    if request.method == "POST":
        try:
            bundle = bundles.ask(request.user, case, at=at, address=request.META.get("REMOTE_ADDR"))
            return redirect("desk:bundle", bundle.pk)
        except bundles.BundleRefused as refused:
            refusal = refused.messages[0]
    mine = Bundle.objects.of(request.user).at_hand(at).filter(case=case, reckoning=None).order_by("-asked_at")
    shown = {"case": case, "whole": keeps(case, standing), "mine": mine, "refusal": refusal}
    return render(request, "desk/bundle/case.html", shown, status=REFUSED if refusal else 200)


@require_safe
@staff_required
def bundle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far it is."""
    at, standing = reader(request)
    rows = Bundle.objects.of(request.user).at_hand(at).select_related("case")
    found = get_object_or_404(rows, pk=pk)
    waits = found.state in (JobState.WAITING, JobState.RUNNING)
    lost = found.state == JobState.READY and not bundles.may_take(found, standing)
    answer = render(request, "desk/bundle/bundle.html", {"bundle": found, "waits": waits, "lost": lost})
    return loads_again(answer, waits)


@require_safe
@staff_required
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    at, standing = reader(request)
    rows = Bundle.objects.of(request.user).at_hand(at).select_related("case")
    found = get_object_or_404(rows, pk=pk, state=JobState.READY)
    if not bundles.may_take(found, standing):
        raise Http404
    data = bundles.hand_out(found, by=request.user, address=request.META.get("REMOTE_ADDR"))
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{bundles.name_of(found)}"'
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
@staff_required
def checked(request: HttpRequest) -> HttpResponse:
    """Whether a copy is one of ours. The file stays with its reader: its hash is all that is sent."""
    _at, standing = reader(request)
    given = request.GET.get("sha256", "")
    digest = hash_in(given)
    verdict = check(digest, standing) if digest else None
    shown = {"given": given, "digest": digest, "verdict": verdict, "amiss": bool(given.strip()) and not digest}
    return render(request, "desk/bundle/check.html", shown, status=REFUSED if shown["amiss"] else 200)
