"""Marks as a program reads them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from rest_framework import serializers

from assessment.models import Mark, Part
from cases.api.examples import AT, NUMBER
from grids.api import ByStanding
from people.api.describing import reads
from people.api.resource import Readable

EXAMPLE = {
    "id": 5, "case": NUMBER, "unit": "QZ-17", "part": "lead", "summons": 41, "step": 320, "responded": True,
    "solved": True, "satisfied": None, "evidence": {"responded": {"key": "responded_in_time", "clocks": [90]}},
    "made_at": AT,
}  # fmt: skip


class MarkShape(serializers.Serializer):
    about = _("What a closed case says of one unit. Null means that it does not count.")

    id = serializers.IntegerField()
    case = serializers.CharField()
    unit = serializers.CharField()
    part = serializers.ChoiceField(Part.choices)
    summons = serializers.IntegerField(allow_null=True)
    step = serializers.IntegerField(help_text=_("The closing step"))
    responded = serializers.BooleanField(allow_null=True)
    solved = serializers.BooleanField(allow_null=True)
    satisfied = serializers.BooleanField(allow_null=True)
    evidence = serializers.DictField(help_text=_("For each figure: the sentence's key and the rows behind it"))
    made_at = serializers.DateTimeField()

    def to_representation(self, mark: Mark) -> dict[str, Any]:
        return {
            "id": mark.pk, "case": mark.case.number, "unit": mark.unit.code, "part": mark.part,
            "summons": mark.summons_id, "step": mark.step_id, "responded": mark.responded, "solved": mark.solved,
            "satisfied": mark.satisfied, "evidence": mark.evidence, "made_at": mark.made_at.isoformat(),
        }  # fmt: skip


class MarkFilter(filters.FilterSet):
    case = filters.CharFilter(field_name="case__number", max_length=32, label=_("The number of a case"))
    unit = filters.CharFilter(field_name="unit__code", max_length=20, label=_("The code of a unit"))
    part = filters.ChoiceFilter(choices=Part.choices)


@reads(_("Marks"), _("One mark"), example=EXAMPLE)
class Marks(ByStanding, Readable):
    about = _("Marks of the units one answers for, and of cases in the areas that one oversees.")

    queryset = Mark.objects.none()
    serializer_class = MarkShape
    filterset_class = MarkFilter
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Mark]:
        return Mark.objects.visible_to(self.standing).select_related("case", "unit")
