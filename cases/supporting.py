"""What another list would do to those who support: units that would be called beside the lead, or no more."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q

from accountability.models import Duty, ListVersion
from cases.impact import PAST, Counted, Lead, leads, weighed
from cases.models.case import OPEN
from cases.querysets import CaseQuerySet

WAYS = ("joins", "leaves")
Changed = Mapping[int, tuple[frozenset[int], frozenset[int]]]  # of each item: who would join, who would leave


@dataclass
class Support:
    """Cases that a unit would be called to support as well, or no more; by the ids of units."""

    items: int = 0
    joins: dict[int, Counted] = field(default_factory=lambda: defaultdict(Counted))
    leaves: dict[int, Counted] = field(default_factory=lambda: defaultdict(Counted))


def supports(version: ListVersion | None, leading: Mapping[int, Lead]) -> dict[int, set[int]]:
    """Of each item the named units that are called beside whoever leads; one query."""
    found: dict[int, set[int]] = defaultdict(set)
    if version is None:
        return found
    rows = Duty.objects.filter(item_version__version=version, unit__isnull=False)
    for item, unit in rows.values_list("item_version__item", "unit").distinct():
        if unit != leading.get(item):
            found[item].add(unit)
    return found


def changed(before: ListVersion | None, after: ListVersion) -> Changed:
    """The items to which other units would be called in support. Who leads in place of supporting leaves nothing:
    the count of leads says so."""
    led, leading = leads(before), leads(after)
    was, now = supports(before, led), supports(after, leading)
    pairs = {}
    for item in was.keys() | now.keys():
        joins = now.get(item, set()) - was.get(item, set()) - {led.get(item)}
        leaves = was.get(item, set()) - now.get(item, set()) - {leading.get(item)}
        if joins or leaves:
            pairs[item] = (frozenset(joins), frozenset(leaves))
    return pairs


def counted(items: Changed, at: datetime) -> Support:
    """The counts, by one statement over the cases under these items."""
    told = Support(items=len(items))
    numbers = {"open": Count("pk", filter=OPEN), "past": Count("pk", filter=Q(opened_at__gte=at - PAST))}
    for row in weighed(items, at).values("item").annotate(**numbers).order_by():
        joins, leaves = items[row["item"]]
        for units, into in ((joins, told.joins), (leaves, told.leaves)):
            for unit in units:
                into[unit].add(Counted(row["open"], row["past"]))
    return told


def behind(items: Changed, at: datetime, *, of: str, way: str, unit: int | None) -> CaseQuerySet:
    """The cases behind one count: open ones or those of the last 365 days, that a unit joins or leaves."""
    side = WAYS.index(way)
    under = [item for item, pair in items.items() if unit in pair[side]]
    rows = weighed(under, at)
    found: CaseQuerySet = rows.filter(OPEN if of == "open" else Q(opened_at__gte=at - PAST))
    return found
