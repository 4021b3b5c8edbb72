"""One small named place to test in: a district, two streets, three grids, units, people, a list and a calendar."""

from datetime import UTC, date, datetime, time
from types import SimpleNamespace

from accountability.ladder_loading import load_ladder, read_ladder
from accountability.loading import DATA
from accountability.models import (
    Calendar,
    Category,
    CoveredYear,
    Duty,
    Item,
    ItemVersion,
    Limit,
    ListKind,
    ListVersion,
    WorkHours,
)  # fmt: skip
from accountability.seals import chained, digest_of, whole
from accountability.writings import NOTHING
from cases.models import Profile
from grids.models import Area, Posting, Station, StationKind
from grids.standing import Standing, standing_of
from people.models import Role, Unit, UnitRole, User
from tests.kept import Kept

# A Monday, 10:00 in Shanghai, with no holiday near.
MONDAY = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
PASSWORD = "correct horse 网格 7"

LIMITS = {
    "accept": (4, "working_hour"), "dispatch": (8, "working_hour"), "sign": (4, "working_hour"),
    "respond": (4, "working_hour"), "arrive": (1, "working_day"), "result": (5, "working_day"),
    "approve": (4, "working_hour"),
    "inspect": (1, "working_day"), "callback": (2, "working_day"), "close": (1, "working_day"),
    "promise": (5, "working_day"), "extend": (10, "working_day"),
    "pause": (10, "working_day"), "shelve": (250, "working_day"),
    "decline": (2, "working_day"), "desk": (4, "working_hour"), "conferral": (1, "working_day"),
    "leader": (2, "working_day"), "answer": (2, "working_day"), "joint": (1, "working_day"),
    "minutes": (1, "working_day"), "reopen": (7, "day"),
}  # fmt: skip


def world() -> SimpleNamespace:
    """Everything in it by name; `w.of(user)` is a person's standing at `w.at`."""
    w = KEPT.again()
    w.of = lambda user, at=None: standing(user, at or w.at)
    return w


def _build() -> SimpleNamespace:
    w = SimpleNamespace(at=MONDAY)
    _units(w)
    _areas(w)
    _people(w)
    _list(w)
    _calendar(w)
    return w


KEPT = Kept(_build)


def with_ladder(w: SimpleNamespace) -> SimpleNamespace:
    """The ladder as it is shipped: what runs from now on climbs it."""
    load_ladder(read_ladder(DATA / "ladder.csv"))
    return w


def standing(user: User, at: datetime) -> Standing:
    return standing_of(user, at)


def _units(w: SimpleNamespace) -> None:
    def unit(code: str, name: str, kind: str, **more: object) -> Unit:
        return Unit.objects.create(code=code, name=name, short_name=name, kind=kind, **more)

    w.office = unit("J1", "甲街道办", "street_office")
    w.other_office = unit("J2", "乙街道办", "street_office")
    w.desk = unit("DESK", "区专席", "government", seat="desk")
    w.hotline = unit("LINE", "区热线", "government", seat="hotline")
    w.supervision = unit("DC", "区督查", "government", seat="supervision")
    w.editors = unit("BB", "区编办", "party")
    w.works = unit("CG", "区城管局", "government")
    w.police = unit("GA", "区公安分局", "government")
    w.market = unit("SJ", "区市监局", "government")
    w.city_branch = unit("ST", "市生态分局", "branch", commanded=False)
    w.station = unit("J1-ZF", "甲执法中队", "station", parent=w.works)


def _areas(w: SimpleNamespace) -> None:
    def area(code: str, name: str, kind: str, parent: Area | None, office: Unit | None = None) -> Area:
        return Area.objects.create(code=code, name=name, kind=kind, parent=parent, office=office)

    w.district = area("990102", "试验区", "district", None, w.desk)
    w.street = area("990102001", "甲街道", "street", w.district, w.office)
    w.other_street = area("990102002", "乙街道", "street", w.district, w.other_office)
    w.community = area("990102001001", "甲一社区", "community", w.street)
    w.other_community = area("990102002001", "乙一社区", "community", w.other_street)
    w.grid = area("990102001001001", "甲一001网格", "grid", w.community)
    w.next_grid = area("990102001001002", "甲一002网格", "grid", w.community)
    w.far_grid = area("990102002001001", "乙一001网格", "grid", w.other_community)
    kind = StationKind.objects.create(code="enforcement", name="综合执法中队")
    Station.objects.create(unit=w.station, street=w.street, kind=kind)


def person(username: str, name: str, unit: Unit | None = None) -> User:
    user = User(username=username, name=name, unit=unit)
    user.set_unusable_password()
    user.save()
    return user


def post(user: User, role: str, area: Area, since: datetime = LONG_AGO) -> User:
    Posting.objects.create(user=user, role=role, area=area, since=since)
    return user


def seat(user: User, role: str, unit: Unit, since: datetime = LONG_AGO) -> User:
    UnitRole.objects.create(user=user, role=role, unit=unit, since=since)
    return user


