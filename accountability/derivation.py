"""Why a deadline is when it is: each stretch that counts, each break and holiday left out, and the sum."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability import calendars
from accountability.dues import due_of, folded, needs_calendar
from accountability.happenings import happenings, segments_of
from accountability.models import Clock
from accountability.spans import amount_of, day_words, full_moment, rounded_down, scale_of
from accountability.worktime import LOCAL, WorkCalendar, begin, ticks

Stretch = tuple[datetime, datetime]


def recompute(clock: Clock, calendar: WorkCalendar | None = None) -> datetime | None:
    """The due moment once more, from the start, the limit, the calendar and what happened to the clock since."""
    return folded(clock, segments_of(clock), _calendar_of(clock, calendar))


def derivation(clock: Clock, calendar: WorkCalendar | None = None) -> list[str]:
    """The lines of "Why this deadline". Given the page's calendar, it reads none for clocks that stand on it."""
    calendar = _calendar_of(clock, calendar)
    segments = segments_of(clock)
    lines = [
        _("Counted from %(when)s.") % {"when": full_moment(clock.started_at)},
        _("Limit for “%(phase)s”, %(urgency)s: %(amount)s. Basis: %(basis)s") % _limit_words(clock),
    ]
    if clock.due_at is None and not clock.paused_at:
        return [*lines, _("It reaches into a year whose calendar is not loaded yet. It is computed when that is.")]
    first = due_of(clock.limit, clock.started_at, calendar) if segments else clock.due_at
    lines += _counted(clock, first, calendar) if first else []
    lines += happenings(clock, segments, calendar)
    if clock.due_at and folded(clock, segments, calendar) != clock.due_at:
        lines.append(_("The limit or the calendar was changed since. What was set at the start counts."))
    return lines


def _counted(clock: Clock, due: datetime, calendar: WorkCalendar) -> Iterator[str]:
    """What was counted from the start to the due moment that the limit alone gives."""
    if needs_calendar(clock.limit):
        yield from _work_lines(clock, due, calendar)
    else:
        yield _("Day and night count, holidays too.")
    yield _("Due %(when)s. Exactly at that moment is still in time.") % {"when": full_moment(due)}


def _calendar_of(clock: Clock, calendar: WorkCalendar | None) -> WorkCalendar:
    if calendar and calendar.pk == clock.calendar_id:
        return calendar
    return calendars.numbered(clock.calendar_id)


def _limit_words(clock: Clock) -> dict[str, str]:
    return {
        "phase": clock.get_phase_display(),
        "urgency": clock.limit.get_urgency_display(),
        "amount": amount_of(clock.limit),
        "basis": clock.limit.basis,
    }


def _work_lines(clock: Clock, due: datetime, calendar: WorkCalendar) -> Iterator[str]:
    yield _("Working calendar, version %(version)s.") % {"version": calendar.version}
    first = begin(clock.started_at, calendar)
    if first != clock.started_at:
        yield _("It came outside working time and begins at %(when)s.") % {"when": full_moment(first)}
    if clock.limit.unit == "working_day":
        yield from _day_lines(localdate(first, LOCAL), localdate(due, LOCAL), calendar)
    else:
        yield from _stretch_lines(clock, list(calendar.stretches(first, due)), calendar)
    yield from _left_out(localdate(clock.started_at, LOCAL), localdate(due, LOCAL), calendar)


def _day_lines(first: date, last: date, calendar: WorkCalendar) -> Iterator[str]:
    counted = [day for day in _days(first + timedelta(days=1), last) if calendar.is_worked(day)]
    named = _(", ").join(day_words(day) for day in counted)
    yield _("The day it begins does not count. Working days counted, %(count)s: %(days)s.") % {
        "count": len(counted),
        "days": named,
    }
    yield _("The last one ends with the end of work.")


def _stretch_lines(clock: Clock, stretches: list[Stretch], calendar: WorkCalendar) -> Iterator[str]:
    scale = scale_of(clock.limit, calendar)
    for since, until in stretches:
        time = rounded_down(ticks(until) - ticks(since), scale) or _("less than 1 min")
        yield _("%(day)s, %(since)s–%(until)s: %(time)s.") % {
            "day": day_words(localdate(since, LOCAL)),
            "since": _time(since),
            "until": _time(until),
            "time": time,
        }
    for before, after in pairwise(stretches):
        if localdate(before[1], LOCAL) == localdate(after[0], LOCAL):
            yield _("The break %(since)s–%(until)s on %(day)s does not count.") % {
                "day": day_words(localdate(after[0], LOCAL)),
                "since": _time(before[1]),
                "until": _time(after[0]),
            }
    total = sum(ticks(until) - ticks(since) for since, until in stretches)
    yield _("Together: %(time)s.") % {"time": rounded_down(total, scale)}


def _left_out(first: date, last: date, calendar: WorkCalendar) -> Iterator[str]:
    """Days off in between, by name where they have one; and weekend days that are worked."""
    days = list(_days(first, last))
    off = [day for day in days if not calendar.is_worked(day)]
    if off:
        yield _("Not counted: %(days)s.") % {"days": _(", ").join(_runs(off, calendar))}
    made_up = [day_words(day) for day in days if day.weekday() > 4 and calendar.is_worked(day)]
    if made_up:
        yield _("Worked in place of a holiday: %(days)s.") % {"days": _(", ").join(made_up)}


def _runs(days: list[date], calendar: WorkCalendar) -> Iterator[str]:
    """Neighbouring days off of one name as one: "Spring Festival 15 Feb–23 Feb"."""
    spells = groupby(enumerate(days), key=lambda pair: (pair[1].toordinal() - pair[0], calendar.names.get(pair[1], "")))
    for (_first, name), spell in spells:
        run = [day for _place, day in spell]
        span = day_words(run[0]) if len(run) == 1 else f"{day_words(run[0])}–{day_words(run[-1])}"
        yield f"{name} {span}" if name else span


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def _time(moment: datetime) -> str:
    return moment.astimezone(LOCAL).strftime("%H:%M")
