"""The picker of situations for whoever stands in the street: what is common there, groups by picture, and a search."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import get_language

from accountability.duties import version_on
from accountability.models import Situation, SituationGroup
from accountability.situations import Search, of_list, search
from accountability.worktime import LOCAL
from cases.common import common_at
from grids.standing import LOOKING, Standing

LONGEST = 40
# Where a district has sorted nothing.
OTHERS = SituationGroup(code="others", name="其他", name_en="Others", icon="dots", order=999)


@dataclass(frozen=True)
class Group:
    """A tile, and the situations behind it."""

    name: str
    icon: str
    situations: list[Situation]


@dataclass(frozen=True)
class Picker:
    """What the page offers, and what of it is chosen already or was found by words."""

    chosen: Situation | None
    common: list[Situation]
    groups: list[Group]
    asked: str = ""
    found: Search | None = None


def offered(at: datetime) -> QuerySet[Situation]:
    """Situations of the items that the list in force holds."""
    return of_list(version_on(localdate(at, LOCAL)))


def picker(by: Standing, at: datetime, chosen: str = "", asked: str | None = None) -> Picker:
    """Everything in a fixed number of statements, so that choosing needs no network once the page is there."""
    rows = list(offered(at).select_related("group"))
    known = {one.pk: one for one in rows}
    often = [known[key] for key in common_at(places_of(by), at) if key in known]
    found = search(asked, offered(at)) if asked is not None else None
    return Picker(
        next((one for one in rows if one.code == chosen), None), often, _groups(rows), asked or "", found
    )  # fmt: skip


def places_of(by: Standing) -> set[str]:
    """Where this person goes and looks."""
    return {code for role, code in by.posts if role in LOOKING}


def _groups(rows: list[Situation]) -> list[Group]:
    """In the order of the tiles; what has no group stands under the last one."""
    behind: dict[str, list[Situation]] = {}
    for one in sorted(rows, key=lambda row: ((row.group or OTHERS).order, row.code)):
        behind.setdefault((one.group or OTHERS).code, []).append(one)
    tiles = ((some[0].group or OTHERS, some) for some in behind.values())
    return [Group(_name(group), group.icon, some) for group, some in tiles]


def _name(group: SituationGroup) -> str:
    return group.name_en if get_language() == "en" else group.name
