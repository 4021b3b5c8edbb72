"""Reads the responsibility list: which version counts on a day, what it says of an item, and who is called for it."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.timezone import localdate

from accountability.models import Duty, DutyKind, Item, ItemVersion, ListVersion
from accountability.worktime import LOCAL
from people.models import Unit


class Party(NamedTuple):
    """A unit that the list names for an item: does it lead, and by which duty."""

    unit: Unit
    leads: bool
    duty: Duty


def version_on(day: date) -> ListVersion | None:
    """The version in force on this local day; nothing before the first one."""
    found: ListVersion | None = ListVersion.objects.in_force(day)
    return found


def next_day(at: datetime) -> date:
    """The local day on which a change made now comes into force."""
    return localdate(at, LOCAL) + timedelta(days=1)


def duty_texts(item: Item, version: ListVersion | None) -> list[Duty]:
    """Every duty under the item, leading ones first, word for word; one query."""
    if version is None:
        return []
    rows = Duty.objects.filter(item_version__item=item, item_version__version=version).select_related("unit")
    return list(rows.order_by("kind", "order", "pk"))


def calls_for(item: Item, version: ListVersion | None, street_office: Unit) -> list[Party]:
    """Who is called: the first to lead leads, every other named unit supports.

    The street office is called only where it leads itself: it has the case already. Other parties are text.
    """
    called: dict[int, Party] = {}
    for duty in duty_texts(item, version):
        leads = duty.kind == DutyKind.LEAD and not any(party.leads for party in called.values())
        unit = street_office if leads and duty.party == Duty.Party.STREET else duty.unit
        if unit:
            called.setdefault(unit.pk, Party(unit, leads, duty))
    return list(called.values())


def to_edit(item: Item, at: datetime) -> ItemVersion | None:
    """What the item says from tomorrow as things stand: what an editor changes, and what a second edit adds to."""
    version = version_on(next_day(at))
    return ItemVersion.objects.filter(item=item, version=version).select_related("version").first()


def stamp(duties: Iterable[Duty]) -> str:
    """A short mark of what these duties say, to tell whether somebody has changed them meanwhile."""
    said = [(str(duty.kind), duty.unit_id or (str(duty.party), duty.party_name), duty.text) for duty in duties]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]
