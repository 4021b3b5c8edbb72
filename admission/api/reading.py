"""Applications and pledges as a program reads them, and what it may do with them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from admission import pledging, workflow
from admission.making import is_made_here
from admission.models import (
    Application,
    Level,
    Pledge,
    PledgeState,
    State,
    Verb,
    View,
)
from admission.moves import Table, open_to
from grids.api import ByStanding
from people.api.describing import reads
from people.api.resource import Readable

APPLICATION = {
    "id": 12, "department": "QZ-17", "kind": "safety", "body": "", "matter": "燃气安全告知单入户发放",
    "content": "每季度入户发放一次", "basis": "区安委〔2026〕3号", "since": "2026-03-12", "until": "2026-12-31",
    "people": 2, "money": 60000, "equipment": "", "training": "", "state": "opinions", "round": 1, "permit": None,
    "applied_at": "2026-03-02T10:00:00+08:00", "version": 2,
    "streets": [{"street": "370102001", "view": "agrees", "words": "同意", "silent": False}], "allowed_moves": [],
}  # fmt: skip
PLEDGE = {
    "id": 3, "department": "QZ-17", "title": "安全生产责任状", "targets": "全年无较大事故", "signed_on": "2019-01-05",
    "level": "provincial", "basis": "鲁发〔2018〕2号", "state": "kept", "reason": "省委有明确规定",
    "streets": ["370102001"], "version": 2, "allowed_moves": [],
}  # fmt: skip


class OpenShape(serializers.Serializer):
    about = _("A move of the state at which it stands: open to this reader, or why not.")

    verb = serializers.ChoiceField(Verb.choices)
    label = serializers.CharField()
    allowed = serializers.BooleanField()
    sentence = serializers.CharField(allow_blank=True, help_text=_("Why it is refused, and what to do"))
    href = serializers.CharField(help_text=_("Where the move is sent to"))


class Moving(ByStanding, Readable):
    """Rows with a table of moves. Of one the ETag is its version, which a move names; `moves` tells what is open."""

    moves: Table
    address: str
    lookup_value_regex = r"[0-9]{1,18}"

    def retrieve(self, request: Request, *args: Any, **named: Any) -> Response:
        one = self.get_object()
        self.version_read = one.version
        return Response({**self.get_serializer(one).data, "allowed_moves": self._open(one)})

    def _open(self, one: Any) -> list[dict[str, Any]]:
        return [
            {
                "verb": choice.verb.value, "label": str(choice.verb.label), "allowed": choice.allowed,
                "sentence": choice.reason, "href": f"/api/v1/{self.address}/{one.pk}/moves/{choice.verb.value}/",
            }
            for choice in open_to(self.moves, one, self.standing, self.at)
            if is_made_here(choice.verb, self.moves)
        ]  # fmt: skip


class HeardShape(serializers.Serializer):
    street = serializers.CharField(help_text=_("The code of a street"))
    view = serializers.ChoiceField(View.choices, allow_blank=True)
    words = serializers.CharField(allow_blank=True)
    silent = serializers.BooleanField(help_text=_("Its time was over without a word"))


class ApplicationShape(serializers.Serializer):
    about = _("What a department wants streets to do, how far it is, and what each street thinks of it.")

    id = serializers.IntegerField()
    department = serializers.CharField(help_text=_("The code of a unit"))
    kind = serializers.CharField(help_text=_("The code of a kind of matter"))
    body = serializers.CharField(allow_blank=True, help_text=_("In the name of which body"))
    matter = serializers.CharField()
    content = serializers.CharField(help_text=_("What a street would have to do"))
    basis = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField()
    people = serializers.IntegerField(help_text=_("Posts or people that come along"))
    money = serializers.IntegerField(help_text=_("Yuan a year for all streets together"))
    equipment = serializers.CharField(allow_blank=True)
    training = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(State.choices)
    round = serializers.IntegerField(help_text=_("Counts how often it was sent in"))
    permit = serializers.CharField(allow_null=True, help_text=_("Number of the permit"))
    applied_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    streets = HeardShape(many=True)

    def to_representation(self, one: Application) -> dict[str, Any]:
        permit = getattr(one, "permit", None)
        plain = ("body", "matter", "content", "basis", "people", "money", "equipment", "training", "state", "round")
        return {
            "id": one.pk, "department": one.department.code, "kind": one.kind.code,
            **{name: getattr(one, name) for name in plain},
            "since": one.since.isoformat(), "until": one.until.isoformat(),
            "permit": permit.number if permit else None, "applied_at": one.applied_at.isoformat(),
            "version": one.version,
            "streets": [
                {"street": each.street.code, "view": each.view, "words": each.words, "silent": bool(each.silent_at)}
                for each in one.opinions.all()
            ],
        }  # fmt: skip


class ApplicationDetail(ApplicationShape):
    allowed_moves = OpenShape(many=True)


class ApplicationFilter(filters.FilterSet):
    department = filters.CharFilter(field_name="department__code", max_length=20, label=_("The code of a unit"))
    kind = filters.CharFilter(field_name="kind__code", max_length=20, label=_("The code of a kind of matter"))
    street = filters.CharFilter(field_name="streets__code", max_length=15, label=_("The code of a street"))
    state = filters.ChoiceFilter(choices=State.choices)


@extend_schema_view(retrieve=extend_schema(responses=ApplicationDetail))
@reads(_("Applications"), _("One application"), example=APPLICATION)
class Applications(Moving):
    about = _("The offices read all of them, a department its own, a street those that name it.")

    queryset = Application.objects.none()
    serializer_class = ApplicationShape
    filterset_class = ApplicationFilter
    moves, address = workflow.MOVES, "applications"

    def get_queryset(self) -> QuerySet[Application]:
        rows = Application.objects.visible_to(self.standing).select_related("department", "kind", "permit")
        return rows.prefetch_related("opinions__street")


class PledgeShape(serializers.Serializer):
    about = _("A letter of responsibility that streets once signed: kept on a high basis alone, else cancelled.")

    id = serializers.IntegerField()
    department = serializers.CharField(help_text=_("The code of a unit"))
    title = serializers.CharField()
    targets = serializers.CharField()
    signed_on = serializers.DateField()
    level = serializers.ChoiceField(Level.choices, help_text=_("On whose word"))
    basis = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(PledgeState.choices)
    reason = serializers.CharField(allow_blank=True)
    streets = serializers.ListField(child=serializers.CharField(), help_text=_("The codes of the streets that signed"))
    version = serializers.IntegerField()

    def to_representation(self, one: Pledge) -> dict[str, Any]:
        plain = ("title", "targets", "level", "basis", "state", "reason", "version")
        return {
            "id": one.pk, "department": one.department.code, "signed_on": one.signed_on.isoformat(),
            **{name: getattr(one, name) for name in plain}, "streets": [street.code for street in one.streets.all()],
        }  # fmt: skip


class PledgeDetail(PledgeShape):
    allowed_moves = OpenShape(many=True)


class PledgeFilter(filters.FilterSet):
    department = filters.CharFilter(field_name="department__code", max_length=20, label=_("The code of a unit"))
    street = filters.CharFilter(field_name="streets__code", max_length=15, label=_("The code of a street"))
    state = filters.ChoiceFilter(choices=PledgeState.choices)


@extend_schema_view(retrieve=extend_schema(responses=PledgeDetail))
@reads(_("Pledges"), _("One pledge"), example=PLEDGE)
class Pledges(Moving):
    about = _("The offices read all of them, a department its own, a street those that it signed.")

    queryset = Pledge.objects.none()
    serializer_class = PledgeShape
    filterset_class = PledgeFilter
    moves, address = pledging.MOVES, "pledges"

    def get_queryset(self) -> QuerySet[Pledge]:
        rows = Pledge.objects.visible_to(self.standing).select_related("department")
        return rows.prefetch_related("streets")
