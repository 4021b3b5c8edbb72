"""Shows the form of a move, makes the move, and goes back to the case with a word about what comes next."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases.errand import Errand, of_case, of_summons
from cases.forms import MoveForm, PhotoForm
from cases.models import Verb
from cases.moves import MoveRefused
from cases.telling import told
from files.actions import PhotoRefused, attach
from grids.reading import reader
from people.access import staff_required
from people.keeping import kept_fields

# What an address may fill in beforehand.
GIVEN = ("item", "main")
WRONG_PERSON, WRONG_MOMENT, CHANGED, INCOMPLETE = 403, 409, 412, 422
# A refusal that is about one field is said at that field.
FIELDS = {
    "note_missing": "note", "summary_missing": "summary", "summary_verbatim": "summary",
    "item_not_in_force": "item", "function_not_in_force": "item", "both_named": "item", "no_lead": "lead",
    "contact_time_unclear": "contacted_at", "contact_in_future": "contacted_at", "contact_before_call": "contacted_at",
    "no_worker": "who", "no_station": "who", "no_street": "street", "no_colleague": "to",
    "same_hand": "to", "no_day": "until", "no_workday": "until", "not_later": "until", "too_long": "until",
    "year_unknown": "until", "no_milestone": "milestone", "no_leader": "leader",
    "no_unit": "to", "same_unit": "to", "called_already": "to",
    "no_ruling": "ruling",
    "meeting_unclear": "meets_at", "meeting_over": "meets_at", "no_member": "members", "no_joint_lead": "lead",
    "wrong_code": "code",
    "no_before": "before", "same_photo": "photos", "no_after": "photos", "after_first": "photos", "not_own": "why",
    "far_apart": "why",
    "no_main": "main", "no_earlier": "main", "other_street": "main",
    "no_outlet": "outlet", "known_to_units": "outlet", "named_elsewhere": "outlet",
}  # fmt: skip
# Lists worked through one by one, to which a form may name itself as belonging: one comes back there.
LISTS = {"queue": "desk:queue"}
# Refusals behind which somebody else's move may stand.
OVERTAKEN = ("stale", "wrong_state", "in_hand_already", "no_dispute")


@staff_required
def move(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Any move of the case as a whole."""
    at, standing = reader(request)
    return _serve(request, of_case(number, verb, standing, at))


@staff_required
def whistle(request: HttpRequest, number: str) -> HttpResponse:
    """The whistle has an address of its own; with `?item=CODE` the units of that item are filled in."""
    return move(request, number, Verb.WHISTLE.value)


@staff_required
def summons_move(request: HttpRequest, number: str, summons_id: int, verb: str) -> HttpResponse:
    """A move of one unit's summons."""
    at, standing = reader(request)
    return _serve(request, of_summons(number, summons_id, verb, standing, at))


def _serve(request: HttpRequest, errand: Errand) -> HttpResponse:
    if request.method == "POST" and "fill" not in request.POST:
        return _made(request, errand)
    refused = errand.refusal()
    if refused:
        return _refused(request, errand, refused)
    return _page(request, errand, errand.form(initial=_begun(request, errand), setting=errand.setting))


def _begun(request: HttpRequest, errand: Errand) -> dict[str, Any]:
    """What the form begins with: what was typed before the sign-in ran out or before other units were asked for."""
    if request.method == "POST":
        typed = {name: value for name, value in request.POST.dict().items() if name not in ("lead", "fill")}
        asked, _colon, code = request.POST.get("fill", "").partition(":")
        typed = errand.with_template(typed) if asked == "template" else typed
        typed = {**typed, "item": code} if asked == "item" else typed
    else:
        typed = kept_fields(request) or {key: value for key, value in request.GET.dict().items() if key in GIVEN}
    return {"seen": errand.setting.case.version, "seen_step": errand.last_step(), **typed}


def _made(request: HttpRequest, errand: Errand) -> HttpResponse:
    """Make the move; refused, show the form again with every word in it."""
    form = errand.form(request.POST, setting=errand.setting)
    if not form.is_valid():
        refused = errand.refusal()  # whose move it is comes before what its words lack
        return _put_right(request, errand, form, refused) if refused else _page(request, errand, form, INCOMPLETE)
    try:
        with transaction.atomic():
            errand.perform(form)
            _keep_photos(request, errand, form)
    except PhotoRefused as refused:
        form.add_error(None, refused.sentence)
        return _page(request, errand, form, INCOMPLETE)
    except MoveRefused as refused:
        return _put_right(request, errand, form, refused)
    return _back(request, errand)


def _back(request: HttpRequest, errand: Errand) -> HttpResponse:
    messages.success(request, told(errand.move.verb, errand.setting))
    if request.POST.get("then") in LISTS:
        return redirect(LISTS[request.POST["then"]])
    return redirect("desk:case", number=errand.setting.case.number)


def _keep_photos(request: HttpRequest, errand: Errand, form: MoveForm) -> None:
    """Give the photos to the step just written."""
    if isinstance(form, PhotoForm):
        case = errand.setting.case
        step = case.steps.filter(verb=errand.move.verb, actor=request.user).order_by("-seq").first()
        attach(form.chosen, kind="case", subject_id=case.pk, step_id=step.pk if step else None, by=request.user)


def _put_right(request: HttpRequest, errand: Errand, form: MoveForm, refused: MoveRefused) -> HttpResponse:
    """Say what the action refused: at its field, or with what others did meanwhile."""
    changes = errand.steps_since(form.cleaned_data.get("seen_step")) if refused.code in OVERTAKEN else []
    if form.is_valid() and any(errand.made(step, form) for step in changes):
        return _back(request, errand)  # the same form came twice; the first one counted
    if changes:
        errand.read_again()
        told_so = {"changes": changes, "refused": refused, "gone": errand.refusal()}
        return _page(request, errand, _up_to_date(form, errand), CHANGED, **told_so)
    if refused.code in ("wrong_person", *OVERTAKEN[1:]):
        return _refused(request, errand, refused)
    field = FIELDS.get(str(refused.code))
    form.add_error(field if field in form.fields else None, refused)
    return _page(request, errand, form, INCOMPLETE)


def _up_to_date(form: MoveForm, errand: Errand) -> MoveForm:
    """The same words on the newest state of the case, so that sending it once more is a decision."""
    typed = {name: value for name, value in form.data.dict().items() if name not in ("seen", "seen_step")}
    fresh = {"seen": errand.setting.case.version, "seen_step": errand.last_step()}
    return errand.form(initial={**typed, **fresh}, setting=errand.setting)


def _page(request: HttpRequest, errand: Errand, form: MoveForm, status: int = 200, **more: Any) -> HttpResponse:
    case = errand.setting.case
    shown = {
        "form": form,
        "case": case,
        "summons": errand.setting.summons,
        "move": errand.move,
        "at": errand.setting.at,
        "offers": errand.offers() if "note" in form.fields else [],
        "then": request.POST.get("then", "") if request.POST.get("then") in LISTS else "",
    }
    return render(request, form.template, {**shown, **more}, status=status)


def _refused(request: HttpRequest, errand: Errand, refused: MoveRefused) -> HttpResponse:
    status = WRONG_PERSON if refused.code == "wrong_person" else WRONG_MOMENT
    shown = {"case": errand.setting.case, "move": errand.move, "refused": refused}
    return render(request, "cases/refused.html", shown, status=status)
