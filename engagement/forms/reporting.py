"""What a report asks for, in a form for each who brings one."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accountability.models import Category
from engagement.areas import LEAVE_IT, choices_of_district, place_of_district
from engagement.models import Datum
from engagement.placing import UNSURE, Point
from files.forms import PhotosField
from grids.models import Area
from grids.naming import chain_names
from people.words import WordsField

LONGEST_WORDS = 2000
PHONE = re.compile(r"\+?\d{7,15}")
HIDDEN = {"required": False, "widget": forms.HiddenInput}


def phone_field(**more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "class": "short"})
    return forms.CharField(label=_("Phone"), max_length=30, widget=widget, **more)


def category_name(category: Category) -> str:
    return category.name_en if get_language() == "en" else category.name


class CategoryField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Category) -> str:
        return category_name(obj)


class PlaceField(forms.ChoiceField):
    """One of many places. That which is named is looked up alone: the others are read where they are shown."""

    place: Callable[[str], Area | None]

    def valid_value(self, value: str) -> bool:
        return self.place(value) is not None


class ReportForm(forms.Form):
    """The words, and where: a point taken by the device, or a street or community from the list."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    lon = forms.FloatField(min_value=-180, max_value=180, **HIDDEN)
    lat = forms.FloatField(min_value=-90, max_value=90, **HIDDEN)
    accuracy = forms.FloatField(min_value=0, **HIDDEN)
    datum = forms.ChoiceField(choices=Datum, **HIDDEN)
    captured_at = forms.DateTimeField(**HIDDEN)
    words = WordsField(
        label=_("What you saw, and whom it affects"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 4})
    )
    place = WordsField(label=_("Where, in words"), max_length=120, required=False)
    area = PlaceField(label=_("Street or community"), required=False)
    grid = forms.CharField(max_length=15, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"form_key": uuid4(), "datum": Datum.WGS84, **(initial or {})}, **kwargs)
        self.fields["words"].error_messages["required"] = _(
            "Say in a few words what is wrong, for example “the street lamp before no. 14 is out”"
        )
        self.fields["area"].choices = cache(self.area_choices)
        self.place = self.fields["area"].place = cache(self.place_offered)

    def area_choices(self) -> list:
        return choices_of_district()

    def place_offered(self, code: str) -> Area | None:
        """Of the choices the one with this code."""
        return place_of_district(code)

    def clean_phone(self) -> str:
        phone = re.sub(r"[\s()（）-]", "", self.cleaned_data["phone"])
        if phone and not PHONE.fullmatch(phone):
            raise forms.ValidationError(
                _("Write the whole number, for example 13800000000 or 0531-88880000"), code="phone_unreadable"
            )
        return phone

    def point(self) -> Point | None:
        """The point that was taken, as it came; None if there is none."""
        said = self.cleaned_data
        if said.get("lon") is None or said.get("lat") is None:
            return None
        return Point(said["lon"], said["lat"], said.get("datum") or Datum.WGS84, said.get("accuracy"))

    def chosen_area(self) -> Area | None:
        code = self.cleaned_data.get("area")
        return None if code in (None, "", LEAVE_IT) else self.place(code)

    def said(self) -> dict[str, Any]:
        """What `actions.receive` takes, but for the place on the map."""
        kept = (
            "words",
            "place",
            "name",
            "phone",
            "address",
            "wants_answer",
            "category",
            "urgency",
            "confidential",
            "matter",
            "item",
            "function",
        )
        return {name: self.cleaned_data[name] for name in kept if self.cleaned_data.get(name) not in (None, "")}


class CitizenReportForm(ReportForm):
    """For a phone and a resident without an account: little to fill in, nothing that must be known."""

    photos = PhotosField()
    phone = phone_field(
        required=False, help_text=_("Only with it can we ask you back. Who puts it right never sees it.")
    )
    field_order = ["words", "photos", "place", "area", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].help_text = _("A road and number, or what stands beside it")
        self.fields["phone"].optional = self.fields["place"].optional = _("(may be left out)")
        self.fields["phone"].widget.attrs["autocomplete"] = "tel"


class GridForm(forms.Form):
    """The second step: the point lies so near a line that a person must say where; who cannot tell says so first."""

    grid = forms.ChoiceField(label=_("Where is it?"), widget=forms.RadioSelect)

    def __init__(self, candidates: tuple[Area, ...], data: Any = None) -> None:
        super().__init__(data)
        self.fields["grid"].error_messages["required"] = _("Choose one; if you cannot tell, choose “I am not sure”")
        names = [(area.code, " · ".join(chain_names((area.parent, area)))) for area in candidates]
        self.fields["grid"].choices = [(UNSURE, _("I am not sure")), *names]
