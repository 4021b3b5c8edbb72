"""Areas as a program reads them, and what every resource with scoped rows shares: whose eyes read it."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from rest_framework import serializers

from audit import clock
from grids.models import Area, AreaKind
from grids.standing import Standing, standing_of
from people.api.describing import reads
from people.api.resource import Answering, Readable

EXAMPLE = {
    "code": "370102001", "name": "解放路街道", "kind": "street", "parent": "370102", "office": "JD-001",
    "lon": 117.0468, "lat": 36.6667, "provisional": True,
}  # fmt: skip


class ByStanding(Answering):
    """Reads the standing of whoever asks once a request, at one moment."""

    @cached_property
    def at(self) -> Any:
        return getattr(self.request.user, "moment", None) or clock.now()

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.request.user, self.at)


class AreaShape(serializers.Serializer):
    about = _("A district, street, community or grid. Its code begins with the code of the area that it lies in.")

    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(AreaKind.choices)
    parent = serializers.CharField(allow_null=True, help_text=_("The code of the area around it"))
    office = serializers.CharField(allow_null=True, help_text=_("The code of the unit that answers for it"))
    lon = serializers.FloatField(allow_null=True, help_text=_("A point inside, WGS-84 degrees"))
    lat = serializers.FloatField(allow_null=True)
    provisional = serializers.BooleanField(help_text=_("Drawn or named by us, not yet by the district"))

    def to_representation(self, area: Area) -> dict[str, Any]:
        return {
            "code": area.code, "name": area.name, "kind": area.kind,
            "parent": area.parent.code if area.parent else None, "office": area.office.code if area.office else None,
            "lon": area.lon, "lat": area.lat, "provisional": area.provisional,
        }  # fmt: skip


class AreaFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=AreaKind.choices)
    under = filters.CharFilter(field_name="code", lookup_expr="startswith", label=_("The code of an area around it"))


@reads(_("Areas"), _("One area"), example=EXAMPLE)
class Areas(Readable):
    about = _("The district, its streets, communities and grids.")

    queryset = Area.objects.select_related("parent", "office").only(
        "code", "name", "kind", "lon", "lat", "provisional", "parent__code", "office__code"
    )
    serializer_class = AreaShape
    keyset, lookup_field = "code", "code"
    filterset_class = AreaFilter
