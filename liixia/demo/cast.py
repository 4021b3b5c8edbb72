"""The demo's people with their standings, found once and asked many times."""

import random
from datetime import datetime
from functools import cached_property

from accountability.calendars import current
from accountability.models import Category, Item, Limit, Situation
from accountability.worktime import WorkCalendar
from cases.models import Summons
from grids.models import Area, AreaKind, Posting, Station
from grids.standing import ANSWERING, LEADING, Standing, standing_of
from people.models import Role, Unit, UnitRole, User


class Crew:
    """Who acts where, as of one moment."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._standings: dict[int, Standing] = {}
        posts = Posting.objects.current(at).filter(user__demo=True).select_related("user", "area").order_by("pk")
        self.by_place: dict[tuple[str, str], list[User]] = {}
        for post in posts:
            self.by_place.setdefault((post.role, post.area.code), []).append(post.user)
        seats = (
            UnitRole.objects.current(at)
            .filter(user__demo=True, role__in=ANSWERING)
            .select_related("user")
            .order_by("pk")
        )
        self.by_unit: dict[int, User] = {}
        self.people: dict[int, list[User]] = {}
        self.leaders: dict[int, User] = {}
        for seat in seats:
            self.by_unit.setdefault(seat.unit_id, seat.user)
            mine = self.people.setdefault(seat.unit_id, [])
            if seat.user not in mine:
                mine.append(seat.user)
            if seat.role in LEADING:
                self.leaders.setdefault(seat.unit_id, seat.user)
        self.responders = {seat.unit_id for seat in seats if seat.role == Role.RESPONDER}
        self.stations: dict[str, list[Unit]] = {}
        for station in Station.objects.select_related("unit__station__street", "street").order_by("pk"):
            self.stations.setdefault(station.street.code, []).append(station.unit)

    def standing(self, user: User) -> Standing:
        if user.pk not in self._standings:
            self._standings[user.pk] = standing_of(user, self.at)
        return self._standings[user.pk]

    def leader(self, unit_id: int) -> User:
        """Who gives work out in the unit."""
        return self.leaders.get(unit_id) or self.by_unit[unit_id]

    def at_place(self, role: str, code: str, which: int = 0) -> Standing:
        people = self.by_place[(role, code)]
        return self.standing(people[which % len(people)])

    @cached_property
    def calendar(self) -> WorkCalendar:
        return current()

    @cached_property
    def grids(self) -> list[Area]:
        return list(
            Area.objects.filter(kind=AreaKind.GRID).defer("outline", "parent__outline").select_related("parent")
        )

    @cached_property
    def categories(self) -> dict[str, Category]:
        return {category.code: category for category in Category.objects.all()}

    @cached_property
    def items(self) -> dict[str, Item]:
        return {item.code: item for item in Item.objects.all()}

    @cached_property
    def situations(self) -> dict[str, Situation]:
        """Of each item the first situation; none whose replies come in parts, of which a play knows nothing."""
        whole = Situation.objects.exclude(pk__in=Limit.objects.exclude(milestone="").values("situation"))
        return {one.item.code: one for one in whole.select_related("item").order_by("-code")}

    @cached_property
    def fallback_unit(self) -> Unit:
        return Unit.objects.filter(pk__in=self.responders, commanded=True).order_by("code")[0]

    @cached_property
    def clerk(self) -> Standing:
        return self.at_place(Role.CLERK, self.grids[0].code[:6])

    @cached_property
    def other_clerk(self) -> Standing:
        """Who asks again where an answer is doubted."""
        return self.at_place(Role.CLERK, self.grids[0].code[:6], 1)

    @cached_property
    def desk(self) -> Standing:
        return self.at_place(Role.DISTRICT_DESK, self.grids[0].code[:6])

    @cached_property
    def supervisor(self) -> Standing:
        """Who issues orders and judges their answers."""
        return self.at_place(Role.INSPECTOR, self.grids[0].code[:6])

    def dispatcher(self, grid: Area) -> Standing:
        return self.at_place(Role.DISPATCHER, grid.code[:9])

    def street_leader(self, grid: Area) -> Standing:
        return self.at_place(Role.STREET_LEADER, grid.code[:9])

    def worker(self, grid: Area) -> Standing:
        return self.at_place(Role.GRID_WORKER, grid.code)

    def inspector(self, grid: Area) -> Standing:
        """The community, which never handles what the demo's grid workers settle."""
        return self.at_place(Role.COMMUNITY, grid.code[:12])

    def station(self, grid: Area, rng: random.Random) -> Unit:
        return rng.choice(self.stations[grid.code[:9]])

    def answering(self, call: Summons) -> Standing:
        return self.standing(call.worker or self.by_unit[call.unit_id])
