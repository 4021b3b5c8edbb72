"""Reads the responsibility list: which version counts on a day, what it says of an item, and who is called for it."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.timezone import localdate

from accountability.models import Duty, DutyKind, Item, ListKind, ListVersion
from accountability.worktime import LOCAL
from audit.kept import Kept
from people.models import Unit


class Party(NamedTuple):
    """A unit that the list names for an item: does it lead, and by which duty."""

    unit: Unit
    leads: bool
    duty: Duty


def version_on(day: date) -> ListVersion | None:
    """The version in force on this local day; nothing before the first one."""
    return next(iter(_standing(day=day)), None)


@Kept
def _standing(day: date) -> QuerySet[ListVersion]:
    return ListVersion.objects.standing(day)[:1]


def latest(kind: ListKind) -> ListVersion | None:
    """The last version of a list that has a number: what a draft starts from, and what the next version ends."""
    return ListVersion.objects.numbered().filter(kind=kind).order_by("-number").first()


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
