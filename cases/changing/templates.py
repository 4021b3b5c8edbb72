"""The whole district's reply templates by reviewed change, move by move. A unit's own it keeps by itself.

A template that is changed is retired, and another one written: steps go on naming the words that were sent.
"""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accountability.changing import posts
from accountability.models import Category
from cases import workflow
from cases.changing.touching import Found, touched
from cases.models import Answer, Case, ReplyTemplate, State, Step, Summons, Verb
from cases.moves import MoveRefused
from cases.reply_templates import TEMPLATED, check_gaps, moves
from changes.kinds import ChangeRefused, Column, Holder, Impact, Row, Rows, Table

NAME = gettext_lazy("Reply templates of the district")
TONGUE = ""
WHY = gettext_lazy(
    "These words are sent in the name of every unit. The desk and the assessment office see which are needed; somebody"
    " who answers for the district's rules has read them before anybody sends them."
)
DRAFTS, DECIDES = posts.DRAFTING, posts.DECIDING
AT_ONCE = True
ASKS: dict[str, str] = {}
MODELS = ("cases.ReplyTemplate",)
KEY = ("title", "state", "category")


def subjects(by: Holder, at: datetime) -> list[tuple[str, str]]:
    return [(verb.value, label(verb)) for verb in TEMPLATED]


def label(subject: str) -> str:
    if subject not in TEMPLATED:
        raise ChangeRefused(_("There are no templates for this move."), "unknown_subject")
    return _("Templates for “%(verb)s”") % {"verb": Verb(subject).label}


def tables(subject: str) -> tuple[Table, ...]:
    labels = dict([*State.choices, *Answer.choices])
    name = "name_en" if get_language() == "en" else "name"
    columns = (
        Column("title", gettext_lazy("Title"), "text"),
        Column("text", gettext_lazy("Words"), "text", longest=600),
        Column(
            "state",
            gettext_lazy("Only where it stands at"),
            "choice",
            [(state, labels[state]) for state in _sources(subject)],
            optional=True,
        ),
        Column(
            "category",
            gettext_lazy("Only for the category"),
            "choice",
            list(Category.objects.values_list("code", name)),
            optional=True,
        ),
        Column("basis", gettext_lazy("Basis"), "fixed"),
    )
    return (Table("templates", NAME, KEY, columns, spare=1, titled=("title",)),)


def read(subject: str, at: datetime) -> Rows:
    return {"templates": [_row(one) for one in _standing(subject).select_related("category").order_by("pk")]}


def check(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> None:
    for row in after["templates"]:
        if row["state"] and row["state"] not in _sources(subject):
            raise ChangeRefused(_("This move is not made from there."), "wrong_state")
        try:
            check_gaps(row["text"])
        except MoveRefused as refused:
            raise ChangeRefused(refused.sentence, str(refused.code)) from refused
    twice = [key for key, times in Counter(_key(row) for row in after["templates"]).items() if times > 1]
    if twice:
        told = {"title": twice[0][0]}
        raise ChangeRefused(_("“%(title)s” stands here twice. Give one of them another title."), "named_twice", told)


def impact(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> Impact:
    """Where it is offered now, and which units have sent the words that go, in cases that are open."""
    going = [row for row in before["templates"] if row not in after["templates"]]
    told = {"day": day.isoformat(), "count": _open(subject)}
    said = [
        _("Offered from %(day)s on; %(count)s cases or summonses stand where they may be chosen now.") % told,
        _("Steps already taken keep their words."),
    ]
    gone = [one.pk for one in _standing(subject).select_related("category") if _row(one) in going]
    sent = Step.objects.filter(verb=subject, facts__template__in=gone, case__in=Case.objects.open())
    steps = sent.select_related("unit").order_by("-pk") if gone else []
    found = [Found(step.unit, "case", step.case_id) for step in steps]
    return Impact(lines=said, touched=touched(_("Has sent words that go, as they stand, in open cases"), found))


def apply(change: Any, at: datetime) -> None:
    """What differs is retired and written anew, on the basis of the change; what comes back stands on its own again."""
    before, after = change.before["templates"], change.after["templates"]
    said = {"change": change, "changed_by": change.decided_by, "changed_at": at}
    going = [one.pk for one in _standing(change.subject).select_related("category") if _row(one) not in after]
    ReplyTemplate.objects.filter(pk__in=going).update(retired_at=at, **said)
    categories = dict(Category.objects.values_list("code", "pk"))
    for row in after:
        if row not in before:
            basis = row["basis"] if change.undoes_id and row["basis"] else change.basis
            words = {**said, "title": row["title"], "text": row["text"], "basis": basis, "state": row["state"] or ""}
            ReplyTemplate.objects.create(verb=change.subject, category_id=categories.get(row["category"]), **words)


def _standing(verb: str) -> QuerySet[ReplyTemplate]:
    return ReplyTemplate.objects.in_use().filter(unit=None, verb=verb)


def _sources(verb: str) -> list[str]:
    """From which states this move is made."""
    return list(dict.fromkeys(str(source) for move in moves() if move.verb == verb for source in move.sources))


def _open(verb: str) -> int:
    of_case = any(move.verb == verb for move in workflow.MOVES.values())
    rows: Any = Case.objects if of_case else Summons.objects
    return int(rows.filter(state__in=_sources(verb)).count())


def _row(one: ReplyTemplate) -> Row:
    return {
        "title": one.title, "text": one.text, "state": one.state or None,
        "category": one.category.code if one.category else None, "basis": one.basis,
    }  # fmt: skip


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in KEY)
