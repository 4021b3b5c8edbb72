"""The forms of those who know the list: the hotline clerk's and the grid worker's; they may say where it belongs."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accountability.models import Category, Item, Situation, Urgency
from accountability.suggester.answering import Suggested
from cases.belonging import belongs_to
from engagement.areas import choices_of_worker
from engagement.belonging import suggested_at
from engagement.forms.asking import PLACE, PlaceForm
from engagement.forms.reporting import CategoryField, ReportForm, phone_field
from engagement.picking import LONGEST, Picker, offered, picker
from files.forms import PhotosField
from grids.models import Area
from grids.standing import Standing
from people.words import WordsField

ICONS = {
    "environment": "trash", "facilities": "road", "greenery": "tree", "land": "map-2", "enforcement": "building-store",
    "ecology": "alarm-smoke", "housing": "crane", "safety": "flame", "market": "scale", "livelihood": "users",
}  # fmt: skip


class SortingForm(ReportForm):
    """For those who know the list: they may say where it belongs, by what the words suggest."""

    belongs = forms.CharField(
        label=_("Where it may belong"),
        max_length=12,
        required=False,
        help_text=_(
            "The list first, then what departments do beyond it. What is of no item goes to the district desk, never to"
            " the street by default."
        ),
    )

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        self.at = at
        super().__init__(*args, **kwargs)

    @cached_property
    def suggested(self) -> Suggested | None:
        """Where the page came back for it, or with a choice made."""
        asked = "suggest" in self.initial or self["belongs"].value()
        if not asked:
            return None
        place = PlaceForm({name: self[name].value() for name in PLACE}).code()
        return suggested_at(str(self["words"].value() or ""), place, self.at)

    def clean_belongs(self) -> str:
        code = self.cleaned_data["belongs"]
        said = belongs_to(code, localdate(self.at))
        if code and not said.code:
            raise forms.ValidationError(
                _("Neither the list nor the functions beyond it have this. Choose another one or none."),
                code="unknown_code",
            )
        self.cleaned_data["item"], self.cleaned_data["function"] = said
        return code


class ClerkReportForm(SortingForm):
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
        "words", "belongs", "place", "area", "name", "phone", "wants_answer", "address", "category", "urgency",
        "confidential", "matter",
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


class FieldReportForm(SortingForm):
    """For a grid worker in the street: photo, position, a tile; words may be short."""

    category = CategoryField(
        label=_("What is it about"), queryset=Category.objects.all(), required=False, empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip
    situation = forms.ChoiceField(label=_("Situation"), required=False)
    photos = PhotosField()
    field_order = ["photos", "words", "belongs", "category", "situation", "place", "area"]

    def __init__(self, *args: Any, standing: Standing, at: datetime, **kwargs: Any) -> None:
        self.standing = standing
        super().__init__(*args, at=at, **kwargs)
        self.fields["words"].label = _("What you saw")
        self.fields["area"].label = _("Grid")
        self.fields["area"].help_text = _("Counts when there is no position")
        self.fields["situation"].choices = cache(self.situation_choices)

    def area_choices(self) -> list:
        return choices_of_worker(self.standing)

    def place_offered(self, code: str) -> Area | None:
        mine = dict(self.fields["area"].choices)
        return Area.objects.filter(code=code).select_related("office").first() if code in mine else None

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
        return {**super().said(), **sorted_by, "item": situation.item}

    def clean(self) -> dict[str, Any]:
        """A situation brings its item along; what was suggested may be no other."""
        said = super().clean() or self.cleaned_data
        item = Item.objects.filter(situations__code=said["situation"]).first() if said.get("situation") else None
        if item and said.get("belongs") not in (None, "", item.code):
            wrong = _("The situation belongs to %(code)s. Choose that one above, or none.")
            self.add_error("belongs", forms.ValidationError(wrong, "other_item", {"code": item.code}))
        return said

    def chosen_area(self) -> Area | None:
        """Where the worker stands outweighs the list, in which a grid is always chosen."""
        return None if self.point() else super().chosen_area()
