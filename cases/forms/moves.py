"""The forms of the moves that are a note and a few facts."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accountability.models import Clock
from accountability.spans import moment
from cases.forms.base import MoveForm, Setting, words
from cases.hearing import against_their_word
from cases.milestones import left
from files.actions import NONE_CHOSEN, Chosen
from files.forms import PhotosField
from people.words import WordsField, in_chinese

LOCAL_MINUTE = "%Y-%m-%dT%H:%M"


class NoteForm(MoveForm):
    """A move that may carry a word."""

    note = words(_("Note"))


class TurnDownForm(MoveForm):
    note = words(
        _("On what ground it is turned down"),
        _("Write the ground, for example “Already in hand under number 370102-…”"),
        _("Whoever reported it reads this sentence. Name the rule, and who else can help."),
    )


class UndoForm(MoveForm):
    note = words(
        _("Why it is undone"),
        _("Write the reason, for example “Pressed by mistake”"),
        _("It waits to be accepted as before, on the clock that it had. What was written stays."),
    )


class WithdrawForm(MoveForm):
    note = words(
        _("Why the whistle is withdrawn"),
        _("Write the reason, for example “The stall has packed up and gone by itself”"),
        _("The units read this. It counts as a whistle that was not needed, and the time to decide runs on as before."),
    )


class SendBackForm(MoveForm):
    note = words(
        _("Why it goes back to the street"),
        _("Write what the street should do, for example “The list makes this the street's own item: settle it first”"),
        _("The street reads this and goes on from here."),
    )


class RespondForm(MoveForm):
    """First contact: who was reached, when, how, and what was said."""

    MEANS = [("phone", _("By phone")), ("visit", _("In person")), ("message", _("By message"))]

    contact = WordsField(
        label=_("Whom you reached"),
        help_text=_("Who they are to the matter, such as “the person who reported it”; no phone number here."),
        max_length=60,
        error_messages={"required": _("Write whom you reached, for example “the person who reported it”")},
    )
    contacted_at = forms.DateTimeField(
        label=_("When"),
        input_formats=[LOCAL_MINUTE],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "moment"}, format=LOCAL_MINUTE),
        error_messages={
            "required": _("Say when contact was made"),
            "invalid": _("Write the day and time, for example 2026-03-12 14:45"),
        },
    )
    means = forms.ChoiceField(
        label=_("How"),
        choices=MEANS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you made contact")},
    )
    note = words(
        _("What was said"),
        _("Write what was said, for example “Agreed to meet on site at 15:00”"),
        _("What the person wants, and what your unit promised."),
    )

    def prepare(self, setting: Setting) -> None:
        self.fields["contacted_at"].initial = timezone.localtime(setting.at).replace(second=0, microsecond=0)

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "contact": said["contact"], "contacted_at": said["contacted_at"].isoformat(), "means": said["means"],
        }  # fmt: skip


class PhotoForm(MoveForm):
    """A move that may show photos; they are given to its step by the view."""

    photos = PhotosField()
    field_order = ("note", "photos")

    @property
    def chosen(self) -> Chosen:
        return self.cleaned_data.get("photos") or NONE_CHOSEN

    def facts(self) -> dict[str, Any]:
        return {"photos": [str(photo) for photo in self.chosen.ids]}


class ReplyForm(PhotoForm):
    note = words(
        _("What your unit did, and what came of it"),
        _("Write the result, for example “Duct reconnected on 12 March, measured below the limit”"),
        _("The inspector goes and looks whether it is so; the person who reported it hears it."),
        rows=4,
    )


class ReachForm(PhotoForm):
    milestone = forms.ChoiceField(
        label=_("Which milestone is reached"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the milestones that are open."),
            "invalid_choice": _("Choose one of the milestones that are open."),
        },
    )
    note = words(
        _("What was done"),
        _("Write what was done, for example “Fenced off on all sides, lamps set up”"),
        _("Its clock stops; the others and the reply's own run on."),
    )
    field_order = ("milestone", "note", "photos")

    def prepare(self, setting: Setting) -> None:
        open_now = left(setting.summons) if setting.summons else []
        self.fields["milestone"].choices = [(one.milestone, _by(one, setting)) for one in open_now]

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "milestone": self.cleaned_data["milestone"]}


def _by(clock: Clock, setting: Setting) -> str:
    """The milestone and until when it is due."""
    name = in_chinese(clock.milestone)
    if clock.due_at is None:
        return name
    return format_html("{} · {}", name, gettext("by %(when)s") % {"when": moment(clock.due_at, setting.at)})


class ReworkForm(PhotoForm):
    note = words(
        _("What is not yet right"),
        _("Write what still has to be done, for example “Two tables back on the pavement at 20:10”"),
        _("The leading unit replies again, with a new clock."),
    )


class ReopenForm(MoveForm):
    note = words(
        _("Why it is opened again"),
        _("Write what is not right, for example “The stalls were back at 20:10, two evenings after closing”"),
        _("The unit that led it is called again with new clocks and reads this. Earlier marks stay as they are."),
    )


class AskAgainForm(MoveForm):
    note = words(
        _("What makes you doubt the answer"),
        _("Write the reason, for example “The photos show the stalls still there, and the answer says solved”"),
        _("Somebody else than the first caller asks them again. Both answers stay; the later one counts."),
    )


class CloseForm(MoveForm):
    note = words(
        _("What was done, for whoever reported it"),
        _("Write the result in their words, for example “The stalls are gone; patrols come every evening until March”"),
        _("They read this sentence in their receipt. Marks are made from the rows as they stand."),
    )

    def prepare(self, setting: Setting) -> None:
        """Against the resident's word it is not closed without a reason, and the form says so beforehand."""
        if against_their_word(setting.case):
            said = self.fields["note"]
            said.label = _("What was done, and why it is closed although the resident is not satisfied")
            said.error_messages["required"] = _(
                "Write what was promised or why no more can be done, for example “Patrols every evening until March”"
            )
