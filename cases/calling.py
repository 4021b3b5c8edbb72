"""Decides whether a whistle goes to the units at once, or waits for the district desk."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accountability.models import Duty, Item, ListVersion, Urgency
from cases.days import STREET_CODE
from cases.models import Answer, Summons, WhistleKind
from cases.moves import MoveRefused
from people.models import Unit, UnitKind


@dataclass(frozen=True)
class Call:
    """A unit to be called: to lead or to support, by which duty, or else for which reason."""

    unit: Unit
    leads: bool
    duty: Duty | None = None
    reason: str = ""


def comes_for(unit: Unit, named: Collection[int], place_code: str) -> int:
    """The key of the unit by whose duty this one is called: its own, or its department's, which the list names, where
    it is stationed in the street of this place (1+5+N)."""
    own, department = int(unit.pk), unit.parent_id
    if own in named or department is None or department not in named or unit.kind != UnitKind.STATION:
        return own
    stationed = getattr(unit, "station", None)
    return department if stationed and place_code.startswith(stationed.street.code) else own


def stations_of(departments: Iterable[int], place_code: str) -> dict[int, Unit]:
    """The stations of these departments in the street of this place, by the key of the department."""
    rows = Unit.objects.filter(kind=UnitKind.STATION, parent__in=list(departments))
    here = rows.filter(station__street__code=place_code[:STREET_CODE])
    return {unit.parent_id: unit for unit in here if unit.parent_id is not None}


def why_wait(
    calls: Sequence[Call], duties: Sequence[Duty], before: Iterable[Summons] = (), *, place_code: str = ""
) -> str:
    """The code of the reason for which the district desk must decide; "" when the whistle goes out at once.

    Where a unit was called to lead `before`, whoever is called now supports it.
    """
    leads = {duty.unit_id for duty in duties if duty.kind == "lead" and duty.unit_id}
    named = {duty.unit_id for duty in duties if duty.unit_id}
    if not leads:
        return "no_item"
    by = [comes_for(call.unit, named, place_code) for call in calls]
    if not named.issuperset(by):
        return "off_list"
    if any(not call.unit.commanded for call in calls):
        return "outside_district"
    led = any(called.leads and called.whistle_id and called.state != Answer.RELEASED for called in before)
    return "" if led or any(call.leads and key in leads for call, key in zip(calls, by, strict=True)) else "other_lead"


def urgency_of(kind: str, urgency: str) -> str:
    """An emergency (应急处置) is urgent at least, whatever it was accepted as; no whistle makes a case less urgent."""
    pressing = urgency in (Urgency.URGENT, Urgency.EXTREME)
    return Urgency.URGENT if kind == WhistleKind.EMERGENCY and not pressing else urgency


def check_calls(calls: Sequence[Call], before: Iterable[Summons]) -> None:
    """Exactly one unit leads, nobody is called twice, and a unit off the list is called for a stated reason."""
    called = [summons for summons in before if summons.whistle_id and summons.state != Answer.RELEASED]
    if sum(call.leads for call in calls) + sum(summons.leads for summons in called) != 1:
        raise MoveRefused(_("Choose exactly one unit to lead."), code="no_lead")
    units = [call.unit.pk for call in calls] + [summons.unit_id for summons in called]
    if len(set(units)) != len(units):
        raise MoveRefused(_("A unit is named twice or is called already. Keep it once."), code="called_twice")
    bare = [str(call.unit) for call in calls if call.duty is None and not call.reason.strip()]
    if bare:
        raise MoveRefused(
            _("The list does not name %(units)s for this. Say why they are called."),
            code="reason_missing",
            params={"units": "、".join(bare)},
        )


def check_listed(item: Item | None, version: ListVersion | None) -> None:
    """An item counts only as it stands in the case's own version of the list."""
    if item is not None and (version is None or not version.items.filter(item=item).exists()):
        raise MoveRefused(
            _("%(item)s was not on the list in force on that day. Choose another item or none."),
            code="item_not_in_force",
            params={"item": item.code},
        )
