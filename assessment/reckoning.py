"""Holding a unit to the list (依单监管问责): what is breached is a duty that the case's own version names."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accountability.models import Duty
from assessment.models import Reckoning, Reply
from cases import citing
from cases.models import Case
from grids.standing import Standing
from outbox.actions import put
from people.models import Role, Unit
from people.words import said

LONGEST = 1000
OF_STREETS = (Role.DISPATCHER, Role.STREET_LEADER)


class ReckoningRefused(ValidationError):
    """Nothing is written: the message says why and what to do, the code says which rule."""

    def __init__(self, message: str, code: str, params: dict[str, Any] | None = None) -> None:
        super().__init__(message, code=code, params=params)

    @property
    def sentence(self) -> str:
        return str(self.messages[0])


def may_reckon(case: Case, by: Standing) -> bool:
    return by.over(Role.INSPECTOR, case.place_code)


def citable(case: Case) -> list[Duty]:
    """What can be cited in the case; parties outside the register answer to nobody here."""
    return [duty for duty in citing.citable(case) if duty.party != Duty.Party.OTHER]


def answering(duty: Duty, case: Case) -> Unit:
    """The unit that the duty names; of the street, the office of the place."""
    return duty.unit or case.office


def may_reply(one: Reckoning, by: Standing) -> bool:
    """Whoever answers for the unit; for a street office also those who lead its street."""
    if one.unit_id in by.acting_units():
        return True
    of_the_street = one.unit_id == one.case.office_id
    return of_the_street and any(by.over(role, one.case.place_code) for role in OF_STREETS)


@transaction.atomic
def reckon(case: Case, *, duty: Duty | None, evidence: str, opinion: str, by: Standing, at: datetime) -> Reckoning:
    """Write down once and for all that a unit breached a duty in this case; the unit is told.

    Raises ReckoningRefused: wrong_person, no_duty_text, other_version, words_missing, reckoned_already.
    """
    if not may_reckon(case, by):
        raise ReckoningRefused(_("An inspector of the district writes this down."), "wrong_person")
    texts = citable(case)
    if not texts:
        raise ReckoningRefused(
            _("This case stands under no item of the list, so no duty of the list was breached in it."), "no_duty_text"
        )
    if duty is None or duty.pk not in {one.pk for one in texts}:
        raise ReckoningRefused(
            _("Choose a duty that the list of this case's version names for its item."), "other_version"
        )
    if not said(evidence) or not said(opinion):
        raise ReckoningRefused(_("Write what shows the breach, and what should come of it."), "words_missing")
    if Reckoning.objects.filter(case=case, duty=duty).exists():
        raise ReckoningRefused(_("This duty is written down for this case already."), "reckoned_already")
    made = Reckoning.objects.create(
        case=case, duty=duty, unit=answering(duty, case), evidence=said(evidence)[:LONGEST],
        opinion=said(opinion)[:LONGEST], by=by.user, at=at,
    )  # fmt: skip
    _tell(made, "written")
    return made


@transaction.atomic
def reply(one: Reckoning, *, words: str, by: Standing, at: datetime) -> Reply:
    """The unit says once whether that fits what happened; whoever wrote the reckoning is told.

    Raises ReckoningRefused: wrong_person, words_missing, replied_already.
    """
    mine = Reckoning.objects.select_for_update(of=("self",)).select_related("case", "unit").get(pk=one.pk)
    if not may_reply(mine, by):
        raise ReckoningRefused(_("The unit that it names replies to it."), "wrong_person")
    if Reply.objects.filter(reckoning=mine).exists():
        raise ReckoningRefused(_("Your unit has replied; once is all."), "replied_already")
    if not said(words):
        raise ReckoningRefused(_("Write what your unit says to it."), "words_missing")
    made = Reply.objects.create(reckoning=mine, words=said(words)[:LONGEST], by=by.user, at=at)
    _tell(mine, "replied")
    return made


def _tell(one: Reckoning, what: str) -> None:
    """Who reads it above knows no reckonings: all that it needs goes along."""
    street = one.case.place_code if one.unit_id == one.case.office_id else ""
    put(
        "reckoning", dedupe_key=f"reckoning:{one.pk}:{what}", partition_key=f"reckoning:{one.pk}",
        payload={
            "reckoning": one.pk, "what": what, "unit": one.unit_id, "street": street, "by": one.by_id,
            "about": f"{one.case.number} · {one.unit}",
        },
    )  # fmt: skip
