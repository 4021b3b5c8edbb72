"""Passing a case on to an authority outside: what ends, what is refused, what comes back, and what faults look like."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from accountability.models import Clock
from accountability.sweep import run_once
from alerts import actions as alerts
from alerts.models import Alert
from audit import clock
from audit.asking import broken
from cases import actions, transferred
from cases.days import EXPECTED
from cases.models import Case, CaseDay, State, Step, Summons, Transfer, Verb
from cases.moves import MoveRefused
from tests import stories
from tests.stories import HOUR
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def refused(does) -> str:
    with pytest.raises(MoveRefused) as caught:
        does()
    assert caught.value.sentence.strip()
    return caught.value.code


def running(case: Case) -> set[str]:
    return set(Clock.objects.of("case", [case.pk]).running().values_list("phase", flat=True))


def last(case: Case) -> Step:
    return case.steps.order_by("-seq")[0]


def back(w, case: Case, at=None) -> Case:
    return actions.get_back(case, by=w.of(w.desk_officer), at=at or w.at + 5 * HOUR, note="该部门退回")


@pytest.mark.parametrize(
    ("story", "to", "ends"),
    [
        (stories.reported, "petition", State.TRANSFERRED),
        (stories.accepted, "police", State.TRANSFERRED),
        (stories.at_desk, "petition", State.TRANSFERRED),
        (stories.reported, "discipline", State.WITHHELD),
        (stories.accepted, "leads", State.WITHHELD),
        (stories.at_desk, "discipline", State.WITHHELD),
    ],
)
def test_it_ends_with_every_clock_stopped_and_comes_back_with_new_time_for_others_alone(w, story, to, ends):
    case = story(w)
    stood, before = case.state, running(case)
    case = stories.transferred(w, case, to)
    assert (case.state, running(case), case.due_at) == (ends, set(), None)
    assert not Clock.objects.of("case", [case.pk]).exclude(lapsed_at=None).exists()
    step = last(case)
    assert (step.verb, step.source, step.target, step.actor) == (Verb.TRANSFER, stood, ends, w.desk_officer)
    if ends == State.WITHHELD:
        assert (step.note, step.facts) == ("", {})
    else:
        assert step.facts["outlet"] == to
        assert step.note
    assert list(transferred.faults()) == []
    case = back(w, case)
    assert (case.state, running(case)) == (stood, before)
    fresh = Clock.objects.of("case", [case.pk]).running().filter(started_at=w.at + 5 * HOUR)
    assert set(fresh.values_list("holder", flat=True)) == (set() if stood == State.AT_DESK else {w.office.pk})
    assert list(transferred.faults()) == []


@pytest.mark.parametrize("to", ["petition", "discipline"])
def test_the_desk_wins_no_time_by_passing_on_and_taking_back(w, to):
    case = stories.at_desk(w)
    before = dict(Clock.objects.of("case", [case.pk]).running().values_list("phase", "due_at"))
    assert set(before) == {"promise", "dispatch"}
    case = back(w, stories.transferred(w, case, to), at=w.at + 40 * HOUR)
    assert dict(Clock.objects.of("case", [case.pk]).running().values_list("phase", "due_at")) == before
    run_once(w.at + 41 * HOUR)
    lapsed = case.steps.filter(verb=Verb.LAPSE).values_list("facts__phase", "facts__holder")
    assert list(lapsed) == [("dispatch", w.desk.pk)]


def test_it_is_passed_on_again_after_it_came_back(w):
    case = back(w, stories.transferred(w))
    case = stories.transferred(w, case, "discipline", at=w.at + 6 * HOUR)
    assert case.state == State.WITHHELD
    assert Transfer.objects.filter(case=case).count() == 2
    assert list(transferred.faults()) == []


def test_what_was_overdue_stays_so_and_is_charged_to_whoever_held_it(w):
    case = stories.transferred(w, stories.reported(w), at=w.at + 30 * HOUR)
    ran = Clock.objects.of("case", [case.pk]).get(phase="accept")
    assert (ran.lapsed_at, ran.holder) == (ran.due_at, w.office)
    assert case.steps.filter(verb=Verb.LAPSE).count() == 1


def whistled_before(w):
    case = stories.whistled(w)
    return actions.advance(case, Verb.WITHDRAW, by=w.of(w.dispatcher), at=w.at + HOUR, note="已撤离")


def with_an_open_part(w):
    case = stories.accepted(w)
    by = w.of(w.dispatcher)
    actions.split(case, by=by, at=w.at + HOUR, summary="井盖破损", category=w.category, note="两件事")
    return case


def with_a_part(w):
    case = with_an_open_part(w)
    part = case.links_down.get().child
    actions.advance(part, Verb.TURN_DOWN, by=w.of(w.dispatcher), at=w.at + HOUR, note="已在办")
    return case


def taking_in(w):
    case = stories.accepted(w)
    actions.merge(stories.reported(w), main=case, by=w.of(w.dispatcher), at=w.at + HOUR, note="同一摊位")
    return case


def merged_and_out(w):
    case = stories.merged(w)
    return actions.unmerge(case, by=w.of(w.dispatcher), at=w.at + 2 * HOUR, note="另一处")


def shelving(w):
    facts = {"until": "2026-09-30", "plan": "夏季施工", "leader": w.street_leader.pk}
    by = w.of(w.dispatcher)
    return actions.advance(stories.accepted(w), Verb.SHELVE, by=by, at=w.at + HOUR, note="待修", facts=facts)


@pytest.mark.parametrize(
    ("story", "to", "code"),
    [
        (stories.whistled, "petition", "wrong_state"),
        (stories.closed, "petition", "wrong_state"),
        (stories.before_the_leader, "petition", "whistle_waits"),
        (shelving, "petition", "rests_already"),
        (with_an_open_part, "petition", "part_open"),
        (taking_in, "petition", "others_wait_for_it"),
        (whistled_before, "discipline", "known_to_units"),
        (with_a_part, "discipline", "named_elsewhere"),
        (merged_and_out, "discipline", "named_elsewhere"),
    ],
)
def test_it_is_refused_where_somebody_is_at_work_waits_or_knows_of_it(w, story, to, code):
    case = story(w)
    assert refused(lambda: stories.transferred(w, case, to, at=w.at + 3 * HOUR)) == code
    assert not Transfer.objects.exists()


@pytest.mark.parametrize("story", [whistled_before, with_a_part, merged_and_out])
def test_what_cannot_be_hidden_goes_to_an_open_authority_all_the_same(w, story):
    assert stories.transferred(w, story(w), at=w.at + 3 * HOUR).state == State.TRANSFERRED


def test_a_part_is_split_off_and_hidden_where_the_whole_is_known(w):
    case = stories.whistled(w)
    by = w.of(w.desk_officer)
    actions.split(case, by=by, at=w.at + HOUR, summary="反映工作人员", category=w.category, note="另办")
    part = stories.withheld(w, case.links_down.get().child)
    assert part.state == State.WITHHELD
    assert list(transferred.faults()) == []


def test_a_part_does_not_come_back_to_a_whole_that_has_ended(w):
    case = with_an_open_part(w)
    part = stories.transferred(w, case.links_down.get().child)
    stories.transferred(w, case, at=w.at + 3 * HOUR)
    assert refused(lambda: back(w, part)) == "whole_ended"


def test_an_authority_that_is_not_of_the_list_yet_is_no_choice(w):
    outlet = stories.outlets(w)["police"]
    outlet.since = (w.at + timedelta(days=9)).date()
    outlet.save()
    assert refused(lambda: stories.transferred(w, to="police")) == "no_outlet"


def told(case: Case, w) -> set[int]:
    """Who hears of any of its steps, all of them told only now."""
    alerts.tell(case.steps.values_list("pk", flat=True), at=w.at + 2 * HOUR)
    return set(Alert.objects.values_list("recipient", flat=True))


def test_of_what_is_hidden_nobody_is_told_not_even_of_what_came_just_before(w):
    w.at = clock.now()
    assert told(stories.withheld(w), w) == set()


def test_of_an_open_transfer_the_street_is_told_and_of_what_comes_back_too(w):
    w.at = clock.now()
    case = stories.transferred(w)
    assert w.dispatcher.pk in told(case, w)
    Alert.objects.all().delete()
    assert w.dispatcher.pk in told(back(w, case), w)


def test_the_figures_of_the_day_leave_a_hidden_case_out_and_count_it_again_when_it_is_back(w):
    def counted() -> int:
        return sum(CaseDay.objects.filter(what="opened").values_list("number", flat=True))

    case = stories.accepted(w)
    stories.accepted(w)
    case = stories.withheld(w, case)
    assert (counted(), expected()) == (1, 1)
    back(w, case)
    assert (counted(), expected()) == (2, 2)


def expected() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({EXPECTED.format(only='true')}) e WHERE what = 'opened'")
        return cursor.fetchone()[0]


def called_all_the_same(w, case: Case) -> None:
    Summons.objects.create(case=case, unit=w.works, called_at=w.at, state="released")


@pytest.mark.parametrize(
    ("spoils", "finds"),
    [
        (lambda w, case: Transfer.objects.update(back_at=w.at), transferred.STATES_APART),
        (lambda w, case: Clock.objects.of("case", [case.pk]).update(stopped_at=None), transferred.STILL_TIMED),
        (lambda w, case: Transfer.objects.update(at=w.at), transferred.NO_STEP),
        (called_all_the_same, transferred.KNOWN_TO_UNITS),
    ],
)
def test_verify_finds_what_does_not_fit(w, spoils, finds):
    spoils(w, stories.withheld(w))
    assert list(broken([finds]))


def test_a_case_is_with_one_authority_at_a_time(w):
    case = stories.transferred(w)
    with pytest.raises(IntegrityError, match="a_case_is_in_one_place"):
        Transfer.objects.create(
            case=case, outlet=stories.outlets(w)["police"], reason="又一个", stood_at="accepted", by=w.desk_officer,
            at=w.at + 3 * HOUR,
        )  # fmt: skip
