"""What the system does by itself takes as many statements for many cases as for one, and leaves each as one alone."""

from datetime import datetime, timedelta
from time import monotonic

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accountability import sweep
from accountability.models import Clock
from cases import actions
from cases.actions.archiving import archive_due
from cases.actions.joint import begin_due
from cases.actions.resting import take_up_again
from cases.invariants import faults
from cases.models import Bench, Case, Dispute, JointMember, Pause, State, Step, Summons, Verb
from people.models import Role, Unit
from tests import stories
from tests.world import person, post, seat, world

pytestmark = pytest.mark.django_db
HOUR, DAY = stories.HOUR, timedelta(days=1)
MEETS = 4 * HOUR
MANY = 5


@pytest.fixture
def w():
    w = world()
    w.chief = post(person("chief", "区长", w.desk), Role.DISTRICT_LEADER, w.district)
    w.justice = Unit.objects.create(code="SF", name="区司法局", short_name="区司法局", kind="government")
    w.legal = seat(person("legal", "司法", w.justice), Role.LEGAL, w.justice)
    return w


def statements(do, *given) -> int:
    with CaptureQueriesContext(connection) as said:
        assert do(*given)
    return len(said)


def lapse(kind: str, at: datetime) -> int:
    return sweep.lapse_kind(kind, at, monotonic())


def sound(w) -> None:
    """Nothing that must hold is broken; the moments of this world are not the database's."""
    assert [fault for fault in faults(w.at) if "recorded" not in fault and "记录" not in fault] == []


def declined(w) -> Summons:
    call = stories.whistled(w).summonses.get(unit=w.works)
    facts = {"to": "SJ", "duty": w.duty.pk}
    return actions.decline(call, by=w.of(w.works_officer), at=w.at + 2 * HOUR, note="不是我局职责", facts=facts)


def rests(w) -> Summons:
    call = stories.whistled(w).summonses.get(unit=w.works)
    facts, at = {"until": "2026-03-16"}, w.at + 2 * HOUR
    call = actions.answer(call, Verb.PAUSE, by=w.of(w.works_officer), at=at, note="连日低温，不能封缝", facts=facts)
    return actions.answer(call, Verb.ALLOW, by=w.of(w.dispatcher), at=at)


def shelved(w) -> Case:
    case, at = stories.whistled(w), w.at + 2 * HOUR
    facts = {"until": "2026-03-16", "plan": "春季立项，夏季施工", "leader": w.chief.pk}
    case = actions.advance(case, Verb.SHELVE, by=w.of(w.dispatcher), at=at, note="需列入年度改造", facts=facts)
    return actions.advance(case, Verb.ALLOW, by=w.of(w.desk_officer), at=at)


@pytest.mark.parametrize(("walk", "verb"), [(rests, Verb.RESUME), (shelved, Verb.RESUME)])
def test_pauses_end_together(w, walk, verb):
    walk(w)
    ends = Pause.objects.get().until
    of_one = statements(take_up_again, ends)
    resting = [walk(w) for _ in range(MANY)]
    assert statements(take_up_again, ends) == of_one
    assert Step.objects.filter(verb=verb, actor=None).count() == 1 + MANY
    dues = set()
    for thing in resting:
        thing.refresh_from_db()
        assert thing.rest == ""
        kind = "summons" if isinstance(thing, Summons) else "case"
        dues.add(tuple(Clock.objects.of(kind, [thing.pk]).running().order_by("phase").values_list("due_at", flat=True)))
    assert len(dues) == 1
    assert None not in dues.pop()
    sound(w)


def test_two_pauses_of_one_case_end_in_two_rounds(w):
    case = rests(w).case
    facts = {"until": "2026-03-16", "plan": "春季立项，夏季施工", "leader": w.chief.pk}
    at = w.at + 2 * HOUR
    actions.advance(case, Verb.SHELVE, by=w.of(w.dispatcher), at=at, note="需列入年度改造", facts=facts)
    actions.advance(case, Verb.ALLOW, by=w.of(w.desk_officer), at=at)
    ends = Pause.objects.values_list("until", flat=True)[0]
    assert [take_up_again(ends), take_up_again(ends), take_up_again(ends)] == [1, 1, 0]
    assert not Clock.objects.running().exclude(paused_at=None).exists()
    sound(w)


def test_disputes_that_lie_too_long_go_up_together_bench_by_bench(w):
    declined(w)
    asked = []
    for cases in (0, MANY):
        calls = [declined(w) for _ in range(cases)]
        asked.append([statements(lapse, "dispute", w.at + days * DAY) for days in (4, 14, 44)])
        assert len(calls) == cases
    assert asked[0] == asked[1]
    assert set(Dispute.objects.values_list("bench", flat=True)) == {Bench.LEADER}
    verbs = [Verb.CONFER, Verb.REFER, Verb.LAPSE]
    for dispute in Dispute.objects.all():
        told = dispute.summons.steps.filter(verb__in=verbs, actor=None, at__gte=w.at + 4 * DAY).order_by("seq")
        assert [step.verb for step in told if step.facts.get("phase") != "sign"][0] == Verb.CONFER
        assert {step.verb for step in told} == set(verbs)
    sound(w)


def test_two_disputes_of_one_case_go_up_at_once(w):
    case = declined(w).case
    other = case.summonses.get(unit=w.police)
    facts = {"to": "SJ", "duty": w.duty.pk}
    actions.decline(other, by=w.of(w.police_officer), at=w.at + 2 * HOUR, note="不是我局职责", facts=facts)
    assert lapse("dispute", w.at + 4 * DAY) == 2
    assert {one.bench for one in Dispute.objects.all()} == {Bench.CONFERRAL}
    assert Step.objects.filter(case=case, verb=Verb.CONFER, actor=None).count() == 2
    sound(w)


def test_joint_actions_begin_together_and_silent_members_lapse_together(w):
    asked = []
    for cases in (1, MANY):
        for _ in range(cases):
            stories.convened(w, MEETS)
        begun = statements(begin_due, w.at + MEETS + HOUR)
        others = statements(lapse, "joint_member", w.at + 10 * DAY)
        leads = statements(lapse, "joint_member", w.at + 20 * DAY)
        asked.append((begun, others, leads))
    assert asked[0] == asked[1]
    members = JointMember.objects.all()
    assert members.count() == members.exclude(silent_at=None).count() == 2 * (1 + MANY)
    assert Clock.objects.filter(subject_kind="joint", phase="minutes").count() == 1 + MANY
    sound(w)


def test_closed_cases_are_locked_together(w):
    stories.keeping(w)
    first = stories.closed(w)
    of_one = statements(archive_due, first.archive_at)
    cases = [stories.closed(w) for _ in range(MANY)]
    assert statements(archive_due, cases[-1].archive_at) == of_one
    assert set(Case.objects.values_list("state", "version")) == {
        (State.ARCHIVED, Case.objects.get(pk=first.pk).version)
    }
    assert Step.objects.filter(verb=Verb.ARCHIVE).count() == 1 + MANY
    sound(w)
