"""The responsibility list as a program reads it: categories, items with their duties, situations."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.forms import IntegerField
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from rest_framework import serializers

from accountability.models import Category, Duty, DutyKind, ItemVersion, ListVersion, Situation, Urgency
from audit import clock
from people.api.describing import reads
from people.api.resource import Readable

CATEGORY = {"code": "enforcement", "name": "综合执法", "name_en": "Enforcement"}
ITEM = {
    "code": "ZHZF-01", "category": "enforcement", "version": 1, "part": "综合执法", "title": "占道经营",
    "street_led": False, "legal_basis": "", "basis_from": None, "basis_until": None, "evidence": "", "limit": "",
    "closing_test": "", "duties": [
        {"id": 12, "kind": "lead", "party": "unit", "unit": "QZ-17", "party_name": "区城管局", "text": "负责查处"},
    ],
}  # fmt: skip
VERSION = {
    "id": 7, "list": "2019", "number": 2, "label": "第2版，自2026-03-10起施行", "in_force_from": "2026-03-10",
    "in_force_until": None, "reference": True, "digest": "0" * 64,
}  # fmt: skip
SITUATION = {
    "code": "ZHZF-01-1", "item": "ZHZF-01", "group": "stalls", "name": "流动摊点占道", "words": "摆摊、占道",
    "looks_like": "摊车停在人行道上", "call": "综合执法中队",
    "photograph": "摊点与通道", "first_action": "先劝离", "urgency": "normal", "provisional": True,
}  # fmt: skip


class CategoryShape(serializers.Serializer):
    about = _("What a case is about, coarsely.")

    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()

    def to_representation(self, category: Category) -> dict[str, Any]:
        return {"code": category.code, "name": category.name, "name_en": category.name_en}


class DutyShape(serializers.Serializer):
    id = serializers.IntegerField(help_text=_("What a decline cites it by"))
    kind = serializers.ChoiceField(DutyKind.choices)
    party = serializers.ChoiceField(Duty.Party.choices)
    unit = serializers.CharField(allow_null=True)
    party_name = serializers.CharField()
    text = serializers.CharField()

    def to_representation(self, duty: Duty) -> dict[str, Any]:
        return {
            "id": duty.pk, "kind": duty.kind, "party": duty.party, "unit": duty.unit.code if duty.unit else None,
            "party_name": duty.party_name, "text": duty.text,
        }  # fmt: skip


class ItemShape(serializers.Serializer):
    about = _("One item as the version of the list that is in force says it.")

    code = serializers.CharField()
    category = serializers.CharField()
    version = serializers.IntegerField(help_text=_("The number of the version of the list"))
    part = serializers.CharField(help_text=_("The part of the list it stands in"))
    title = serializers.CharField()
    street_led = serializers.BooleanField()
    legal_basis = serializers.CharField()
    basis_from = serializers.DateField(allow_null=True, help_text=_("The legal basis holds from this day"))
    basis_until = serializers.DateField(allow_null=True, help_text=_("The legal basis holds until this day"))
    evidence = serializers.CharField(help_text=_("What proves that it is done"))
    limit = serializers.CharField(help_text=_("In the words of the list; clocks go by limits"))
    closing_test = serializers.CharField(help_text=_("When it counts as solved"))
    duties = DutyShape(many=True)

    def to_representation(self, said: ItemVersion) -> dict[str, Any]:
        duty = DutyShape()
        return {
            "code": said.item.code, "category": said.item.category.code, "version": said.version.number,
            "part": said.area, "title": said.title, "street_led": said.street_led, "legal_basis": said.legal_basis,
            "basis_from": said.basis_from, "basis_until": said.basis_until, "evidence": said.evidence,
            "limit": said.limit, "closing_test": said.closing_test,
            "duties": [duty.to_representation(one) for one in said.duties.all()],
        }  # fmt: skip


class VersionShape(serializers.Serializer):
    about = _("One version of a list, with the range of days in which it is in force.")

    id = serializers.IntegerField()
    list = serializers.CharField(help_text=_("The kind of list"))
    number = serializers.IntegerField()
    label = serializers.CharField()
    in_force_from = serializers.DateField()
    in_force_until = serializers.DateField(allow_null=True, help_text=_("The day on which the next one begins"))
    reference = serializers.BooleanField(help_text=_("Composed for reference, not issued by the district"))
    digest = serializers.CharField(help_text=_("SHA-256 of what all its items say"))

    def to_representation(self, version: ListVersion) -> dict[str, Any]:
        told = ("id", "number", "label", "in_force_from", "in_force_until", "reference", "digest")
        return {"list": version.kind.code, **{name: getattr(version, name) for name in told}}


class SituationShape(serializers.Serializer):
    about = _("A situation in everyday words under an item: what a grid worker sees, photographs and does first.")

    code = serializers.CharField()
    item = serializers.CharField()
    group = serializers.CharField(allow_null=True, help_text=_("The code of the pictures that it is looked for by"))
    name = serializers.CharField()
    words = serializers.CharField(help_text=_("What people say for it, “、” between"))
    looks_like = serializers.CharField()
    photograph = serializers.CharField()
    first_action = serializers.CharField()
    call = serializers.CharField(help_text=_("Whom to call: a kind of unit or post"))
    urgency = serializers.ChoiceField(Urgency.choices)
    provisional = serializers.BooleanField()

    def to_representation(self, situation: Situation) -> dict[str, Any]:
        plain = ("code", "name", "words", "looks_like", "photograph", "first_action", "call", "urgency", "provisional")
        group = situation.group.code if situation.group else None
        return {"item": situation.item.code, "group": group, **{name: getattr(situation, name) for name in plain}}


class WholeFilter(filters.NumberFilter):
    """A half of an id is no id."""

    field_class = IntegerField


class ItemFilter(filters.FilterSet):
    category = filters.CharFilter(field_name="item__category__code", label=_("The code of a category"))
    version = WholeFilter(
        field_name="version", label=_("The id of a version, as a case names it; without it the one in force today")
    )


class SituationFilter(filters.FilterSet):
    item = filters.CharFilter(field_name="item__code", label=_("The code of an item"))
    group = filters.CharFilter(field_name="group__code", label=_("The code of a group of pictures"))
    urgency = filters.ChoiceFilter(choices=Urgency.choices)


@reads(_("Categories"), _("One category"), example=CATEGORY)
class Categories(Readable):
    about = _("What a case may be about, coarsely.")

    queryset = Category.objects.all()
    serializer_class = CategoryShape
    keyset, lookup_field = "code", "code"


@reads(_("Items of the responsibility list"), _("One item of the responsibility list"), example=ITEM)
class Items(Readable):
    about = _("The items of the list in force today, or of the version named, each with who leads and who supports.")

    queryset = ItemVersion.objects.none()
    serializer_class = ItemShape
    keyset, lookup_field, lookup_url_kwarg = "item__code", "item__code", "code"
    filterset_class = ItemFilter

    @cached_property
    def in_force(self) -> QuerySet[ItemVersion]:
        return ItemVersion.objects.filter(version=ListVersion.objects.in_force(localdate(clock.now())))

    def get_queryset(self) -> QuerySet[ItemVersion]:
        duties = Prefetch("duties", Duty.objects.select_related("unit"))
        named = "version" in self.request.query_params
        said = ItemVersion.objects.filter(version__number__isnull=False) if named else self.in_force
        return said.select_related("item__category", "version").prefetch_related(duties)


@reads(_("Versions of the lists"), _("One version of a list"), example=VERSION)
class Versions(Readable):
    about = _("The versions of every kind of list that are, were or will be in force.")

    queryset = ListVersion.objects.none()
    serializer_class = VersionShape
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[ListVersion]:
        return ListVersion.objects.numbered().select_related("kind")


@reads(_("Situations"), _("One situation"), example=SITUATION)
class Situations(Readable):
    about = _("Situations in everyday words, each under its item.")

    queryset = Situation.objects.select_related("item", "group")
    serializer_class = SituationShape
    keyset, lookup_field = "code", "code"
    filterset_class = SituationFilter
