"""The views that a person keeps of the list of cases: saved beside it, changed on a page of their own."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from desk.actions.saved import ViewRefused, change_view, delete_view, save_view
from desk.asking import Question, address, read
from desk.listforms import ChangeForm, ViewForm
from desk.models import SavedView
from grids.reading import reader
from people.access import staff_required
from people.keeping import kept_fields

INCOMPLETE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def views(request: HttpRequest) -> HttpResponse:
    """All of a person's views; a POST saves the list that it came from."""
    if request.method != "POST":
        kept = kept_fields(request) or {}
        return _page(request, ViewForm(initial=kept), str(kept.get("query", "")))
    at, standing = reader(request)
    query = Question(read(request.POST.get("query", "")), at=at, by=standing).query
    form = ViewForm(request.POST)
    if not _tried(form, lambda said: save_view(request.user, query=query, **said)):
        return _page(request, form, query, status=INCOMPLETE)
    messages.success(request, _("The view is saved."))
    return redirect(address(read(query)))


@require_POST
@staff_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.of(request.user), pk=pk)
    if "delete" in request.POST:
        delete_view(view)
        messages.success(request, _("The view is deleted."))
        return redirect("desk:views")
    form = ChangeForm(request.POST, prefix=f"view{view.pk}")
    if not _tried(form, lambda said: change_view(view, **said)):
        return _page(request, ViewForm(), "", changed=form, status=INCOMPLETE)
    messages.success(request, _("The view is changed."))
    return redirect("desk:views")


def _tried(form: ViewForm, action: Callable[[dict], SavedView]) -> bool:
    """Whether what was typed is now so; a refusal stands at the name."""
    if form.is_valid():
        try:
            action(form.cleaned_data)
        except ViewRefused as refused:
            form.add_error("name", refused)
    return form.is_valid()


def _page(
    request: HttpRequest, form: ViewForm, query: str, changed: ChangeForm | None = None, status: int = 200
) -> HttpResponse:
    mine, others = [], []
    for view in SavedView.objects.for_reader(request.user).select_related("shared_with", "owner"):
        if view.owner_id == request.user.pk:
            mine.append((view, address(read(view.query)), _form_of(view, changed)))
        else:
            others.append((view, address(read(view.query))))
    shown = {"mine": mine, "others": others, "form": changed or form, "saving": form, "query": query}
    return render(request, "desk/cases/views.html", shown, status=status)


def _form_of(view: SavedView, changed: ChangeForm | None) -> ChangeForm:
    prefix = f"view{view.pk}"
    if changed is not None and changed.prefix == prefix:
        return changed
    said = {"name": view.name, "shared": view.shared_with_id is not None, "is_default": view.is_default}
    return ChangeForm(initial=said, prefix=prefix)
