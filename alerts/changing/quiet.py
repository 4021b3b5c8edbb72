"""The quiet hours by reviewed change: from when to when, and what is told all the same. One row from a day on."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.changing import posts
from accountability.models import Urgency
from accountability.worktime import LOCAL
from alerts.models import Alert, QuietHours
from alerts.quiet import shown_at
from cases.changing.touching import Found, of_the_first, touched
from changes.dated import check_none_later
from changes.kinds import ChangeRefused, Column, Holder, Impact, Rows, Table

NAME = gettext_lazy("Quiet hours")
TONGUE = ""
WHY = posts.WHY
DRAFTS, DECIDES = posts.DRAFTING, posts.DECIDING
AT_ONCE = False
ASKS: dict[str, str] = {}
MODELS = ("alerts.QuietHours",)
WHOLE = "all"
NOW, MORNING = "now", "morning"
# Of how many days the messages are looked at, and of how many, the newest first.
DAYS, READ_AT_MOST = 7, 2000
TABLES = (
    Table(
        "hours",
        NAME,
        (),
        (
            Column("begins", gettext_lazy("Begins"), "time"),
            Column("ends", gettext_lazy("Ends"), "time"),
            Column("basis", gettext_lazy("Basis"), "fixed"),
        ),
    ),
    Table(
        "loud",
        gettext_lazy("What is told in these hours"),
        ("urgency",),
        (
            Column("urgency", gettext_lazy("Urgency"), "fixed", Urgency.choices),
            Column(
                "told",
                gettext_lazy("When it is told"),
                "choice",
                [(NOW, gettext_lazy("At once")), (MORNING, gettext_lazy("When the quiet hours end"))],
            ),
        ),
        titled=("urgency",),
    ),
)


def subjects(by: Holder, at: datetime) -> list[tuple[str, str]]:
    return [(WHOLE, label(WHOLE))]


def label(subject: str) -> str:
    if subject != WHOLE:
        raise ChangeRefused(_("There are quiet hours for everybody only."), "unknown_subject")
    return _("Quiet hours of everybody")


def tables(subject: str) -> tuple[Table, ...]:
    return TABLES


def read(subject: str, at: datetime) -> Rows:
    """The row in force; where none is, the beginning and the end stand empty and everything is told at once."""
    hours = QuietHours.objects.filter(since__lte=localdate(at, LOCAL)).order_by("-since").first()
    row = {"begins": f"{hours.begins:%H:%M}", "ends": f"{hours.ends:%H:%M}", "basis": hours.basis} if hours else {}
    loud = [{"urgency": one, "told": NOW if not hours or hours.is_loud(one) else MORNING} for one in Urgency.values]
    return {"hours": [row or {"begins": None, "ends": None, "basis": None}], "loud": loud}


def check(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> None:
    (row,) = after["hours"]
    if not row["begins"] or not row["ends"] or row["begins"] == row["ends"]:
        raise ChangeRefused(_("Write from when to when, two different times."), "odd_hours")
    if {one["urgency"] for one in after["loud"]} != set(Urgency.values):
        raise ChangeRefused(_("Say of each urgency when it is told."), "other_urgencies")
    if not _told_at_once(after, Urgency.EXTREME):
        raise ChangeRefused(_("What is extreme never waits for the morning."), "extreme_waits")
    check_none_later(QuietHours.objects.all(), day)


def impact(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> Impact:
    """Of the messages of the last days: which would have been shown at another moment, by the unit that got them."""
    old, new = _hours(before), _hours(after)
    rows = Alert.objects.filter(told_at__gt=at - timedelta(days=DAYS), case__isnull=False).select_related(
        "case", "recipient__unit"
    )
    later, sooner = [], []
    looked = list(rows.order_by("-pk")[:READ_AT_MOST])
    for alert in looked:
        was, now = (shown_at(hours, alert.case.urgency, alert.told_at) for hours in (old, new))
        if was != now:
            (later if now > was else sooner).append(Found(alert.recipient.unit, "case", alert.case_id))
    said = _("No deadline moves. The figures are of the messages of the last %(days)s days.") % {"days": DAYS}
    return Impact(
        lines=[said, *of_the_first(len(looked), READ_AT_MOST)],
        touched=[
            *touched(_("Messages that would have been shown later"), later),
            *touched(_("Messages that would have been shown sooner"), sooner),
        ],
    )


def apply(change: Any, at: datetime) -> None:
    hours = _hours(change.after)
    assert hours is not None
    kept = change.undoes_id and hours.basis
    hours.since, hours.change, hours.basis = change.in_force_from, change, hours.basis if kept else change.basis
    hours.save(force_insert=True)


def _hours(rows: Rows) -> QuietHours | None:
    (row,) = rows["hours"]
    if not row["begins"]:
        return None
    loud = " ".join(one["urgency"] for one in rows["loud"] if one["told"] == NOW)
    begins, ends = time.fromisoformat(row["begins"]), time.fromisoformat(row["ends"])
    return QuietHours(begins=begins, ends=ends, loud=loud, basis=row["basis"] or "")


def _told_at_once(rows: Rows, urgency: str) -> bool:
    return any(one["urgency"] == urgency and one["told"] == NOW for one in rows["loud"])
