"""A closed case is opened again: the same number, another round, and nothing of what was judged is taken back."""

from datetime import timedelta

import pytest
from django.db.models import Sum
from django.utils.translation import override

from accountability.models import Clock, Phase
from assessment.actions import mark
from assessment.models import Mark
from cases import actions, invariants
from cases.models import Answer, Case, CaseDay, Order, State, Verb
from cases.models.day import Happening
from cases.moves import MoveRefused
from cases.reopening import until
from tests import stories
from tests.world import with_ladder, world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def w():
    return world()


def reopened(w, case: Case, at=None, who: str = "desk_officer", note: str = "又摆了出来") -> Case:
    return actions.advance(case, Verb.REOPEN, by=w.of(getattr(w, who)), at=at or case.closed_at + DAY, note=note)


def came_back(w, case: Case, at=None) -> Case:
    return actions.advance(case, Verb.COME_BACK, by=None, at=at or case.closed_at + DAY, facts={"report": 1})


def running(kind: str, pk: int) -> set[str]:
    return set(Clock.objects.of(kind, [pk]).running().values_list("phase", flat=True))


def again(w, case: Case) -> Case:
    """The leading unit does its part once more, later, and the case is closed once more."""
    late = (case.closed_at or w.at) + 3 * DAY if case.closed_at else w.at + 4 * DAY
    lead = case.summonses.get(leads=True)
    by = w.of(w.works_officer)
    contact = {**stories.CONTACT, "contacted_at": late.isoformat()}
    lead = actions.answer(lead, Verb.SIGN, by=by, at=late)
    lead = actions.answer(lead, Verb.RESPOND, by=by, at=late, facts=contact)
    lead = actions.answer(lead, Verb.ARRIVE, by=by, at=late, note="两人到场")
    actions.answer(lead, Verb.REPLY, by=by, at=late, note="已清理")
    case = Case.objects.get(pk=case.pk)
    case = actions.advance(case, Verb.PASS, by=w.of(w.worker), at=late, note="已清净")
    facts = {"outcome": "reached", "solved": True, "grade": "satisfied"}
    case = actions.advance(case, Verb.CALL_BACK, by=w.of(w.clerk), at=late, facts=facts)
    return actions.advance(case, Verb.CLOSE, by=w.of(w.desk_officer), at=late, note="办结")


def test_the_unit_that_led_is_called_again_under_the_same_number_with_new_clocks(w):
    case = reopened(w, stories.closed(w))
    assert (case.state, case.round, case.closed_at) == (State.IN_HAND, 2, None)
    lead, other = case.summonses.get(leads=True), case.summonses.get(leads=False)
    assert (lead.state, other.state) == (Answer.SENT, Answer.REPLIED)
    assert running("summons", lead.pk) == {"sign", "respond", "arrive", "result"}
    assert running("case", case.pk) == {"promise"}
    assert case.summonses.count() == 2


def test_the_new_promise_runs_from_the_reopening_and_the_old_one_stays_as_it_ended(w):
    closed = stories.closed(w)
    at = closed.closed_at + DAY
    case = reopened(w, closed, at)
    old, new = Clock.objects.of("case", [case.pk]).filter(phase=Phase.PROMISE).order_by("pk")
    assert old.stopped_at == closed.closed_at
    assert (new.started_at, new.round, new.stopped_at) == (at, 2, None)


def test_what_lapsed_stays_lapsed(w):
    closed = stories.closed(w)
    call = closed.summonses.get(leads=True)
    Clock.objects.of("summons", [call.pk]).filter(phase="respond").update(
        due_at=w.at, lapsed_at=w.at, started_at=w.at - DAY
    )
    reopened(w, closed)
    assert Clock.objects.of("summons", [call.pk]).get(phase="respond", round=1).lapsed_at == w.at


def test_where_nobody_led_the_street_decides_anew(w):
    closed = stories.closed(w)
    closed.summonses.update(state=Answer.RELEASED)
    case = reopened(w, closed)
    assert case.state == State.ACCEPTED
    assert running("case", case.pk) == {"promise", "dispatch"}


def test_a_contact_made_before_the_reopening_is_no_contact(w):
    case = reopened(w, stories.closed(w))
    lead = case.summonses.get(leads=True)
    by, at = w.of(w.works_officer), w.at + 3 * DAY
    lead = actions.answer(lead, Verb.SIGN, by=by, at=at)
    with pytest.raises(MoveRefused) as caught:
        actions.answer(lead, Verb.RESPOND, by=by, at=at, facts=stories.CONTACT)
    assert caught.value.code == "contact_before_call"


