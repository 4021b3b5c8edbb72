"""Calling back by reviewed change: the hours, how often and how far apart, and what is said. New rows from a day on."""

from datetime import date, datetime
from types import ModuleType
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.changing import posts
from accountability.worktime import LOCAL
from changes.dated import check_none_later
from changes.kinds import ChangeRefused, Holder, Impact, Rows, Table
from engagement.changing import hours, rule, script

NAME = gettext_lazy("Calling back")
TONGUE = ""
WHY = posts.WHY
DRAFTS, DECIDES = posts.DRAFTING, posts.DECIDING
AT_ONCE = False
ASKS: dict[str, str] = {}
MODELS = ("engagement.CallHours", "engagement.CallRule", "engagement.CallLine")
PARTS: dict[str, ModuleType] = {"hours": hours, "rule": rule, "script": script}


def subjects(by: Holder, at: datetime) -> list[tuple[str, str]]:
    return [(subject, label(subject)) for subject in PARTS]


def label(subject: str) -> str:
    return str(_part(subject).NAME)


def tables(subject: str) -> tuple[Table, ...]:
    return tuple(_part(subject).TABLES)


def read(subject: str, at: datetime) -> Rows:
    rows: Rows = _part(subject).read(localdate(at, LOCAL))
    return rows


def check(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> None:
    part = _part(subject)
    part.check(before, after, at)
    check_none_later(part.MODEL.objects.all(), day)


def impact(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> Impact:
    found: Impact = _part(subject).impact(before, after, day, at)
    return found


def apply(change: Any, at: datetime) -> None:
    part = _part(change.subject)
    part.check(change.before, change.after, at)
    part.apply(change)


def _part(subject: str) -> ModuleType:
    if subject not in PARTS:
        raise ChangeRefused(_("There is no such part of calling back."), "unknown_subject")
    return PARTS[subject]
