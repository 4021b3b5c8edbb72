"""When somebody may be called: hours by kind of day, how far calls lie apart, and when the next one is possible.

A call is fruitless when the person was not asked. After so many of them nobody calls again, unless the person has
named a time: that call is still made. Where a district has loaded no hours, people are called at any hour.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability import calendars
from accountability.spans import moment
from accountability.worktime import LOCAL, WorkCalendar, YearUncovered
from engagement.models import Callback, CallHours, CallRule, Outcome

FRUITLESS = (Outcome.NO_ANSWER, Outcome.BUSY, Outcome.LATER, Outcome.WRONG_NUMBER)
# Until a district's rows are loaded.
UNWRITTEN = CallRule(attempts=3, apart_minutes=0, parts=1, later_days=7, grace_minutes=0, link_hours=72)
HORIZON = 30  # days in which a next call is looked for: longer than any holiday


class CallRefused(ValidationError):
    """This call may not be made, or put off, like this: the sentence says why and what to do."""


@dataclass(frozen=True)
class Window:
    """A stretch of one day in which people may be called."""

    part: str
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Plan:
    """What counts for cases of one urgency at a moment."""

    hours: list[CallHours]
    rule: CallRule
    calendar: WorkCalendar

    def windows(self, day: date) -> list[Window]:
        kind = CallHours.Day.WORKDAY if self._worked(day) else CallHours.Day.OFF
        rows = (row for row in self.hours if row.day == kind)
        return [Window(row.part, _on(day, row.begins), _on(day, row.ends)) for row in rows]

    def part_at(self, at: datetime, grace: timedelta = timedelta()) -> str:
        """The part of the day in which this moment lies; "" outside the hours."""
        found = self.windows(localdate(at, LOCAL))
        return next((one.part for one in found if one.begins <= at <= one.ends + grace), "")

    @property
    def grace(self) -> timedelta:
        return timedelta(minutes=self.rule.grace_minutes)

    def ready(self, calls: Sequence[Callback]) -> datetime | None:
        """When enough time has passed since the last fruitless call, or the moment that the person named."""
        last = calls[-1] if calls else None
        return last and (last.again_at or last.at + timedelta(minutes=self.rule.apart_minutes))

    def earliest(self, calls: Sequence[Callback], at: datetime, grace: timedelta = timedelta()) -> datetime | None:
        """The first moment from here on at which this person may be called; None where there is none."""
        since = max(at, self.ready(calls) or at)
        if not self.hours:
            return since
        named = bool(calls and calls[-1].again_at)
        fitting = (one for one in self._windows_from(since, grace) if named or self.takes(one.part, calls))
        return next((max(since, one.begins) for one in fitting), None)

    def takes(self, part: str, calls: Sequence[Callback]) -> bool:
        """Whether a call on this part of the day leaves enough calls for the parts that are still to be tried."""
        tried = {self.part_at(call.at, self.grace) for call in calls} - {""}
        left = max(self.rule.attempts - len(calls) - 1, 0)
        return len(tried | {part}) + left >= min(self.rule.parts, len({row.part for row in self.hours}))

    def _windows_from(self, since: datetime, grace: timedelta) -> Iterator[Window]:
        first = localdate(since, LOCAL)
        for ahead in range(HORIZON):
            yield from (one for one in self.windows(first + timedelta(days=ahead)) if one.ends + grace >= since)

    def _worked(self, day: date) -> bool:
        """By the week where the calendar does not know the year: nobody waits for it to be loaded."""
        try:
            return self.calendar.is_worked(day)
        except YearUncovered:
            return day.weekday() < 5


def _on(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=LOCAL)


@dataclass(frozen=True)
class Plans:
    """What counts at a moment for cases of every urgency."""

    hours: list[CallHours]
    rule: CallRule
    calendar: WorkCalendar

    def of(self, urgency: str) -> Plan:
        """Hours of this urgency's own go before those of all."""
        return Plan(self.newest(urgency) or self.newest(""), self.rule, self.calendar)

    def newest(self, urgency: str) -> list[CallHours]:
        """The newest hours of this urgency alone; none where they were ended."""
        rows = [row for row in self.hours if row.urgency == urgency]
        newest = max((row.since for row in rows), default=None)
        return [row for row in rows if row.since == newest and not row.ended]


