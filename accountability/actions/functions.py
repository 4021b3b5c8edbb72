"""A reviewed change of the functions becomes a version of its own, on its day."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from accountability.catalogue import in_force, rows_of, seal
from accountability.models import Function, FunctionList
from audit.actions import note
from audit.models import Event
from changes.models import Change
from people.models import Unit


@transaction.atomic
def publish_functions(change: Change, rows: list[dict[str, Any]], *, at: datetime) -> FunctionList:
    """What is in force without the rows that the change starts from, and with these in their place."""
    base = in_force(change.in_force_from)
    gone = {row["code"] for row in change.before["functions"]}
    kept = [row for row in rows_of(base) if row["code"] not in gone]
    version = _version(change, base)
    units = dict(Unit.objects.values_list("code", "pk"))
    Function.objects.bulk_create(_function(row, version, units) for row in (*kept, *rows))
    seal(version)
    note(Event.LIST_CHANGED, by=change.decided_by, subject=("functions", version.number), reason=version.label)
    return version


def _version(change: Change, base: FunctionList | None) -> FunctionList:
    number = (FunctionList.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    told = {"number": number, "day": change.in_force_from.isoformat()}
    with translation.override(settings.LANGUAGE_CODE):
        label = _("Functions, version %(number)s, in force from %(day)s") % told
    return FunctionList.objects.create(
        number=number, label=label, in_force_from=change.in_force_from, basis=change.basis, change=change,
        reference=bool(base and base.reference),
    )  # fmt: skip


def _function(row: dict[str, Any], version: FunctionList, units: dict[str, int]) -> Function:
    said = {name: value for name, value in row.items() if name not in ("unit", "time_unit")}
    return Function(version=version, unit_id=units.get(row["unit"] or ""), time_unit=row["time_unit"] or "", **said)
