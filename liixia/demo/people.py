"""Made-up people: an account for every role, in every street, station and department that the list names."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Count
from django.utils.crypto import get_random_string

from accountability.models import Duty
from grids.models import Area, AreaKind, Posting, Station
from people.models import Role, Seat, Unit, UnitKind, UnitRole, User

FAMILY = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹喻柏苏潘葛范彭鲁韦马苗方俞任袁柳史唐薛雷贺倪汤"
)
GIVEN = "安邦晨栋恩帆歌禾嘉楷岚铭楠鹏清然书桐文溪贤逸泽知"
WORKS_SINCE = timedelta(days=400)
# One person in the seat that a role has; the unit by its code in the register, or by its seat.
DISTRICT_POSTS = {
    Role.DISTRICT_DESK: Seat.DESK,
    Role.CLERK: Seat.HOTLINE,
    Role.INSPECTOR: Seat.SUPERVISION,
    Role.DISTRICT_LEADER: "",
    Role.ASSESSOR: "",
}
DISTRICT_SEATS = (Role.ESTABLISHMENT, Role.LEGAL, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
# So many departments, those that the list names most often, have three people each.
SEVERAL = 6
UNIT_WORDS = {Role.ESTABLISHMENT: "编办", Role.LEGAL: "司法"}


@dataclass
class Cast:
    """People to be made, with their postings and roles, so that three inserts make them all."""

    rng: random.Random
    since: datetime
    secret: str
    users: list[User] = field(default_factory=list)
    posts: list[tuple[User, str, Area]] = field(default_factory=list)
    seats: list[tuple[User, str, Unit]] = field(default_factory=list)

    def person(self, username: str, unit: Unit | None = None) -> User:
        name = self.rng.choice(FAMILY) + "".join(self.rng.sample(GIVEN, self.rng.choice((1, 2, 2))))
        user = User(username=username, name=name, unit=unit, demo=True, password=self.secret)
        self.users.append(user)
        return user

    @cached_property
    def district(self) -> Area:
        return Area.objects.get(kind=AreaKind.DISTRICT)

    def write(self) -> None:
        User.objects.bulk_create(self.users)
        Posting.objects.bulk_create(
            Posting(user=user, role=role, area=area, since=self.since) for user, role, area in self.posts
        )
        UnitRole.objects.bulk_create(
            UnitRole(user=user, role=role, unit=unit, since=self.since) for user, role, unit in self.seats
        )


@transaction.atomic
def make_people(*, at: datetime, seed: int) -> int:
    """Everybody at once; nothing when they are there already. They share one password that nobody knows."""
    if User.objects.filter(demo=True).exists():
        return 0
    cast = Cast(random.Random(seed), at - WORKS_SINCE, make_password(get_random_string(40)))
    _district_people(cast)
    _street_people(cast)
    _ground_people(cast)
    _unit_people(cast)
    cast.rng = random.Random(f"{seed}:colleagues")  # whoever was there before keeps their name
    _colleagues(cast)
    cast.write()
    return len(cast.users)


def _district_people(cast: Cast) -> None:
    seats = {unit.seat: unit for unit in Unit.objects.exclude(seat="")}
    for role, seat in DISTRICT_POSTS.items():
        for number in range(1, 3 if seat else 2):
            user = cast.person(f"demo-{role}-{number}", seats.get(seat))
            cast.posts.append((user, role, cast.district))
    for role in DISTRICT_SEATS:
        word = UNIT_WORDS.get(role, "编办")
        unit = Unit.objects.filter(short_name__contains=word).first() or seats[Seat.DESK]
        cast.seats.append((cast.person(f"demo-{role}", unit), role, unit))


def _street_people(cast: Cast) -> None:
    for street in Area.objects.filter(kind=AreaKind.STREET).select_related("office"):
        for role in (Role.DISPATCHER, Role.STREET_LEADER):
            user = cast.person(f"demo-{role}-{street.code[6:]}", street.office)
            cast.posts.append((user, role, street))
            cast.seats.append((user, role, street.office))
        _specialist(cast, street)


def _specialist(cast: Cast, street: Area) -> None:
    """One leader of the street who also serves as 社区专员 of a community or two."""
    user = cast.person(f"demo-specialist-{street.code[6:]}", street.office)
    for community in Area.objects.under(street.code).filter(kind=AreaKind.COMMUNITY)[:2]:
        cast.posts.append((user, Role.SPECIALIST, community))


def _ground_people(cast: Cast) -> None:
    """A community worker per community, and grid workers with some grids each (多格一员)."""
    grids: dict[int, list[Area]] = {}
    for grid in Area.objects.filter(kind=AreaKind.GRID):
        grids.setdefault(grid.parent_id, []).append(grid)
    for community in Area.objects.filter(kind=AreaKind.COMMUNITY):
        cast.posts.append((cast.person(f"demo-community-{community.code[6:]}"), Role.COMMUNITY, community))
        mine = grids.get(community.pk, [])
        for number in range(2):
            user = cast.person(f"demo-grid-{community.code[6:]}-{number + 1}")
            cast.posts += [(user, Role.GRID_WORKER, grid) for grid in mine[number::2] or mine[:1]]


def _colleagues(cast: Cast) -> None:
    """A second dispatcher for every other street, and two more people in the departments that are called most."""
    for street in Area.objects.filter(kind=AreaKind.STREET).select_related("office").order_by("code")[::2]:
        user = cast.person(f"demo-{Role.DISPATCHER}-{street.code[6:]}-2", street.office)
        cast.posts.append((user, Role.DISPATCHER, street))
        cast.seats.append((user, Role.DISPATCHER, street.office))
    called = Unit.objects.filter(pk__in=[unit.pk for _user, role, unit in cast.seats if role == Role.RESPONDER])
    often = called.annotate(named=Count("duties")).order_by("-named", "code")[:SEVERAL]
    for unit in often:
        for number in (2, 3):
            cast.seats.append((cast.person(f"demo-{unit.code.lower()}-{number}", unit), Role.RESPONDER, unit))
    for user, role, unit in list(cast.seats):
        if role == Role.ESTABLISHMENT:  # a list is written by several people
            cast.seats.append((cast.person(f"{user.username}-2", unit), role, unit))


def _unit_people(cast: Cast) -> None:
    for station in Station.objects.select_related("unit"):
        user = cast.person(f"demo-station-{station.unit.code.lower()}", station.unit)
        cast.seats.append((user, Role.STATION, station.unit))
    named = Duty.objects.exclude(unit=None).values("unit")
    called = Unit.objects.filter(pk__in=named).exclude(kind__in=(UnitKind.STREET_OFFICE, UnitKind.STATION))
    for unit in called:
        responder = cast.person(f"demo-{unit.code.lower()}", unit)
        cast.seats.append((responder, Role.RESPONDER, unit))
    for unit in called[:1]:
        cast.seats.append((cast.person("demo-dept-leader", unit), Role.DEPT_LEADER, unit))
