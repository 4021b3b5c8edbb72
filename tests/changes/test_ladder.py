"""The ladder by reviewed change: rungs from a day on, by two people, and what runs keeps those it began with."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from accountability import rungs
from accountability.invariants import faults
from accountability.models import Action, Clock, Phase, Rung
from accountability.sweep import run_once
from cases.models import Case, Verb
from changes.actions import Wanted, apply_due, approve, roll_back, submit
from changes.kinds import ChangeRefused, kind_of
from changes.models import State
from tests import stories
from tests.changes.drafting import approved, drafted, rows_of, sent
from tests.world import with_ladder, world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
KIND = {"kind": "ladder", "subject": "all"}
EMPTY = {"code": None, "basis": None, "within": None, "urgency": None, "phase": None}


@pytest.fixture
def w():
    return with_ladder(world())


def other(at, code="remind", days=1, **cells) -> Wanted:
    """One cell or more of a rung."""
    after = rows_of("ladder", "all", at)
    next(row for row in after["rungs"] if row["code"] == code).update(cells)
    return wanted(at, after, days)


def one_more(at, days=1, **cells) -> Wanted:
    after = rows_of("ladder", "all", at)
    after["rungs"].append({**EMPTY, **cells})
    return wanted(at, after, days)


def without(at, code) -> Wanted:
    after = rows_of("ladder", "all", at)
    after["rungs"] = [row for row in after["rungs"] if row["code"] != code]
    return wanted(at, after)


def wanted(at, after, days=1) -> Wanted:
    return Wanted("提醒提前", "试验文号〔2026〕2号", after, localdate(at) + timedelta(days))


def threshold(at, code="remind") -> int | None:
    found = {rung.code: rung.threshold for rung in rungs.current().now(localdate(at))}
    return found.get(code)


def reply(w, case: Case) -> Clock:
    call = case.summonses.get(unit=w.works)
    return Clock.objects.select_related("limit").get(subject_kind="summons", subject_id=call.pk, phase=Phase.RESULT)


def impact_of(w, said: Wanted):
    before = rows_of("ladder", "all", w.at)
    return kind_of("ladder").impact("all", before, said.after, said.day, w.at)


def test_a_rung_holds_from_its_day_on_and_what_runs_keeps_its_own(w):
    old = stories.whistled(w)
    change = approved(w, other(w.at, threshold=50), **KIND)
    run_once(at := w.at + DAY)
    change.refresh_from_db()
    assert (change.state, threshold(w.at), threshold(at)) == (State.APPLIED, 75, 50)
    assert Rung.objects.get(change=change).basis == change.basis
    started = reply(w, old).started_at
    ladder = rungs.current()
    assert [rung.threshold for rung in ladder.of_phase("result", "normal", localdate(started))][0] == 75
    assert [rung.threshold for rung in ladder.of_phase("result", "normal", localdate(at))][0] == 50
    assert list(faults(at)) == []


def test_a_rung_that_is_taken_out_is_gone_from_its_day_on_and_comes_back_with_the_roll_back(w):
    change = approved(w, without(w.at, "yellow"), **KIND)
    apply_due(at := w.at + DAY)
    change.refresh_from_db()
    assert (threshold(w.at, "yellow"), threshold(at, "yellow")) == (1, None)
    day = localdate(at) + DAY
    back = roll_back(change, basis="复核", day=day, seen=change.version, by=w.of(w.assessor), at=at)
    back = submit(back, seen=back.version, by=w.of(w.assessor), at=at)
    approve(back, seen=back.version, by=w.of(w.inspector), at=at)
    apply_due(at + DAY)
    assert (threshold(at, "yellow"), threshold(at + DAY, "yellow")) == (None, 1)
    assert "投诉热线" in Rung.objects.get(change=back).basis, "it stands again on its own ground"
    assert list(faults(at + DAY)) == []


def test_a_rung_for_one_urgency_stands_in_for_the_one_for_all(w):
    said = one_more(w.at, action="remind", trigger="used", threshold=40, phase="result", urgency="urgent", order=1)
    approved(w, said, **KIND)
    apply_due(at := w.at + DAY)
    ladder, day = rungs.current(), localdate(at)
    lowest = {one: ladder.of_phase("result", one, day)[0].threshold for one in ("urgent", "normal")}
    assert lowest == {"urgent": 40, "normal": 75}
    assert len(ladder.of_phase("result", "urgent", day)) == len(ladder.of_phase("result", "normal", day))
    assert Rung.objects.get(urgency="urgent").code == "remind"


def test_a_rung_of_another_phase_is_climbed_and_told(w):
    said = one_more(w.at, action="remind", trigger="used", threshold=50, phase="sign", order=1)
    approved(w, said, **KIND)
    apply_due(at := w.at + DAY)
    assert Rung.objects.get(phase="sign").code == "remind-2"
    w.at = at
    call = stories.whistled(w, area=w.next_grid).summonses.get(unit=w.works)
    run_once(at + DAY)
    assert call.steps.filter(verb=Verb.REMIND).exists()


def test_cards_of_old_rungs_stay_on_the_board_when_their_rung_is_gone(w):
    approved(w, without(w.at, "yellow"), **KIND)
    apply_due(at := w.at + DAY)
    assert rungs.current().heights(localdate(at))[Action.YELLOW] == {2}


REFUSED = {
    "odd_phase": {"phase": None},
    "odd_days": {"within": 30},
    "odd_threshold": {"threshold": 0},
    "height_taken": {"order": 2},
    "named_twice": {"action": "red", "trigger": "overdue", "threshold": 0, "order": 3},
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_row_without_sense_is_refused_with_its_reason(w, code):
    with pytest.raises(ChangeRefused) as refused:
        drafted(w, other(w.at, **REFUSED[code]), **KIND)
    assert refused.value.code == code
    assert "%" not in refused.value.sentence


def test_the_rules_of_every_change_hold_for_the_ladder(w):
    def code_of(action, *args, **more):
        with pytest.raises(ChangeRefused) as refused, transaction.atomic():
            action(*args, **more)
        return refused.value.code

    nothing = wanted(w.at, rows_of("ladder", "all", w.at))
    empty = wanted(w.at, {"rungs": []})
    assert code_of(drafted, w, other(w.at, threshold=60, days=0), **KIND) == "in_past"
    assert code_of(drafted, w, nothing, **KIND) == "nothing_changed"
    assert code_of(drafted, w, empty, **KIND) == "ladder_empty"
    assert code_of(drafted, w, other(w.at, threshold=60), by=w.inspector, **KIND) == "wrong_person"
    assert code_of(drafted, w, other(w.at, threshold=60), kind="ladder", subject="half") == "unknown_subject"
    change = sent(w, other(w.at, threshold=60), **KIND)
    second = drafted(w, other(w.at, threshold=65), by=w.assessor, **KIND)
    assert code_of(approve, change, seen=change.version, by=w.of(w.desk_officer), at=w.at) == "same_person"
    assert code_of(submit, second, seen=second.version, by=w.of(w.assessor), at=w.at) == "overlaps"
    Rung.objects.create(
        code="remind", order=1, trigger="used", threshold=70, phase="result", action="remind", basis="装载",
        since=localdate(w.at) + 5 * DAY,
    )  # fmt: skip
    assert code_of(drafted, w, other(w.at, threshold=60), **KIND) == "another_from_that_day"


def test_its_impact_tells_when_each_rung_would_come_and_who_would_stand_elsewhere(w):
    case = stories.whistled(w)
    w.at += 3 * DAY
    found = impact_of(w, other(w.at, threshold=10))
    assert len(found.lines) == 3, "what runs keeps its own, an example, and the rung that moves"
    row = next(row for row in found.touched if row.unit == str(w.works))
    assert (row.count, len(found.touched)) == (1, case.summonses.count())
    assert row.behind == [("summons", case.summonses.get(unit=w.works).pk)]


def test_its_impact_counts_the_open_cases_whose_next_rework_would_be_an_order(w):
    case = stories.whistled(w)
    (row,) = impact_of(w, other(w.at, code="order-rework", threshold=1)).touched
    assert (row.unit, row.count) == (str(w.works), 1)
    assert impact_of(w, other(w.at, code="order-rework", threshold=3)).touched == []
    Case.objects.filter(pk=case.pk).update(round=2)
    (row,) = impact_of(w, other(w.at, code="order-rework", threshold=3)).touched
    (again,) = impact_of(w, without(w.at, "order-dissatisfied")).touched
    assert {row.behind[0], again.behind[0]} == {("summons", case.summonses.get(leads=True).pk)}


def test_verify_names_a_rung_that_went_past_the_review(w):
    approved(w, other(w.at, threshold=50), **KIND)
    apply_due(at := w.at + DAY)
    Rung.objects.create(
        code="remind", order=1, trigger="used", threshold=70, phase="result", action="remind", basis="后门",
        since=localdate(at) + 5 * DAY,
    )  # fmt: skip
    assert len(list(faults(at))) == 1
