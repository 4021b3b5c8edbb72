"""What a clock says at a moment, in both languages; and why its deadline is when it is."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accountability import calendars, spans, timewords
from accountability.clocks import Start, start
from accountability.models import Calendar, Clock, CoveredYear, DayException, Limit, Phase, WorkHours
from accountability.timewords import derivation, look, recompute
from accountability.worktime import LOCAL, SECOND, WorkCalendar, due

HOURS = ((time(8, 30), time(12)), (time(13, 30), time(17, 30)))
OFF = {date(2026, 2, day): False for day in range(16, 21)} | {date(2026, 2, 14): True}
CALENDAR = WorkCalendar(HOURS, OFF, frozenset({2025, 2026}), names={day: "Spring Festival" for day in OFF}, version=2)
NOW = datetime(2026, 3, 12, 14, 45, tzinfo=LOCAL)  # a Thursday


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=LOCAL)


def clock(begun: str, amount: int, unit: str, *, done: str = "", phase: str = "result") -> Clock:
    limit = Limit(urgency="normal", phase=phase, amount=amount, unit=unit, basis="rule 7", since=date(2020, 1, 1))
    since = local(begun)
    due_at = due(since, amount, unit, CALENDAR)
    stopped = local(done) if done else None
    lapsed = due_at if stopped and stopped > due_at else None
    return Clock(limit=limit, phase=phase, started_at=since, due_at=due_at, stopped_at=stopped, lapsed_at=lapsed)


def seen(of: Clock, at: datetime = NOW, language: str = "zh-hans") -> tuple[str, str, str, str]:
    with translation.override(language):
        shown = look(of, at, CALENDAR)
    return shown.light, shown.words, shown.compact, shown.owed


MOCK = [
    # as in the drawings: Thursday 12 March, 14:45
    (("03-11 10:32", 5, "working_day"), "run", "剩 4 工作日 2 工作时", "剩 4 工作日", "3月18日 17:30 前反馈"),
    (("03-10 15:00", 2, "working_day"), "yellow", "剩 2 工作时 45 分", "剩 2 工作时", "今天 17:30 前反馈"),
    (("03-11 10:32", 2, "working_day"), "run", "剩 1 工作日 2 工作时", "剩 1 工作日", "明天 17:30 前反馈"),
    (("03-09 10:32", 2, "working_day"), "red", "超 4 工作时 45 分", "超 5 工作时", "昨天 17:30 前反馈"),
    (("03-12 11:32", 4, "working_hour"), "run", "剩 2 工作时 17 分", "剩 2 工作时", "今天 17:02 前反馈"),
    (("03-12 10:02", 4, "working_hour"), "near", "剩 47 分", "剩 47 分", "今天 15:32 前反馈"),
    (("03-12 14:00", 1, "clock_hour"), "near", "剩 15 分", "剩 15 分", "今天 15:00 前反馈"),
    (("03-12 10:00", 24, "clock_hour"), "run", "剩 19 紧急工作时 15 分", "剩 19 紧急工作时", "明天 10:00 前反馈"),
    (("03-10 10:00", 3, "day"), "yellow", "剩 19 小时 15 分", "剩 19 小时", "明天 10:00 前反馈"),
    (("03-12 10:00", 3, "day"), "run", "剩 2 自然日 19 小时", "剩 2 自然日", "3月15日 10:00 前反馈"),
    (("03-12 14:15", 30, "clock_minute"), "near", "剩不到 1 分", "剩不到 1 分", "今天 14:45 前反馈"),
    (("03-12 13:44", 60, "clock_minute"), "red", "超 1 分", "超 1 分", "今天 14:44 前反馈"),
]


@pytest.mark.parametrize(("made", "light", "words", "compact", "owed"), MOCK)
def test_a_running_clock_says_how_long_and_until_when(made, light, words, compact, owed):
    assert seen(clock(*made)) == (light, words, compact, owed)


def test_the_same_in_english():
    assert seen(clock("03-11 10:32", 5, "working_day"), language="en") == (
        "run",
        "4 working days 2 working h left",
        "4 working days left",
        "Reply by 18 Mar, 17:30",
    )
    assert seen(clock("03-12 10:00", 24, "clock_hour"), language="en")[1] == "19 clock h 15 min left"
    assert seen(clock("03-11 10:32", 2, "working_day"), language="en")[2] == "1 working day left"


def test_in_time_and_late_are_told_apart_after_the_end():
    settled = look(clock("03-12 10:00", 4, "working_hour", done="03-12 10:18", phase="sign"), NOW, CALENDAR)
    late = look(clock("03-11 10:32", 4, "working_hour", done="03-11 16:20", phase="respond"), NOW, CALENDAR)
    with translation.override("zh-hans"):
        late = look(clock("03-11 10:32", 4, "working_hour", done="03-11 16:20", phase="respond"), NOW, CALENDAR)
        settled = look(clock("03-12 10:00", 4, "working_hour", done="03-12 10:18", phase="sign"), NOW, CALENDAR)
    assert (settled.light, settled.words, settled.absolute) == ("settled", "已签收", "今天 10:18，用时 18 分")
    assert (late.light, late.words, late.absolute) == ("late", "晚 18 分", "应 昨天 16:02，实 昨天 16:20")
    assert (settled.state, late.state, late.share) == ("done", "late", 100)


def test_exactly_at_the_due_moment_is_not_red():
    at_due = clock("03-12 13:45", 1, "clock_hour")
    assert seen(at_due, at_due.due_at)[:2] == ("near", "剩不到 1 分")
    assert seen(at_due, at_due.due_at + timedelta(seconds=1))[:2] == ("red", "超 1 分")


def test_overdue_outside_working_time_still_says_so():
    evening = clock("03-12 13:30", 4, "working_hour")
    assert seen(evening, local("03-12 17:40"))[:2] == ("red", "超不到 1 分")


def test_near_begins_at_three_quarters():
    half_hour = clock("03-12 14:00", 20, "clock_minute")
    assert seen(half_hour, local("03-12 14:14:59"))[0] == "run"
    assert seen(half_hour, local("03-12 14:15:00"))[0] == "near"


def test_what_awaits_a_calendar_says_so():
    waiting = clock("03-12 14:00", 20, "clock_minute")
    waiting.due_at = None
    assert seen(waiting)[:2] == ("awaiting", "等日历")


def test_a_year_without_a_calendar_breaks_no_page():
    old = clock("03-12 14:00", 4, "working_hour")
    assert seen(old, datetime(2027, 3, 1, tzinfo=UTC))[:2] == ("red", "超时")


def test_the_share_grows_to_a_hundred():
    half = clock("03-12 13:45", 2, "clock_hour")
    assert [look(half, at, CALENDAR).share for at in (half.started_at, NOW, half.due_at)] == [0, 50, 100]


def test_another_year_is_named():
    assert spans.moment(local("03-18 17:30"), datetime(2025, 12, 1, tzinfo=UTC)).startswith("2026年3月18日")


SCALES = st.sampled_from([
    spans.scale_of(Limit(unit=unit), CALENDAR) for unit in ("working_day", "working_hour", "clock_hour", "day")
])  # fmt: skip


@given(SCALES, st.integers(1, 400 * spans.HOUR // SECOND), st.integers(1, 3))
def test_left_is_never_told_too_long_and_over_never_too_short(scale, seconds, most):
    amount = seconds * SECOND
    with translation.override("en"):
        down, up = spans.rounded_down(amount, scale, most), spans.rounded_up(amount, scale, most)
        assert counted(down, scale) <= amount <= counted(up, scale)


def counted(words: str, scale: spans.Scale) -> int:
    """Read the words back."""
    names = {str(name).split(" ", 1)[1]: size for size, both in scale for name in both}
    said = words.split(" ") if words else []
    total, place = 0, 0
    while place < len(said):
        number, place = int(said[place]), place + 1
        name = []
        while place < len(said) and not said[place].isdigit():
            name.append(said[place])
            place += 1
        total += number * names[" ".join(name)]
    return total


# ---- Why this deadline


@pytest.fixture
def stored():
    calendar = Calendar.objects.create(version=3, name="test", basis="test")
    for begins, ends in HOURS:
        WorkHours.objects.create(calendar=calendar, begins=begins, ends=ends)
    CoveredYear.objects.create(calendar=calendar, year=2026, basis="test")
    for day, worked in OFF.items():
        kind = "makeup" if worked else "holiday"
        DayException.objects.create(calendar=calendar, day=day, kind=kind, name="春节调休" if worked else "春节")
    for phase, amount, unit in (("sign", 4, "working_hour"), ("result", 3, "working_day"), ("arrive", 1, "day")):
        Limit.objects.create(
            urgency="normal", phase=phase, amount=amount, unit=unit, basis="办法第七条", since=date(2020, 1, 1)
        )
    return calendar


def begun(phase: str, at: datetime) -> Clock:
    return start("case", 7, starts=[Start(phase)], urgency="normal", at=at)[0]


def test_a_deadline_in_working_hours_is_explained_to_the_minute(db, stored):
    with translation.override("zh-hans"):
        lines = derivation(begun("sign", local("03-11 10:32")))
    assert lines == [
        "2026年3月11日 周三 10:32 起算。",
        "期限「一般 · 签收」4 工作时。依据：办法第七条",
        "工作日历第 3 版。",
        "3月11日 周三 10:32–12:00：1 工作时 28 分。",
        "3月11日 周三 13:30–16:02：2 工作时 32 分。",
        "3月11日 周三 12:00–13:30 午休不计。",
        "合计：4 工作时。",
        "应于 2026年3月11日 周三 16:02 前完成。正好到点算按时。",
    ]


def test_a_deadline_in_working_days_names_the_days_and_what_is_left_out(db, stored):
    with translation.override("zh-hans"):
        lines = derivation(begun("result", local("02-13 18:00")))
    assert "送达时不在工作时间，从 2026年2月14日 周六 08:30 开始计。" in lines
    assert "起算当天不计。计 3 个工作日：2月23日 周一、2月24日 周二、2月25日 周三。" in lines
    assert "不计：2月15日 周日、春节 2月16日 周一–2月20日 周五、2月21日 周六–2月22日 周日。" in lines
    assert "调休上班，照常计时：2月14日 周六。" in lines
    assert "2026年2月25日 周三 17:30" in lines[-1]


def test_a_deadline_by_the_clock_says_that_nights_count(db, stored):
    with translation.override("en"):
        assert "Day and night count, holidays too." in derivation(begun("arrive", local("02-13 18:00")))


@pytest.mark.parametrize("phase", ["sign", "result", "arrive"])
@pytest.mark.parametrize("at", ["02-13 18:00", "02-14 16:00", "03-11 10:32", "03-12 12:15"])
def test_it_recomputes_to_the_same_moment(db, stored, phase, at):
    made = begun(phase, local(at))
    assert recompute(Clock.objects.get(pk=made.pk)) == made.due_at


def test_a_later_change_of_the_calendar_is_admitted(db, stored):
    made = begun("sign", local("03-11 10:32"))
    DayException.objects.create(calendar=stored, day=date(2026, 3, 11), kind="holiday", name="x")
    with translation.override("en"):
        assert derivation(made)[-1].startswith("The limit or the calendar was changed since.")


def test_an_awaited_calendar_has_its_line(db, stored):
    with translation.override("en"):
        assert derivation(begun("result", local("12-31 10:00")))[-1].startswith("It reaches into a year")


# ---- On pages


def test_looking_asks_the_database_nothing(db, stored, django_assert_num_queries):
    made, calendar = begun("sign", local("03-12 10:00")), calendars.current()
    with django_assert_num_queries(0):
        look(made, NOW, calendar)


def test_every_phase_of_a_case_or_a_unit_says_that_it_is_done():
    """A stopped clock stands on the page of its case; a phase without words would take the whole page down."""
    asked_for = {Phase.EXTEND, Phase.PAUSE, Phase.SHELVE, Phase.DECLINE, Phase.REOPEN}
    of_disputes = {Phase.DESK, Phase.CONFERRAL, Phase.LEADER}
    assert set(Phase) - asked_for - of_disputes == set(timewords.DONE)
