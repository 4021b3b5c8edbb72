"""Running clocks counted anew by a new calendar from a day on, where a second person has decided so.

What was left by the old calendar at that moment is left by the new one. A segment says so, and the due moment can be
folded again from it. What is overdue, paused or extended to a named moment stays as it is.
"""

from collections import Counter
from datetime import date, datetime, time

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accountability import calendars, rungs
from accountability.batches import in_one_or_alone
from accountability.dues import carried
from accountability.ladder import place
from accountability.models import Calendar, Clock, Phase, Segment
from accountability.worktime import LOCAL, WorkCalendar
from audit.rows import insert
from changes.kinds import Impact, Moved

BATCH = 500
READ_AT_MOST = 20_000
SHOWN = 10
MOVE = """
UPDATE accountability_clock c SET due_at = v.due, rung = v.rung, rung_at = v.rung_at, altered = true
  FROM unnest(%s::bigint[], %s::timestamptz[], %s::smallint[], %s::timestamptz[]) v(id, due, rung, rung_at)
 WHERE c.id = v.id"""


def midnight(day: date) -> datetime:
    """When this local day begins."""
    return datetime.combine(day, time(), LOCAL)


def would_move(calendar: WorkCalendar, since: datetime) -> Impact:
    """Which deadlines a calendar would move from then on: counts by phase, and the first ones."""
    clocks = list(_standing(since).order_by("due_at", "pk")[:READ_AT_MOST])
    numbered = calendars.asked_once()
    running, later, sooner = Counter[str](), Counter[str](), Counter[str]()
    moved = []
    for clock in clocks:
        running[clock.phase] += 1
        due = carried(clock.limit, clock.due_at, _from(clock, since), numbered(_last(clock)), calendar)
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
    keys = [pk for pk, subject in wanted if subject in free]
    moved = in_one_or_alone(lambda keys, at: _move(left.filter(pk__in=keys), calendar, at), keys, at)
    if "moved" in owner and free:
        import_string(owner["moved"])(free)
    return moved


@transaction.atomic
def _move(rows: QuerySet[Clock], calendar: Calendar, at: datetime) -> int:
    """Write the segments, the new due moments and the next rungs; a segment even where nothing moves, to be done once.

    Returns how many moved.
    """
    clocks = list(rows.order_by("pk").select_for_update(of=("self",)))
    ladder, numbered, moved = rungs.current(), calendars.asked_once(), 0
    segments = insert([_segment(clock, calendar) for clock in clocks])
    for clock, made in zip(clocks, segments, strict=True):
        before, due = numbered(_last(clock)), clock.due_at
        clock.due_at = carried(clock.limit, due, made.since, before, numbered(calendar.pk))
        moved += clock.due_at != due
        place(clock, ladder, calendars.UNKNOWN, at, [*clock.segments.all(), made], numbered)
    rows = [(clock.pk, clock.due_at, clock.rung, clock.rung_at) for clock in clocks]
    with connection.cursor() as cursor:
        cursor.execute(MOVE, [[row[column] for row in rows] for column in range(4)])
    return moved


def _segment(clock: Clock, calendar: Calendar) -> Segment:
    since = _from(clock, calendar.carry_from)
    return Segment(
        clock=clock, kind=Segment.Kind.CALENDAR, holder_id=clock.holder_id, since=since, until=since, calendar=calendar
    )


def _from(clock: Clock, since: datetime) -> datetime:
    """The moment of the change, or where the clock began or went on later, that one."""
    going_on = [one.since for one in clock.segments.all() if one.until is None]
    return max(since, clock.started_at, *going_on)


def _last(clock: Clock) -> int:
    """The calendar by which this clock was counted last."""
    found = [one for one in clock.segments.all() if one.kind == Segment.Kind.CALENDAR]
    newest = max(found, key=lambda one: (one.since, one.pk), default=None)
    return newest.calendar_id if newest else clock.calendar_id
