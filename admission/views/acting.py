"""One move by the person who presses its button, on the version that they have read."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.actions.applying import OF_A_DEPARTMENT
from admission.actions.pledges import WHO_ENTERS
from admission.forms.fields import refuse
from admission.forms.moves import FIELDS, MoveForm, form_for
from admission.making import is_made_here, perform
from admission.models import Verb
from admission.moves import AdmissionRefused, Table
from admission.registers import REGISTERS
from grids.reading import reader
from people.addresses import number_in

INCOMPLETE, CONFLICT, FORBIDDEN = 422, 409, 403
# A form that somebody cannot send: what it is, who sends it, and the register that it belongs to.
FORMS = {
    "apply": (gettext_lazy("Apply for a permit"), OF_A_DEPARTMENT, "applications"),
    "hand": (gettext_lazy("Hand a task down"), OF_A_DEPARTMENT, "tasks"),
    "enter": (gettext_lazy("Enter a pledge"), WHO_ENTERS, "pledges"),
}
NOT_YOURS = ("wrong_person", "same_person", "same_unit")
Draw = Callable[..., HttpResponse]


def not_yours(request: HttpRequest, form: str) -> HttpResponse:
    label, reason, register = FORMS[form]
    up = {"up": reverse(f"admission:{register}"), "up_label": REGISTERS[register].title}
    return render(request, "admission/not_yours.html", {"label": label, "reason": reason, **up}, status=FORBIDDEN)


def act(request: HttpRequest, thing: Any, verb: str, moves: Table, draw: Draw) -> HttpResponse:
    """`draw` draws the page of the thing anew, with what was refused."""
    at, standing = reader(request)
    if not is_made_here(verb, moves):
        raise Http404
    form = form_for(verb, thing, request.POST)
    if not form.is_valid():
        return draw(request, thing, given={verb: form}, form=form, status=INCOMPLETE)
    try:
        perform(thing, Verb(verb), form, seen=number_in(request.POST.get("seen", "")) or 0, by=standing, at=at)
    except AdmissionRefused as refused:
        return _refused(request, thing, verb, form, refused, draw)
    messages.success(request, _("Done: %(verb)s.") % {"verb": Verb(verb).label})
    return redirect(request.path.rsplit("/", 2)[0] + "/")


def _refused(
    request: HttpRequest, thing: Any, verb: str, form: MoveForm, refused: AdmissionRefused, draw: Draw
) -> HttpResponse:
    """What can be put right stands beside its field; what cannot is said above the page as it stands now."""
    if FIELDS.get(str(refused.code)) in form.fields:
        refuse(form, refused, FIELDS)
        return draw(request, thing, given={verb: form}, form=form, status=INCOMPLETE)
    thing.refresh_from_db()
    status = FORBIDDEN if refused.code in NOT_YOURS else CONFLICT
    return draw(request, thing, given={verb: form}, refusal=refused.sentence, status=status)
