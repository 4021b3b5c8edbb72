"""What a report asks for, in a form for each who brings one."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache, cached_property
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accountability.models import Category, Situation, Urgency
from audit.kept import Kept
from engagement.areas import LEAVE_IT, choices_of_district, choices_of_worker
from engagement.models import Datum
from engagement.picking import LONGEST, Picker, offered, picker
from engagement.placing import UNSURE, Point
from files.forms import PhotosField
from grids.models import Area
from grids.naming import chain_names
from grids.standing import Standing
from people.words import WordsField

PHONE = re.compile(r"\+?\d{7,15}")
ICONS = {
    "environment": "trash", "facilities": "road", "greenery": "tree", "land": "map-2", "enforcement": "building-store",
    "ecology": "alarm-smoke", "housing": "crane", "safety": "flame", "market": "scale", "livelihood": "users",
}  # fmt: skip
HIDDEN = {"required": False, "widget": forms.HiddenInput}


def phone_field(**more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "class": "short"})
    return forms.CharField(label=_("Phone"), max_length=30, widget=widget, **more)


def category_name(category: Category) -> str:
    return category.name_en if get_language() == "en" else category.name


class CategoryField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Category) -> str:
        return category_name(obj)


class ReportForm(forms.Form):
    """The words, and where: a point taken by the device, or a street or community from the list."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    lon = forms.FloatField(min_value=-180, max_value=180, **HIDDEN)
    lat = forms.FloatField(min_value=-90, max_value=90, **HIDDEN)
    accuracy = forms.FloatField(min_value=0, **HIDDEN)
    datum = forms.ChoiceField(choices=Datum, **HIDDEN)
    captured_at = forms.DateTimeField(**HIDDEN)
    words = WordsField(
        label=_("What you saw, and whom it affects"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    place = WordsField(label=_("Where, in words"), max_length=120, required=False)
    area = forms.ChoiceField(label=_("Street or community"), required=False)
    grid = forms.CharField(max_length=15, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"form_key": uuid4(), "datum": Datum.WGS84, **(initial or {})}, **kwargs)
        self.fields["words"].error_messages["required"] = _(
            "Say in a few words what is wrong, for example “the street lamp before no. 14 is out”"
        )
        self.fields["area"].choices = cache(self.area_choices)  # read once they are shown, or one is named

    def area_choices(self) -> list:
        return choices_of_district()

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
        return None if code in (None, "", LEAVE_IT) else _area(code=code)[0]

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


class ClerkReportForm(ReportForm):
    """For a clerk on the telephone: one column, in the order of the talk, all by keyboard."""

    name = WordsField(label=_("Caller's name"), max_length=40, required=False)
    phone = phone_field(required=False)
    address = WordsField(label=_("Caller's exact address"), max_length=200, required=False)
    wants_answer = forms.BooleanField(label=_("Wants to be called back"), required=False, initial=True)
    category = CategoryField(label=_("Category"), queryset=Category.objects.all(), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency, initial=Urgency.NORMAL, required=False)
    confidential = forms.BooleanField(
        label=_("Confidential: who handles it does not learn who reported it, nor their own words"), required=False
    )
    matter = WordsField(label=_("The matter, as those who handle it read it"), max_length=200, required=False)
    field_order = [
        "words", "place", "area", "name", "phone", "wants_answer", "address", "category", "urgency", "confidential",
        "matter",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("The caller's words")
        self.fields["words"].widget.attrs["autofocus"] = True
        self.fields["place"].help_text = _("Where it is; everybody who handles it reads this")
        self.fields["address"].help_text = _("Stored encrypted; who handles it does not see it")
        self.fields["category"].empty_label = _("The street decides")
        self.fields["urgency"].help_text = _("A hint; the street decides when it accepts")
        self.fields["matter"].help_text = _("Only where it is confidential: one sentence in your own words")
        for name in ("name", "phone", "address"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("wants_answer") and not said.get("phone") and "phone" not in self.errors:
            self.add_error("phone", forms.ValidationError(
                _("Ask for the number to call back, or take away the tick below it"), code="phone_missing"
            ))  # fmt: skip
        if said.get("confidential") and not said.get("matter") and "matter" not in self.errors:
            self.add_error("matter", forms.ValidationError(
                _("Say in your own words what the matter is: those who handle it read only this."),
                code="matter_missing",
            ))  # fmt: skip
        return said


class FieldReportForm(ReportForm):
    """For a grid worker in the street: photo, position, a tile; words may be short."""

    category = CategoryField(
        label=_("What is it about"), queryset=Category.objects.all(), required=False, empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip
    situation = forms.ChoiceField(label=_("Situation"), required=False)
    photos = PhotosField()
    field_order = ["photos", "words", "category", "situation", "place", "area"]

    def __init__(self, *args: Any, standing: Standing, at: datetime, **kwargs: Any) -> None:
        self.standing, self.at = standing, at
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("What you saw")
        self.fields["area"].label = _("Grid")
        self.fields["area"].help_text = _("Counts when there is no position")
        self.fields["situation"].choices = cache(self.situation_choices)

    def area_choices(self) -> list:
        return choices_of_worker(self.standing)

    def situation_choices(self) -> list[tuple[str, str]]:
        return list(offered(self.at).values_list("code", "name"))

    @cached_property
    def picker(self) -> Picker:
        """What is offered to choose, what is chosen, and what was found where the page came back for a search."""
        asked = str(self.initial.get("seek", ""))[:LONGEST] if "find" in self.initial else None
        return picker(self.standing, self.at, str(self["situation"].value() or ""), asked)

    def tiles(self) -> Iterator[dict[str, Any]]:
        """The categories as tiles, each with its icon."""
        for option in self["category"].subwidgets:
            category = option.data["value"].instance
            tag, icon = option.tag(wrap_label=False), ICONS.get(category.code, "dots")
            yield {"tag": tag, "id": option.id_for_label, "label": option.choice_label, "icon": icon}

    def said(self) -> dict[str, Any]:
        if not self.cleaned_data.get("situation"):
            return super().said()
        situation = Situation.objects.select_related("item__category").get(code=self.cleaned_data["situation"])
        sorted_by = {"category": situation.item.category, "urgency": situation.urgency, "situation": situation}
        return {**super().said(), **sorted_by}

    def chosen_area(self) -> Area | None:
        """Where the worker stands outweighs the list, in which a grid is always chosen."""
        return None if self.point() else super().chosen_area()


class GridForm(forms.Form):
    """The second step: the point lies so near a line that a person must say where; who cannot tell says so first."""

    grid = forms.ChoiceField(label=_("Where is it?"), widget=forms.RadioSelect)

    def __init__(self, candidates: tuple[Area, ...], data: Any = None) -> None:
        super().__init__(data)
        self.fields["grid"].error_messages["required"] = _("Choose one; if you cannot tell, choose “I am not sure”")
        names = [(area.code, " · ".join(chain_names((area.parent, area)))) for area in candidates]
        self.fields["grid"].choices = [(UNSURE, _("I am not sure")), *names]


@Kept
def _area(code: str) -> QuerySet[Area]:
    return Area.objects.filter(code=code).select_related("office")
