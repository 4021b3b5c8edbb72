"""A host whose clock is days off moves no moment that a rule, step, clock or mark reads: all take the database's."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db.models import DateTimeField, Max, Min

from accountability.models import Clock
from accountability.sweep import run_once
from alerts.models import Alert
from assessment.models import Mark
from audit import clock
from cases.models import Case, State, Step
from engagement.models import Report
from outbox.actions import drain_all
from tests.api.asking import program
from tests.present import let_time_pass
from tests.world import world

pytestmark = pytest.mark.django_db(transaction=True)
OURS = ("accountability", "alerts", "assessment", "cases", "engagement", "outbox")
# What lies ahead on purpose, or was there before the story began.
AHEAD = ("due_at", "rung_at", "next_try_at")
CALL = {"channel": "hotline", "words": "北门三个摊位占道", "area": "990102001001", "phone": "13812340427"}
ACCEPT = {"summary": "路口烧烤", "category": "city", "item": "ZHZF-01", "urgency": "normal"}
WHISTLE = {"kind": "emergency", "first_action": "已劝阻两次", "why": "无处罚权", "item": "ZHZF-01"}
BOTH = [{"unit": "CG", "leads": True}, {"unit": "GA"}]


@pytest.fixture(params=[timedelta(days=3), timedelta(days=-3)], ids=["three days fast", "three days slow"])
def w(request):
    w = world()
    with time_machine.travel(datetime.now().astimezone() + request.param, tick=True):
        w.began = clock.now()
        assert abs(datetime.now().astimezone() - w.began) > timedelta(days=2)
        yield w


def whole_life(w) -> Case:
    """A report is accepted, whistled, answered by both units, inspected, called back and closed, all by the API."""
    said = program(w.clerk).post("reports/", CALL, idempotency_key=str(uuid4()))
    assert said.status_code == 201, said.json()
    case = Case.objects.get(number=said.json()["case"])
    moved(w.dispatcher, case, "accept", ACCEPT)
    moved(w.dispatcher, case, "whistle", WHISTLE | {"calls": BOTH})
    for unit, who in ((w.works, w.works_officer), (w.police, w.police_officer)):
        answers(case, case.summonses.get(unit=unit), who)
    moved(w.worker, case, "pass", {"note": "已看过，路口干净"})
    body = {"outcome": "reached", "solved": True, "grade": "satisfied", "report": Report.objects.get().receipt}
    asked = program(w.clerk).move(f"cases/{case.number}/call-back/", body, Case.objects.get(pk=case.pk).version)
    assert asked.status_code == 200, asked.json()
    moved(w.desk_officer, case, "close", {"note": "已办结，路面恢复通行"})
    return Case.objects.get(pk=case.pk)


def moved(who, case, verb, said) -> None:
    answer = program(who).move(f"cases/{case.number}/moves/{verb}/", said, Case.objects.get(pk=case.pk).version)
    assert answer.status_code == 200, (verb, answer.json())


def answers(case, call, who) -> None:
    contact = {"contact": "诉求人", "means": "phone", "note": "约定现场见", "contacted_at": clock.now().isoformat()}
    steps = {
        "sign": {},
        "respond": contact,
        "arrive": {"people": 2, "note": "到场"},
        "reply": {"note": "摊点已清，路面扫净"},
    }
    for verb, said in steps.items():
        version = Case.objects.get(pk=case.pk).version
        answer = program(who).move(f"summonses/{call.pk}/moves/{verb}/", said, version)
        assert answer.status_code == 200, (verb, answer.json())


def moments() -> dict[str, tuple[datetime, datetime]]:
    """The first and last moment of every column of every table of the case's life, but those that lie ahead."""
    found = {}
    for model in (model for name in OURS for model in apps.get_app_config(name).get_models()):
        for field in model._meta.concrete_fields:
            if isinstance(field, DateTimeField) and field.name not in AHEAD:
                first, last = model.objects.aggregate(first=Min(field.name), last=Max(field.name)).values()
                if first:
                    found[f"{model._meta.label}.{field.name}"] = (first, last)
    return found


def test_every_moment_of_a_whole_life_is_the_databases(w):
    before = set(moments())
    case = whole_life(w)
    drain_all(clock.now())
    ended = clock.now()
    assert case.state == State.CLOSED
    assert set(Mark.objects.filter(case=case).values_list("responded", flat=True)) == {True}
    seen = {name: span for name, span in moments().items() if name not in before}
    off = {name: span for name, span in seen.items() if not w.began <= span[0] <= span[1] <= ended}
    assert off == {}
    assert {"cases.Step.at", "accountability.Clock.stopped_at", "alerts.Alert.told_at"} <= set(seen)
    call_command("verify")


def test_what_is_due_lapses_by_the_databases_clock_alone(w):
    program(w.clerk).post("reports/", CALL, idempotency_key=str(uuid4()))
    assert run_once(clock.now()) == 0
    let_time_pass()
    assert run_once(clock.now()) >= 1
    late = Clock.objects.get(phase="accept")
    assert late.lapsed_at == late.due_at
    assert w.began <= Step.objects.get(verb="lapse", facts__phase="accept").at <= clock.now()
    assert not Alert.objects.filter(told_at__lt=w.began).exists()