def plans_at(at: datetime) -> Plans:
    """The rows that count by then: three queries."""
    hours = CallHours.objects.filter(since__lte=localdate(at, LOCAL)).order_by("begins")
    return Plans(list(hours), rule_at(at), calendars.current())


def plan_of(urgency: str, at: datetime) -> Plan:
    return plans_at(at).of(urgency)


def rule_at(at: datetime) -> CallRule:
    return CallRule.objects.filter(since__lte=localdate(at, LOCAL)).order_by("-since").first() or UNWRITTEN


def given_up(rule: CallRule, calls: Sequence[Callback]) -> bool:
    """Called so often that nobody calls again. A time that the person named is kept all the same."""
    return len(calls) >= rule.attempts and calls[-1].outcome != Outcome.LATER


def check_call(plan: Plan, calls: Sequence[Callback], at: datetime) -> None:
    """Raise CallRefused unless this person, after these fruitless calls, may be called at this moment."""
    if given_up(plan.rule, calls):
        raise CallRefused(
            _("They were called %(count)s times and nobody calls again. They can still answer by their receipt."),
            code="attempts_used",
            params={"count": len(calls)},
        )
    earliest = plan.earliest(calls, at, plan.grace)
    if earliest is None or earliest > at:
        raise _refusal(plan, calls, at, earliest)


def why_not_now(plan: Plan, calls: Sequence[Callback], at: datetime) -> str:
    """The sentence that refuses a call at this moment; "" where it may be made."""
    try:
        check_call(plan, calls, at)
    except CallRefused as refused:
        return str(refused.messages[0])
    return ""


def _refusal(plan: Plan, calls: Sequence[Callback], at: datetime, earliest: datetime | None) -> CallRefused:
    ready = plan.ready(calls)
    said = {"when": moment(earliest, at) if earliest else "–", "hours": hours_in_words(plan)}
    if ready and at < ready and calls[-1].again_at:
        return CallRefused(_("They asked to be called %(when)s. Call them then."), "asked_for_later", said)
    if ready and at < ready:
        said["last"] = moment(calls[-1].at, at)
        return CallRefused(
            _("They were called %(last)s, and the next call must lie further apart: from %(when)s on."),
            "too_soon", said,
        )  # fmt: skip
    if plan.part_at(at, plan.grace):
        return CallRefused(
            _("They were called on this part of the day only. Try another part: from %(when)s on."), "same_part", said
        )
    return CallRefused(
        _("People are called %(hours)s; the next call is possible from %(when)s on. "
          "They themselves can answer at any hour by their receipt."),
        "outside_hours", said,
    )  # fmt: skip


def check_later(plan: Plan, calls: Sequence[Callback], again_at: datetime | None, at: datetime) -> None:
    """Raise CallRefused unless the call may be put off, after these fruitless ones, until the moment that was named."""
    if again_at is None:
        raise CallRefused(_("Write down when they want to be called, for example 18:30 tomorrow."), "again_missing")
    if len(calls) >= plan.rule.attempts:
        sentence = _("It was put off before, and this was the last call. Write down an answer, or that they give none.")
        raise CallRefused(sentence, "put_off_too_often")
    if again_at <= at or again_at > at + timedelta(days=plan.rule.later_days):
        raise CallRefused(
            _("Name a time from now on and within %(days)s days."), "again_out_of_reach", {"days": plan.rule.later_days}
        )
    if plan.hours and not plan.part_at(again_at):
        raise CallRefused(
            _("Nobody calls at that time. People are called %(hours)s."), "again_outside_hours",
            {"hours": hours_in_words(plan)},
        )  # fmt: skip


def hours_in_words(plan: Plan) -> str:
    """On which hours of which days people are called: "on workdays 09:00–12:00, …; on days off 10:00–12:00"."""
    kinds = {CallHours.Day.WORKDAY: _("on workdays %(hours)s"), CallHours.Day.OFF: _("on days off %(hours)s")}
    told = {kind: _(", ").join(str(row) for row in plan.hours if row.day == kind) for kind in kinds}
    return _("; ").join(kinds[kind] % {"hours": hours} for kind, hours in told.items() if hours) or _("at any hour")
