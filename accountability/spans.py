"""Spans of time and moments in words: the largest two units, each with its name; today, tomorrow or a date."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.dues import needs_calendar
from accountability.models import Limit
from accountability.worktime import LOCAL, SECOND, WorkCalendar
from people.written import written

Word = tuple[str | Promise, str | Promise]
Scale = Sequence[tuple[int, Word]]

MINUTE, HOUR, DAY = 60 * SECOND, 3600 * SECOND, 86_400 * SECOND
MINUTES: Word = (gettext_lazy("%(count)s min"), gettext_lazy("%(count)s min"))
HOURS: Word = (gettext_lazy("%(count)s h"), gettext_lazy("%(count)s h"))
CLOCK_HOURS: Word = (gettext_lazy("%(count)s clock h"), gettext_lazy("%(count)s clock h"))
WORKING_HOURS: Word = (gettext_lazy("%(count)s working h"), gettext_lazy("%(count)s working h"))
WORKING_DAYS: Word = (gettext_lazy("%(count)s working day"), gettext_lazy("%(count)s working days"))
DAYS: Word = (gettext_lazy("%(count)s calendar day"), gettext_lazy("%(count)s calendar days"))
WEEKDAYS = (
    gettext_lazy("Mon"), gettext_lazy("Tue"), gettext_lazy("Wed"), gettext_lazy("Thu"), gettext_lazy("Fri"),
    gettext_lazy("Sat"), gettext_lazy("Sun"),
)  # fmt: skip


def scale_of(limit: Limit, calendar: WorkCalendar) -> Scale:
    """The units in which spans of this limit are told, largest first."""
    if limit.unit == "working_day" and calendar.day_length:
        return [(calendar.day_length, WORKING_DAYS), (HOUR, WORKING_HOURS), (MINUTE, MINUTES)]
    if needs_calendar(limit):
        return [(HOUR, WORKING_HOURS), (MINUTE, MINUTES)]
    if limit.unit == "day":
        return [(DAY, DAYS), (HOUR, HOURS), (MINUTE, MINUTES)]
    return [(HOUR, CLOCK_HOURS), (MINUTE, MINUTES)]


def rounded_down(amount: int, scale: Scale, most: int = 2) -> str:
    """As many units as are asked for, rounded down: "2 working h 45 min"; "" under a minute."""
    at = _first(amount, scale)
    said = []
    for size, word in scale[at : at + most]:
        count, amount = divmod(amount, size)
        if count:
            said.append(str(word[count != 1]) % {"count": count})
    return " ".join(said)


def rounded_up(amount: int, scale: Scale, most: int = 2) -> str:
    """The same, rounded up: what is over is never told too small."""
    at = _first(amount, scale)
    last = min(at + most, len(scale)) - 1
    whole, rest = 0, amount
    for size, _word in scale[at:last]:
        whole, rest = whole + rest // size * size, rest % size
    up = -(-rest // scale[last][0]) * scale[last][0]
    return rounded_down(whole + (min(up, scale[last - 1][0]) if last else up), scale, most)


def _first(amount: int, scale: Scale) -> int:
    return next((place for place, (size, _word) in enumerate(scale) if amount >= size), len(scale) - 1)


def amount_of(limit: Limit) -> str:
    """The limit itself: "4 working h"."""
    words = {
        "working_minute": (gettext_lazy("%(count)s working min"),) * 2, "working_hour": WORKING_HOURS,
        "working_day": WORKING_DAYS, "clock_second": (gettext_lazy("%(count)s s by the clock"),) * 2,
        "clock_minute": (gettext_lazy("%(count)s min by the clock"),) * 2, "clock_hour": CLOCK_HOURS, "day": DAYS,
    }  # fmt: skip
    return str(words[limit.unit][limit.amount != 1]) % {"count": limit.amount}


NEAR = {
    -1: gettext_lazy("%(time)s yesterday"),
    0: gettext_lazy("%(time)s today"),
    1: gettext_lazy("%(time)s tomorrow"),
}


def moment(when: datetime, at: datetime) -> str:
    """A moment seen from another: "15:32 today", "18 Mar, 17:30", with the year where it is another one."""
    local, today = when.astimezone(LOCAL), localdate(at, LOCAL)
    near = NEAR.get((local.date() - today).days)
    if near is not None:
        return str(near) % {"time": local.strftime("%H:%M")}
    return written(local, _("j M, H:i") if local.year == today.year else _("j M Y, H:i"))


def full_moment(when: datetime) -> str:
    """A moment for good, with weekday and year: "Thu 12 Mar 2026, 14:45"."""
    local = when.astimezone(LOCAL)
    return _("%(weekday)s %(date)s, %(time)s") % {
        "weekday": WEEKDAYS[local.weekday()],
        "date": written(local, _("j M Y")),
        "time": local.strftime("%H:%M"),
    }


def day_words(day: date) -> str:
    """A day with its weekday: "Thu 12 Mar"."""
    return _("%(weekday)s %(date)s") % {"weekday": WEEKDAYS[day.weekday()], "date": written(day, _("j M"))}