def test_the_resident_may_until_exactly_the_seventh_day_and_not_a_moment_longer(w):
    closed = stories.closed(w)
    last = until(closed)
    assert last == closed.closed_at + 7 * DAY
    with pytest.raises(MoveRefused) as caught:
        came_back(w, closed, last + timedelta(seconds=1))
    assert caught.value.code == "reopened_late"
    assert "15:00" in caught.value.sentence
    assert came_back(w, closed, last).state == State.IN_HAND


def test_staff_may_later_than_that(w):
    closed = stories.closed(w)
    assert reopened(w, closed, closed.closed_at + 40 * DAY, "inspector").state == State.IN_HAND


def test_a_case_that_is_open_is_not_opened_again(w):
    case = reopened(w, stories.closed(w))
    with pytest.raises(MoveRefused) as caught:
        reopened(w, case, w.at + 3 * DAY)
    assert caught.value.code == "wrong_state"


def test_a_part_waits_for_its_whole(w):
    whole = stories.accepted(w)
    by = w.of(w.dispatcher)
    actions.split(whole, by=by, at=w.at + stories.HOUR, summary="井盖", category=w.category, note="另一件")
    part = Case.objects.latest("pk")
    link = part.links_up.get()
    closed = stories.closed(w)
    link.child = closed
    link.main = stories.closed(w)
    link.save()
    with pytest.raises(MoveRefused) as caught:
        reopened(w, closed)
    assert caught.value.code == "whole_ended"
    assert link.main.number in caught.value.sentence
    reopened(w, link.main)
    assert reopened(w, Case.objects.get(pk=closed.pk)).state == State.IN_HAND


def marks_of(case: Case, nth: int) -> dict[str, tuple]:
    step = list(case.steps.filter(verb=Verb.CLOSE).order_by("seq"))[nth]
    return {m.unit.code: (m.part, m.responded, m.solved, m.satisfied) for m in Mark.objects.filter(step=step)}


def test_earlier_marks_stay_and_only_who_was_called_again_is_marked_again(w):
    closed = stories.closed(w, solved=False, grade="dissatisfied")
    mark([closed.steps.get(verb=Verb.CLOSE)], at=w.at)
    first = marks_of(closed, 0)
    case = again(w, reopened(w, closed))
    mark([case.steps.filter(verb=Verb.CLOSE).latest("seq")], at=w.at)
    assert marks_of(case, 0) == first
    assert first["CG"] == ("lead", True, False, False)
    assert set(first) == {"CG", "GA", "J1"}
    assert marks_of(case, 1) == {"CG": ("lead", False, True, True)}


def test_a_mark_made_late_says_what_it_would_have_said_at_once(w):
    closed = stories.closed(w, solved=False, grade="dissatisfied")
    again(w, reopened(w, closed))
    mark([closed.steps.filter(verb=Verb.CLOSE).order_by("seq")[0]], at=w.at)
    assert marks_of(closed, 0)["CG"] == ("lead", True, False, False)


def counted(what: str) -> int:
    return CaseDay.objects.filter(what=what, unit=None).aggregate(n=Sum("number"))["n"] or 0


def test_the_reopening_is_counted_and_the_closing_is_taken_back_until_it_is_closed_again(w):
    case = reopened(w, stories.closed(w))
    assert (counted(Happening.CLOSED), counted(Happening.REOPENED)) == (0, 1)
    again(w, case)
    assert (counted(Happening.CLOSED), counted(Happening.REOPENED)) == (1, 1)


def faults_beside_the_times(w):
    """This world plays in March, whenever it is recorded."""
    with override("en"):
        return [fault for fault in invariants.faults(w.at + 9 * DAY) if "was recorded at" not in fault]


def test_verify_finds_nothing_to_say_of_it(w):
    case = reopened(w, stories.closed(w))
    said = list(faults_beside_the_times(w))
    again(w, case)
    assert [*said, *faults_beside_the_times(w)] == []


def test_the_second_time_that_it_is_sent_back_or_opened_again_is_an_order(w):
    with_ladder(w)
    case = reopened(w, stories.closed(w))
    assert not Order.objects.exists()
    case = reopened(w, again(w, case), w.at + 9 * DAY)
    order = Order.objects.get()
    assert (order.cause, order.summons, order.round) == ("rework", case.summonses.get(leads=True), 3)


def test_a_resident_who_comes_back_a_second_time_is_dissatisfied_after_rework(w):
    with_ladder(w)
    case = came_back(w, stories.closed(w))
    assert not Order.objects.exists()
    came_back(w, again(w, case))
    assert Order.objects.get().cause == "dissatisfied"
