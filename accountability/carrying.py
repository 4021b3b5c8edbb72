"""Running clocks counted anew by a new calendar from a day on, where a second person has decided so.

What was left by the old calendar at that moment is left by the new one. A segment says so, and the due moment can be
folded again from it. What is overdue, paused or extended to a named moment stays as it is.
"""

from collections import Counter
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accountability import calendars, rungs
from accountability.dues import carried
from accountability.ladder import Ladder, place
from accountability.models import Calendar, Clock, Phase, Segment
from accountability.worktime import LOCAL, WorkCalendar
from changes.kinds import Impact, Moved

BATCH = 500
READ_AT_MOST = 20_000
SHOWN = 10


def midnight(day: date) -> datetime:
    """When this local day begins."""
    return datetime.combine(day, time(), LOCAL)


def would_move(calendar: WorkCalendar, since: datetime) -> Impact:
    """Which deadlines a calendar would move from then on: counts by phase, and the first ones."""
    clocks = list(_standing(since).order_by("due_at", "pk")[:READ_AT_MOST])
    known: dict[int, WorkCalendar] = {}
    running, later, sooner = Counter[str](), Counter[str](), Counter[str]()
    moved = []
    for clock in clocks:
        running[clock.phase] += 1
        last = _last(clock)
        old = known[last] if last in known else known.setdefault(last, calendars.numbered(last))
        due = carried(clock.limit, clock.due_at, _from(clock, since), old, calendar)
        if due == clock.due_at:
            continue
        (later if due > clock.due_at else sooner)[clock.phase] += 1
        moved.append(Moved(clock.subject_kind, clock.subject_id, clock.get_phase_display(), clock.due_at, due))
    counts = [(str(phase.label), running[phase], later[phase], sooner[phase]) for phase in Phase if running[phase]]
    read = [_("Only the %(count)s that are due first were looked at.") % {"count": READ_AT_MOST}]
    return Impact(lines=read if len(clocks) == READ_AT_MOST else [], counts=counts, moved=moved[:SHOWN])


def carry_on(at: datetime) -> int:
    """Move what a decided calendar moves, a batch for each kind of subject; the busy wait for the next round."""
    calendar = Calendar.objects.filter(carry_from__lte=at, carried_at=None).order_by("version").first()
    if calendar is None:
        return 0
    left = _standing(calendar.carry_from).filter(calendar__version__lt=calendar.version)
    left = left.exclude(segments__calendar=calendar)
    moved = sum(_carry(kind, left, calendar, at) for kind in settings.CLOCK_KINDS)
    if not left.exists():
        Calendar.objects.filter(pk=calendar.pk).update(carried_at=at)
    return moved


def _standing(since: datetime) -> QuerySet[Clock]:
    """Clocks on a calendar that run, in time at this moment, and are neither paused nor extended."""
    rows = Clock.objects.running().filter(calendar__isnull=False, due_at__gt=since, lapsed_at=None)
    return rows.exclude(segments__kind=Segment.Kind.EXTEND).select_related("limit").prefetch_related("segments")


@transaction.atomic
def _carry(kind: str, left: QuerySet[Clock], calendar: Calendar, at: datetime) -> int:
    owner = settings.CLOCK_KINDS[kind]
    wanted = list(left.filter(subject_kind=kind).order_by("pk").values_list("pk", "subject_id")[:BATCH])
    subjects = {subject for _pk, subject in wanted}
    free = set(import_string(owner["free"])(subjects)) if "free" in owner else subjects
    clocks = left.filter(pk__in=[pk for pk, subject in wanted if subject in free])
    ladder = rungs.current()
    moved = [_one(clock, calendar, ladder, at) for clock in clocks.order_by("pk").select_for_update(of=("self",))]
    if "moved" in owner and moved:
        import_string(owner["moved"])(free)
    return sum(moved)


def _one(clock: Clock, calendar: Calendar, ladder: Ladder, at: datetime) -> bool:
    """Write the segment, the new due moment and the next rung; a segment even where nothing moves, to be done once."""
    since = _from(clock, calendar.carry_from)
    due = _due(clock, since, calendars.numbered(calendar.pk))
    made = clock.segments.create(
        kind=Segment.Kind.CALENDAR, holder_id=clock.holder_id, since=since, until=since, calendar=calendar
    )
    moves = due != clock.due_at
    clock.due_at, clock.altered = due, True
    place(clock, ladder, calendars.UNKNOWN, at, [*clock.segments.all(), made])
    clock.save(update_fields=["due_at", "rung", "rung_at", "altered"])
    return moves


def _due(clock: Clock, since: datetime, calendar: WorkCalendar) -> datetime:
    return carried(clock.limit, clock.due_at, since, calendars.numbered(_last(clock)), calendar)


def _from(clock: Clock, since: datetime) -> datetime:
    """The moment of the change, or where the clock began or went on later, that one."""
    going_on = [one.since for one in clock.segments.all() if one.until is None]
    return max(since, clock.started_at, *going_on)


def _last(clock: Clock) -> int:
    """The calendar by which this clock was counted last."""
    found = [one for one in clock.segments.all() if one.kind == Segment.Kind.CALENDAR]
    newest = max(found, key=lambda one: (one.since, one.pk), default=None)
    return newest.calendar_id if newest else clock.calendar_id
