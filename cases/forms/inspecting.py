"""The form by which an inspection is passed: what was seen, and the same spot before and after."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.confiding import keeps
from cases.forms.base import Setting, words
from cases.forms.moves import PhotoForm
from cases.pairing import afters, befores
from files.models import Photo
from files.showing import Shown, shown
from people.words import WordsField

SENT = "sent"
CHOOSE = _("Choose one of the photos shown.")
MISSING = _("Send a photo taken from the same spot.")


class PassForm(PhotoForm):
    """Of a case without photos from before it is a note, and photos for whoever sends some."""

    template = "cases/pass.html"
    note = words(
        _("What you saw on site"),
        _("Write what you saw, for example “Pavement clear at 19:30, no smoke”"),
        _("Take the photo from where the first one was taken."),
    )
    before = forms.ChoiceField(
        label=_("Which photo shows how it was"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    after = forms.ChoiceField(
        label=_("Which photo shows how it is now"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )
    why = WordsField(
        label=_("Why another spot or another's photo has to do"),
        help_text=_("Only where the second photo was taken far off, or by the unit itself. It stands beside the pair."),
        required=False,
        max_length=300,
    )
    field_order = ("note", "before", "photos", "after", "why")

    def prepare(self, setting: Setting) -> None:
        self.befores = _told(befores(setting.case), setting)
        self.afters = _told(afters(setting.case), setting) if self.befores else []
        if not self.befores:
            for name in ("before", "after", "why"):
                del self.fields[name]
            return
        self.fields["before"].choices = [(str(one.photo.pk), _nth(one)) for one in self.befores]
        self.fields["before"].initial = str(self.befores[0].photo.pk) if len(self.befores) == 1 else None
        sent = (SENT, gettext("The first photo that I send here"))
        self.fields["after"].choices = [sent, *((str(one.photo.pk), _nth(one)) for one in self.afters)]
        self.fields["after"].initial = SENT
        self.fields["note"].help_text = ""
        self.fields["photos"].label = gettext("The same spot now")
        self.fields["photos"].help_text = gettext("Take it from where the first one was taken.")
        if not self.afters:
            self.fields["photos"].required = True
            self.fields["photos"].error_messages["required"] = MISSING
            self.fields["after"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.afters and given.get("after") in ("", SENT) and "photos" in given and not self.chosen:
            self.add_error("after", forms.ValidationError(MISSING, code="after_missing"))
        return given

    def facts(self) -> dict[str, Any]:
        if not self.befores:
            return super().facts()
        given, chosen = self.cleaned_data, self.chosen
        ticket = {"ticket": chosen.ticket} if chosen else {}
        sent = given["after"] in ("", SENT)
        after = str(chosen.ids[0]) if sent and chosen else given["after"]
        return {**super().facts(), "before": given["before"], "after": after, "why": given["why"], **ticket}


def _told(photos: list[Photo], setting: Setting) -> list[Shown]:
    """As the reader may have them: of a confidential case not where somebody stood."""
    case = setting.case
    found = shown(photos, case.lon, case.lat)
    if keeps(case, setting.standing):
        return found
    return [replace(one, when=gettext("When and where it was taken is confidential"), where="") for one in found]


def _nth(one: Shown) -> str:
    return gettext("Photo %(nth)s of %(of)s") % {"nth": one.nth, "of": one.of}
