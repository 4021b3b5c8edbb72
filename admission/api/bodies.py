"""What each move takes: names and types. What the words must say, the forms and actions of the pages judge."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from admission.models import Verb, View
from people.api.fields import Body, Choice, Code, Day, Whole, Words


class Bare(Body):
    about = _("Only the move itself.")


class Reasoned(Body):
    note = Words(max_length=600)


class Opine(Reasoned):
    view = Choice(View.choices)


class Money(Body):
    street = Code(help_text=_("The code of a street"))
    money = Whole(min_value=0, max_value=2_000_000_000, help_text=_("Yuan a year"))


class Grant(Body):
    until = Day(help_text=_("Its last day"))
    streets = Money(many=True, max_length=60, required=False, help_text=_("What goes along to each street"))
    note = Words(max_length=600, required=False, allow_blank=True)


class Revoke(Reasoned):
    basis = Words(max_length=300, help_text=_("The document it rests on, its number and its day"))


OF_APPLICATION: dict[Verb, type[Body]] = {
    Verb.FORWARD: Bare, Verb.SEND_BACK: Reasoned, Verb.REJECT: Reasoned, Verb.OPINE: Opine, Verb.CLEAR: Reasoned,
    Verb.BAR: Reasoned, Verb.GRANT: Grant, Verb.DENY: Reasoned, Verb.WITHDRAW: Reasoned, Verb.REVOKE: Revoke,
}  # fmt: skip
OF_TASK: dict[Verb, type[Body]] = {
    Verb.TAKE: Bare, Verb.FINISH: Reasoned, Verb.DECLINE: Reasoned, Verb.FLAG: Reasoned, Verb.UPHOLD: Reasoned,
    Verb.DISMISS: Reasoned, Verb.CALL_OFF: Reasoned,
}  # fmt: skip
OF_PLEDGE: dict[Verb, type[Body]] = {Verb.KEEP: Reasoned, Verb.CANCEL: Reasoned}

SENT: dict[Verb, Any] = {
    Verb.FORWARD: {}, Verb.TAKE: {},
    Verb.SEND_BACK: {"note": "依据未写明街道任务"},
    Verb.REJECT: {"note": "属三定职责，由部门自办"},
    Verb.OPINE: {"view": "conditions", "note": "配两人、两万元即可承接"},
    Verb.CLEAR: {"note": "条例规定街道协助宣传"},
    Verb.BAR: {"note": "法律只授权部门"},
    Verb.GRANT: {"until": "2026-12-31", "streets": [{"street": "370102001", "money": 30000}], "note": "同意"},
    Verb.DENY: {"note": "未随事拨付经费"},
    Verb.WITHDRAW: {"note": "改由本局自办"},
    Verb.REVOKE: {"note": "经费七月起未拨付", "basis": "区委常委会纪要〔2026〕12号"},
    Verb.FINISH: {"note": "四十二户全部走访，名单附后"},
    Verb.DECLINE: {"note": "经费未到"},
    Verb.FLAG: {"note": "准入的是发放告知单，此项是检查"},
    Verb.UPHOLD: {"note": "检查不在准入范围内"},
    Verb.DISMISS: {"note": "准入写明走访门店"},
    Verb.CALL_OFF: {"note": "交错了街道"},
    Verb.KEEP: {"note": "中发〔2020〕1号有明确要求"},
    Verb.CANCEL: {"note": "中央和省均无要求"},
}  # fmt: skip


class StandShape(serializers.Serializer):
    about = _("Where it stands after the move; `version` is what the next move names in If-Match.")

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    state = serializers.CharField()
