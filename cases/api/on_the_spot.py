"""What the moves of being there take: arrival, and everything about a joint action."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cases.models import JointKind, Verb
from people.api.fields import Body, Choice, Code, Moment, Number, Whole, Words


class OnTheSpot(Body):
    about = _("Known by the street's code, else by the position, else by the unit's own word.")

    people = Whole(min_value=1, max_value=200)
    code = Words(max_length=6, required=False, help_text=_("The six figures that the street shows on the spot"))
    lon = Number(min_value=-180, max_value=180, required=False, help_text=_("WGS-84 degrees"))
    lat = Number(min_value=-90, max_value=90, required=False)
    accuracy = Number(min_value=0, max_value=1_000_000, required=False, help_text=_("Metres"))


class Arrive(OnTheSpot):
    note = Words(max_length=1000)


class Attend(OnTheSpot):
    who = Words(max_length=60, help_text=_("Who leads your people here, and their office; no phone number."))


class Convene(Body):
    kind = Choice(JointKind.choices)
    place = Words(max_length=120, help_text=_("Where they meet"))
    meets_at = Moment(help_text=_("A moment that is still to come"))
    lead = Code(help_text=_("The code of the unit that leads; it takes part, too"))
    members = serializers.ListField(child=Code(), min_length=1, max_length=20)
    note = Words(max_length=1000, help_text=_("The plan: who does what, in which order"))


SENT_ON_THE_SPOT: dict[Verb, Any] = {
    Verb.ARRIVE: {"people": 2, "note": "北门外，三个摊位"},
    Verb.CONVENE: {
        "kind": "enforcement",
        "place": "市场北门",
        "meets_at": "2026-03-12T15:00:00+08:00",
        "lead": "QZ-17",
        "members": ["QZ-17", "QZ-09"],
        "note": "市监查证照，城管清理占道，公安维持秩序",
    },
    Verb.ATTEND: {"who": "中队长王某等", "people": 3, "code": "402913"},
    Verb.OUTCOME: {"note": "下达整改通知两份，炉具已封存"},
    Verb.LET_GO: {"note": "结果已核"},
    Verb.CONCLUDE: {"note": "三个摊位已清离，周五复查"},
    Verb.RECALL: {"note": "二号炉具封条被撕，请再到场"},
    Verb.EXCUSE: {"note": "店家证照齐全，不需市监继续参加"},
}
