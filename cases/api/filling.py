"""Fills the form of a page with what a program sent, so that both are judged by the same words."""

from collections.abc import Callable
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cases.errand import Errand
from cases.forms import MoveForm
from cases.forms.calling import MORE, CallingForm
from cases.forms.moves import LOCAL_MINUTE
from cases.forms.taking import WHO_AT
from cases.models import Level, Verb
from people.api.errors import Refusal
from people.models import Unit, User

Given = dict[str, Any]


def filled(errand: Errand, given: Given, seen: int) -> MoveForm:
    """The form of this move with what was sent in its fields."""
    fill = FILLS.get(errand.move.verb, _plainly)
    return fill(errand, {**given, "seen": seen})


def _plainly(errand: Errand, given: Given) -> MoveForm:
    return errand.form(given, setting=errand.setting)


def _contact(errand: Errand, given: Given) -> MoveForm:
    """The page's field knows local minutes."""
    moment = localtime(given["contacted_at"]).strftime(LOCAL_MINUTE)
    return _plainly(errand, {**given, "contacted_at": moment})


def _meeting(errand: Errand, given: Given) -> MoveForm:
    """The page's field knows local minutes."""
    return _plainly(errand, {**given, "meets_at": localtime(given["meets_at"]).strftime(LOCAL_MINUTE)})


def _hand(errand: Errand, given: Given) -> MoveForm:
    """Who settles it, as the page's choice says it: the level, then the key of the person or station."""
    level, key = given["level"], None
    if level in WHO_AT:
        key = User.objects.filter(username=given.get("worker", "")).values_list("pk", flat=True).first()
    elif level == Level.STATION:
        key = Unit.objects.filter(code=given.get("unit", "")).values_list("pk", flat=True).first()
    return _plainly(errand, {"seen": given["seen"], "note": given["note"], "who": f"{level}:{key or ''}"})


def _colleague(errand: Errand, given: Given) -> MoveForm:
    """The page's choice knows keys, programs know accounts."""
    key = User.objects.filter(username=given["to"]).values_list("pk", flat=True).first()
    return _plainly(errand, {**given, "to": str(key or 0)})


def _level(errand: Errand, given: Given) -> MoveForm:
    """Who of the street's own goes on, as the page's choice says it."""
    key = User.objects.filter(username=given.get("worker", "")).values_list("pk", flat=True).first()
    named = key if given["level"] in WHO_AT else None
    return _plainly(errand, {"seen": given["seen"], "note": given["note"], "who": f"{given['level']}:{named or ''}"})


def _leader(errand: Errand, given: Given) -> MoveForm:
    """The page's choice knows keys, programs know accounts."""
    key = User.objects.filter(username=given["leader"]).values_list("pk", flat=True).first()
    return _plainly(errand, {**given, "leader": str(key or 0)})


def _belonging(errand: Errand, given: Given) -> MoveForm:
    """The page chooses an item or a function in one field."""
    if given.get("item") and given.get("function"):
        raise Refusal(422, "both_named", _("Name an item of the list, or a function beyond it, not both."), "function")
    plain = {name: value for name, value in given.items() if name != "function"}
    return _plainly(errand, {**plain, "item": given.get("item") or given.get("function", "")})


def _calls(errand: Errand, given: Given) -> MoveForm:
    """The form offers the units of the list by name, and three places for units beside it."""
    form = _belonging(errand, {name: value for name, value in given.items() if name not in ("calls", "left_out")})
    assert isinstance(form, CallingForm)
    beside = iter(MORE)
    for call in given["calls"]:
        _one_call(form, call, beside)
    for row in given.get("left_out", ()):
        form.data[f"why_{row['unit']}"] = row["reason"]
    return form


def _one_call(form: CallingForm, call: Given, beside: Any) -> None:
    code, reason = call["unit"], call.get("reason", "")
    if code in form.offered:
        key = code
        form.data |= {f"unit_{code}": True, f"why_{code}": reason}
    else:
        key = next(beside, "")
        if not key:
            sentence = _("At most %(most)s units off the list can be called at once.") % {"most": len(MORE)}
            raise Refusal(422, "too_many_beside", sentence, "calls")
        form.data |= {key: code, f"{key}_why": reason}
    if call["leads"]:
        form.data["lead"] = key


FILLS: dict[Verb, Callable[[Errand, Given], MoveForm]] = {
    Verb.ACCEPT: _belonging, Verb.RESPOND: _contact, Verb.SELF_HANDLE: _hand, Verb.WHISTLE: _calls,
    Verb.DISPATCH: _calls,
    Verb.CONVENE: _meeting,
    Verb.ASSIGN: _colleague, Verb.HAND_OVER: _colleague, Verb.CONVENE: _meeting,
    Verb.SHELVE: _leader, Verb.HAND_UP: _level, Verb.HAND_ON: _level,
}  # fmt: skip


def name_of(field: str) -> str:
    """How the API calls a field of the page's form."""
    if field.startswith(("unit_", "more_", "lead")) and field != "lead_why":
        return "calls"
    if field.startswith("why_"):
        return "left_out"
    return {"who": "worker", "photos": "after", "__all__": ""}.get(field, field)
