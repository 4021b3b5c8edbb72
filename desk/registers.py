"""The registers of admission as lists for a file: which columns, and what stands in them for each row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from admission.registers import REGISTERS, Asked, Asking
from desk.asking import read
from grids.standing import Standing
from people.drawn import page

Cell = str | int | datetime | date | None
DEPARTMENT, KIND, STREETS, STATE = _("Department"), _("Kind"), _("Streets"), _("Where it stands")
ALONG = {"applications": "opinions__street", "permits": "allotments__street", "pledges": "streets"}


@dataclass(frozen=True)
class Columns:
    """The headings of a register, and a row of it in their order."""

    heads: tuple[str | Promise, ...]
    cells: Callable[[Any], tuple[Cell, ...]]


def _named(streets: Any) -> str:
    return "、".join(street.name for street in streets)


COLUMNS = {
    "applications": Columns(
        (_("Matter"), DEPARTMENT, _("In the name of which body"), KIND, STREETS, _("From"), _("Last day"), STATE,
         _("Yuan a year, for all streets"), _("People or posts"), _("Basis")),
        lambda one: (
            one.matter, str(one.department), one.body, str(one.kind),
            _named(each.street for each in one.opinions.all()),
            one.since, one.until, one.get_state_display(), one.money, one.people, one.basis,
        ),
    ),
    "permits": Columns(
        (_("Number of the permit"), _("Matter"), DEPARTMENT, KIND, _("Streets, and yuan a year for each"), _("From"),
         _("Last day"), _("Revoked"), _("Why it was revoked")),
        lambda one: (
            one.number, one.application.matter, str(one.department), str(one.kind),
            "、".join(f"{each.street.name} {each.yuan}" for each in one.allotments.all()), one.since, one.until,
            one.revoked_on, one.reason,
        ),
    ),
    "tasks": Columns(
        (_("Task"), _("Permit"), DEPARTMENT, _("Street"), KIND, _("Last day on which it is done in time"), STATE,
         _("Flag and ruling"), _("Handed down")),
        lambda one: (
            one.title, one.permit.number, str(one.department), one.street.name, str(one.kind), one.due_on,
            one.get_state_display(), one.get_ruling_display(), one.handed_at,
        ),
    ),
    "pledges": Columns(
        (_("Pledge"), DEPARTMENT, STREETS, _("Signed on"), _("On whose word"), _("Basis"), STATE,
         _("What was decided, and why")),
        lambda one: (
            one.title, str(one.department), _named(one.streets.all()), one.signed_on, one.get_level_display(),
            one.basis, one.get_state_display(), one.reason,
        ),
    ),
    "attempts": Columns(
        (_("What was to be handed down"), DEPARTMENT, KIND, _("Who carries it now"), _("Who tried"),
         _("When")),
        lambda one: (one.matter, str(one.department), str(one.kind), one.carrier, one.by.name, one.at),
    ),
}  # fmt: skip


def asked_of(code: str, query: str, by: Standing, at: datetime) -> Asked:
    """Raises KeyError where there is no such register."""
    return Asked(REGISTERS[code], read(query), Asking(by, at))


def address_of(code: str, query: str) -> str:
    return f"{page(f'admission:{code}', settings.ROOT_URLCONF)}?{query}"


def rows_of(asked: Asked, most: int, at_a_time: int) -> Iterator[list[tuple[Cell, ...]]]:
    """The same rows as the page has, in its order, so many at once."""
    rows = asked.rows()
    code = asked.register.code
    rows = rows.prefetch_related(ALONG[code]) if code in ALONG else rows
    found: list[tuple[Cell, ...]] = []
    for one in rows[:most].iterator(chunk_size=at_a_time):
        found.append(COLUMNS[code].cells(one))
        if len(found) == at_a_time:
            yield found
            found = []
    if found:
        yield found
