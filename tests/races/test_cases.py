"""Many hands on one case, sweeps and drains at the same moment: each thing happens once, and nobody waits for ever."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction

from accountability import sweep
from accountability.models import Clock
from alerts.models import Alert
from assessment import invariants as of_marks
from assessment.models import Mark
from audit import clock
from cases import actions
from cases import clocks as of_clocks
from cases import invariants as of_cases
from cases.models import Case, State, Step, Summons, Verb
from cases.moves import MoveRefused
from outbox import invariants as of_messages
from outbox.actions import drain
from outbox.models import Message
from people.models import Role
from tests import stories
from tests.present import let_time_pass, now, present
from tests.world import person, seat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
HANDS = 20


@pytest.fixture
def w(monkeypatch):
    return present(monkeypatch)


PATIENT = "SET lock_timeout = '30s'; SET statement_timeout = '30s'"


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """What each job gave or raised, all begun together on connections of their own.

    Fifty on one row take longer than anybody waits at work; each must come to its end, be the machine ever so busy.
    """
    ready, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(place: int, job: Callable[[], object]) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(PATIENT)
            ready.wait(20)
            results[place] = job()
        except BaseException as fault:
            results[place] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, job), daemon=True) for place, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(40)
    assert not any(thread.is_alive() for thread in threads), "somebody still waits"
    return results


def faults(results: list[object]) -> list[object]:
    return [result for result in results if isinstance(result, BaseException)]


def sound() -> list[str]:
    at = clock.now()
    return [*of_cases.faults(at), *of_marks.faults(at), *of_messages.faults(at)]


def accepting(w):
    case = stories.reported(w)
    given = {"summary": "占道", "category": w.category, "urgency": "normal", "item": w.item}
    return lambda: actions.accept(case, by=w.of(w.dispatcher), at=clock.now(), **given)


def whistling(w):
    case, calls = stories.accepted(w), stories.calls(w)
    given = {"kind": "enforcement", "first_action": "已劝阻", "calls": calls}
    return lambda: actions.blow_whistle(case, by=w.of(w.dispatcher), at=clock.now(), **given)


def signing(w):
    call = stories.whistled(w).summonses.get(leads=True)
    return lambda: actions.answer(call, Verb.SIGN, by=w.of(w.works_officer), at=clock.now())


def claiming(w):
    seat(person("works_2", "城管二", w.works), Role.RESPONDER, w.works)
    call = stories.whistled(w).summonses.get(leads=True)
    return lambda: actions.answer(call, Verb.CLAIM, by=w.of(w.works_officer), at=clock.now())


def passing(w):
    case = stories.inspecting(w)
    return lambda: actions.advance(case, Verb.PASS, by=w.of(w.worker), at=clock.now(), note="已清")


def closing(w):
    case = stories.closing(w)
    return lambda: actions.advance(case, Verb.CLOSE, by=w.of(w.desk_officer), at=clock.now(), note="办结")


@pytest.mark.parametrize(
    ("story", "verb", "code"),
    [
        (accepting, "accept", "wrong_state"),
        (whistling, "whistle", "no_lead"),  # a second whistle may follow the first, but one unit leads already
        (signing, "sign", "wrong_state"),
        (claiming, "claim", "in_hand_already"),
        (passing, "pass", "wrong_state"),
        (closing, "close", "wrong_state"),
    ],
)
def test_of_twenty_who_make_the_same_move_one_makes_it_and_the_others_are_refused(w, story, verb, code):
    results = at_once(*[story(w)] * HANDS)
    refused = faults(results)
    assert {type(fault) for fault in refused} == {MoveRefused}
    assert Counter(fault.code for fault in refused) == {code: HANDS - 1}
    assert Step.objects.filter(verb=verb).count() == 1
    assert sound() == []


def test_of_twenty_who_saw_the_same_page_one_moves_and_the_others_are_told_that_it_moved_on(w):
    case = stories.reported(w)
    given = {"summary": "占道", "category": w.category, "urgency": "normal", "seen": case.version}
    refused = faults(at_once(*[lambda: actions.accept(case, by=w.of(w.dispatcher), at=clock.now(), **given)] * HANDS))
    assert Counter(fault.code for fault in refused) == {"stale": HANDS - 1}


def test_both_units_reply_at_once_and_the_case_goes_on_once(w):
    cases = [stories.whistled(now(w)) for _ in range(6)]
    calls = list(Summons.objects.filter(case__in=cases).select_related("case"))
    assert faults(at_once(*[lambda call=call: stories.replies(w, call, clock.now()) for call in calls])) == []
    assert Step.objects.filter(verb=Verb.SETTLE).count() == len(cases)
    assert set(Case.objects.values_list("state", flat=True)) == {State.INSPECTING}


def test_a_late_move_and_the_sweep_lapse_one_clock_once_and_nobody_waits_for_ever(w):
    calls = [stories.whistled(now(w)).summonses.get(leads=True) for _ in range(10)]
    let_time_pass()
    movers = [lambda call=call: actions.answer(call, Verb.SIGN, by=w.of(w.works_officer), at=clock.now())
              for call in calls]  # fmt: skip
    assert faults(at_once(*movers, *[lambda: sweep.run_once(clock.now())] * 3)) == []
    sweep.run_once(clock.now())
    assert each_lapse_once()
    assert Clock.objects.filter(phase="sign", holder=w.works, stopped_at=None).count() == 0
    assert sound() == []


def test_a_unit_that_signs_while_the_sweep_reads_lapses_where_it_stands_then(w, monkeypatch):
    call, free = stories.whistled(w).summonses.get(leads=True), of_clocks._free
    let_time_pass(phase="result")

    def sign():
        actions.answer(call, Verb.SIGN, by=w.of(w.works_officer), at=clock.now())

    def signed_first(ids):
        assert faults(at_once(sign)) == []
        return free(ids)

    monkeypatch.setattr(of_clocks, "_free", signed_first)
    with transaction.atomic():
        of_clocks.lapse_summonses(list(Clock.objects.filter(phase="result", subject_id=call.pk)), clock.now())
    assert Step.objects.get(verb=Verb.LAPSE).source == "signed"


def each_lapse_once() -> bool:
    """Every clock that was overdue has lapsed with one step, and there are no others."""
    told = Counter(Step.objects.filter(verb=Verb.LAPSE).values_list("facts__clock", flat=True))
    lapsed = set(Clock.objects.exclude(lapsed_at=None).values_list("pk", flat=True))
    return set(told.values()) == {1} and set(told) == lapsed and not Clock.objects.to_lapse(clock.now()).exists()


def drain_until_empty() -> None:
    while Message.objects.filter(fate="waiting").exists():
        drain(clock.now(), limit=30)


def test_two_sweeps_and_two_drains_make_each_lapse_alert_and_mark_once(w, monkeypatch):
    monkeypatch.setattr(sweep, "BATCH", 25)
    closed = [stories.closed(now(w)) for _ in range(8)]
    for _ in range(20):
        stories.whistled(now(w))
    let_time_pass()
    sweeps = [lambda: sweep.run_once(clock.now())] * 2
    assert faults(at_once(*sweeps, *[drain_until_empty] * 2)) == []
    at_once(*sweeps, *[drain_until_empty] * 2)
    while sweep.run_once(clock.now()):  # what was busy at both waits for the next round
        continue
    drain_until_empty()
    assert each_lapse_once()
    lapses = set(Step.objects.filter(verb=Verb.LAPSE).values_list("pk", flat=True))
    assert set(Alert.objects.filter(step__in=lapses).values_list("step", flat=True)) == lapses
    assert set(Counter(Alert.objects.values_list("recipient", "step")).values()) == {1}
    assert Counter(Mark.objects.values_list("case", flat=True)) == {case.pk: 3 for case in closed}
    assert set(Message.objects.values_list("fate", flat=True)) == {"sent"}
    assert sound() == []
