"""What a clock looks like at a moment: its light, how much time is left or over in words, and until when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.derivation import derivation, recompute
from accountability.dues import measured, needs_calendar
from accountability.models import Clock, Phase
from accountability.spans import DAY as CLOCK_DAY
from accountability.spans import moment, rounded_down, rounded_up, scale_of
from accountability.worktime import WorkCalendar, YearUncovered

__all__ = ["Look", "derivation", "look", "recompute"]
NEAR = 0.75
# The names that the stylesheet and templates/partials/_shape.html have for the lights.
STATES = {"settled": "done", "awaiting": "wait", "paused": "hold"}
NAMES = {
    "run": gettext_lazy("Running"),
    "near": gettext_lazy("Nearly due"),
    "yellow": gettext_lazy("Yellow card"),
    "red": gettext_lazy("Red card"),
    "late": gettext_lazy("Was late"),
    "settled": gettext_lazy("In time"),
    "awaiting": gettext_lazy("Calendar awaited"),
    "paused": gettext_lazy("Paused"),
}
# A sentence with its time; one for less than a minute; one for what no calendar can tell.
Sentences = tuple[Promise, Promise, Promise]
LEFT = gettext_lazy("%(time)s left"), gettext_lazy("less than 1 min left"), gettext_lazy("In time so far")
OVER = gettext_lazy("%(time)s over"), gettext_lazy("less than 1 min over"), gettext_lazy("Overdue")
LATE = gettext_lazy("%(time)s late"), gettext_lazy("less than 1 min late"), gettext_lazy("Late")
DONE = {
    Phase.ACCEPT: gettext_lazy("Accepted"),
    Phase.DISPATCH: gettext_lazy("Dispatched"),
    Phase.APPROVE: gettext_lazy("The leader has decided"),
    Phase.SIGN: gettext_lazy("Signed"),
    Phase.RESPOND: gettext_lazy("Contacted"),
    Phase.ARRIVE: gettext_lazy("Arrived"),
    Phase.RESULT: gettext_lazy("Replied"),
    Phase.INSPECT: gettext_lazy("Inspected"),
    Phase.CALLBACK: gettext_lazy("Called back"),
    Phase.CLOSE: gettext_lazy("Closed"),
    Phase.PROMISE: gettext_lazy("Promise kept"),
    Phase.ANSWER: gettext_lazy("Answered"),
    Phase.JOINT: gettext_lazy("Result given"),
    Phase.MINUTES: gettext_lazy("Ended, with minutes"),
    Phase.REVIEW: gettext_lazy("Reviewed"),
    Phase.AMEND: gettext_lazy("Completed"),
    Phase.OPINION: gettext_lazy("Opinion given"),
    Phase.LEGALITY: gettext_lazy("Judged"),
    Phase.DECISION: gettext_lazy("Decision made"),
    Phase.TAKE: gettext_lazy("Answered by the street"),
    Phase.TASK: gettext_lazy("Done"),
    Phase.RULING: gettext_lazy("Ruled"),
}


@dataclass(frozen=True)
class Look:
    """One clock at one moment, in words: time in two units, in one (for cells), until when, and what is owed."""

    light: str
    words: str
    compact: str
    absolute: str
    owed: str
    share: int

    @property
    def state(self) -> str:
        """The light's name in the stylesheet."""
        return STATES.get(self.light, self.light)

    @property
    def name(self) -> str:
        return str(NAMES[self.light])


def look(clock: Clock, at: datetime, calendar: WorkCalendar, done: str = "") -> Look:
    """How this clock stands; `done` says what stopped it where that is not what its phase is named for.

    Asks the database nothing when the clock came with its limit.
    """
    if clock.paused_at is not None and clock.stopped_at is None:
        since = _("since %(when)s") % {"when": moment(clock.paused_at, at)}
        return Look("paused", _("Paused"), _("Paused"), since, since, 0)
    if clock.due_at is None and clock.stopped_at is None:
        awaited = _("The calendar of a year that it reaches into is awaited.")
        return Look("awaiting", _("Calendar awaited"), _("Calendar awaited"), awaited, awaited, 0)
    if clock.stopped_at is None or clock.due_at is None:
        return _settled(clock, at, calendar, done) if clock.stopped_at else _running(clock, at, calendar)
    return _late(clock, at, calendar) if clock.due_at < clock.stopped_at else _settled(clock, at, calendar, done)


