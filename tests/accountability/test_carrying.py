"""A reviewed change of the calendar: what begins later is counted by it, what runs only where two people say so."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accountability import calendars, segments
from accountability.carrying import carry_on, midnight, would_move
from accountability.changing import calendar as kind
from accountability.climbing import climb_kind
from accountability.clocks import Start, start, stop
from accountability.derivation import derivation, recompute
from accountability.invariants import faults
from accountability.models import Calendar, Clock, CoveredYear, Segment
from accountability.sweep import run_once
from accountability.worktime import LOCAL
from changes.actions import Wanted, apply_due
from changes.kinds import ChangeRefused
from tests import stories
from tests.changes.drafting import approved, day_off, drafted, rows_of
from tests.world import with_ladder, world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FRIDAY = "2026-03-13"


@pytest.fixture
def w():
    return world()


def said(moment: datetime | None) -> str:
    return f"{moment.astimezone(LOCAL):%m-%d %H:%M}" if moment else ""


def begun(w, phase: str = "result", number: int = 7) -> Clock:
    """Begins on Monday at 10:00."""
    return start("dispute", number, starts=[Start(phase, w.works.pk)], urgency="normal", at=w.at)[0]


def changed(w, chosen=None, at=None, **more) -> Calendar:
    approved(w, day_off(w.at, FRIDAY, **more), kind="calendar", subject="2026", chosen=chosen)
    apply_due(at or w.at + DAY)
    return Calendar.objects.order_by("-version").first()


def test_a_new_calendar_counts_for_what_begins_from_its_day_on(w):
    running = begun(w)
    made = changed(w)
    later = start("dispute", 8, starts=[Start("result")], urgency="normal", at=w.at + DAY)[0]
    assert (made.version, made.change.subject, said(later.due_at)) == (2, "2026", "03-18 17:30")
    carry_on(w.at + DAY)
    running.refresh_from_db()
    assert (said(running.due_at), running.calendar_id, running.altered) == ("03-16 17:30", w.calendar.pk, False)


def test_what_the_change_does_not_name_is_carried_over(w):
    made = changed(w)
    before = calendars.numbered(w.calendar.pk)
    after = calendars.numbered(made.pk)
    assert (after.hours, after.years) == (before.hours, before.years)
    assert set(after.exceptions) - set(before.exceptions) == {date(2026, 3, 13)}


def test_the_impact_says_what_would_move_before_anything_moves(w):
    begun(w)
    begun(w, "sign", 8)  # due today
    found = would_move(kind.proposed("2026", day_off(w.at, FRIDAY).after), midnight(date(2026, 3, 10)))
    (count,), (moved,) = found.counts, found.moved
    assert (count[1:], said(moved.source), said(moved.target)) == ((1, 1, 0), "03-16 17:30", "03-17 17:30")


def test_running_clocks_move_when_the_second_person_says_so_and_tell_it(w):
    clock = begun(w)
    made = changed(w, chosen={"recompute": True})
    assert (carry_on(w.at + DAY), carry_on(w.at + DAY)) == (1, 0)
    clock.refresh_from_db()
    segment = clock.segments.get()
    assert (said(clock.due_at), segment.kind, segment.calendar) == ("03-17 17:30", Segment.Kind.CALENDAR, made)
    assert recompute(clock) == clock.due_at
    assert any("2" in line and "03" not in line for line in derivation(clock))
    made.refresh_from_db()
    assert made.carried_at == w.at + DAY
    assert list(faults(w.at + DAY)) == []


def test_a_round_of_the_sweep_applies_and_carries(w):
    stories.whistled(w)
    approved(w, day_off(w.at, FRIDAY), kind="calendar", subject="2026", chosen={"recompute": True})
    run_once(w.at + DAY + timedelta(hours=1))
    moved = Clock.objects.running().filter(segments__kind=Segment.Kind.CALENDAR)
    assert moved
    assert all(recompute(clock) == clock.due_at for clock in moved)
    assert list(faults(w.at + DAY)) == []


def test_what_is_overdue_paused_or_extended_stays(w):
    late, paused, extended = begun(w, "sign", 1), begun(w, number=2), begun(w, number=3)
    segments.pause([paused], approver_id=w.police.pk, at=w.at)
    segments.extend(extended, until=extended.due_at + DAY, approver_id=None, at=w.at)
    before = {clock.pk: Clock.objects.get(pk=clock.pk).due_at for clock in (late, paused, extended)}
    changed(w, chosen={"recompute": True})
    carry_on(w.at + DAY)
    assert {clock.pk: clock.due_at for clock in Clock.objects.all()} == before


def test_a_late_round_gives_the_same_as_one_in_time(w):
    clock, soon = begun(w), begun(w, "conferral", 9)
    changed(w, chosen={"recompute": True}, at=w.at + 3 * DAY)
    carry_on(w.at + 3 * DAY)
    clock.refresh_from_db()
    soon.refresh_from_db()
    assert (said(clock.due_at), clock.segments.get().since) == ("03-17 17:30", midnight(date(2026, 3, 10)))
    assert said(soon.due_at) == "03-10 17:30"


def test_hours_that_are_left_are_left_by_the_new_hours(w):
    clock = begun(w, "dispatch", 5)  # eight working hours from Monday 10:00: two are left on Tuesday
    after = {"hours": [{"begins": "09:00", "ends": "12:00"}, {"begins": "14:00", "ends": "18:00"}]}
    wanted = Wanted("夏令作息", "试验通知", after, date(2026, 3, 10))
    approved(w, wanted, kind="calendar", subject="hours", chosen={"recompute": True})
    apply_due(w.at + DAY)
    carry_on(w.at + DAY)
    clock.refresh_from_db()
    assert (said(clock.due_at), recompute(clock)) == ("03-10 11:00", clock.due_at)


def test_a_pause_after_it_goes_on_by_the_new_calendar(w):
    clock = begun(w)
    changed(w, chosen={"recompute": True})
    carry_on(w.at + DAY)
    segments.pause([clock], approver_id=w.police.pk, at=w.at + DAY)
    (clock,) = segments.resume([clock], at=w.at + 2 * DAY)
    assert recompute(clock) == clock.due_at
    assert said(clock.due_at) == "03-18 17:30"
    stop("dispute", [7], phases=["result"], at=w.at + 2 * DAY)
    assert list(faults(w.at + 2 * DAY)) == []


@pytest.mark.parametrize(
    ("wanted", "subject", "code"),
    [
        (lambda w: day_off(w.at, "2026-03-09"), "2026", "in_past"),
        (lambda w: day_off(w.at, "2026-03-14"), "2026", "odd_day"),
        (lambda w: day_off(w.at, "2026-03-13", kind="makeup"), "2026", "odd_day"),
        (lambda w: Wanted("x", "x", {"days": []}, date(2026, 3, 10)), "2031", "nothing_changed"),
        (lambda w: day_off(w.at, "2033-03-11"), "2033", "unknown_year"),
        (lambda w: day_off(w.at, "2025-03-11"), "2025", "unknown_year"),
        (lambda w: Wanted("x", "x", {"hours": []}, date(2026, 3, 10)), "hours", "odd_hours"),
    ],
)  # fmt: skip
def test_no_other_calendar_is_drafted(w, wanted, subject, code):
    with pytest.raises(ChangeRefused) as refused, transaction.atomic():
        drafted(w, wanted(w), kind="calendar", subject=subject)
    assert refused.value.code == code


def test_the_first_year_that_is_not_known_is_covered_by_a_change(w):
    approved(w, day_off(w.at, "2031-01-01"), kind="calendar", subject="2031")
    apply_due(w.at + DAY)
    made = CoveredYear.objects.get(year=2031)
    assert (made.calendar.version, made.basis) == (2, "试验通知")
    assert 2031 in calendars.current().years
    assert rows_of("calendar", "2031", w.at)["days"][0]["name"] == "试验假"


# ---- Many at once


def carried(w, number: int) -> int:
    """How many statements carry so many whistled cases."""
    for _ in range(number):
        stories.whistled(w)
    changed(w, chosen={"recompute": True})
    with CaptureQueriesContext(connection) as said:
        assert carry_on(w.at + DAY) >= 3 * number
    return len(said)


def test_many_clocks_ask_no_more_than_those_of_one_case(w):
    for _first_reads_what_a_process_keeps in (True, False):
        with transaction.atomic():
            of_one = carried(w, 1)
            transaction.set_rollback(True)
    assert carried(w, 5) == of_one
    assert all(recompute(clock) == clock.due_at for clock in Clock.objects.filter(altered=True))


def test_clocks_that_were_carried_climb_with_no_more_statements(w):
    with_ladder(w)

    def climbed(number: int) -> int:
        with CaptureQueriesContext(connection) as said:
            assert climb_kind("summons", w.at + 8 * DAY) >= number
        return len(said)

    with transaction.atomic():
        carried(w, 1)
        of_one = climbed(1)
        transaction.set_rollback(True)
    carried(w, 5)
    assert climbed(5) == of_one


def test_a_clock_that_cannot_be_carried_stands_in_no_others_way(w):
    spoilt, sound = begun(w, number=7), begun(w, number=8)
    Clock.objects.filter(pk=spoilt.pk).update(due_at=datetime.max.replace(tzinfo=UTC))  # no day in Shanghai any more
    made = changed(w, chosen={"recompute": True})
    assert carry_on(w.at + DAY) == 1
    assert [made.carried_at, *Segment.objects.values_list("clock", flat=True)] == [None, sound.pk]
