"""What is said on the telephone, as a draft edits it: the sentences in their order, all of them anew from a day on."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from changes.kinds import ChangeRefused, Column, Impact, Rows, Table
from engagement.changing.waiting_now import waiting
from engagement.models import CallLine
from engagement.script import GAPS, unknown_gaps

NAME = gettext_lazy("What is said when calling back")
MODEL = CallLine
NUMBERS = [(number, str(number)) for number in range(1, 31)]
TABLES = (
    Table(
        "lines",
        NAME,
        ("order",),
        (
            Column(
                "order",
                gettext_lazy("Which sentence"),
                "choice",
                NUMBERS,
            ),
            Column("text", gettext_lazy("Words"), "text", longest=300),
            Column("basis", gettext_lazy("Basis"), "fixed"),
        ),
        spare=1,
        titled=("order",),
    ),
)


def read(day: date) -> Rows:
    lines = list(CallLine.objects.filter(since__lte=day))  # the newest first
    newest = [one for one in lines if one.since == lines[0].since]
    return {"lines": [{"order": one.order, "text": one.text, "basis": one.basis} for one in newest]}


def check(before: Rows, after: Rows, at: datetime) -> None:
    orders = [row["order"] for row in after["lines"]]
    if not orders:
        raise ChangeRefused(_("Nothing is left to say. Keep at least one sentence."), "nothing_to_say")
    if len(set(orders)) < len(orders):
        raise ChangeRefused(_("Two sentences have the same number. Give each its own."), "named_twice")
    for row in after["lines"]:
        for gap in unknown_gaps(row["text"]):
            told = {"gap": f"{{{gap}}}", "gaps": " ".join(f"{{{one}}}" for one in GAPS)}
            raise ChangeRefused(_("“%(gap)s” is no gap. Only these are filled in: %(gaps)s."), "unknown_gap", told)


def impact(before: Rows, after: Rows, day: date, at: datetime) -> Impact:
    told = {"day": day.isoformat(), "count": sum(1 for _one in waiting(at))}
    return Impact(lines=[_("Said from %(day)s on; %(count)s people wait to be called now.") % told])


def apply(change: Any) -> None:
    for row in change.after["lines"]:
        kept = row in change.before["lines"] or change.undoes_id and row["basis"]
        CallLine.objects.create(
            order=row["order"], text=row["text"], basis=row["basis"] if kept else change.basis,
            since=change.in_force_from, change=change,
        )  # fmt: skip
