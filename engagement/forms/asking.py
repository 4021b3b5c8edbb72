"""What the public page “who is responsible” asks for, and what a report says when it asks where it may belong."""

from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.areas import streets
from engagement.models import Datum
from engagement.placing import OutsideDistrict, Point, placed
from people.words import WordsField

LONGEST = 100
PLACE = ("area", "lon", "lat", "accuracy", "datum")


class WhoForm(forms.Form):
    """The matter in everyday words, and the street where the answer is to name its office."""

    q = WordsField(
        label=_("What is it about?"),
        max_length=LONGEST,
        help_text=_("A few everyday words, as people say them"),
        error_messages={"required": _("Say in a few words what it is about")},
    )
    street = forms.ChoiceField(
        label=_("Street"), required=False, help_text=_("So that we can name its office, and see what is common there")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["street"].choices = cache(streets)
        self.fields["q"].widget.attrs |= {"type": "search", "enterkeyhint": "search"}


class PlaceForm(forms.Form):
    """Where somebody who is still writing a report says that it is, as far as that makes sense."""

    area = forms.RegexField(r"^\d{6,15}$", required=False)
    lon = forms.FloatField(min_value=-180, max_value=180, required=False)
    lat = forms.FloatField(min_value=-90, max_value=90, required=False)
    accuracy = forms.FloatField(min_value=0, required=False)
    datum = forms.ChoiceField(choices=Datum, required=False)

    def code(self) -> str:
        """Of the grid of the point, else of the area chosen; "" where neither is known."""
        self.full_clean()
        said = self.cleaned_data
        area = str(said.get("area") or "")
        if said.get("lon") is None or said.get("lat") is None:
            return area
        try:
            return placed(Point(said["lon"], said["lat"], said.get("datum") or Datum.WGS84)).grid.code
        except OutsideDistrict:
            return area
