"""Clocks start with their limits, stop in time or late, and wait for a calendar that is not there yet."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from accountability import calendars
from accountability.clocks import Start, start, stop
from accountability.models import (
    Calendar,
    Category,
    Clock,
    CoveredYear,
    DayException,
    Item,
    Limit,
    Situation,
    WorkHours,
)
from people.models import Unit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 11, 2, 32, tzinfo=UTC)  # Wednesday 10:32 in Lixia


@pytest.fixture(autouse=True)
def _limits():
    calendar = Calendar.objects.create(version=1, name="test", basis="test")
    WorkHours.objects.create(calendar=calendar, begins=time(8, 30), ends=time(12))
    WorkHours.objects.create(calendar=calendar, begins=time(13, 30), ends=time(17, 30))
    CoveredYear.objects.create(calendar=calendar, year=2026, basis="test")
    limit("sign", 4, "working_hour")
    limit("result", 5, "working_day")
    limit("arrive", 1, "clock_hour")


def limit(phase: str, amount: int, unit: str, since: date = date(2020, 1, 1), milestone: str = "") -> Limit:
    return Limit.objects.create(
        urgency="normal", phase=phase, milestone=milestone, amount=amount, unit=unit, basis="test", since=since
    )


def begun(*phases: str, at: datetime = AT, subject: int = 7) -> list[Clock]:
    return start("case", subject, starts=[Start(phase) for phase in phases], urgency="normal", at=at)


def local(moment: datetime | None) -> str:
    return f"{moment + timedelta(hours=8):%m-%d %H:%M}" if moment else ""


def test_each_phase_is_due_by_its_own_limit():
    dues = {clock.phase: local(clock.due_at) for clock in begun("sign", "result", "arrive")}
    assert dues == {"sign": "03-11 16:02", "result": "03-18 17:30", "arrive": "03-11 11:32"}


def test_a_phase_without_a_limit_has_no_clock():
    assert [clock.phase for clock in begun("accept", "sign")] == ["sign"]


def test_a_start_takes_two_statements(django_assert_num_queries):
    calendars.current()
    with django_assert_num_queries(2):
        begun("sign", "result", "arrive")


def test_the_limit_of_the_day_counts():
    limit("sign", 1, "clock_hour", since=date(2026, 3, 12))
    assert local(begun("sign")[0].due_at) == "03-11 16:02"
    # 23:30 UTC on the 11th is already the 12th here.
    assert local(begun("sign", at=AT.replace(hour=23), subject=8)[0].due_at) == "03-12 08:32"


def test_milestones_have_clocks_of_their_own_in_their_situation_only():
    burst = Situation.objects.create(item=an_item(), code="S", name="burst main", looks_like="-", urgency="normal")
    Limit.objects.create(
        urgency="normal", phase="result", situation=burst, milestone="fence", amount=3, unit="clock_hour", basis="test",
        since=date(2020, 1, 1),
    )  # fmt: skip
    assert [local(clock.due_at) for clock in begun("result")] == ["03-18 17:30"]
    wanted = [Start("result")]
    clocks = start("case", 8, starts=wanted, urgency="normal", at=AT, situation_id=burst.pk)
    assert [(clock.milestone, local(clock.due_at)) for clock in clocks] == [
        ("", "03-18 17:30"), ("fence", "03-11 13:32"),
    ]  # fmt: skip


def an_item() -> Item:
    return Item.objects.create(code="I-1", category=Category.objects.create(code="c", name="c", name_en="c"))


def test_one_clock_runs_per_subject_holder_phase_and_round():
    begun("sign")
    with pytest.raises(IntegrityError), transaction.atomic():
        begun("sign")
    works = Unit.objects.create(code="W", name="Works", short_name="Works", kind="government")
    assert start("case", 7, starts=[Start("sign", works.pk), Start("sign", None, 2)], urgency="normal", at=AT)


def test_exactly_at_the_due_moment_is_in_time():
    clock = begun("sign")[0]
    assert stop("case", [7], phases=["sign"], at=clock.due_at) == []
    clock.refresh_from_db()
    assert (clock.stopped_at, clock.lapsed_at) == (clock.due_at, None)


def test_a_late_stop_lapses_at_the_due_moment_without_any_sweep():
    clock = begun("sign", "result")[0]
    late = stop("case", [7], phases=["sign", "arrive"], at=clock.due_at + timedelta(microseconds=1))
    assert [(found.phase, found.lapsed_at) for found in late] == [("sign", clock.due_at)]
    assert Clock.objects.running().get().phase == "result"


def test_a_clock_that_had_lapsed_is_not_told_again():
    clock = begun("sign")[0]
    Clock.objects.update(lapsed_at=clock.due_at)
    assert stop("case", [7], phases=["sign"], at=AT + timedelta(days=3)) == []
    assert Clock.objects.get().stopped_at == AT + timedelta(days=3)


def test_a_stopped_clock_stays_as_it_was():
    begun("sign")
    stop("case", [7], phases=["sign"], at=AT + timedelta(hours=1))
    stop("case", [7], phases=["sign"], at=AT + timedelta(days=9))
    assert Clock.objects.get().stopped_at == AT + timedelta(hours=1)


def test_others_clocks_run_on():
    begun("sign")
    begun("sign", subject=8)
    stop("case", [8], phases=["sign"], at=AT)
    stop("summons", [7], phases=["sign"], at=AT)
    assert Clock.objects.running().get().subject_id == 7


def test_a_clock_that_reaches_into_an_unknown_year_waits_for_its_calendar():
    clock = begun("result", at=datetime(2026, 12, 30, 2, tzinfo=UTC))[0]
    assert (clock.due_at, clock.stopped_at) == (None, None)


def test_without_any_calendar_clock_hours_still_run():
    Calendar.objects.all().delete()
    dues = {clock.phase: bool(clock.due_at) for clock in begun("sign", "arrive")}
    assert dues == {"sign": False, "arrive": True}


def test_a_new_holiday_is_seen_by_the_next_start():
    assert local(begun("result")[0].due_at) == "03-18 17:30"
    DayException.objects.create(calendar=Calendar.objects.get(), day=date(2026, 3, 13), kind="holiday", name="x")
    assert local(begun("result", subject=8)[0].due_at) == "03-19 17:30"


def test_the_newest_version_of_the_calendar_counts():
    newest = Calendar.objects.create(version=2, name="summer", basis="x")
    WorkHours.objects.create(calendar=newest, begins=time(9), ends=time(18))
    CoveredYear.objects.create(calendar=newest, year=2026, basis="x")
    clock = begun("sign")[0]
    assert (local(clock.due_at), clock.calendar_id) == ("03-11 14:32", newest.pk)
