"""The forms by which the street's own levels hand a matter up, back or on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import MoveForm, Setting, words
from cases.forms.taking import people_near
from cases.levels import OWN
from cases.models import Level

WHY = _("Write the reason, for example “The shop does not open to us; somebody with a badge has to come”")


class HandOnForm(MoveForm):
    """To whom of the street's own: a person of the grid or community, or the office."""

    who = forms.ChoiceField(
        label=_("Who settles it"),
        help_text=_("No deadline moves: the street answers for all of its levels."),
        error_messages={"required": _("Choose who settles it"), "invalid_choice": _("Choose who settles it")},
    )
    note = words(_("Why, and what is done so far"), WHY, _("Whoever goes on reads this."))
    levels: tuple[Level, ...] = OWN

    def prepare(self, setting: Setting) -> None:
        call = setting.summons
        had = f"{call.level}:{call.worker_id or ''}" if call else ""
        groups = [
            (label, [option for option in options if option[0] != had])
            for label, options in people_near(setting, self.levels)
        ]
        self.fields["who"].choices = [("", _("Choose")), *((label, options) for label, options in groups if options)]

    def facts(self) -> dict[str, Any]:
        level, _colon, key = self.cleaned_data["who"].partition(":")
        return {"level": level, "worker": int(key) if key else None}


class LevelUpForm(HandOnForm):
    levels = (Level.COMMUNITY, Level.STREET)

    def prepare(self, setting: Setting) -> None:
        if setting.summons and setting.summons.level == Level.COMMUNITY:
            self.levels = (Level.STREET,)
        super().prepare(setting)


class TakeBackForm(MoveForm):
    note = words(_("Why it is taken back"), WHY, _("Whoever had it reads this."))
