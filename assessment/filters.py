"""Which marks a list asks for, and the day rows that count the same marks."""

from datetime import date

import django_filters as filters
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessment.days import FIGURES
from assessment.models import Mark, MarkDay
from people.days import DayFilter

AREA_CODE = RegexValidator(r"\A[0-9]{6}([0-9]{3})?\Z")
OUTCOMES = {"yes": {"": True}, "no": {"": False}, "none": {"": None}, "counted": {"__isnull": False}}


class MarkFilter(filters.FilterSet):
    """Narrows what is visible already, and never widens it; what is no such filter asks for nothing."""

    area = filters.CharFilter(label=_("Area"), validators=[AREA_CODE], method="in_area")
    unit = filters.CharFilter(label=_("Unit"), field_name="unit__code", max_length=20)
    closed_from = DayFilter(label=_("Closed from"), field_name="closed_on", lookup_expr="gte")
    closed_to = DayFilter(label=_("Closed to"), field_name="closed_on", lookup_expr="lte")
    figure = filters.ChoiceFilter(label=_("Figure"), choices=[(name, name) for name in FIGURES], method="came_out")
    value = filters.ChoiceFilter(label=_("Outcome"), choices=[(name, name) for name in OUTCOMES], method="with_figure")

    class Meta:
        model = Mark
        fields: list[str] = []

    def in_area(self, marks: QuerySet[Mark], name: str, value: str) -> QuerySet[Mark]:
        return marks.filter(case__place_code__startswith=value)

    def came_out(self, marks: QuerySet[Mark], name: str, value: str) -> QuerySet[Mark]:
        outcome = OUTCOMES.get(self.form.cleaned_data.get("value") or "", {})
        return marks.filter(**{f"{value}{lookup}": wanted for lookup, wanted in outcome.items()})

    def with_figure(self, marks: QuerySet[Mark], name: str, value: str) -> QuerySet[Mark]:
        """An outcome says nothing without its figure."""
        return marks


def same_days(days: QuerySet[MarkDay], asked: dict[str, object]) -> QuerySet[MarkDay]:
    """The day rows of the marks of this area, unit and period; `asked` is what a MarkFilter understood."""
    first, last = asked.get("closed_from"), asked.get("closed_to")
    days = days.filter(street_code__startswith=asked["area"]) if asked.get("area") else days
    days = days.filter(unit__code=asked["unit"]) if asked.get("unit") else days
    days = days.filter(day__gte=first) if isinstance(first, date) else days
    return days.filter(day__lte=last) if isinstance(last, date) else days
