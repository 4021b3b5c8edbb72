"""Pledges are entered into the register by whoever has signed one; the establishment office decides them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.bigrams import vector
from accountability.worktime import LOCAL
from admission.actions.moving import record
from admission.models import Pledge, Verb
from admission.moves import AdmissionRefused, Deed
from admission.querysets import OF_DEPARTMENTS, oversees, streets_of
from grids.models import Area
from grids.standing import Standing
from people.models import Role, Unit
from people.words import said

WHO_ENTERS = gettext_lazy("Streets, departments and the establishment office enter pledges.")


@dataclass(frozen=True)
class Entered:
    """What a pledge says: who had it signed, by which streets, what they were held to, on whose word."""

    department: Unit
    streets: Sequence[Area]
    title: str
    targets: str
    signed_on: date
    level: str
    basis: str = ""


def may_enter(by: Standing) -> bool:
    """The streets that signed, the departments that had them sign, and the office that cleans up."""
    return bool(
        streets_of(by) or oversees(by, (Role.ESTABLISHMENT,)) or any(role in OF_DEPARTMENTS for role, _unit in by.seats)
    )


@transaction.atomic
def enter_pledge(said_so: Entered, *, by: Standing, at: datetime, demo: bool = False) -> Pledge:
    """Raises AdmissionRefused: wrong_person, no_street, signed_in_future, entered_already."""
    if not may_enter(by):
        raise AdmissionRefused(str(WHO_ENTERS), code="wrong_person")
    if not said_so.streets:
        raise AdmissionRefused(_("Name the streets that signed it."), code="no_street")
    if said_so.signed_on > localdate(at, LOCAL):
        raise AdmissionRefused(_("A pledge was signed before it is entered. Choose the day."), code="signed_in_future")
    Unit.objects.select_for_update().get(pk=said_so.department.pk)
    title = said(said_so.title)
    if Pledge.objects.filter(department=said_so.department, title=title, signed_on=said_so.signed_on).exists():
        raise AdmissionRefused(_("This pledge stands in the register already."), code="entered_already")
    targets, basis = said(said_so.targets), said(said_so.basis)
    pledge = Pledge.objects.create(
        department=said_so.department, title=title, targets=targets, signed_on=said_so.signed_on, level=said_so.level,
        basis=basis, entered_by=by.user, entered_at=at, demo=demo, terms=vector(title, targets, basis),
    )  # fmt: skip
    pledge.streets.set(said_so.streets)
    record(pledge, Verb.ENTER, "", Deed("", _sealed(pledge), by, at))
    return pledge


def _sealed(pledge: Pledge) -> dict[str, str]:
    """What it says, on a step that nobody can write over."""
    told = {name: getattr(pledge, name) for name in ("title", "targets", "level", "basis")}
    return {**told, "signed_on": pledge.signed_on.isoformat()}
