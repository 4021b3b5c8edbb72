"""Reviewed changes as a program reads them: those of the kinds that its person drafts, decides or looks on at."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from rest_framework import serializers

from changes.models import Change, State
from grids.api import ByStanding
from people.api.describing import reads
from people.api.resource import Readable

AT = "2026-03-09T10:00:00+08:00"
BEFORE = {"limits": [{"phase": "sign", "amount": 4, "unit": "working_hour", "basis": "试行办法"}]}
AFTER = {"limits": [{"phase": "sign", "amount": 2, "unit": "working_hour", "basis": "试行办法"}]}
EXAMPLE = {
    "id": 7, "kind": "limits", "subject": "normal", "title": "签收改为两个工作时", "basis": "区办发〔2026〕1号",
    "reason": "", "before": BEFORE, "after": AFTER, "state": "approved", "in_force_from": "2026-03-12",
    "drafted_by": "考核甲", "drafted_at": AT, "decided_by": "督查甲", "decided_at": AT, "chosen": {},
    "applied_at": None, "undoes": None, "undone_by": None, "version": 3,
}  # fmt: skip


class ChangeShape(serializers.Serializer):
    about = _("A change of rules: the rows before and after, who drafted and who decided it, and from which day.")

    id = serializers.IntegerField()
    kind = serializers.CharField(
        help_text=_(
            "What kind of rule: limits, milestones, calendar, roster, ladder, templates, phrases, calling, quiet"
        )
    )
    subject = serializers.CharField(help_text=_("What of its kind it changes: an urgency, a year, the code of a unit"))
    title = serializers.CharField()
    basis = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    before = serializers.DictField(help_text=_("For each table its rows"))
    after = serializers.DictField(help_text=_("For each table its rows"))
    state = serializers.ChoiceField(State.choices)
    in_force_from = serializers.DateField()
    drafted_by = serializers.CharField()
    drafted_at = serializers.DateTimeField()
    decided_by = serializers.CharField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    chosen = serializers.DictField(help_text=_("What the second person decided beside yes or no"))
    applied_at = serializers.DateTimeField(allow_null=True)
    undoes = serializers.IntegerField(allow_null=True, help_text=_("The change that this one rolls back"))
    undone_by = serializers.IntegerField(allow_null=True, help_text=_("The change that has rolled this one back"))
    version = serializers.IntegerField()

    def to_representation(self, change: Change) -> dict[str, Any]:
        told = ("id", "kind", "subject", "title", "basis", "reason", "before", "after", "state", "chosen", "version")
        moments = ("in_force_from", "drafted_at", "decided_at", "applied_at")
        return {
            **{name: getattr(change, name) for name in told},
            **{name: (moment := getattr(change, name)) and moment.isoformat() for name in moments},
            "drafted_by": change.drafted_by.name,
            "decided_by": change.decided_by.name if change.decided_by else None,
            "undoes": change.undoes_id,
            "undone_by": change.undone_by_id,
        }


class ChangeFilter(filters.FilterSet):
    kind = filters.CharFilter(max_length=20, label=_("What kind of rule"))
    subject = filters.CharFilter(max_length=40, label=_("What of its kind it changes"))
    state = filters.ChoiceFilter(choices=State.choices)


@reads(_("Changes of the rules"), _("One change of the rules"), example=EXAMPLE)
class Changes(ByStanding, Readable):
    about = _("Reviewed changes of the kinds that one drafts or decides; the three administrators read all.")

    queryset = Change.objects.none()
    serializer_class = ChangeShape
    filterset_class = ChangeFilter
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[Change]:
        return Change.objects.visible_to(self.standing).select_related("drafted_by", "decided_by")