def _running(clock: Clock, at: datetime, calendar: WorkCalendar) -> Look:
    due = _due(clock)
    over = due < at
    span = _span(clock, due, at, calendar) if over else _span(clock, at, due, calendar)
    whole = _span(clock, clock.started_at, due, calendar)
    share = _used(clock, at, whole, calendar)
    light = "red" if over else _light(clock, span, whole, calendar, share)
    two, one = (_over(clock, span, calendar, most) if over else _left(clock, span, calendar, most) for most in (2, 1))
    when = moment(due, at)
    owed = _("%(what)s by %(when)s") % {"what": clock.get_phase_display(), "when": when}
    return Look(light, two, one, _("by %(when)s") % {"when": when}, owed, 100 if over else round(100 * share))


def _light(clock: Clock, left: int | None, whole: int | None, calendar: WorkCalendar, share: float) -> str:
    """Yellow on the last working day (by the clock: the last 24 hours) of a limit that is set in days, or as long."""
    day = calendar.day_length if needs_calendar(clock.limit) else CLOCK_DAY
    if left is not None and whole is not None and left <= day < whole:
        return "yellow" if clock.limit.unit in ("working_day", "day") or whole >= 2 * day else _near(share)
    return _near(share)


def _near(share: float) -> str:
    return "near" if share >= NEAR else "run"


def _settled(clock: Clock, at: datetime, calendar: WorkCalendar, done: str) -> Look:
    stopped = clock.stopped_at or at
    took = _span(clock, clock.started_at, stopped, calendar)
    when = moment(stopped, at)
    if took is not None:
        time = rounded_down(took, scale_of(clock.limit, calendar)) or _("less than 1 min")
        when = _("%(when)s, took %(time)s") % {"when": when, "time": time}
    part = _("%(what)s done") % {"what": clock.milestone} if clock.milestone else ""
    words = done or part or str(DONE[Phase(clock.phase)])
    return Look("settled", words, words, when, when, round(100 * _share(clock, stopped, calendar)))


def _late(clock: Clock, at: datetime, calendar: WorkCalendar) -> Look:
    stopped = clock.stopped_at or at
    over = _span(clock, _due(clock), stopped, calendar)
    two, one = (_says(LATE, _up(clock, over, calendar, most)) for most in (2, 1))
    when = _("due %(due)s, done %(done)s") % {"due": moment(_due(clock), at), "done": moment(stopped, at)}
    return Look("late", two, one, when, when, 100)


def _left(clock: Clock, left: int | None, calendar: WorkCalendar, most: int) -> str:
    time = None if left is None else rounded_down(left, scale_of(clock.limit, calendar), most)
    return _says(LEFT, time)


def _over(clock: Clock, span: int | None, calendar: WorkCalendar, most: int) -> str:
    time = _up(clock, span, calendar, most)
    return _says(OVER, time)


def _up(clock: Clock, span: int | None, calendar: WorkCalendar, most: int) -> str | None:
    return None if span is None else rounded_up(span, scale_of(clock.limit, calendar), most)


def _says(sentences: Sentences, time: str | None) -> str:
    words, hardly, unknown = sentences
    if time is None:
        return str(unknown)
    return str(words) % {"time": time} if time else str(hardly)


def _share(clock: Clock, until: datetime, calendar: WorkCalendar) -> float:
    """The part of the limit that is used, from 0 to 1; a limit that no calendar can measure counts as unused."""
    return _used(clock, until, _span(clock, clock.started_at, _due(clock), calendar), calendar) if clock.due_at else 0.0


def _used(clock: Clock, until: datetime, whole: int | None, calendar: WorkCalendar) -> float:
    used = _span(clock, clock.started_at, until, calendar)
    return min(1.0, max(0.0, used / whole)) if whole and used is not None else 0.0


def _span(clock: Clock, since: datetime, until: datetime, calendar: WorkCalendar) -> int | None:
    """The time that counts between two moments, or nothing where the calendar knows too little."""
    try:
        return max(0, measured(clock.limit, since, until, calendar))
    except YearUncovered:
        return None


def _due(clock: Clock) -> datetime:
    assert clock.due_at is not None  # the callers have looked
    return clock.due_at
