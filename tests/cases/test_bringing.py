"""A case that comes with its past stands as if the same moves had been made here, one by one, at their moments."""

from collections import Counter
from datetime import timedelta

import pytest

from accountability.models import Clock
from audit import clock as house_clock
from cases import actions
from cases.actions.past import Brought, Past
from cases.invariants import faults
from cases.models import Case, CaseDay, Level, Origin, Step, Verb
from cases.moves import MoveRefused
from grids.standing import Standing
from outbox.models import Message
from people.models import Role
from tests.world import world

NOTE = "导入"
CONTACT = {"contact": "留言人", "means": "message"}


@pytest.fixture
def w(db):
    return world()


def writer(w, area, office) -> Standing:
    posts = {(str(Role.DISTRICT_DESK), area.code[:6]), (str(Role.DISPATCHER), area.code)}
    return Standing(w.desk_officer, frozenset(posts), frozenset({(str(Role.RESPONDER), office.pk)}))


def brought(w, *past: Past, street: bool = False, number: str = "X-1", **more) -> Brought:
    area, office = (w.street, w.office) if street else (w.district, w.desk)
    given = {"has_citizen": True, "facts": {"told": ["来源"]}, "place": "某处", **more}
    return Brought(
        external_number=number, opened_at=w.at, area=area, office=office, category=w.category, summary="占道烧烤",
        by=writer(w, area, office), past=past, **given,
    )  # fmt: skip


def accepted(w, after: timedelta = timedelta()) -> Past:
    return Past(Verb.ACCEPT, w.at + after, NOTE)


def handled(w) -> Past:
    return Past(Verb.SELF_HANDLE, w.at, NOTE, {"level": "street"})


def replied(w, after: timedelta) -> tuple[Past, Past]:
    at = w.at + after
    return Past(Verb.RESPOND, at, facts={**CONTACT, "contacted_at": at.isoformat()}), Past(Verb.REPLY, at, "已清理")


def by_moves(w, row: Brought) -> Case:
    """The same, live."""
    case = actions.open_case(
        area=row.area, category=row.category, summary=row.summary, channel="04", profile=w.profile, by=None,
        at=row.opened_at, place=row.place, has_citizen=row.has_citizen, origin=Origin.IMPORT, facts=row.facts,
    )  # fmt: skip
    for past in row.past:
        given = {"by": row.by, "at": past.at, "note": past.note, "origin": Origin.IMPORT}
        if past.verb == Verb.ACCEPT:
            case = actions.accept(case, summary=case.summary, category=case.category, urgency="normal", **given)
        elif past.verb == Verb.SELF_HANDLE:
            case = actions.self_handle(case, level=Level.STREET, **given)
        else:
            case = actions.answer(case.summonses.get(), past.verb, facts=past.facts, **given).case
    return Case.objects.get(pk=case.pk)


def told(case: Case) -> dict:
    """All that the rows say, but for ids, the running number and what begins only now."""
    call = case.summonses.first()
    clocks = list(Clock.objects.of("case", [case.pk])) + list(Clock.objects.of("summons", [call.pk] if call else []))
    own = ("state", "version", "round", "summary", "place_code", "place", "office_id", "accepted_at", "list_version_id")
    return {
        "case": {name: getattr(case, name) for name in own},
        "call": {name: getattr(call, name) for name in ("unit_id", "state", "level", "leads", "reason", "called_at")}
        if call
        else None,
        "steps": [step_told(step) for step in case.steps.order_by("seq")],
        "over": sorted(clock_told(clock) for clock in clocks if clock.stopped_at),
        "running": sorted(clock.phase for clock in clocks if not clock.stopped_at),
    }


def step_told(step: Step) -> tuple:
    facts = {name: value for name, value in step.facts.items() if name != "clock"}
    own = ("seq", "verb", "source", "target", "note", "unit_id", "actor_id", "list_version_id", "origin", "at")
    return (*(getattr(step, name) for name in own), facts, step.summons_id is not None)


def clock_told(clock: Clock) -> tuple:
    own = ("phase", "holder_id", "round", "limit_id", "calendar_id", "started_at", "due_at", "stopped_at")
    return (*(str(getattr(clock, name)) for name in own), str(clock.lapsed_at))


PASTS = {
    "waits": lambda w: (),
    "accepted in time": lambda w: (accepted(w, timedelta(hours=1)),),
    "accepted late": lambda w: (accepted(w, timedelta(days=3)),),
    "answered in time": lambda w: (accepted(w), handled(w), *replied(w, timedelta(hours=2))),
    "answered late": lambda w: (accepted(w), handled(w), *replied(w, timedelta(days=40))),
}


@pytest.mark.parametrize("street", [False, True])
@pytest.mark.parametrize("has_citizen", [False, True])
@pytest.mark.parametrize("past", PASTS)
def test_what_is_brought_stands_as_if_it_had_been_moved_here(w, past, has_citizen, street):
    row = brought(w, *PASTS[past](w), street=street, has_citizen=has_citizen)
    [case] = actions.bring_in([row], at=house_clock.now())
    assert told(Case.objects.get(pk=case.pk)) == told(by_moves(w, row))


@pytest.mark.parametrize("past", PASTS)
def test_what_is_still_open_starts_now_and_everything_holds(w, past):
    at = house_clock.now()
    [case] = actions.bring_in([brought(w, *PASTS[past](w), street=True)], at=at)
    calls = list(case.summonses.values_list("pk", flat=True))
    running = [*Clock.objects.of("case", [case.pk]).running(), *Clock.objects.of("summons", calls).running()]
    assert running
    assert all(clock.started_at == at for clock in running)
    assert list(faults(at)) == []
    assert Message.objects.count() == case.steps.count()


def test_a_lapse_names_the_clock_that_lapsed(w):
    [case] = actions.bring_in([brought(w, accepted(w, timedelta(days=3)))], at=house_clock.now())
    late = Clock.objects.of("case", [case.pk]).exclude(lapsed_at=None).get()
    assert case.steps.get(verb=Verb.LAPSE).facts["clock"] == late.pk


def test_a_past_whose_moments_nobody_knows_has_no_clocks_and_no_lapses(w):
    at = house_clock.now()
    past = (accepted(w), handled(w), Past(Verb.REPLY, at, "不知何时"))
    [case] = actions.bring_in([brought(w, *past, street=True, has_citizen=False, timed=False)], at=at)
    assert (case.state, case.summonses.get().state) == ("inspecting", "replied")
    assert [clock.phase for clock in Clock.objects.all()] == ["inspect"]
    assert not case.steps.filter(verb=Verb.LAPSE).exists()
    assert list(faults(at)) == []


def test_many_come_in_by_as_many_statements_as_one(w, django_assert_max_num_queries):
    at = house_clock.now()
    rows = [brought(w, accepted(w), handled(w), number=f"X-{n}") for n in range(30)]
    with django_assert_max_num_queries(20):
        made = actions.bring_in(rows, at=at)
    assert len({case.number for case in made}) == 30
    assert Counter(CaseDay.objects.values_list("what", flat=True)) == {"opened": 30, "called": 30}


def test_a_move_that_the_table_does_not_know_there_is_refused(w):
    with pytest.raises(MoveRefused) as refused:
        actions.bring_in([brought(w, accepted(w), accepted(w))], at=house_clock.now())
    assert refused.value.code == "wrong_state"
    assert not Case.objects.exists()
