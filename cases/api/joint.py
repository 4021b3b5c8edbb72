"""Joint actions to be read: when and where, who takes part and how far each is, and the minutes."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cases.api.examples import AT, DUE, NUMBER
from cases.api.reading import OfCase
from cases.api.shapes import iso
from cases.models import JointAction, JointKind, JointMember, Proof
from grids.api import ByStanding
from people.api.describing import reads
from people.api.resource import Readable

MEMBER = {
    "summons": 31, "unit": "QZ-17", "leads": True, "signed_in_at": AT, "who": "中队长王某等", "people": 3,
    "proof": "code", "metres": 40, "result": "下达整改通知两份", "result_at": AT, "silent_at": None, "let_go_at": None,
}  # fmt: skip
JOINT = {
    "id": 3, "case": NUMBER, "kind": "enforcement", "place": "市场北门", "meets_at": DUE,
    "plan": "市监查证照，城管清理占道", "opened_at": AT, "minutes": "", "over_at": None, "members": [MEMBER],
}  # fmt: skip


class MemberShape(serializers.Serializer):
    about = _("One summoned unit that takes part.")

    summons = serializers.IntegerField()
    unit = serializers.CharField()
    leads = serializers.BooleanField()
    signed_in_at = serializers.DateTimeField(allow_null=True)
    who = serializers.CharField(allow_blank=True)
    people = serializers.IntegerField(allow_null=True)
    proof = serializers.ChoiceField(Proof.choices, allow_blank=True)
    metres = serializers.IntegerField(allow_null=True, help_text=_("From the point of the case, where both are known"))
    result = serializers.CharField(allow_blank=True)
    result_at = serializers.DateTimeField(allow_null=True)
    silent_at = serializers.DateTimeField(
        allow_null=True, help_text=_("When its result was due, where none had come by then")
    )
    let_go_at = serializers.DateTimeField(allow_null=True)

    def to_representation(self, one: JointMember) -> dict[str, Any]:
        return {
            "summons": one.summons_id, "unit": one.summons.unit.code, "leads": one.leads,
            "signed_in_at": iso(one.signed_in_at), "who": one.who, "people": one.people, "proof": one.proof,
            "metres": one.metres, "result": one.result, "result_at": iso(one.result_at),
            "silent_at": iso(one.silent_at), "let_go_at": iso(one.let_go_at),
        }  # fmt: skip


class JointShape(serializers.Serializer):
    about = _("Units called to one place and time for a case; the moves stand at the case and its summonses.")

    id = serializers.IntegerField()
    case = serializers.CharField()
    kind = serializers.ChoiceField(JointKind.choices)
    place = serializers.CharField()
    meets_at = serializers.DateTimeField()
    plan = serializers.CharField()
    opened_at = serializers.DateTimeField()
    minutes = serializers.CharField(allow_blank=True)
    over_at = serializers.DateTimeField(allow_null=True)
    members = MemberShape(many=True)

    def to_representation(self, joint: JointAction) -> dict[str, Any]:
        return {
            "id": joint.pk, "case": joint.case.number, "kind": joint.kind, "place": joint.place,
            "meets_at": iso(joint.meets_at), "plan": joint.plan, "opened_at": iso(joint.opened_at),
            "minutes": joint.minutes, "over_at": iso(joint.over_at),
            "members": [MemberShape().to_representation(one) for one in joint.members.all()],
        }  # fmt: skip


@reads(_("Joint actions"), _("One joint action"), example=JOINT)
class JointActions(ByStanding, Readable):
    about = _("Joint actions in cases that whoever asks may see.")

    queryset = JointAction.objects.none()
    serializer_class = JointShape
    filterset_class = OfCase
    lookup_value_regex = r"[0-9]{1,18}"

    def get_queryset(self) -> QuerySet[JointAction]:
        members = JointMember.objects.select_related("summons__unit").order_by("pk")
        rows = JointAction.objects.visible_to(self.standing).select_related("case")
        return rows.prefetch_related(Prefetch("members", members))
