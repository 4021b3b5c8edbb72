"""The demo: every state among its first forty cases, played by the rules, the same from the same seed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command

from accountability.models import Action, Clock, Rise
from accountability.sweep import run_once
from alerts.models import Alert
from assessment.models import Mark, Reckoning
from audit import clock
from cases import disputed, linked, ordered, resting, summons, transferred, workflow
from cases.models import (
    Case,
    Dispute,
    Link,
    Order,
    PhotoPair,
    Precedent,
    Proposal,
    Rest,
    State,
    Step,
    Summons,
    Transfer,
    Verb,
    Verdict,
)  # fmt: skip
from engagement import invariants as engagement
from engagement.calling import plan_of
from engagement.models import AnswerLink, Callback, Restraint
from files.models import PhotoState
from liixia.demo.scenes import REOPENED
from liixia.demo.stage import Stage
from liixia.demo.stories import STORIES
from liixia.demo.stories.disputed import declined_by_three
from outbox.models import Fate, Message
from people.models import Role, User

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Played once for all tests here; what a test adds to it is taken back."""
    with django_db_blocker.unblock():
        call_command("load_lixia", verbosity=0)
        call_command("load_demo", cases=40, verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)


def test_the_first_forty_show_every_state_role_and_category(demo):
    assert set(Case.objects.values_list("state", flat=True)) == set(State)
    posted = set(User.objects.values_list("postings__role", flat=True)) | set(
        User.objects.values_list("unit_roles__role", flat=True)
    )
    assert set(Role) - {Role.CITIZEN} <= posted
    assert Case.objects.values("category").distinct().count() == 11


def test_some_take_longer_in_every_way(demo):
    assert Summons.objects.filter(extended_times=1).exists()
    assert {Rest.ASKED, Rest.ON} <= set(Summons.objects.values_list("rest", flat=True))
    assert {Rest.ASKED, Rest.ON} <= set(Case.objects.values_list("rest", flat=True))
    assert list(resting.faults()) == []


def test_some_calls_are_declined_one_of_them_decided_and_kept(demo):
    found = Dispute.objects.order_by("pk")
    assert sorted((one.bench, one.ruling) for one in found) == [
        ("conferral", ""), ("conferral", "denied"), ("desk", ""),
    ]  # fmt: skip
    assert Precedent.objects.count() == 1
    assert list(disputed.faults()) == []


def test_what_three_units_decline_lies_before_the_district_leader(demo):
    (number,) = (number for number, story in STORIES.items() if story.tell is declined_by_three)
    Stage(370102, clock.now()).play(number)
    third = Step.objects.get(verb=Verb.REFER, actor=None)
    found = Dispute.objects.filter(case=third.case).order_by("pk")
    assert [(one.bench, one.ruling) for one in found] == [("desk", ""), ("desk", ""), ("leader", "")]
    assert found[2].summons == third.summons
    assert list(disputed.faults()) == []


def test_of_two_proposals_for_the_list_one_waits_and_one_was_answered(demo):
    assert sorted(Proposal.objects.values_list("upshot", flat=True)) == ["", "refused"]


def test_of_two_breached_duties_one_unit_has_replied(demo):
    assert sorted(hasattr(one, "reply") for one in Reckoning.objects.select_related("reply")) == [False, True]


def test_a_clock_stands_on_each_rung_and_an_order_in_each_state(demo):
    run_once(clock.now())
    reached = [rise.rung for rise in Rise.objects.select_related("rung")]
    assert {rung.action for rung in reached} == set(Action)
    assert {1, 2, 3, 4, 5} <= {rung.order for rung in reached}  # who stands on the second depends on the hour
    standing = Clock.objects.running().filter(rung__gt=0).values_list("rung", flat=True)
    assert {3, 4, 5} <= set(standing)
    orders = list(Order.objects.all())
    assert any(order.is_awaited for order in orders)
    assert any(order.is_open and not order.is_awaited for order in orders)
    assert any(order.verdict == Verdict.REMEDIED for order in orders)
    assert list(ordered.faults()) == []


def test_what_is_closed_is_marked_and_nothing_waits(demo):
    closed = Step.objects.filter(verb=Verb.CLOSE)
    assert set(Mark.objects.values_list("case", flat=True)) == set(closed.values_list("case", flat=True))
    assert not Message.objects.exclude(fate=Fate.SENT).exists()


