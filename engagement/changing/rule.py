"""How often somebody is called back and how far apart, as a draft edits it: one row, a new one from a day on."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from changes.kinds import ChangeRefused, Column, Impact, Row, Rows, Table
from engagement.calling import UNWRITTEN, plans_at
from engagement.changing.waiting_now import next_calls, of_the_first_cases, plans_with, waiting
from engagement.models import CallRule

NAME = gettext_lazy("How often somebody is called")
MODEL = CallRule
NUMBERS = ("attempts", "apart_minutes", "parts", "later_days", "grace_minutes", "link_hours")
LABELS = {
    "attempts": gettext_lazy("How many calls before nobody calls again"),
    "apart_minutes": gettext_lazy("Minutes from one call in vain to the next"),
    "parts": gettext_lazy("On how many parts of the day"),
    "later_days": gettext_lazy("How many days ahead somebody may put it off"),
    "grace_minutes": gettext_lazy("Minutes for writing a call down after the hours"),
    "link_hours": gettext_lazy("Hours that a link to answer by is good for"),
}
TABLES = (
    Table(
        "rule",
        NAME,
        (),
        (
            *(Column(name, LABELS[name], "whole", least=0 if name.endswith("minutes") else 1) for name in NUMBERS),
            Column("basis", gettext_lazy("Basis"), "fixed"),
        ),
    ),
)
MOST = {"attempts": 10, "apart_minutes": 10_000, "parts": 4, "later_days": 90, "grace_minutes": 240, "link_hours": 1000}


def read(day: date) -> Rows:
    rule = CallRule.objects.filter(since__lte=day).order_by("-since").first() or UNWRITTEN
    return {"rule": [{**{name: getattr(rule, name) for name in NUMBERS}, "basis": rule.basis}]}


def check(before: Rows, after: Rows, at: datetime) -> None:
    (row,) = after["rule"]
    for name in NUMBERS:
        if row[name] > MOST[name]:
            told = {"what": LABELS[name], "most": MOST[name]}
            raise ChangeRefused(_("“%(what)s”: not more than %(most)s."), "odd_number", told)
    if row["parts"] > row["attempts"]:
        raise ChangeRefused(_("More parts of the day than calls: each part takes one."), "odd_parts")
    had = max((len(calls) for _case, calls in waiting(at)), default=0)
    if row["attempts"] < before["rule"][0]["attempts"] and row["attempts"] <= had:
        raise ChangeRefused(
            _("Somebody who waits was called %(count)s times already and would be given up without a last call. "
              "Choose more than that, or wait until they have been called."),
            "given_up_by_rule", {"count": had},
        )  # fmt: skip


def impact(before: Rows, after: Rows, day: date, at: datetime) -> Impact:
    plans = plans_at(at)
    found = next_calls(
        plans_with(plans, rule=_rule(before)), plans_with(plans, rule=_rule(after)), day, at,
        _("Could be called later than by the rule of now"), _("Could be called sooner than by the rule of now"),
    )  # fmt: skip
    said = _("Who waits is called by the new rule from %(day)s on. Calls that were made stay made.")
    return Impact(lines=[said % {"day": day.isoformat()}, *of_the_first_cases()], touched=found)


def apply(change: Any) -> None:
    rule = _rule(change.after)
    kept = change.undoes_id and rule.basis
    rule.since, rule.change, rule.basis = change.in_force_from, change, rule.basis if kept else change.basis
    rule.save(force_insert=True)


def _rule(rows: Rows) -> CallRule:
    row: Row = rows["rule"][0]
    return CallRule(**{name: row[name] for name in NUMBERS}, basis=row["basis"] or "")
