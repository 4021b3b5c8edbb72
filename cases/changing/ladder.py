"""The ladder by reviewed change: new rungs from a day on. What runs keeps the rungs under which it began.

What leads to a rung beside time (rework, a resident who is still dissatisfied, repeats) counts by the rungs of its own
day, for cases that are open already too: `impact` counts those, unit by unit.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability import calendars
from accountability.changing import ladder as rows
from accountability.changing import posts
from accountability.clocks import limit_of
from accountability.dues import due_of
from accountability.ladder import Ladder, climb, height
from accountability.models import Clock, Phase, Trigger, Urgency
from accountability.models.rung import OF_TIME
from accountability.spans import full_moment
from accountability.worktime import LOCAL
from cases.changing.touching import Found, of_the_first, touched
from cases.models import Case, Summons
from changes.kinds import ChangeRefused, Holder, Impact, Row, Rows, Table, Touched

NAME = gettext_lazy("Ladder of reminding and supervising")
TONGUE = ""
WHY = posts.WHY
DRAFTS, DECIDES = posts.DRAFTING, posts.DECIDING
AT_ONCE = False
ASKS: dict[str, str] = {}
MODELS = ("accountability.Rung",)
STARTS = time(9)
# So many clocks, those that are due first, are looked at.
READ_AT_MOST = 500


def subjects(by: Holder, at: datetime) -> list[tuple[str, str]]:
    return [(rows.WHOLE, label(rows.WHOLE))]


def label(subject: str) -> str:
    if subject != rows.WHOLE:
        raise ChangeRefused(_("There is one ladder only."), "unknown_subject")
    return _("The whole ladder")


def tables(subject: str) -> tuple[Table, ...]:
    return rows.TABLES


def read(subject: str, at: datetime) -> Rows:
    return rows.read(localdate(at, LOCAL))


def check(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> None:
    rows.check(before, after, day)


def apply(change: Any, at: datetime) -> None:
    rows.apply(change)


def impact(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> Impact:
    """Where the rungs of a deadline would lie, what runs and keeps its own, and which open cases are nearer a rung."""
    old, new = rows.ladder_of(before), rows.ladder_of(after)
    differing = rows.changed(before, after)
    phases = {row["phase"] for pair in differing for row in pair if row and row["phase"]}
    said = [_("Deadlines that run keep the rungs under which they began. No deadline moves by this.")]
    said += [line for phase in Phase if phase in phases for line in _example(phase, differing, old, new, day)]
    if any(row["trigger"] not in OF_TIME for pair in differing for row in pair if row):
        said.append(
            _(
                "Rework, renewed dissatisfaction and repeats count by the new rungs from %(day)s on, also for cases "
                "that are open by then."
            )
            % {"day": day.isoformat()}
        )
    looked = _running(phases)
    said += of_the_first(len(looked), READ_AT_MOST)
    return Impact(lines=said, touched=[*_elsewhere(looked, old, new, at), *_after_events(old, new, day)])


def _example(
    phase: Phase, differing: list[tuple[Row | None, Row | None]], old: Ladder, new: Ladder, day: date
) -> Iterator[str]:
    """When one that begins on the morning of that day comes to each rung, before and after."""
    named = {row["urgency"] for pair in differing for row in pair if row and row["phase"] == phase}
    urgency = Urgency.NORMAL if None in named else min(named, key=list(Urgency).index)
    begins = datetime.combine(day, STARTS, LOCAL)
    limit = limit_of(urgency, phase, begins)
    calendar = calendars.current()
    due = due_of(limit, begins, calendar) if limit else None
    if due is None:
        return
    clock = Clock(limit=limit, phase=phase, started_at=begins, due_at=due)
    was, now = ({one.rung.code: one for one in climb(clock, ladder, calendar)} for ladder in (old, new))
    yield _("“%(phase)s” that begins on %(when)s, %(urgency)s, is due %(due)s:") % {
        "phase": phase.label, "when": full_moment(begins), "urgency": urgency.label, "due": full_moment(due),
    }  # fmt: skip
    for code in dict.fromkeys([*was, *now]):
        one, other = was.get(code), now.get(code)
        if (one and one.at) != (other and other.at):
            told = {
                "action": (other or one).rung.get_action_display(),
                "was": full_moment(one.at) if one else _("not at all"),
                "now": full_moment(other.at) if other else _("not at all"),
            }
            yield _("%(action)s: %(now)s instead of %(was)s.") % told


def _running(phases: set[str]) -> list[Clock]:
    """The first of what runs of these phases, the soonest due before."""
    clocks = Clock.objects.running().filter(
        subject_kind="summons", phase__in=phases, milestone="", due_at__isnull=False
    )
    rows = clocks.select_related("limit", "holder").prefetch_related("segments").order_by("due_at", "pk")
    return list(rows[:READ_AT_MOST])


def _elsewhere(looked: list[Clock], old: Ladder, new: Ladder, at: datetime) -> list[Touched]:
    """What runs and would stand on another height, had it begun under the new rungs; it keeps its own."""
    known = {pk: calendars.numbered(pk) for pk in {clock.calendar_id for clock in looked}}

    def stands(clock: Clock, ladder: Ladder) -> int:
        return height(climb(clock, ladder, known[clock.calendar_id], clock.segments.all()), at)

    found = [
        Found(clock.holder, "summons", clock.subject_id) for clock in looked if stands(clock, old) != stands(clock, new)
    ]
    return touched(_("Would stand on another rung, had it begun under these; it keeps its own"), found)


def _after_events(old: Ladder, new: Ladder, day: date) -> list[Touched]:
    """Open cases where the next such event leads to an order by one of the ladders and not by the other."""
    asked = (
        (_("The next rework leads to an order, and did not before"), Trigger.REWORK, new, old),
        (_("The next rework no longer leads to an order"), Trigger.REWORK, old, new),
        (_("The next dissatisfied answer leads to an order, and did not before"), Trigger.DISSATISFIED, new, old),
        (_("The next dissatisfied answer no longer leads to an order"), Trigger.DISSATISFIED, old, new),
    )
    return [row for what, *between in asked for row in touched(what, _between(*between, day))]


def _between(trigger: Trigger, one: Ladder, other: Ladder, day: date) -> list[Found]:
    """Leading units whose case was done again often enough for one ladder and not for the other. An answer is about
    the round that is over, a rework counts itself."""
    where, behind = Q(pk__in=[]), int(trigger == Trigger.DISSATISFIED)
    for urgency in Urgency:
        low, high = one.by(trigger, urgency, day), other.by(trigger, urgency, day)
        if low and (high is None or low.threshold < high.threshold):
            rounds = Q(case__round__gte=low.threshold + behind, case__urgency=urgency)
            where |= rounds & Q(case__round__lt=high.threshold + behind) if high else rounds
    calls = Summons.objects.open().filter(where, leads=True, case__in=Case.objects.open())
    return [Found(call.unit, "summons", call.pk) for call in calls.select_related("unit").order_by("pk")]
