"""The form by which a unit asks for more time before its reply is due."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.spans import day_words
from cases.extending import most_days, running
from cases.forms.base import MoveForm, Setting, words
from cases.moves import MoveRefused


class ExtendForm(MoveForm):
    until = forms.DateField(
        label=gettext_lazy("The reply will be there by the end of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Write the day, for example 2026-03-20"),
        },
    )
    note = words(
        gettext_lazy("Why it takes longer"),
        gettext_lazy("Write the reason, for example “The spare part arrives on 19 March; fenced off until then”"),
        gettext_lazy("The person who reported it reads this sentence: no names, no phone numbers."),
    )

    def prepare(self, setting: Setting) -> None:
        """Say until when it runs now and how much may still be asked for."""
        call = setting.summons
        if call is None:
            return
        try:
            _clock, due = running(call, setting.at)
        except MoveRefused:  # the action says why, when it is sent
            return
        left = max(0, most_days(call, setting.at) - call.extended_days)
        self.fields["until"].help_text = _(
            "Due %(day)s now; at most %(left)s working days more. Contact and arrival stay due as they are."
        ) % {"day": day_words(localdate(due)), "left": left}

    def facts(self) -> dict[str, Any]:
        return {"until": self.cleaned_data["until"].isoformat()}
