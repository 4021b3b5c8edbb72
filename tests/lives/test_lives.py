"""Random people, honest and not, play the lives of cases; a plain model plays beside them, and everything is checked.

Each life is one transaction that is rolled back. `--long` plays thousands.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accountability import sweep
from accountability.models import Clock
from assessment import invariants as of_marks
from assessment.models import Mark
from cases import actions, summons, workflow
from cases import invariants as of_cases
from cases.models import Case, Step, Summons, Verb
from cases.models.case import ENDED
from cases.moves import MoveRefused
from outbox.actions import drain
from people.models import Unit
from tests import stories
from tests.lives import plain
from tests.lives.plain import CASE, OF_UNIT, OVER_UNIT, UNIT, Plain
from tests.world import world

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]
PEOPLE = sorted(
    {"worker", "next_worker", "community_worker", "dispatcher", "street_leader", "outsider", "desk_officer", "clerk",
     "inspector", "establishment", "assessor", *OF_UNIT.values()}
)  # fmt: skip
# Only these give a running clock another due moment: more time with somebody's word, or the same time gone on with.
MOVE_DUE = {"extend", "allow", "resume", "withdraw", "uphold", "send_back"}
NOTES = ("三月九日已到北门口清走摊车两辆", "已收到", "因为如此，详见照片", "\u200b ", "")


class Lives(RuleBasedStateMachine):
    w: Any = None  # the small world, made once for all lives

    @initialize(has_citizen=st.booleans(), leaders=st.booleans())
    def a_matter_comes_up(self, has_citizen: bool, leaders: bool) -> None:
        self.life = transaction.atomic()
        self.life.__enter__()
        self.at, self.plain = self.w.at, Plain()
        self.leaders = leaders
        if leaders:
            stories.with_leaders(self.w)
        self.case = stories.reported(self.w, has_citizen=has_citizen)
        self.has_citizen = has_citizen
        self.clocks: dict[int, tuple] = {}
        self.steps = 0
        self.last = ""

    def teardown(self) -> None:
        if hasattr(self, "life"):
            self._everything_that_was_closed_is_marked()
            transaction.set_rollback(True)
            self.life.__exit__(None, None, None)
            self.w.profile.refresh_from_db()

    # ---- what may happen
    @rule(
        kind=st.sampled_from(["work"] * 6 + ["case"] * 3 + ["unit"] * 3 + ["sweep"]),
        minutes=st.sampled_from([1, 1, 1, 20, 90, 600, 1440, 3 * 1440, 9 * 1440]),
        verb=st.integers(0, 99), who=st.integers(0, 99), which=st.integers(0, 5), note=st.sampled_from(NOTES),
    )  # fmt: skip
    def something_happens(self, kind: str, minutes: int, verb: int, who: int, which: int, note: str) -> None:
        """One rule with all of it in: rules of their own would be left out of whole lives."""
        self.at += timedelta(minutes=minutes)
        if kind == "sweep":
            return self._sweep()
        if self.plain.state in ENDED and which:
            return None
        if kind == "work":
            return self._work(which)
        if kind == "case":
            fitting = [one for one in sorted(CASE) if self.plain.state in CASE[one][1]] if verb % 4 else []
            verbs = fitting or sorted(CASE)
            return self._tries_the_case(verbs[verb % len(verbs)], who, note)
        verbs = sorted({*UNIT, *OVER_UNIT})
        return self._tries_a_unit(verbs[verb % len(verbs)], who, which, note)

    def _sweep(self) -> None:
        """It may end a rest or put a dispute up; it never moves a case from state to state."""
        sweep.run_once(self.at)
        self.last = "resume"

    def _work(self, which: int) -> None:
        """Somebody does what is theirs to do next."""
        if self.plain.state == "calling_back":
            return self._called_back()
        turns = plain.honest(self.plain.state, self.now().approval, self._answers())
        if not turns:
            return None
        verb, who, call = turns[which % len(turns)]
        if call is None:
            return self._try(self._of_case(Verb(verb), who), verb, who, None)
        mine = self._call(call)
        return self._try(self._of_unit(mine, Verb(verb), OF_UNIT[mine.unit.code], NOTES[0]), verb, "", mine)

    def _tries_the_case(self, verb: str, who: int, note: str) -> None:
        """Mostly somebody whom the move is for, at whatever moment; now and then anybody."""
        own = sorted(CASE[verb][0])
        person = own[who % len(own)] if who % 4 else PEOPLE[who % len(PEOPLE)]
        self._try(self._of_case(Verb(verb), person, note), verb, person, None)

    def _tries_a_unit(self, verb: str, who: int, which: int, note: str) -> None:
        calls = list(self.case.summonses.select_related("unit").order_by("pk"))
        if calls:
            call = calls[which % len(calls)]
            over = (plain.DESK, plain.INSPECTOR, plain.STREET)[who % 3] if verb in OVER_UNIT else ""
            person = (over or OF_UNIT.get(call.unit.code)) if who % 4 else PEOPLE[who % len(PEOPLE)]
            person = person or plain.STREET
            self._try(self._of_unit(call, Verb(verb), person, note), verb, person, call)

    # ---- what must hold after each of them
    @invariant()
    def nothing_contradicts_anything(self) -> None:
        if hasattr(self, "life"):
            assert [one for one in of_cases.faults(self.at) if "记录时间" not in one] == []

    @invariant()
    def the_plain_model_agrees(self) -> None:
        if hasattr(self, "life"):
            assert self.now().state == self.plain.state, self._told()

    @invariant()
    def no_clock_is_cheated(self) -> None:
        """What stopped stays stopped, what lapsed stays lapsed, and only an allowed word moves a due moment."""
        if not hasattr(self, "life"):
            return
        now = {one.pk: one for one in Clock.objects.all()}
        for pk, (due, stopped, lapsed) in self.clocks.items():
            clock = now[pk]
            assert stopped is None or clock.stopped_at == stopped, self._told()
            assert lapsed is None or clock.lapsed_at == lapsed or self.last in ("withdraw", "send_back"), self._told()
            assert clock.due_at == due or self.last in MOVE_DUE, (clock.phase, due, clock.due_at, self._told())
        self.clocks = {pk: (one.due_at, one.stopped_at, one.lapsed_at) for pk, one in now.items()}
        if self.now().state in ENDED:
            assert not [one for one in now.values() if one.stopped_at is None]

    @invariant()
    def history_only_grows(self) -> None:
        if hasattr(self, "life"):
            count = Step.objects.filter(case=self.case).count()
            assert count >= self.steps
            self.steps = count

    # ---- how
    def now(self) -> Case:
        return Case.objects.get(pk=self.case.pk)

    def _answers(self) -> dict[int, str]:
        return dict(self.case.summonses.exclude(state="released").order_by("pk").values_list("pk", "state"))

    def _call(self, pk: int) -> Summons:
        return Summons.objects.select_related("case", "unit").get(pk=pk)

    def _told(self) -> list[tuple]:
        return list(Step.objects.filter(case=self.case).values_list("verb", "source", "target", "actor__username"))

    def _of_case(self, verb: Verb, who: str, note: str = NOTES[0]):
        case, by = self.now(), self.w.of(getattr(self.w, who), self.at)
        said = {"by": by, "at": self.at}
        if verb == Verb.ACCEPT:
            given = {"summary": "占道", "category": self.w.category, "urgency": "normal", "item": self.w.item}
            return lambda: actions.accept(case, **said, **given)
        if verb == Verb.WHISTLE:
            called = {call.unit_id for call in case.summonses.exclude(state="released") if call.whistle_id}
            calls = [call for call in stories.calls(self.w) if call.unit.pk not in called]
            given = {"kind": "enforcement", "first_action": note, "calls": calls}
            return lambda: actions.blow_whistle(case, **said, **given)
        if verb == Verb.APPROVE:
            return lambda: actions.approve_whistle(case, **said)
        day = (self.at + timedelta(days=20)).date()
        facts = {"until": day.isoformat(), "plan": "列入改造", "leader": self.w.street_leader.pk}
        return lambda: actions.advance(case, verb, note=note, facts=facts if verb == Verb.SHELVE else {}, **said)

    def _of_unit(self, call: Summons, verb: Verb, who: str, note: str):
        call.case = self.now()
        said = {"by": self.w.of(getattr(self.w, who), self.at), "at": self.at, "note": note}
        facts = {
            Verb.RESPOND: {**stories.CONTACT, "contacted_at": self.at.isoformat()},
            Verb.EXTEND: {"until": (self.at + timedelta(days=7)).date().isoformat()},
            Verb.PAUSE: {"until": (self.at + timedelta(days=7)).date().isoformat()},
            Verb.DECLINE: {"to": "SJ", "duty": self.w.duty.pk}, Verb.UPHOLD: {"to": "SJ"},
            Verb.PUT_TO: {"ruling": "upheld", "to": "SJ"},
        }.get(verb, {})  # fmt: skip
        own = {
            Verb.DECLINE: actions.decline,
            Verb.UPHOLD: actions.uphold,
            Verb.DENY: actions.deny,
            Verb.PUT_TO: actions.put_to,
        }.get(verb)
        if own:
            return lambda: own(call, facts=facts, **said)
        if verb in (Verb.CONFER, Verb.REFER):
            return lambda: actions.put_before(call, verb, facts=facts, **said)
        return lambda: actions.answer(call, verb, facts=facts, **said)

    def _called_back(self) -> None:
        facts = {"outcome": "reached", "solved": True, "grade": "satisfied"}
        by = self.w.of(self.w.clerk, self.at)
        actions.advance(self.now(), Verb.CALL_BACK, by=by, at=self.at, facts=facts)
        self.plain.state, self.last = "closing", "call_back"

    def _try(self, move, verb: str, who: str, call: Summons | None) -> None:
        """Made, it was theirs to make and ends where it should; refused, it says why and leaves no trace."""
        before, answers = self._trace(), self._answers()
        refused = refusal(move)
        if refused is None:
            self.last = verb
            self._model(verb, who, call, answers)
        else:
            assert refused.sentence.strip()
            assert refused.code
            assert self._trace() == before

    def _trace(self) -> tuple:
        clocks = list(Clock.objects.order_by("pk").values_list("pk", "due_at", "stopped_at", "lapsed_at"))
        case = self.now()
        return case.version, case.state, case.approval, case.rest, self._answers(), Step.objects.count(), clocks

    def _model(self, verb: str, who: str, call: Summons | None, answers: dict[int, str]) -> None:
        if call is None:
            assert self.plain.may(verb, who), (verb, who, self.plain)
            waits = self.leaders and verb == "whistle"
            self.plain.approval = (
                "before" if waits else "" if verb in ("approve", "reject", "withdraw") else self.plain.approval
            )
            self.plain.state = self.plain.moved(verb)
            if verb == "pass" and not self.has_citizen:
                self.plain.state = "closing"
            return
        if verb in UNIT:
            sources, ends = UNIT[verb]
            assert who in ("", OF_UNIT[call.unit.code]), (verb, who)
            assert answers[call.pk] in sources, (verb, answers)
            assert self._answers().get(call.pk) == (ends or answers[call.pk])
        owing = [one for one in self._answers().values() if one != "replied"]
        if verb == "reply" and not owing:
            self.plain.state = "inspecting"

    def _everything_that_was_closed_is_marked(self) -> None:
        while drain(self.at):
            pass
        if self.now().state == "closed":
            assert Mark.objects.filter(case=self.case).exists()
        assert list(of_marks.faults(self.at)) == []


def test_every_verb_of_the_plain_model_is_one_of_the_tables():
    tables = {verb.value for verb in (*workflow.MOVES, *summons.MOVES)}
    assert {*CASE, *UNIT, *OVER_UNIT} <= tables


@pytest.fixture
def lives(settings):
    Lives.w = world()
    Lives.w.market.short_name = "市监"
    assert set(OF_UNIT) <= set(Unit.objects.values_list("code", flat=True))
    return Lives


def refusal(move) -> MoveRefused | None:
    """What came of it: nothing where it was made, and of what was begun nothing stays where it was refused."""
    try:
        with transaction.atomic():
            move()
    except MoveRefused as refused:
        return refused
    return None


def play(machine, lives: int, steps: int) -> None:
    chosen = settings(
        max_examples=lives, stateful_step_count=steps, deadline=None, print_blob=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=chosen)


def test_twelve_lives(lives):
    play(lives, 12, 40)


@pytest.mark.long
def test_two_thousand_lives(lives):
    play(lives, 2000, 60)
