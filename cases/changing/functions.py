"""The functions of departments by reviewed change, part by part: what is put in force is a version of all of them.

A change names the part whose rows it edits; `NEW` opens a part of its own; `WHOLE` is all of them, as a workbook brings
them. Cases keep the words under which they were
put, as they keep the version of the list.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability import catalogue
from accountability.actions import publish_functions
from accountability.changing.posts import LIST_DECIDING, LISTING
from accountability.models import Function, FunctionList, Item, TimeUnit
from accountability.worktime import LOCAL
from cases.changing.touching import Found, touched
from cases.models import Case
from cases.models.case import OPEN
from changes.kinds import ChangeRefused, Column, Holder, Impact, Row, Rows, Table
from people.models import Unit

NAME = gettext_lazy("Functions of departments")
TONGUE = "zh-Hans"
WHY = gettext_lazy(
    "The establishment office writes what departments do beyond the list. Whoever looks after the law, or leads the"
    " district, has read it before anything is routed by it."
)
DRAFTS, DECIDES = LISTING, LIST_DECIDING
AT_ONCE = False
ASKS: dict[str, str] = {}
MODELS = ("accountability.FunctionList", "accountability.Function")
NEW, WHOLE = "+", "*"
ROWS = "functions"
CODE = re.compile(r"[A-Z]{2,5}(-[A-Z0-9]{1,4}){1,2}")
MOST, LONGEST = 1000, 365


def subjects(by: Holder, at: datetime) -> list[tuple[str, str]]:
    """The parts of what is in force, and a new one."""
    parts = [(name, name) for name in _parts(localdate(at, LOCAL))]
    return [*parts, (NEW, label(NEW))] if parts else []


def label(subject: str) -> str:
    if subject in (NEW, WHOLE):
        return _("A new part of the functions") if subject == NEW else _("All functions")
    if not Function.objects.filter(area=subject).exists():
        raise ChangeRefused(_("There is no such part of the functions."), "unknown_subject")
    return subject


def tables(subject: str) -> tuple[Table, ...]:
    units = [(unit.code, unit.name) for unit in Unit.objects.order_by("code")]
    part = "text" if subject in (NEW, WHOLE) else "kept"
    columns = (
        Column("area", gettext_lazy("Part of the list"), part),
        Column("code", gettext_lazy("Code"), "text", longest=12),
        Column("title", gettext_lazy("Name of the function"), "text", longest=80),
        Column("kind", gettext_lazy("Handled or answered"), "choice", Function.Kind.choices),
        Column("unit", gettext_lazy("Whose it is"), "choice", units, optional=True),
        Column("amount", gettext_lazy("Within how much"), "whole", optional=True),
        Column("time_unit", gettext_lazy("Unit of time"), "choice", TimeUnit.choices, optional=True),
        Column("answer", gettext_lazy("The answer, or whom to ask"), "text", longest=300, optional=True),
        Column("words", gettext_lazy("Everyday words, a blank between them"), "text", longest=300),
    )
    return (Table(ROWS, NAME, ("code",), columns, spare=1, titled=("code", "title")),)


def read(subject: str, at: datetime) -> Rows:
    only = {} if subject == WHOLE else {"area": subject}
    return {ROWS: catalogue.rows_of(catalogue.in_force(localdate(at, LOCAL)), **only)}


def check(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> None:
    label(subject)
    rows = [_whole(subject, row) for row in after[ROWS]]
    for row in rows:
        _check_row(row)
    doubled = [code for code, times in Counter(row["code"] for row in rows).items() if times > 1]
    taken = _codes_elsewhere(subject, before, localdate(at, LOCAL)) & {row["code"] for row in rows}
    for code in (*doubled, *sorted(taken)):
        raise ChangeRefused(
            _("The code %(code)s stands twice. Give one of them another."), "named_twice", {"code": code}
        )
    if subject == NEW and set(_parts(localdate(at, LOCAL))) & {row["area"] for row in rows}:
        raise ChangeRefused(_("There is such a part already. Draft a change of that part."), "part_there")
    _check_none_later(day)


def impact(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> Impact:
    """Which open cases stand under a function that goes to another unit, or is gone; they keep what they have."""
    new = {row["code"]: row for row in after[ROWS]}
    moved = [row for row in before[ROWS] if new.get(row["code"], {}).get("unit") != row["unit"]]
    cases = Case.objects.filter(OPEN, function__code__in=[row["code"] for row in moved]).order_by("-pk")[:MOST]
    units = Unit.objects.in_bulk([row["unit"] for row in new.values() if row["unit"]], field_name="code")
    rows = cases.select_related("function")
    found = [Found(units.get(new.get(case.function.code, {}).get("unit")), "case", case.pk) for case in rows]
    lines = [
        _("Cases keep the words under which they were put. No case changes hands by this."),
        _("Functions that another unit would have, or that would be gone: %(count)s.") % {"count": len(moved)},
    ]
    return Impact(lines=lines, touched=touched(_("Open cases whose function would go to it"), found))


def apply(change: Any, at: datetime) -> None:
    _check_none_later(change.in_force_from)
    publish_functions(change, [_whole(change.subject, row) for row in change.after[ROWS]], at=at)


def _check_none_later(day: date) -> None:
    """Nothing is put in force below what begins later: it would never count."""
    later = FunctionList.objects.filter(in_force_from__gt=day).order_by("-in_force_from").first()
    if later:
        told = {"day": later.in_force_from.isoformat()}
        raise ChangeRefused(
            _("A version of the functions begins on %(day)s. Choose a later day."), "another_from_that_day", told
        )


def _parts(day: date) -> list[str]:
    """In the order of the codes."""
    return list(dict.fromkeys(row["area"] for row in catalogue.rows_of(catalogue.in_force(day))))


def _whole(subject: str, row: Row) -> Row:
    """A row with its part, which is typed only for a new one."""
    return {**row, "area": row["area"] or ("" if subject == WHOLE else subject)}


def _codes_elsewhere(subject: str, before: Rows, day: date) -> set[str]:
    """Of other parts, and of the items of the list: a code means one thing."""
    mine = {row["code"] for row in before[ROWS]}
    others = {row["code"] for row in catalogue.rows_of(catalogue.in_force(day))} - mine
    return others | set(Item.objects.values_list("code", flat=True))


def _check_row(row: Row) -> None:
    for _column, code, sentence in faults_of(row):
        raise ChangeRefused(sentence, code)


def faults_of(row: Row) -> Iterator[tuple[str, str, str]]:
    """What keeps a row from standing: the column that it is about, which rule, and the sentence."""
    told = {"code": row["code"]}
    if not CODE.fullmatch(row["code"] or ""):
        yield "code", "odd_code", _("“%(code)s” is no code. Write it as ZN-JY-01.") % told
    if not row["area"]:
        yield "area", "no_part", _("%(code)s: say to which part it belongs.") % told
    timed = {"unit": row["unit"], "amount": row["amount"], "time_unit": row["time_unit"]}
    if row["kind"] == Function.Kind.HANDLE and (not all(timed.values()) or row["amount"] > LONGEST):
        wrong = next((name for name, said in timed.items() if not said), "amount")
        sentence = _("%(code)s: what is to be handled names its unit and how long that has.") % told
        yield wrong, "handled_by_nobody", sentence
    if row["kind"] == Function.Kind.ANSWER and (not row["answer"] or row["amount"] or row["time_unit"]):
        wrong = "answer" if not row["answer"] else "amount" if row["amount"] else "time_unit"
        yield wrong, "no_answer", _("%(code)s: what is answered at once has an answer, and no limit.") % told
