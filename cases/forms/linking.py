"""The forms by which cases are joined: merged, taken out again, answered as the same again, split."""

from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accountability.models import Category, Item
from cases.forms.base import MoveForm, Setting, words
from cases.forms.lists import item_groups, version_of
from cases.models import Case
from people.words import WordsField


class NamesACase(MoveForm):
    """Names another case by its number; only one that this person may see is there."""

    main = WordsField(
        label=_("Number of the other case"),
        max_length=32,
        error_messages={"required": _("Write the number of the other case.")},
    )

    def clean_main(self) -> Case:
        seen = Case.objects.visible_to(self.setting.standing)
        found = seen.filter(number=self.cleaned_data["main"].strip()).first()
        if found is None:
            raise ValidationError(_("No case has this number. Compare it sign by sign."), code="no_main")
        return found


class MergeForm(NamesACase):
    template = "cases/merge.html"
    note = words(
        _("Why it is the same matter"),
        _("Write what shows it, for example “The same stall at the same gate, reported an hour later”"),
        _("Its clocks stop. Whoever reported it reads in their receipt how the other case goes, and is asked back."),
    )
    field_order = ("main", "note")

    def arguments(self) -> dict[str, Any]:
        return {"main": self.cleaned_data["main"], "note": self.cleaned_data["note"]}


class UnmergeForm(MoveForm):
    note = words(
        _("Why it is another matter after all"),
        _("Write what shows it, for example “That one is at the east gate; this is a shop sign at the west gate”"),
        _("It stands where it stood before, and its own time has run on."),
    )

    def arguments(self) -> dict[str, Any]:
        return {"note": self.cleaned_data["note"]}


class RepeatForm(NamesACase):
    template = "cases/merge.html"
    note = words(
        _("The answer that was given"),
        _("Quote the earlier answer, for example “Answered on 12 March: the kiosk has a permit until September”"),
        _("Whoever reported it reads this sentence. Only where nothing new is claimed; else it is a case of its own."),
    )
    field_order = ("main", "note")

    def arguments(self) -> dict[str, Any]:
        return {"earlier": self.cleaned_data["main"], "note": self.cleaned_data["note"]}


class SplitForm(MoveForm):
    """One part: what it is, and what of the list it falls under."""

    summary = WordsField(
        label=_("The part in one sentence"),
        max_length=200,
        help_text=_("In your own words, with what and where; no names, no phone numbers."),
        error_messages={
            "required": _("Write the part in one sentence, for example “Manhole cover broken at the gate”")
        },
    )
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.all(),
        to_field_name="code",
        empty_label=None,
        error_messages={"required": _("Choose a category"), "invalid_choice": _("Choose a category")},
    )
    item = forms.ChoiceField(
        label=_("Item of the responsibility list"),
        required=False,
        help_text=_("The list says who leads and who supports. Leave it open when nothing fits."),
    )
    note = words(
        _("Why it is a part of its own"),
        _("Write why, for example “The cover belongs to the water company, the stall to the street”"),
        _("It gets its own number and clocks. This case answers the resident and is closed when its parts have ended."),
    )

    def prepare(self, setting: Setting) -> None:
        version = SimpleLazyObject(lambda: version_of(setting.case, setting.at))
        self.fields["item"].choices = cache(lambda: item_groups(version, _("None yet")))
        if get_language() == "en":
            self.fields["category"].label_from_instance = lambda category: category.name_en
        self.fields["category"].initial = setting.case.category.code

    def clean_item(self) -> Item | None:
        return Item.objects.filter(code=self.cleaned_data["item"]).first()

    def arguments(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("summary", "category", "item", "note")}
