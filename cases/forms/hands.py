"""The forms by which a unit's people give a summons to one another."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import MoveForm, Setting, words
from cases.hands import takers
from cases.models import Summons

Choices = list[tuple[str, Any]]


def to_whom(calls: Iterable[Summons], at: datetime) -> Choices:
    """Who may be given at least one of these summonses, as choices; by unit where they are of several."""
    of_unit: dict[int, list[Summons]] = defaultdict(list)
    for call in calls:
        of_unit[call.unit_id].append(call)
    groups: Choices = []
    for unit_id, its in of_unit.items():
        people = takers(unit_id, {call.hand for call in its}, at)
        groups.append((its[0].unit.short_name, [(str(one.pk), one.name) for one in people]))
    groups = [(name, people) for name, people in groups if people]
    found = groups[0][1] if len(groups) == 1 else groups
    return [("", _("Choose")), *found] if found else []


class GivingForm(MoveForm):
    """To whom, of those who answer for the unit now; whoever has it already is not offered."""

    to = forms.ChoiceField(
        label=_("To whom"),
        help_text=_("Colleagues who answer for the unit. No deadline moves."),
        error_messages={"required": _("Choose a colleague"), "invalid_choice": _("Choose a colleague")},
    )

    def prepare(self, setting: Setting) -> None:
        self.fields["to"].choices = to_whom([setting.summons] if setting.summons else [], setting.at)

    def facts(self) -> dict[str, Any]:
        return {"to": self.cleaned_data["to"]}


class AssignForm(GivingForm):
    note = words(_("Note"), hint=_("What your colleague should know."))


class HandOverForm(GivingForm):
    note = words(
        _("What was done, and what is open"),
        _("Write both, for example “Owner reached twice; the measuring is still open, agreed for Thursday 10:00”"),
        _("Your colleague goes on from these words."),
        rows=4,
    )
