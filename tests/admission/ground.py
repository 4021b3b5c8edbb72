"""The small world with a legal office, a district leader and kinds of matters; and an application walked to a point."""

from contextlib import suppress
from datetime import date, timedelta
from types import SimpleNamespace

from django.utils.timezone import localdate

from accountability.models import Limit
from admission.actions import Entered, Handed, Wanted, advance, apply, enter_pledge, grant, hand_down
from admission.models import Application, ExpiryNotice, MatterKind, Permit, Pledge, Task, Verb
from admission.moves import AdmissionRefused
from people.models import Role, Unit
from tests.world import person, post, seat, world

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LIMITS = {
    "review": (5, "working_day"), "amend": (10, "working_day"), "opinion": (5, "working_day"),
    "legality": (5, "working_day"), "decision": (10, "working_day"), "take": (2, "working_day"), "task": (7, "day"),
    "ruling": (5, "working_day"),
}  # fmt: skip


def ground(w: SimpleNamespace | None = None) -> SimpleNamespace:
    w = w or world()
    w.law = Unit.objects.create(code="SF", name="区司法局", short_name="区司法局", kind="government")
    w.investors = Unit.objects.create(code="TC", name="区投促局", short_name="区投促局", kind="government")
    w.legal = seat(person("legal", "司法", w.law), Role.LEGAL, w.law)
    w.leader = post(person("boss", "区领导", w.desk), Role.DISTRICT_LEADER, w.district)
    kind = MatterKind.objects.create
    w.safety = kind(code="safety", name="安全宣传", name_en="Safety", basis="试验", order=1)
    w.survey = kind(code="survey", name="调查", name_en="Survey", basis="试验", order=2)
    w.of_body = kind(code="body", name="议事协调机构", name_en="A body", names_body=True, basis="试验", order=3)
    w.investment = kind(
        code="investment", name="招商引资", name_en="Investment", blocked=True, words="招企 引资", carrier="投促部门",
        carried_by=w.investors, basis="试验", order=4,
    )  # fmt: skip
    for days in (60, 30, 7):
        ExpiryNotice.objects.create(days=days, basis="试验")
    for phase, (amount, unit) in LIMITS.items():
        Limit.objects.get_or_create(
            urgency="normal",
            phase=phase,
            defaults={"amount": amount, "unit": unit, "basis": "试验", "since": date(2020, 1, 1)},
        )
    return w


def wanted(w: SimpleNamespace, **more) -> Wanted:
    today = localdate(w.at)
    said = {
        "department": w.works, "kind": w.safety, "matter": "告知单发放", "content": "每季度一次", "basis": "试验文件",
        "streets": [w.street, w.other_street], "since": today, "until": today + 300 * DAY, "money": 60_000, "people": 2,
        **more,
    }  # fmt: skip
    return Wanted(**said)


def applied(w: SimpleNamespace, **more) -> Application:
    return apply(wanted(w, **more), by=w.of(w.works_officer), at=w.at)


def forwarded(w: SimpleNamespace, **more) -> Application:
    return advance(applied(w, **more), Verb.FORWARD, by=w.of(w.establishment), at=w.at + HOUR)


def heard(w: SimpleNamespace, **more) -> Application:
    one = forwarded(w, **more)
    for user in (w.dispatcher, w.outsider):
        one = advance(one, Verb.OPINE, by=w.of(user), at=w.at + 2 * HOUR, note="同意", facts={"view": "agrees"})
    return one


def cleared(w: SimpleNamespace, **more) -> Application:
    return advance(heard(w, **more), Verb.CLEAR, by=w.of(w.legal), at=w.at + 3 * HOUR, note="合法")


def granted(w: SimpleNamespace, days: int = 200, **more) -> Permit:
    one = cleared(w, **more)
    money = {w.street.code: 30_000, w.other_street.code: 30_000}
    return grant(one, until=localdate(w.at) + days * DAY, money=money, by=w.of(w.leader), at=w.at + 4 * HOUR)


def handed(w: SimpleNamespace, of: Permit, **more) -> Handed:
    said = {
        "department": w.works, "street": w.street, "kind": w.safety, "permit": of.number, "title": "三月发放",
        "words": "每户一张", "due_on": localdate(w.at) + 14 * DAY, **more,
    }  # fmt: skip
    return Handed(**said)


def task(w: SimpleNamespace, permit: Permit | None = None, at=None, **more) -> Task:
    return hand_down(handed(w, permit or granted(w), **more), by=w.of(w.works_officer), at=at or w.at + 5 * HOUR)


def pledge(w: SimpleNamespace, level: str = "district", basis: str = "", by=None) -> Pledge:
    said = Entered(
        w.works, [w.street, w.other_street], f"责任状{level}{basis}", "完成目标", date(2026, 1, 5), level, basis
    )
    return enter_pledge(said, by=w.of(by or w.dispatcher), at=w.at)


def blocked(w: SimpleNamespace) -> None:
    """An application on its way, and an attempt that was refused."""
    applied(ground(w))
    with suppress(AdmissionRefused):
        applied(w, kind=w.investment)
