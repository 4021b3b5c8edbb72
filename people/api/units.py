"""Units as a program reads them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from people.api.describing import reads
from people.api.resource import Readable
from people.models import Seat, Unit, UnitKind

EXAMPLE = {
    "code": "QZ-17", "name": "历下区城市管理局", "short_name": "区城管局", "kind": "government", "parent": None,
    "commanded": True, "seat": "",
}  # fmt: skip


class UnitShape(serializers.Serializer):
    about = _("A department, a street office, a station or a utility: whoever can be called and must answer.")

    code = serializers.CharField()
    name = serializers.CharField()
    short_name = serializers.CharField()
    kind = serializers.ChoiceField(UnitKind.choices)
    parent = serializers.CharField(allow_null=True, help_text=_("The code of the unit that it belongs to"))
    commanded = serializers.BooleanField(help_text=_("Under the district's command; others get an upward call"))
    seat = serializers.ChoiceField(Seat.choices, allow_blank=True)

    def to_representation(self, unit: Unit) -> dict[str, Any]:
        return {
            "code": unit.code, "name": unit.name, "short_name": unit.short_name, "kind": unit.kind,
            "parent": unit.parent.code if unit.parent else None, "commanded": unit.commanded, "seat": unit.seat,
        }  # fmt: skip


@reads(_("Every unit"), _("One unit"), example=EXAMPLE)
class Units(Readable):
    about = _("Whoever can be called and must answer.")

    queryset = Unit.objects.select_related("parent").only(
        "code", "name", "short_name", "kind", "commanded", "seat", "parent__code"
    )
    serializer_class = UnitShape
    keyset, lookup_field = "code", "code"
    filterset_fields = ("kind", "seat")
