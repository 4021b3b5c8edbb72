"""Milestones by reviewed change: what is due by itself within the reply to a situation. What runs keeps its own."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.changing import posts
from accountability.changing.limits import LONGEST
from accountability.models import Clock, Limit, Phase, Situation, TimeUnit, Urgency
from accountability.spans import amount_of
from accountability.worktime import LOCAL
from changes.kinds import ChangeRefused, Column, Holder, Impact, Row, Rows, Table
from people.words import said

NAME = gettext_lazy("Milestones")
TONGUE = "zh-Hans"
WHY = posts.WHY
DRAFTS, DECIDES = posts.DRAFTING, posts.DECIDING
AT_ONCE = False
ASKS: dict[str, str] = {}
MODELS: tuple[str, ...] = ()  # they stand in the table of the limits, which that kind names

TABLES = (
    Table(
        "milestones",
        NAME,
        ("urgency", "milestone"),
        (
            Column("urgency", gettext_lazy("Urgency"), "choice", Urgency.choices),
            Column("milestone", gettext_lazy("What is due"), "text"),
            Column("amount", gettext_lazy("How much"), "whole"),
            Column("unit", gettext_lazy("Unit of time"), "choice", TimeUnit.choices),
            Column("basis", gettext_lazy("Basis"), "fixed"),
        ),
        spare=3,
    ),
)


def subjects(by: Holder, at: datetime) -> list[tuple[str, str]]:
    """Every situation, those first that have milestones."""
    there = Count("limits", filter=~Q(limits__milestone=""))
    return [(one.code, _named(one)) for one in Situation.objects.annotate(parts=there).order_by("-parts", "code")]


def label(subject: str) -> str:
    found = Situation.objects.filter(code=subject).first()
    if found is None:
        raise ChangeRefused(_("There is no such situation."), "unknown_subject")
    return _named(found)


def tables(subject: str) -> tuple[Table, ...]:
    return TABLES


def read(subject: str, at: datetime) -> Rows:
    rows = Limit.objects.filter(_of(subject), since__lte=localdate(at, LOCAL))
    newest = rows.order_by("urgency", "milestone", "-since").distinct("urgency", "milestone")
    found = sorted(newest, key=lambda row: (list(Urgency).index(Urgency(row.urgency)), row.pk))
    names = ("urgency", "milestone", "amount", "unit", "basis")
    return {"milestones": [{name: getattr(row, name) for name in names} for row in found]}


def check(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> None:
    label(subject)
    counted = Counter(_key(row) for row in after["milestones"])
    if any(number > 1 for number in counted.values()):
        raise ChangeRefused(_("A milestone stands here twice for one urgency. Keep it once."), "named_twice")
    if _by_key(before).keys() - counted.keys():
        raise ChangeRefused(_("A milestone is changed or added, never taken away here."), "other_milestones")
    for row in after["milestones"]:
        _check_row(row)
    _check_none_later(subject, before, after, day)


def impact(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> Impact:
    """What differs, and how many of them run and keep what they have."""
    running = Clock.objects.running().filter(limit__situation__code=subject).exclude(milestone="")
    counts = dict(running.order_by().values_list("milestone").annotate(Count("pk")))
    old = _by_key(before)
    lines = [_("Clocks that run keep the limit under which they began. Nothing is due earlier or later by this.")]
    for key, row in _changed(before, after).items():
        told = {
            "urgency": Urgency(row["urgency"]).label, "what": row["milestone"], "now": amount_of(_limit(row)),
            "was": amount_of(_limit(old[key])) if key in old else _("nothing"),
            "count": counts.get(row["milestone"], 0),
        }  # fmt: skip
        lines.append(_("%(urgency)s, %(what)s: %(was)s becomes %(now)s. %(count)s run and keep theirs.") % told)
    return Impact(lines=lines)


def apply(change: Any, at: datetime) -> None:
    """A new row for each that differs. One whose basis is left as it was stands on the basis of the change."""
    situation = Situation.objects.get(code=change.subject)
    for row in _changed(change.before, change.after).values():
        kept = change.undoes_id and row["basis"]
        limit = _limit({**row, "basis": row["basis"] if kept else change.basis})
        limit.situation, limit.since, limit.change = situation, change.in_force_from, change
        limit.save(force_insert=True)


def _named(situation: Situation) -> str:
    return f"{situation.code} {situation.name}"


def _of(subject: str) -> Q:
    return Q(situation__code=subject, phase=Phase.RESULT)


def _key(row: Row) -> tuple[str, str]:
    return row["urgency"], said(row["milestone"] or "")


def _by_key(rows: Rows) -> dict[tuple[str, str], Row]:
    return {_key(row): row for row in rows["milestones"]}


def _changed(before: Rows, after: Rows) -> dict[tuple[str, str], Row]:
    old = _by_key(before)
    return {key: row for key, row in _by_key(after).items() if old.get(key) != row}


def _limit(row: Row) -> Limit:
    basis = row["basis"] or ""
    return Limit(
        urgency=row["urgency"], phase=Phase.RESULT, milestone=said(row["milestone"]), amount=row["amount"],
        unit=row["unit"], basis=basis,
    )  # fmt: skip


def _check_row(row: Row) -> None:
    if not said(row["milestone"] or ""):
        raise ChangeRefused(_("Say what is due, for example: fenced off."), "no_milestone")
    if not 0 < row["amount"] <= LONGEST or row["unit"] not in TimeUnit.values:
        told = {"what": row["milestone"]}
        raise ChangeRefused(_("“%(what)s”: write a whole number over 0 and its unit."), "odd_amount", told)


def _check_none_later(subject: str, before: Rows, after: Rows, day: date) -> None:
    for urgency, milestone in _changed(before, after):
        rows = Limit.objects.filter(_of(subject), urgency=urgency, milestone=milestone, since__gte=day)
        found = rows.order_by("-since").first()
        if found:
            told = {"what": milestone, "day": found.since.isoformat()}
            raise ChangeRefused(
                _("“%(what)s” has a limit from %(day)s on already. Choose a later day."), "another_from_that_day", told
            )
