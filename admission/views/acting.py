"""One move by the person who presses its button, on the version that they have read."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from admission.actions import advance, grant, revoke
from admission.forms.fields import refuse
from admission.forms.moves import FIELDS, GrantForm, MoveForm, RevokeForm, form_for
from admission.models import Verb
from admission.moves import AdmissionRefused, Table
from grids.reading import reader
from grids.standing import Standing
from people.addresses import number_in

INCOMPLETE, CONFLICT, FORBIDDEN = 422, 409, 403
NOT_YOURS = ("wrong_person", "same_person", "same_unit")
Draw = Callable[..., HttpResponse]


def act(request: HttpRequest, thing: Any, verb: str, moves: Table, draw: Draw) -> HttpResponse:
    """`draw` draws the page of the thing anew, with what was refused."""
    at, standing = reader(request)
    if verb not in moves or moves[Verb(verb)].by_system or verb == Verb.RESEND:
        raise Http404
    form = form_for(verb, thing, request.POST)
    if not form.is_valid():
        return draw(request, thing, given={verb: form}, form=form, status=INCOMPLETE)
    try:
        _make(thing, Verb(verb), form, number_in(request.POST.get("seen", "")) or 0, standing, at)
    except AdmissionRefused as refused:
        return _refused(request, thing, verb, form, refused, draw)
    messages.success(request, _("Done: %(verb)s.") % {"verb": Verb(verb).label})
    return redirect(request.path.rsplit("/", 2)[0] + "/")


def _make(thing: Any, verb: Verb, form: MoveForm, seen: int, by: Standing, at: datetime) -> None:
    if isinstance(form, GrantForm):
        grant(thing, until=form.cleaned_data["until"], money=form.money(), note=form.note, by=by, at=at, seen=seen)
        return
    if isinstance(form, RevokeForm):
        revoke(thing, reason=form.note, basis=form.facts()["basis"], by=by, at=at, seen=seen)
        return
    advance(thing, verb, by=by, at=at, note=form.note, facts=form.facts(), seen=seen)


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
