"""What time does to many at once takes as many statements as for one, and one that fails holds up no other."""

from datetime import timedelta
from time import monotonic

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accountability.sweep import lapse_kind
from admission import days
from admission.actions import revoke
from admission.actions.timing import warn_due
from admission.invariants import faults
from admission.models import Application, Permit, State, Step, Verb
from outbox.models import Message
from tests.admission.ground import DAY, HOUR, applied, cleared, forwarded, granted, ground, heard, task

pytestmark = pytest.mark.django_db
LATE = timedelta(days=60)


@pytest.fixture
def w():
    return ground()


def several(w, make, number: int) -> list:
    done = Application.objects.count()
    return [make(w, matter=f"第{done + n}件") for n in range(number)]


def asked(job, *given) -> int:
    with CaptureQueriesContext(connection) as said:
        job(*given)
    return len(said)


WALKS = [
    (applied, "application", Verb.GO_ON, 1),
    (forwarded, "opinion", Verb.LAPSE, 2),
    (heard, "application", Verb.RUN_OUT, 1),
    (cleared, "application", Verb.RUN_OUT, 1),
]


@pytest.mark.parametrize(("make", "kind", "verb", "each"), WALKS)
def test_many_that_let_their_time_pass_ask_no_more_than_one(w, make, kind, verb, each):
    def lapsed(number: int) -> int:
        ids = [one.pk for one in several(w, make, number)]
        statements = asked(lapse_kind, kind, w.at + LATE, monotonic())
        assert Step.objects.filter(application__in=ids, verb=verb).count() == each * number
        return statements

    assert lapsed(5) == lapsed(1)
    assert list(faults(w.at + LATE)) == []


def test_the_legal_office_is_asked_once_of_each_when_its_last_streets_are_silent_together(w):
    ids = [one.pk for one in several(w, forwarded, 3)]
    lapse_kind("opinion", w.at + LATE, monotonic())
    for one in Application.objects.filter(pk__in=ids):
        assert one.state == State.LEGALITY
        assert [step.verb for step in one.steps.order_by("number")][2:] == [Verb.LAPSE, Verb.LAPSE, Verb.GATHER]
        assert {step.facts.get("street") for step in one.steps.all()} >= {"甲街道", "乙街道"}


def test_many_tasks_that_are_late_ask_no_more_than_one_and_are_counted(w):
    permit = granted(w)

    def late(number: int) -> int:
        ids = [task(w, permit, title=f"{number} · {n}").pk for n in range(number)]
        statements = asked(lapse_kind, "task", w.at + LATE, monotonic())
        assert Step.objects.filter(task__in=ids, verb=Verb.LAPSE).count() == 2 * number
        return statements

    assert late(5) == late(1)
    days.fold()
    assert list(faults(w.at + LATE)) == []


def test_many_permits_that_end_are_told_of_by_as_many_statements_as_one(w):
    def told(number: int) -> int:
        ids = [one.pk for one in several(w, lambda w, **more: granted(w, days=20, **more), number)]
        statements = asked(warn_due, w.at + DAY)
        assert Step.objects.filter(application__permit__in=ids, verb=Verb.WARN).count() == number
        return statements

    assert told(5) == told(1)


def test_a_permit_that_cannot_be_told_of_stands_in_no_others_way(w):
    spoilt, sound = granted(w, days=20, matter="一"), granted(w, days=20, matter="二")
    Application.objects.filter(pk=spoilt.application_id).update(state=State.REFUSED)
    assert warn_due(w.at + DAY) == 1
    assert [Permit.objects.get(pk=one.pk).warned for one in (spoilt, sound)] == [None, 30]


def test_many_tasks_of_a_revoked_permit_are_stopped_by_as_many_statements_as_one(w):
    def stopped(number: int) -> int:
        permit = granted(w, matter=f"{number}件")
        for n in range(number):
            task(w, permit, title=f"{number} · {n}")
        said = {"reason": "不再需要", "basis": "试验文件", "by": w.of(w.leader), "at": w.at + 6 * HOUR}
        statements = asked(lambda: revoke(permit.application, **said))
        assert permit.tasks.filter(state="void").count() == number
        return statements

    assert stopped(5) == stopped(1)


def test_each_step_that_time_makes_is_told_of_once(w):
    several(w, forwarded, 2)
    before = set(Message.objects.values_list("pk", flat=True))
    for _twice in range(2):
        lapse_kind("opinion", w.at + LATE, monotonic())
    steps = Step.objects.filter(verb__in=(Verb.LAPSE, Verb.GATHER)).values_list("pk", flat=True)
    told = Message.objects.exclude(pk__in=before).values_list("payload__step", flat=True)
    assert sorted(told) == sorted(steps)
