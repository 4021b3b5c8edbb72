"""Made-up matters that departments would hand down: a permit, one on its way, one blocked, tasks, a flag, pledges."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property

from django.db import transaction
from django.utils.timezone import localdate

from accountability.worktime import LOCAL
from admission.actions import Entered, Handed, Wanted, advance, apply, enter_pledge, grant, hand_down
from admission.models import Application, MatterKind, Permit, Pledge, Verb
from admission.moves import AdmissionRefused
from grids.models import Area, AreaKind, Posting
from grids.standing import Standing, standing_of
from people.models import Role, Unit, UnitKind, UnitRole

BASIS = "演示数据，非真实文件"
DAY = timedelta(days=1)
TEN = time(10)


@dataclass(frozen=True)
class Office:
    """A department and who speaks for it."""

    unit: Unit
    by: Standing


class Cast:
    """Who acts: two departments, three streets, the three offices."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def day(self, ago: int) -> datetime:
        """Ten in the morning, so many days ago."""
        return datetime.combine(localdate(self.at, LOCAL) - ago * DAY, TEN, LOCAL)

    def seated(self, role: Role) -> Standing:
        held = UnitRole.objects.current(self.at).filter(role=role, user__demo=True).select_related("user")
        return standing_of(held.order_by("pk")[0].user, self.at)

    def posted(self, role: Role, code: str) -> Standing:
        held = Posting.objects.current(self.at).filter(role=role, area__code=code, user__demo=True)
        return standing_of(held.select_related("user").order_by("pk")[0].user, self.at)

    @cached_property
    def streets(self) -> list[Area]:
        return list(Area.objects.filter(kind=AreaKind.STREET).defer("outline").order_by("code")[:3])

    @cached_property
    def leader(self) -> Standing:
        return self.posted(Role.DISTRICT_LEADER, self.streets[0].code[:6])

    @cached_property
    def establishment(self) -> Standing:
        return self.seated(Role.ESTABLISHMENT)

    @cached_property
    def legal(self) -> Standing:
        return self.seated(Role.LEGAL)

    @cached_property
    def departments(self) -> list[Office]:
        """Two that have no part in deciding."""
        deciding = {one.user.unit_id for one in (self.establishment, self.legal, self.leader)}
        seats = UnitRole.objects.current(self.at).filter(
            role=Role.RESPONDER, user__demo=True, unit__kind=UnitKind.GOVERNMENT, unit__commanded=True
        )
        seats = seats.exclude(unit__in=[unit for unit in deciding if unit]).order_by("unit__code", "pk")
        found = {seat.unit_id: seat for seat in seats.select_related("unit", "user")}
        return [Office(seat.unit, standing_of(seat.user, self.at)) for seat in list(found.values())[:2]]

    def street(self, which: int) -> Standing:
        return self.posted(Role.DISPATCHER, self.streets[which].code)


@transaction.atomic
def make_admission(*, at: datetime) -> int:
    """Where none is there yet and the kinds are; returns how many applications there are now."""
    if MatterKind.objects.exists() and not Application.objects.filter(demo=True).exists():
        cast = Cast(at)
        if len(cast.departments) == 2 and len(cast.streets) == 3:
            permit = _admitted(cast)
            _on_their_way(cast)
            _blocked(cast)
            _tasks(cast, permit)
            _pledges(cast)
    return Application.objects.filter(demo=True).count()


def _wanted(cast: Cast, office: Office, kind: str, matter: str, content: str, streets: int, **more: object) -> Wanted:
    today = localdate(cast.at, LOCAL)
    said = {"money": 60_000, "people": 3, "equipment": "宣传页、标识牌", "training": "上岗前培训一次", **more}
    return Wanted(
        department=office.unit, kind=MatterKind.objects.get(code=kind), matter=matter, content=content, basis=BASIS,
        streets=cast.streets[:streets], since=today - 30 * DAY, until=today + 25 * DAY, **said,  # type: ignore[arg-type]
    )  # fmt: skip


def _asked(cast: Cast, office: Office, wanted: Wanted, ago: int) -> Application:
    return apply(wanted, by=office.by, at=cast.day(ago), demo=True)


def _admitted(cast: Cast) -> Permit:
    """All the way to a permit that ends soon: one street agreed, one on conditions."""
    office = cast.departments[0]
    words = "入户发放安全用气告知单，每季度一次；不承担检查和处罚。"
    one = _asked(cast, office, _wanted(cast, office, "safety", "燃气安全告知单入户发放（演示）", words, 2), 30)
    one = advance(one, Verb.FORWARD, by=cast.establishment, at=cast.day(29), note="属宣传告知，不涉及执法职责。")
    views = (("agrees", "同意，由社区结合走访发放。"), ("conditions", "经费随事到位后同意。"))
    for which, (view, note) in enumerate(views):
        one = advance(one, Verb.OPINE, by=cast.street(which), at=cast.day(28), note=note, facts={"view": view})
    one = advance(one, Verb.CLEAR, by=cast.legal, at=cast.day(27), note="不设定街道执法义务，合法。")
    money = {street.code: 30_000 for street in cast.streets[:2]}
    until = localdate(cast.at, LOCAL) + 25 * DAY
    return grant(one, until=until, money=money, by=cast.leader, at=cast.day(26), note="经费按年拨付。")


