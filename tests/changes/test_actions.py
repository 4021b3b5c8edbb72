"""A change of rules: one person drafts it, another decides it, it holds from its day, and another one rolls it back."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from accountability.invariants import faults as clock_faults
from accountability.models import Limit
from accountability.sweep import run_once
from accountability.worktime import LOCAL
from changes.actions import apply_due, approve, draft, edit, reject, roll_back, submit, withdraw
from changes.invariants import faults
from changes.kinds import ChangeRefused
from changes.models import Change, State
from people.models import Role
from tests.changes.drafting import approved, drafted, rows_of, sent, shorter
from tests.world import person, seat, world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def w():
    return world()


def code_of(action, *args, **more) -> str:
    with pytest.raises(ChangeRefused) as refused, transaction.atomic():
        action(*args, **more)
    assert refused.value.sentence
    return refused.value.code


def sign_limit(at) -> int:
    return next(row["amount"] for row in rows_of("limits", "normal", at)["limits"] if row["phase"] == "sign")


def test_a_change_holds_from_its_day_on_and_no_minute_earlier(w):
    change = approved(w)
    run_once(w.at)
    assert (Change.objects.get().state, sign_limit(w.at)) == (State.APPROVED, 4)
    run_once(w.at + DAY)
    change.refresh_from_db()
    assert (change.state, sign_limit(w.at + DAY), sign_limit(w.at)) == (State.APPLIED, 2, 4)
    made = Limit.objects.get(change=change)
    assert (made.basis, made.since) == (change.basis, change.in_force_from)
    assert list(faults(w.at + DAY)) == []


def test_verify_tells_within_a_minute_of_its_day_that_nobody_put_it_in_force(w):
    change = approved(w)
    midnight = datetime.combine(change.in_force_from, time.min, LOCAL)
    assert list(faults(midnight + timedelta(seconds=30))) == []
    (told,) = faults(midnight + timedelta(seconds=61))
    assert str(change.in_force_from) in told
    apply_due(midnight + timedelta(seconds=62))
    assert list(faults(midnight + timedelta(seconds=63))) == []


def test_a_round_twice_puts_it_in_force_once(w):
    change = approved(w)
    assert (apply_due(w.at + DAY), apply_due(w.at + DAY)) == (1, 0)
    assert Limit.objects.filter(change=change).count() == 1


def test_the_author_never_decides_even_with_the_role_for_it(w):
    seat(w.desk_officer, Role.INSPECTOR, w.supervision)
    change = sent(w)
    decide = {"seen": change.version, "by": w.of(w.desk_officer), "at": w.at}
    assert code_of(approve, change, **decide) == "same_person"
    assert code_of(reject, change, note="不行", **decide) == "same_person"
    with pytest.raises(IntegrityError, match="nobody_decides_their_own_change"), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(decided_by=w.desk_officer)
    with pytest.raises(IntegrityError, match="a_second_person_decides"), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(state=State.APPROVED)


@pytest.mark.parametrize("name", ["assessor", "dispatcher", "works_officer", "clerk", "worker"])
def test_only_who_answers_for_rules_decides(w, name):
    change = sent(w)
    assert code_of(approve, change, seen=change.version, by=w.of(getattr(w, name)), at=w.at) == "wrong_person"


def test_only_the_desk_and_the_assessment_office_draft(w):
    for user in (w.dispatcher, w.inspector, w.establishment, w.worker):
        assert code_of(drafted, w, by=user) == "wrong_person"
    assert drafted(w, by=w.assessor).drafted_by == w.assessor


def test_the_three_administrators_neither_draft_nor_decide(w):
    admin = seat(person("admin", "管理", w.desk), Role.SYSTEM_ADMIN, w.desk)
    seat(admin, Role.INSPECTOR, w.supervision)
    seat(admin, Role.ASSESSOR, w.desk)
    change = sent(w)
    assert code_of(drafted, w, by=admin) == "wrong_person"
    assert code_of(approve, change, seen=change.version, by=w.of(admin), at=w.at) == "wrong_person"


def test_nothing_holds_in_the_past_or_today(w):
    assert code_of(drafted, w, shorter(w.at, days=0)) == "in_past"
    assert code_of(drafted, w, shorter(w.at, days=-3)) == "in_past"


def test_a_change_that_waited_past_its_day_is_not_approved(w):
    change = sent(w)
    later = w.at + 2 * DAY
    assert code_of(approve, change, seen=change.version, by=w.of(w.inspector, later), at=later) == "in_past"
    mended = edit(change, wanted=shorter(later), seen=change.version, by=w.of(w.desk_officer), at=later)
    assert (mended.state, mended.decided_by) == (State.DRAFT, None)


def test_a_draft_says_what_on_which_ground_and_changes_something(w):
    assert code_of(drafted, w, shorter(w.at, basis=" ")) == "basis_missing"
    assert code_of(drafted, w, shorter(w.at, title=" ")) == "title_missing"
    assert code_of(drafted, w, shorter(w.at, hours=4)) == "nothing_changed"
    assert code_of(drafted, w, shorter(w.at, hours=0)) == "odd_amount"
    assert code_of(drafted, w, subject="no-such") == "unknown_subject"
    less = shorter(w.at)
    less.after["limits"].pop()
    assert code_of(drafted, w, less) == "other_phases"


def test_who_read_an_older_one_is_told(w):
    change = sent(w)
    assert code_of(approve, change, seen=change.version - 1, by=w.of(w.inspector), at=w.at) == "stale"
    assert code_of(withdraw, change, seen=change.version + 1, by=w.of(w.desk_officer), at=w.at) == "stale"


def test_one_change_of_a_subject_at_a_time(w):
    first = sent(w)
    other = drafted(w, shorter(w.at, hours=3), by=w.assessor)
    again = {"seen": other.version, "by": w.of(w.assessor), "at": w.at}
    assert code_of(submit, other, **again) == "overlaps"
    withdraw(first, seen=first.version, by=w.of(w.desk_officer), at=w.at)
    assert submit(other, **again).state == State.SUBMITTED


def test_another_subject_is_no_overlap(w):
    sent(w)
    urgent = rows_of("limits", "urgent", w.at)
    urgent["limits"][0]["amount"] += 1
    assert sent(w, replace(shorter(w.at), after=urgent), subject="urgent").state == State.SUBMITTED


def test_what_was_changed_meanwhile_is_not_overwritten(w):
    waiting = sent(w)
    Limit.objects.create(
        urgency="normal", phase="sign", amount=3, unit="working_hour", basis="装载", since="2026-01-01"
    )  # by the program that loads files
    decide = {"seen": waiting.version, "by": w.of(w.inspector), "at": w.at}
    assert code_of(approve, waiting, **decide) == "base_changed"


def test_one_that_no_longer_fits_on_its_day_goes_back_to_its_author(w):
    change = approved(w)
    Limit.objects.create(
        urgency="normal", phase="close", amount=3, unit="working_hour", basis="装载", since="2026-01-01"
    )
    assert apply_due(w.at + DAY) == 0
    change.refresh_from_db()
    last = change.steps.last()
    assert (change.state, change.decided_by, last.facts["code"]) == (State.DRAFT, None, "base_changed")
    assert list(faults(w.at + DAY)) == []


def test_not_approving_needs_words(w):
    change = sent(w)
    decide = {"seen": change.version, "by": w.of(w.establishment), "at": w.at}
    assert code_of(reject, change, note=" ", **decide) == "note_missing"
    assert reject(change, note="依据不对", **decide).state == State.REJECTED
    assert code_of(approve, change, **{**decide, "seen": change.version + 1}) == "wrong_state"


def test_its_author_alone_takes_it_back_even_after_the_approval(w):
    change = approved(w)
    taken = {"seen": change.version, "at": w.at}
    assert code_of(withdraw, change, by=w.of(w.assessor), **taken) == "wrong_person"
    withdraw(change, by=w.of(w.desk_officer), **taken)
    assert (apply_due(w.at + DAY), sign_limit(w.at + DAY)) == (0, 4)


def test_rolled_back_by_another_change_that_a_second_person_decides(w):
    change = approved(w)
    apply_due(at := w.at + DAY)
    change.refresh_from_db()
    back = roll_back(change, basis="复核意见", day=shorter(at).day, seen=change.version, by=w.of(w.assessor), at=at)
    assert (back.state, Change.objects.get(pk=change.pk).state) == (State.DRAFT, State.APPLIED)
    back = submit(back, seen=back.version, by=w.of(w.assessor), at=at)
    assert code_of(approve, back, seen=back.version, by=w.of(w.assessor), at=at) == "same_person"
    approve(back, seen=back.version, by=w.of(w.inspector), at=at)
    assert (apply_due(at + DAY), sign_limit(at), sign_limit(at + DAY)) == (1, 2, 4)
    change.refresh_from_db()
    assert (change.state, change.undone_by) == (State.ROLLED_BACK, back)
    assert list(faults(at + DAY)) == []


def test_only_the_last_change_is_rolled_back(w):
    first = approved(w)
    apply_due(at := w.at + DAY)
    first.refresh_from_db()
    second = draft("limits", "normal", wanted=shorter(at, hours=1), by=w.of(w.desk_officer), at=at)
    second = submit(second, seen=second.version, by=w.of(w.desk_officer), at=at)
    approve(second, seen=second.version, by=w.of(w.inspector), at=at)
    apply_due(later := at + DAY)
    wanted = {
        "basis": "复核",
        "day": shorter(later).day,
        "seen": first.version,
        "by": w.of(w.desk_officer),
        "at": later,
    }
    assert code_of(roll_back, first, **wanted) == "not_latest"


def test_verify_names_what_went_past_two_people(w):
    change = approved(w)
    with transaction.atomic():
        Change.objects.filter(pk=change.pk).update(in_force_from=w.at - 3 * DAY)
    assert len(list(faults(w.at))) == 1


def test_steps_are_numbered_and_say_who(w):
    change = approved(w)
    apply_due(w.at + DAY)
    said = [(step.number, step.verb, step.actor) for step in change.steps.all()]
    assert said == [
        (1, "draft", w.desk_officer),
        (2, "submit", w.desk_officer),
        (3, "approve", w.inspector),
        (4, "apply", None),
    ]


def test_verify_names_a_limit_that_went_past_the_review(w):
    approved(w)
    apply_due(at := w.at + DAY)
    assert list(clock_faults(at)) == []
    Limit.objects.create(urgency="normal", phase="sign", amount=9, unit="day", basis="后门", since=at.date() + 5 * DAY)
    assert len(list(clock_faults(at))) == 1
