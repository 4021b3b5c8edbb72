"""Whom a journey needs: the demo's people of one place, and an item of the list that names three units."""

from dataclasses import dataclass

from django.utils.timezone import localdate

from accountability.duties import calls_for, version_on
from accountability.models import Item, ItemVersion
from audit import clock
from grids.models import Area, AreaKind, Posting
from people.models import Role, Unit, UnitRole, User


@dataclass(frozen=True)
class Place:
    """A community and the people around it."""

    community: Area

    @property
    def street(self) -> Area:
        return self.community.parent

    def one(self, role: str, code: str = "") -> User:
        """Whoever is posted in this role to the place, or to the area with this code."""
        posts = Posting.objects.filter(role=role, area__code__startswith=code or self.community.code)
        return posts.select_related("user__unit").order_by("pk").first().user

    @property
    def dispatcher(self) -> User:
        return self.one(Role.DISPATCHER, self.street.code)

    @property
    def leader(self) -> User:
        return self.one(Role.STREET_LEADER, self.street.code)

    @property
    def worker(self) -> User:
        return self.one(Role.GRID_WORKER)


def place() -> Place:
    """The first community in whose grids somebody serves."""
    served = Posting.objects.filter(role=Role.GRID_WORKER).order_by("area__code").values_list("area__parent", flat=True)
    return Place(Area.objects.select_related("parent__office").get(pk=served[0], kind=AreaKind.COMMUNITY))


def seated(role: str) -> User:
    """The district's own: the desk, the hotline, the supervision."""
    return User.objects.filter(postings__role=role, postings__area__kind=AreaKind.DISTRICT).order_by("pk").first()


def answers_for(unit: Unit) -> User:
    return UnitRole.objects.filter(role=Role.RESPONDER, unit=unit).select_related("user").order_by("pk")[0].user


def two_of(unit: Unit) -> list[User]:
    """The first two who answer for the unit."""
    seats = UnitRole.objects.filter(role=Role.RESPONDER, unit=unit).select_related("user").order_by("pk")[:2]
    return [seat.user for seat in seats]


def item_of_three(office: Unit) -> tuple[Item, list[Unit]]:
    """An item whose three units are all under the district's command by today's list, the leading one first."""
    version = version_on(localdate(clock.now()))
    for said in ItemVersion.objects.filter(version=version).select_related("item").order_by("item__code"):
        parties = sorted(calls_for(said.item, version, office), key=lambda party: not party.leads)
        units = [party.unit for party in parties]
        if len(units) == 3 and parties[0].leads and office not in units and all(unit.commanded for unit in units):
            return said.item, units
    raise LookupError("the list names three units of the district nowhere")