def _on_their_way(cast: Cast) -> None:
    """One before each of them: the office, the streets; one refused by the legal office, one in a body's name."""
    first, second = cast.departments
    words = "每月收集一次沿街商户数量并汇总上报。"
    _asked(cast, second, _wanted(cast, second, "survey", "沿街商户情况摸底（演示）", words, 3, money=0), 1)
    body = _wanted(
        cast, first, "coordination", "创建工作入户宣传（演示）", "发放倡议书。", 2, body="某创建领导小组办公室",
    )  # fmt: skip
    asked = _asked(cast, first, body, 2)
    advance(asked, Verb.FORWARD, by=cast.establishment, at=cast.day(1), note="请街道提出意见。")
    barred = _asked(
        cast, second, _wanted(cast, second, "campaign", "商户违规行为查处（演示）", "上门查处违规商户。", 1), 20
    )
    barred = advance(barred, Verb.FORWARD, by=cast.establishment, at=cast.day(19))
    said = {"view": "objects"}
    barred = advance(barred, Verb.OPINE, by=cast.street(0), at=cast.day(18), note="街道无处罚权。", facts=said)
    advance(barred, Verb.BAR, by=cast.legal, at=cast.day(17), note="行政处罚权不在街道，不合法。")


def _blocked(cast: Cast) -> None:
    """Kept for the establishment office, and nothing else."""
    office = cast.departments[1]
    wanted = _wanted(cast, office, "investment", "每街道引进企业三家（演示）", "引进注册企业。", 3)
    try:
        _asked(cast, office, wanted, 12)
    except AdmissionRefused:
        return


def _handed(cast: Cast, permit: Permit, street: int, title: str, ago: int, days: int) -> Handed:
    return Handed(
        department=permit.department, street=cast.streets[street], kind=permit.kind, permit=permit.number,
        title=title, words="按告知单样式发放，登记户数。", due_on=localdate(cast.day(ago), LOCAL) + days * DAY,
    )  # fmt: skip


def _tasks(cast: Cast, permit: Permit) -> None:
    """One done, one just handed down, one flagged and ruled a shifted duty, one flagged and waiting for the ruling."""
    by = cast.departments[0].by
    done = hand_down(_handed(cast, permit, 0, "第一季度告知单发放（演示）", 20, 10), by=by, at=cast.day(20), demo=True)
    done = advance(done, Verb.TAKE, by=cast.street(0), at=cast.day(19))
    advance(done, Verb.FINISH, by=cast.street(0), at=cast.day(14), note="已发放1200户，签收单存社区。")
    shifted = hand_down(
        _handed(cast, permit, 1, "排查并整改用气隐患（演示）", 15, 14), by=by, at=cast.day(15), demo=True
    )
    shifted = advance(
        shifted, Verb.FLAG, by=cast.street(1), at=cast.day(14), note="准入的是告知单发放，整改是部门职责。"
    )
    advance(shifted, Verb.UPHOLD, by=cast.establishment, at=cast.day(13), note="超出准入范围，任务作废。")
    waits = hand_down(_handed(cast, permit, 1, "商户用气台账登记（演示）", 2, 14), by=by, at=cast.day(2), demo=True)
    advance(waits, Verb.FLAG, by=cast.street(1), at=cast.day(1), note="登记台账未写入准入事项。")
    hand_down(_handed(cast, permit, 0, "第二季度告知单发放（演示）", 1, 14), by=by, at=cast.day(1), demo=True)


def _pledges(cast: Cast) -> None:
    """One kept, one cancelled, one to be decided."""
    by, unit = cast.street(0), cast.departments[0].unit
    streets, signed = cast.streets, localdate(cast.at, LOCAL) - 300 * DAY

    def enter(title: str, targets: str, level: str, basis: str) -> Pledge:
        said_so = Entered(unit, streets, title, targets, signed, level, basis)
        return enter_pledge(said_so, by=by, at=cast.day(40), demo=True)

    kept = enter("安全生产责任书（演示）", "不发生较大以上事故", "provincial", f"省级文件（{BASIS}）")
    advance(kept, Verb.KEEP, by=cast.establishment, at=cast.day(38), note="省级明确规定签订。")
    gone = enter("招商引资目标责任状（演示）", "全年引进企业八家", "district", "")
    advance(gone, Verb.CANCEL, by=cast.establishment, at=cast.day(38), note="无中央、省级依据，取消。")
    enter("报刊征订目标责任书（演示）", "完成征订份数", "department", "")
