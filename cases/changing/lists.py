"""The list by reviewed change: a draft that several people wrote becomes the version in force from a day on.

The draft has pages of its own (`desk/views/listdrafts.py`); a change names it by its id and by the digest of all that
it says. A roll-back names a version that was in force, and puts a copy of it in force again.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.actions import publish
from accountability.changing.posts import LIST_DECIDING, LISTING, WHY_LISTED
from accountability.duties import latest
from accountability.listing import ROWS, check_to_come, kind_named, named, version_named
from accountability.models import ListKind, ListVersion
from cases.impact import behind, effect, moved
from changes.kinds import Column, Holder, Impact, Rows, Table, Touched
from people.models import Unit

NAME = gettext_lazy("Responsibility list")
TONGUE = "zh-Hans"
WHY = WHY_LISTED
AT_ONCE = False
ASKS: dict[str, str] = {}
MODELS = ("accountability.ListVersion", "accountability.ItemVersion", "accountability.Duty")
SHOWN = 3


def _hands(change: Any) -> list[int]:
    """Everybody who wrote at the draft."""
    return list(ListVersion.editors.through.objects.filter(listversion__change=change).values_list("user", flat=True))


DRAFTS, DECIDES = LISTING, replace(LIST_DECIDING, hands=_hands)
TABLES = (Table(ROWS, NAME, ("version",), (Column("version", NAME, "kept"), Column("digest", NAME, "kept"))),)


def subjects(by: Holder, at: datetime) -> list[tuple[str, str]]:
    return [(kind.code, kind.name) for kind in ListKind.objects.all()]


def label(subject: str) -> str:
    return kind_named(subject).name


def tables(subject: str) -> tuple[Table, ...]:
    return TABLES


def read(subject: str, at: datetime) -> Rows:
    return named(latest(kind_named(subject)))


def check(subject: str, before: Rows, after: Rows, day: Any, at: datetime) -> None:
    check_to_come(kind_named(subject), before, after, day)


def impact(subject: str, before: Rows, after: Rows, day: Any, at: datetime) -> Impact:
    """Which cases would go to another unit, unit by unit; the page of the draft has all of them."""
    items = moved(version_named(before) if before[ROWS] else None, version_named(after))
    told = effect(items, at)
    names = dict(Unit.objects.filter(pk__in=list(told.to)).values_list("pk", "short_name"))
    said = [
        _("Cases keep the version under which they were accepted. No case changes hands by this."),
        _("Items that another unit would lead: %(items)s; open cases: %(open)s, of the last 365 days: %(past)s.")
        % {"items": told.items, "open": told.whole.open, "past": told.whole.past},
    ]
    ranked = sorted(told.to.items(), key=lambda pair: (-pair[1].past, -pair[1].open, names[pair[0]]))
    touched = [
        Touched(
            _("Cases of the last 365 days that would come to it"),
            names[unit],
            count.past,
            [("case", pk) for pk in _first(items, at, unit)],
        )
        for unit, count in ranked
    ]
    return Impact(lines=said, touched=touched)


def _first(items: Any, at: datetime, unit: int) -> list[int]:
    rows = behind(items, at, of="past", way="to", unit=unit)
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:SHOWN])


def apply(change: Any, at: datetime) -> None:
    publish(change, at=at)