def test_one_that_was_closed_is_open_again_by_its_resident(demo):
    step = Step.objects.get(verb=Verb.COME_BACK)
    assert step.case.state == State.IN_HAND
    assert step.case.summonses.get(leads=True).state in ("sent", "signed")


def test_inspections_were_passed_by_a_pair_of_photos_one_of_them_doubtful(demo):
    pairs = PhotoPair.objects.order_by("metres")
    assert [(pair.own, pair.far, bool(pair.why), pair.metres) for pair in pairs] == [
        (True, False, False, 0), (True, True, True, 67),
    ]  # fmt: skip
    assert {photo.state for pair in pairs for photo in (pair.before, pair.after)} == {PhotoState.READY}


def test_one_caller_is_restrained_and_of_another_it_is_asked(demo):
    assert [one.upheld for one in Restraint.objects.order_by("upheld")] == [True, None]
    assert list(engagement.faults(clock.now())) == []


def test_one_that_was_closed_long_ago_is_archived(demo):
    case = Case.objects.get(state=State.ARCHIVED)
    assert case.steps.get(verb=Verb.ARCHIVE).facts["kept_until"] == case.kept_until.isoformat()


def test_one_is_passed_on_openly_and_one_out_of_sight(demo):
    there = Transfer.objects.standing().values_list("outlet__discreet", "case__state")
    assert sorted(there) == [(False, State.TRANSFERRED), (True, State.WITHHELD)]
    assert not Alert.objects.filter(case__state=State.WITHHELD).exists()
    assert list(transferred.faults()) == []


def test_nobody_is_told_of_what_is_older_than_a_day(demo):
    newest = Step.objects.order_by("-at").first().recorded_at
    assert not Alert.objects.filter(step__at__lt=newest - timedelta(days=1, minutes=1)).exists()


def test_time_never_goes_backwards_within_a_case(demo):
    for case in Case.objects.prefetch_related("steps"):
        moments = [step.at for step in case.steps.all()]
        assert moments == sorted(moments)
        assert moments[-1] <= case.steps.last().recorded_at


def test_a_second_run_adds_nothing_and_a_larger_one_only_what_is_missing(demo):
    before = set(Case.objects.values_list("pk", flat=True))
    call_command("load_demo", cases=40, verbosity=0)
    assert set(Case.objects.values_list("pk", flat=True)) == before
    call_command("load_demo", cases=42, verbosity=0)
    assert Case.objects.exclude(links_up__kind="child").count() == 42


def test_all_demo_people_are_marked_as_such_and_share_one_hash(demo):
    assert User.objects.filter(demo=False).count() == 0
    assert User.objects.values("password").distinct().count() == 1


def test_cases_belong_together_in_every_way_and_one_is_confidential(demo):
    assert {"merged", "repeat", "child"} <= set(Link.objects.standing().values_list("kind", flat=True))
    assert Link.objects.filter(undone_at__isnull=False).exists()
    for link in Link.objects.filter(kind="merged").select_related("child", "main"):
        words = [set(one.reports.values_list("words", flat=True)) for one in (link.child, link.main)]
        assert words[0] == words[1]
    hidden = Case.objects.get(confidential=True)
    assert hidden.summary not in hidden.reports.get().words
    assert list(linked.faults()) == []


def test_people_are_called_back_as_the_rows_say_and_somebody_doubts_an_answer(demo):
    assert list(engagement.faults(clock.now())) == []
    assert Step.objects.filter(verb=Verb.ASK_AGAIN).exists()
    assert AnswerLink.objects.exists()
    for call in Callback.objects.select_related("report__case"):
        plan = plan_of(call.report.case.urgency, call.at)
        assert plan.part_at(call.at, plan.grace), call.at


def test_every_move_of_the_tables_has_a_living_example(demo):
    told = 1 + max(*STORIES, REOPENED[0])
    call_command("load_demo", cases=told, verbosity=0)
    of_cases = set(Step.objects.filter(summons=None).values_list("verb", flat=True))
    of_units = set(Step.objects.exclude(summons=None).values_list("verb", flat=True))
    assert set(workflow.MOVES) - of_cases == set()
    assert set(summons.MOVES) - of_units == set()
    call_command("verify", verbosity=0)