def _people(w: SimpleNamespace) -> None:
    w.worker = post(person("worker", "格一"), Role.GRID_WORKER, w.grid)
    w.next_worker = post(person("next_worker", "格二"), Role.GRID_WORKER, w.next_grid)
    w.far_worker = post(person("far_worker", "格三"), Role.GRID_WORKER, w.far_grid)
    w.community_worker = post(person("community", "社工"), Role.COMMUNITY, w.community)
    w.dispatcher = post(person("dispatcher", "调度", w.office), Role.DISPATCHER, w.street)
    seat(w.dispatcher, Role.DISPATCHER, w.office)
    w.street_leader = post(person("leader", "街领导", w.office), Role.STREET_LEADER, w.street)
    w.outsider = post(person("outsider", "外街调度", w.other_office), Role.DISPATCHER, w.other_street)
    seat(w.outsider, Role.DISPATCHER, w.other_office)
    w.works_officer = seat(person("works", "城管专员", w.works), Role.RESPONDER, w.works)
    w.police_officer = seat(person("police", "公安专员", w.police), Role.RESPONDER, w.police)
    w.market_officer = seat(person("market", "市监专员", w.market), Role.RESPONDER, w.market)
    w.station_officer = seat(person("station", "中队队员", w.station), Role.STATION, w.station)
    w.desk_officer = post(person("desk", "专席", w.desk), Role.DISTRICT_DESK, w.district)
    w.clerk = post(person("clerk", "话务员", w.hotline), Role.CLERK, w.district)
    w.inspector = post(person("inspector", "督查", w.supervision), Role.INSPECTOR, w.district)
    w.establishment = seat(person("editor", "编办", w.editors), Role.ESTABLISHMENT, w.editors)
    w.assessor = post(person("assessor", "考核", w.editors), Role.ASSESSOR, w.district)


def _list(w: SimpleNamespace) -> None:
    w.category = Category.objects.create(code="city", name="综合执法", name_en="Enforcement", order=1)
    w.other_category = Category.objects.create(code="env", name="环境整治", name_en="Environment", order=2)
    w.list_kind = ListKind.objects.create(code="2019", name="试验清单", name_en="Test list", calls=True, basis="试验")
    w.version = ListVersion.objects.create(
        kind=w.list_kind, number=1, label="参考清单第1版", in_force_from=date(2020, 1, 1), reference=True
    )  # fmt: skip
    w.item = Item.objects.create(code="ZHZF-01", category=w.category)
    w.city_item = Item.objects.create(code="STHJ-01", category=w.other_category)
    said = {
        "ZHZF-01": _duties(w, w.item, "占道经营", w.works, [w.police]),
        "STHJ-01": _duties(w, w.city_item, "油烟", w.city_branch, [w.works]),
    }
    w.duty = w.item.versions.get().duties.get(kind="lead")
    w.version.digest = whole(said)
    w.version.chain = chained(w.version, "")
    w.version.save(update_fields=["digest", "chain"])
    common = {"basis": "试验"}
    w.profile = Profile.objects.create(
        code="hotline", name="12345工单", name_en="Hotline ticket", stages=["inspect", "callback"], **common
    )
    w.grid_profile = Profile.objects.create(
        code="grid", name="网格事件", name_en="Grid event", stages=["inspect", "callback"], **common
    )


def _duties(w: SimpleNamespace, item: Item, title: str, lead: Unit, supports: list[Unit]) -> str:
    """What the list says of an item; its digest."""
    said = ItemVersion(version=w.version, item=item, area="综合执法", title=title)
    named = [("lead", lead, "负责查处", 0), *(("support", unit, "协助", order) for order, unit in enumerate(supports))]
    duties = [
        Duty(kind=kind, party="unit", unit=unit, party_name=unit.name, text=text, order=order)
        for kind, unit, text, order in named
    ]
    street = Duty(kind="support", party="street", party_name="街道办事处", text="发现、劝阻、呼叫", order=9)
    said.digest = digest_of(said, [*duties, street], NOTHING)
    said.save()
    for duty in [*duties, street]:
        duty.item_version = said
    Duty.objects.bulk_create([*duties, street])
    return said.digest


def _calendar(w: SimpleNamespace) -> None:
    w.calendar = Calendar.objects.create(version=1, name="试验日历", basis="试验")
    WorkHours.objects.create(calendar=w.calendar, begins=time(8, 30), ends=time(12, 0))
    WorkHours.objects.create(calendar=w.calendar, begins=time(13, 30), ends=time(17, 30))
    for year in range(2020, 2031):
        CoveredYear.objects.create(calendar=w.calendar, year=year, basis="试验")
    for urgency in ("normal", "urgent", "extreme", "complex"):
        for phase, (amount, unit) in LIMITS.items():
            Limit.objects.create(
                urgency=urgency, phase=phase, amount=amount, unit=unit, basis="试验", since=date(2020, 1, 1)
            )
