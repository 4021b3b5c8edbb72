"""What another list would do to cases: which would go to another unit, counted by unit and by street, and which.

A running case keeps the version under which it was accepted; this says where such cases would go from now on.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, Q

from accountability.models import Duty, DutyKind, ListVersion
from cases.models import Case
from cases.models.case import OPEN
from cases.querysets import WITHHELD, CaseQuerySet

STREET = 0  # in the place of a unit: the street office of the place
PAST = timedelta(days=365)
OF = ("open", "past")
WAYS = ("to", "from")
Lead = int | None  # the id of a unit, STREET, or nobody


@dataclass
class Counted:
    """Open cases, and cases of the last 365 days in whatever state."""

    open: int = 0
    past: int = 0

    def add(self, other: "Counted") -> None:
        self.open += other.open
        self.past += other.past


@dataclass
class Effect:
    """Who would get cases, who would give them up, and in which street; by the ids of units and of street offices."""

    items: int = 0
    whole: Counted = field(default_factory=Counted)
    to: dict[int, Counted] = field(default_factory=lambda: defaultdict(Counted))
    source: dict[int, Counted] = field(default_factory=lambda: defaultdict(Counted))
    streets: dict[int, Counted] = field(default_factory=lambda: defaultdict(Counted))


def leads(version: ListVersion | None) -> dict[int, Lead]:
    """Of each item by its id who is called to lead, as `accountability.duties.calls_for` says; one query."""
    found: dict[int, Lead] = {}
    if version is None:
        return found
    rows = Duty.objects.filter(item_version__version=version, kind=DutyKind.LEAD).order_by("order", "pk")
    for item, party, unit in rows.values_list("item_version__item", "party", "unit"):
        who = STREET if party == Duty.Party.STREET else unit
        if who is not None:
            found.setdefault(item, who)
    return found


def moved(before: ListVersion | None, after: ListVersion) -> dict[int, tuple[Lead, Lead]]:
    """The items for which somebody else would lead: who does, and who would."""
    was, now = leads(before), leads(after)
    return {item: (was.get(item), now.get(item)) for item in was.keys() | now.keys() if was.get(item) != now.get(item)}


def effect(items: Mapping[int, tuple[Lead, Lead]], at: datetime) -> Effect:
    """The counts, by one statement over the cases under these items."""
    told = Effect(items=len(items))
    rows = weighed(items, at).values("item", "office").annotate(
        open=Count("pk", filter=OPEN), past=Count("pk", filter=Q(opened_at__gte=at - PAST))
    )  # fmt: skip
    for row in rows.order_by():
        source, target = (row["office"] if who == STREET else who for who in items[row["item"]])
        if source == target:
            continue
        count = Counted(row["open"], row["past"])
        told.whole.add(count)
        told.streets[row["office"]].add(count)
        if target is not None:
            told.to[target].add(count)
        if source is not None:
            told.source[source].add(count)
    return told


def weighed(items: Iterable[int], at: datetime) -> CaseQuerySet:
    """The cases that are asked: under these items, open or of the last 365 days. What is withheld is not counted."""
    recent: CaseQuerySet = Case.objects.filter(OPEN | Q(opened_at__gte=at - PAST), item__in=list(items))
    return recent.exclude(state=WITHHELD)


def behind(
    items: Mapping[int, tuple[Lead, Lead]], at: datetime, *, of: str = "open", way: str = "", unit: int | None = None,
    street: int | None = None,
) -> CaseQuerySet:  # fmt: skip
    """The cases behind one count: open ones or those of the last 365 days; that go to or from a unit; of one street."""
    rows = weighed(items, at).filter(OPEN if of == "open" else Q(opened_at__gte=at - PAST))
    pairs: dict[tuple[Lead, Lead], list[int]] = defaultdict(list)
    for item, pair in items.items():
        pairs[pair].append(item)
    parts = [_going(pair, under, way, unit) for pair, under in pairs.items()]
    rows = rows.filter(reduce(or_, parts, Q(pk__in=[])))
    return rows.filter(office=street) if street is not None else rows


def _going(pair: tuple[Lead, Lead], under: list[int], way: str, unit: int | None) -> Q:
    """Of the cases under items that go the same way, those that really change hands, and that end at this unit."""
    source, target = pair
    going = Q(item__in=under)
    if source == STREET and target:
        going &= ~Q(office=target)
    if target == STREET and source:
        going &= ~Q(office=source)
    if not way:
        return going
    end = target if way == "to" else source
    if end == STREET:
        return going & Q(office=unit)
    return going if end == unit else Q(pk__in=[])
