"""The sign-in page's facts: how many streets, grids and items there are, the district's shape, the demo accounts."""

import math
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import shapely
from django.core.cache import cache
from django.db.models import Count, Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability.models import Item
from grids.models import Area, AreaKind, Posting
from people.models import Role, UnitRole, User

WIDTH = 360
COARSE = 1.5

# What each demo account shows, beside its icon.
SHOWS: dict[str, tuple[str, Promise]] = {
    Role.CLERK: ("headset", _("Takes calls, writes reports, calls back")),
    Role.GRID_WORKER: ("map-pin", _("Phone pages: photo, report, inspect")),
    Role.COMMUNITY: ("home", _("Inspects and follows the community's cases")),
    Role.SPECIALIST: ("users", _("Carries the community's cases on")),
    Role.DISPATCHER: ("flag", _("Accepts, first action, whistles")),
    Role.STREET_LEADER: ("circle-check", _("Sees the whole street, decides")),
    Role.STATION: ("shield-lock", _("Signs, arrives, replies within a street")),
    Role.RESPONDER: ("building-community", _("Signs, contacts, arrives, replies")),
    Role.DEPT_LEADER: ("building-bank", _("Sees all summonses of the department")),
    Role.DISTRICT_DESK: ("speakerphone", _("Sends out whistles, names units, closes")),
    Role.DISTRICT_LEADER: ("chart-bar", _("Sees the whole district")),
    Role.INSPECTOR: ("eye", _("Supervises, sees every clock")),
    Role.ESTABLISHMENT: ("book-2", _("Keeps the responsibility list")),
    Role.LEGAL: ("gavel", _("Reads cases for their legal basis")),
    Role.ASSESSOR: ("scale", _("Reads marks and their rows")),
    Role.SYSTEM_ADMIN: ("refresh", _("Keeps the system running")),
    Role.SECURITY_ADMIN: ("key", _("Gives accounts and roles")),
    Role.AUDIT_ADMIN: ("list-details", _("Reads what was done and seen")),
}


@dataclass(frozen=True)
class Account:
    """A made-up person who can be signed in as with one press."""

    username: str
    name: str
    place: str


@dataclass
class Card:
    """A role with its demo accounts; the first is the one shown large."""

    role: str
    icon: str
    shows: Promise
    accounts: list[Account] = field(default_factory=list)

    @property
    def first(self) -> Account:
        return self.accounts[0]

    @property
    def others(self) -> list[Account]:
        return self.accounts[1:]


class Door:
    """Everything here is public: counts, a shape, and people who do not exist."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    @cached_property
    def areas(self) -> dict[str, int]:
        counted = Area.objects.order_by().values_list("kind").annotate(Count("id"))
        return dict(counted)

    @cached_property
    def items(self) -> int:
        return Item.objects.count()

    @cached_property
    def shape(self) -> dict | None:
        streets = Area.objects.filter(kind=AreaKind.STREET).exclude(outline="")
        newest = streets.aggregate(last=Max("id"), number=Count("id"))
        if not newest["number"]:
            return None
        key = f"door-shape-{newest['last']}-{newest['number']}"
        return cache.get_or_set(key, lambda: drawn(list(streets.values_list("outline", flat=True))), 600)

    @cached_property
    def cards(self) -> list[Card]:
        cards = {role: Card(Role(role).label, icon, shows) for role, (icon, shows) in SHOWS.items()}
        seen = set()
        for role, user, place in self._posts():
            if role in cards and (role, user.pk) not in seen:
                seen.add((role, user.pk))
                cards[role].accounts.append(Account(user.username, user.name, place))
        return [card for card in cards.values() if card.accounts]

    def _posts(self) -> list[tuple[str, User, str]]:
        people = {"user__demo": True, "user__is_active": True}
        posts = (
            Posting.objects.current(self.at)
            .filter(**people)
            .select_related("user", "area")
            .order_by("area__code", "pk")
        )
        seats = (
            UnitRole.objects.current(self.at)
            .filter(**people)
            .select_related("user", "unit")
            .order_by("unit__code", "pk")
        )
        placed = [(post.role, post.user, post.area.name) for post in posts]
        return placed + [(seat.role, seat.user, seat.unit.short_name) for seat in seats]


def drawn(outlines: list[str]) -> dict:
    """The streets' outlines as one SVG path, north up, as wide as the page has room for."""
    shapes = shapely.from_wkt(outlines)
    west, south, east, north = shapely.total_bounds(shapes)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * squeeze)

    def placed(xy):
        return (xy - (west, north)) * (scale * squeeze, -scale)

    rings = [ring for shape in shapely.simplify(shapely.transform(shapes, placed), COARSE) for ring in _rings(shape)]
    path = " ".join("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in ring) + "z" for ring in rings)
    return {"path": path, "width": WIDTH, "height": round((north - south) * scale)}


def _rings(shape: shapely.Geometry) -> list[list[tuple[float, float]]]:
    return [list(part.exterior.coords) for part in shapely.get_parts(shape)]
