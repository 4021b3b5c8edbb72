"""Random people, honest and not, hang cases on one another, meet on the spot and supervise; a plain model plays too."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from accountability import sweep
from accountability.models import Clock
from cases import actions, summons, workflow
from cases import invariants as of_cases
from cases.models import Case, Order, Step, Summons, Verb
from cases.models.case import ENDED
from tests import stories
from tests.lives import bonds
from tests.lives.bonds import CASE, ON_THE_SPOT, UNIT, Bonds
from tests.lives.plain import OF_UNIT
from tests.lives.test_lives import MOVE_DUE, PEOPLE, lives, play, refusal  # noqa: F401 - the same small world

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]
NOTES = ("三月九日已到北门口清走摊车两辆", "同一摊位", "\u200b ", "")
HONEST = {
    "reported": ("accept", "dispatcher"), "accepted": ("whistle", "dispatcher"), "inspecting": ("pass", "worker"),
    "closing": ("close", "desk_officer"),
}  # fmt: skip
TURN = {"sent": Verb.SIGN, "signed": Verb.RESPOND, "responded": Verb.ARRIVE, "arrived": Verb.REPLY}
# A clock goes on as it was where what had stopped it is taken back, or takes over an earlier promise.
MOVE_DUE_HERE = MOVE_DUE | {"unmerge", "undo", "merge"}


class Between(RuleBasedStateMachine):
    w: Any = None

    @initialize()
    def three_matters_come_up(self) -> None:
        self.life = transaction.atomic()
        self.life.__enter__()
        self.at, self.plain, self.last = self.w.at, Bonds(), ""
        self.before = stories.closed_before(self.w).pk
        whistled = stories.whistled(self.w)
        self.numbers = [whistled.pk, stories.accepted(self.w).pk, stories.reported(self.w).pk]
        self.states = {pk: Case.objects.get(pk=pk).state for pk in (*self.numbers, self.before)}
        self.at += timedelta(hours=1)
        self.outlets = stories.outlets(self.w)
        self.clocks: dict[int, tuple] = {}

    def teardown(self) -> None:
        if hasattr(self, "life"):
            transaction.set_rollback(True)
            self.life.__exit__(None, None, None)

    # ---- what may happen
    @rule(
        kind=st.sampled_from(["work"] * 4 + ["likely"] * 8 + ["anything"] * 3 + ["sweep"]),
        minutes=st.sampled_from([0, 1, 1, 20, 70, 600, 1440]),
        which=st.integers(0, 99), verb=st.integers(0, 99), who=st.integers(0, 99), other=st.integers(0, 99),
        note=st.sampled_from(NOTES),
    )  # fmt: skip
    def something_happens(
        self, kind: str, minutes: int, which: int, verb: int, who: int, other: int, note: str
    ) -> None:
        self.at += timedelta(minutes=minutes)
        if kind == "sweep":
            sweep.run_once(self.at)
            self.last = "resume"
        elif kind == "work":
            self._works(self._any(which), other)
        elif kind == "likely":
            found = self._likely()
            verbs = sorted({one[0] for one in found})
            fitting = [one for one in found if one[0] == verbs[verb % len(verbs)]]
            self._makes(*fitting[which % len(fitting)], who, other, note or NOTES[0])
        else:
            verbs = [*CASE, *UNIT]
            chosen, case = verbs[verb % len(verbs)], self._any(which)
            calls = list(case.summonses.order_by("pk"))
            if chosen in CASE or calls:
                self._makes(chosen, case, calls[other % len(calls)] if chosen in UNIT else None, who, other, note)

    def _any(self, which: int) -> Case:
        return self._case((*self.numbers, self.before)[which % (len(self.numbers) + 1)])

    def _likely(self) -> list[tuple[str, Case, Summons | None]]:
        """What pen and paper would let happen now."""
        found: list[tuple[str, Case, Summons | None]] = []
        for pk in (*self.numbers, self.before):
            case, state = self._case(pk), self.states[pk]
            found += [(verb, case, None) for verb, (_who, sources, _ends) in CASE.items() if state in sources]
            for call in case.summonses.order_by("pk"):
                fitting = [verb for verb, (_own, _others, sources) in UNIT.items() if call.state in sources]
                found += [(verb, case, call) for verb in fitting if self.plain.expects(verb, pk, call.pk)]
        return found

    def _makes(self, verb: str, case: Case, call: Summons | None, who: int, other: int, note: str) -> None:
        if call is None:
            self._of_case(case, verb, who, other, note)
        else:
            self._of_unit(case, Summons.objects.select_related("unit").get(pk=call.pk), verb, who, note)

    def _works(self, case: Case, other: int) -> None:
        """Somebody does what is theirs to do next; a refusal is an answer, too."""
        if case.state == "in_hand":
            calls = [one for one in case.summonses.select_related("unit") if one.state in TURN]
            if calls:
                call = calls[other % len(calls)]
                call.case = case
                by = self._by(OF_UNIT[call.unit.code])
                facts = {**stories.CONTACT, "contacted_at": self.at.isoformat()} if call.state == "signed" else {}
                verb = TURN[call.state]
                self._tries(verb, lambda: actions.answer(call, verb, by=by, at=self.at, note=NOTES[0], facts=facts))
        elif case.state == "calling_back":
            facts = {"outcome": "reached", "solved": True, "grade": "satisfied"}
            by = self._by("clerk")
            self._tries(
                Verb.CALL_BACK,
                lambda: actions.advance(case, Verb.CALL_BACK, by=by, at=self.at, facts=facts),
            )
        elif case.state in HONEST:
            verb, who = HONEST[case.state]
            closes = verb == "close" and self.plain.below(case.pk, "child")
            waiting = [one for one in closes or [] if self.states[one] not in bonds.OVER]
            done = self._tries(Verb(verb), self._honest(case, verb, self._by(who)))
            assert not (done and waiting), "closed over an open part"
        self.states = {pk: self._case(pk).state for pk in self.states}

    def _honest(self, case: Case, verb: str, by):
        if verb == "accept":
            given = {"summary": "占道", "category": self.w.category, "urgency": "normal", "item": self.w.item}
            return lambda: actions.accept(case, by=by, at=self.at, **given)
        if verb == "whistle":
            given = {"kind": "enforcement", "first_action": NOTES[0], "calls": stories.calls(self.w)}
            return lambda: actions.blow_whistle(case, by=by, at=self.at, **given)
        return lambda: actions.advance(case, Verb(verb), by=by, at=self.at, note=NOTES[0])

    def _of_case(self, case: Case, verb: str, who: int, other: int, note: str) -> None:
        may, sources, ends = CASE[verb]
        person = sorted(may)[who % len(may)] if who % 4 else PEOPLE[who % len(PEOPLE)]
        over, source = self._other(verb, other), case.state
        if not self._tries(Verb(verb), self._move(case, verb, person, over, note)):
            return
        assert person in may, (verb, person)
        assert source in sources, (verb, source)
        self._follows(case, verb, over, source, ends)

    def _other(self, verb: str, other: int) -> Case:
        """Mostly one that would do."""
        wanted = {"merge": bonds.TAKES_IN, "repeat": ("closed",)}.get(verb, ()) if other % 4 else ()
        fitting = [pk for pk in sorted(self.states) if self.states[pk] in wanted] or sorted(self.states)
        return self._case(fitting[other % len(fitting)])

    def _move(self, case: Case, verb: str, person: str, over: Case, note: str):
        said = {"by": self._by(person), "at": self.at, "note": note}
        if verb == "merge":
            return lambda: actions.merge(case, main=over, **said)
        if verb == "repeat":
            return lambda: actions.answer_as_repeat(case, earlier=over, **said)
        if verb == "split":
            return lambda: actions.split(case, summary="另有井盖松动", category=self.w.category, **said)
        if verb == "transfer":
            outlet = self.outlets["discipline" if over.pk % 2 else "petition"]
            return lambda: actions.transfer(case, outlet=outlet, **said)
        if verb in ("unmerge", "undo", "get_back"):
            return lambda: getattr(actions, verb)(case, **said)
        facts: dict[str, Any] = {"summary": "沿街经营"} if verb == "conceal" else {}
        if verb == "convene":
            facts = {
                "kind": "enforcement", "place": "北门", "meets_at": (self.at + timedelta(minutes=10)).isoformat(),
                "lead": "CG", "members": ["CG", "GA"],
            }  # fmt: skip
        return lambda: actions.advance(case, Verb(verb), facts=facts, **said)

    def _follows(self, case: Case, verb: str, over: Case, source: str, ends: str) -> None:
        """What the plain model makes of a move that was made."""
        expected = ends or source
        if verb == "merge":
            assert self.states[over.pk] in bonds.TAKES_IN
            self.plain.hangs(case.pk, over.pk, "merged", source)
        elif verb == "repeat":
            self.plain.hangs(case.pk, over.pk, "repeat", source)
        elif verb == "unmerge":
            expected = self.plain.comes_off(case.pk)
        elif verb == "transfer":
            expected = self.plain.goes_out(case.pk, source, discreet=bool(over.pk % 2))
        elif verb == "get_back":
            expected = self.plain.stood.pop(case.pk)
        elif verb == "split":
            part = Case.objects.latest("pk")
            self.numbers.append(part.pk)
            self.plain.hangs(part.pk, case.pk, "child", "reported")
            self.states[part.pk] = "reported"
        elif verb == "reopen":
            expected = "in_hand" if case.summonses.exclude(state="released").filter(leads=True) else "accepted"
        elif verb in ON_THE_SPOT:
            self.plain.on_the_spot(verb, case.pk)
        self.states[case.pk] = expected

    def _of_unit(self, case: Case, call: Summons, verb: str, who: int, note: str) -> None:
        call.case = case
        own, others, sources = UNIT[verb]
        may = (OF_UNIT[call.unit.code],) if own else others
        person = may[who % len(may)] if who % 4 else PEOPLE[who % len(PEOPLE)]
        facts = {"attend": {"who": "王队", "people": 2}, "close_order": {"verdict": "remedied"}}.get(verb, {})
        said = {"by": self._by(person), "at": self.at, "note": note, "facts": facts}
        if not self._tries(Verb(verb), lambda: actions.answer(call, Verb(verb), **said)):
            return
        assert person in may, (verb, person)
        if verb in ON_THE_SPOT:
            self.plain.by_unit(verb, case.pk, call.pk)
        elif verb in ("order", "answer", "return", "close_order"):
            self.plain.ordered(verb, call.pk)
        elif verb == "recall":
            self.plain.called_again(case.pk, call.pk)
        elif (
            verb == "excuse"
            and not case.summonses.filter(state__in=TURN).exists()
            and case.pk not in self.plain.meeting
        ):
            self.states[case.pk] = "inspecting"

    # ---- what must hold after each of them
    @invariant()
    def nothing_contradicts_anything(self) -> None:
        if hasattr(self, "life"):
            assert [one for one in of_cases.faults(self.at) if "记录时间" not in one] == []

    @invariant()
    def the_plain_model_agrees(self) -> None:
        if not hasattr(self, "life"):
            return
        assert {pk: self._case(pk).state for pk in self.states} == self.states, self._told()
        for call, count in self.plain.orders.items():
            by_hand = Order.objects.filter(summons=call, cause="by_hand", closed_at=None)
            assert by_hand.count() == count["to_answer"] + count["to_judge"], self._told()

    @invariant()
    def whoever_hangs_is_answered_by_one_that_goes_on(self) -> None:
        """No part stays open under a closed whole; what was merged has no clock and its main goes on or has ended."""
        if not hasattr(self, "life"):
            return
        for child, (main, kind) in self.plain.up.items():
            if kind == "child" and self.states[main] == "closed":
                assert self.states[child] in bonds.OVER, self._told()
            if kind != "child":
                assert not Clock.objects.of("case", [child]).running().exists()

    @invariant()
    def no_clock_is_cheated(self) -> None:
        if not hasattr(self, "life"):
            return
        now = {one.pk: one for one in Clock.objects.all()}
        for pk, (due, stopped, lapsed) in self.clocks.items():
            clock = now[pk]
            loose = self.last in MOVE_DUE_HERE
            assert stopped is None or clock.stopped_at == stopped or loose, self._told()
            assert lapsed is None or clock.lapsed_at == lapsed or loose, self._told()
            assert clock.due_at == due or loose, (clock.phase, due, clock.due_at, self._told())
        self.clocks = {pk: (one.due_at, one.stopped_at, one.lapsed_at) for pk, one in now.items()}

    # ---- how
    def _case(self, pk: int) -> Case:
        return Case.objects.get(pk=pk)

    def _by(self, who: str):
        return self.w.of(getattr(self.w, who), self.at)

    def _told(self) -> list[tuple]:
        return list(Step.objects.order_by("pk").values_list("case", "verb", "source", "target", "actor__username"))

    def _tries(self, verb: Verb, move) -> bool:
        """Refused, it says why and leaves no trace."""
        before = self._trace()
        refused = refusal(move)
        if refused is None:
            self.last = verb.value
            return True
        assert refused.sentence.strip()
        assert refused.code
        assert self._trace() == before
        return False

    def _trace(self) -> tuple:
        clocks = list(Clock.objects.order_by("pk").values_list("pk", "due_at", "stopped_at", "lapsed_at"))
        cases = list(Case.objects.order_by("pk").values_list("pk", "state", "version", "has_citizen", "confidential"))
        calls = list(Summons.objects.order_by("pk").values_list("pk", "state", "to_answer", "to_judge"))
        return cases, calls, Step.objects.count(), Order.objects.count(), clocks


def test_every_verb_of_the_plain_model_is_one_of_the_tables():
    assert set(CASE) <= {verb.value for verb in workflow.MOVES}
    assert set(UNIT) <= {verb.value for verb in summons.MOVES}
    assert {state for _who, sources, _ends in CASE.values() for state in sources} - {*bonds.OVER, *TURN} <= {
        "reported", "accepted", "at_desk", "in_hand", "inspecting", "calling_back", "closing"
    }  # fmt: skip
    assert set(bonds.OVER) == set(ENDED)


@pytest.fixture
def between(lives):  # noqa: F811
    Between.w = lives.w
    return Between


def test_six_lives_between_cases(between):
    play(between, 6, 50)


@pytest.mark.long
def test_a_thousand_lives_between_cases(between):
    play(between, 1000, 60)
