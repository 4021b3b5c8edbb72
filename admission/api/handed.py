"""Permits and tasks as a program reads them; the permit's moves are its application's."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from admission import tasking
from admission.api.reading import Moving, OpenShape
from admission.models import Permit, Ruling, Task, TaskState
from grids.api import ByStanding
from people.api.describing import reads
from people.api.resource import Readable

PERMIT = {
    "number": "ZR-2026-00012", "matter": "燃气安全告知单入户发放", "department": "QZ-17", "kind": "safety", "body": "",
    "since": "2026-03-12", "until": "2026-12-31", "revoked_on": None, "reason": "", "application": 12,
    "streets": [{"street": "370102001", "money": 30000}],
}  # fmt: skip
TASK = {
    "id": 7, "permit": "ZR-2026-00012", "department": "QZ-17", "street": "370102001", "title": "三月告知单发放",
    "words": "每户一张，登记户数", "due_on": "2026-03-31", "state": "handed", "ruling": "",
    "handed_at": "2026-03-12T10:00:00+08:00", "version": 1, "allowed_moves": [],
}  # fmt: skip


class AllotmentShape(serializers.Serializer):
    street = serializers.CharField(help_text=_("The code of a street"))
    money = serializers.IntegerField(help_text=_("Yuan a year"))


class PermitShape(serializers.Serializer):
    about = _("What a department may hand down, to which streets, until when, and what goes along.")

    number = serializers.CharField()
    matter = serializers.CharField()
    department = serializers.CharField(help_text=_("The code of a unit"))
    kind = serializers.CharField(help_text=_("The code of a kind of matter"))
    body = serializers.CharField(allow_blank=True, help_text=_("In the name of which body"))
    since = serializers.DateField()
    until = serializers.DateField(help_text=_("Its last day"))
    revoked_on = serializers.DateField(allow_null=True, help_text=_("From this day on nothing is handed down under it"))
    reason = serializers.CharField(allow_blank=True, help_text=_("Why it was revoked"))
    application = serializers.IntegerField(help_text=_("The id of its application, whose moves revoke it"))
    streets = AllotmentShape(many=True)

    def to_representation(self, permit: Permit) -> dict[str, Any]:
        return {
            "number": permit.number, "matter": permit.application.matter, "department": permit.department.code,
            "kind": permit.kind.code, "body": permit.body, "since": permit.since.isoformat(),
            "until": permit.until.isoformat(),
            "revoked_on": permit.revoked_on.isoformat() if permit.revoked_on else None, "reason": permit.reason,
            "application": permit.application_id,
            "streets": [{"street": one.street.code, "money": one.money} for one in permit.allotments.all()],
        }  # fmt: skip


class PermitFilter(filters.FilterSet):
    department = filters.CharFilter(field_name="department__code", max_length=20, label=_("The code of a unit"))
    kind = filters.CharFilter(field_name="kind__code", max_length=20, label=_("The code of a kind of matter"))
    street = filters.CharFilter(field_name="streets__code", max_length=15, label=_("The code of a street"))


@reads(_("Permits"), _("One permit"), example=PERMIT)
class Permits(ByStanding, Readable):
    about = _("The offices read all of them, a department its own, a street those that name it.")

    queryset = Permit.objects.none()
    serializer_class = PermitShape
    filterset_class = PermitFilter
    lookup_field = "number"

    def get_queryset(self) -> QuerySet[Permit]:
        rows = Permit.objects.visible_to(self.standing).select_related("department", "kind", "application")
        return rows.prefetch_related("allotments__street")


class TaskShape(serializers.Serializer):
    about = _("One thing that a department hands to one street under a permit.")

    id = serializers.IntegerField()
    permit = serializers.CharField(help_text=_("Number of the permit"))
    department = serializers.CharField(help_text=_("The code of a unit"))
    street = serializers.CharField(help_text=_("The code of a street"))
    title = serializers.CharField()
    words = serializers.CharField()
    due_on = serializers.DateField(help_text=_("The last day on which it is done in time"))
    state = serializers.ChoiceField(TaskState.choices)
    ruling = serializers.ChoiceField(Ruling.choices, allow_blank=True)
    handed_at = serializers.DateTimeField()
    version = serializers.IntegerField()

    def to_representation(self, task: Task) -> dict[str, Any]:
        return {
            "id": task.pk, "permit": task.permit.number, "department": task.department.code,
            "street": task.street.code, "title": task.title, "words": task.words, "due_on": task.due_on.isoformat(),
            "state": task.state, "ruling": task.ruling, "handed_at": task.handed_at.isoformat(),
            "version": task.version,
        }  # fmt: skip


class TaskDetail(TaskShape):
    allowed_moves = OpenShape(many=True)


class TaskFilter(filters.FilterSet):
    permit = filters.CharFilter(field_name="permit__number", max_length=20, label=_("Number of the permit"))
    department = filters.CharFilter(field_name="department__code", max_length=20, label=_("The code of a unit"))
    street = filters.CharFilter(field_name="street__code", max_length=15, label=_("The code of a street"))
    state = filters.ChoiceFilter(choices=TaskState.choices)


@extend_schema_view(retrieve=extend_schema(responses=TaskDetail))
@reads(_("Tasks handed down"), _("One task"), example=TASK)
class Tasks(Moving):
    about = _("The offices read all of them, a department its own, a street those handed to it.")

    queryset = Task.objects.none()
    serializer_class = TaskShape
    filterset_class = TaskFilter
    moves, address = tasking.MOVES, "tasks"

    def get_queryset(self) -> QuerySet[Task]:
        return Task.objects.visible_to(self.standing).select_related("permit", "department", "street")
