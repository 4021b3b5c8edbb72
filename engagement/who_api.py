"""谁来管 for programs: words or a situation, and a street, to who answers for it. Without a token, as the page."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accountability.api import DutyShape
from accountability.models import Function, Phase, TimeUnit, Urgency
from accountability.responsible import Answer
from accountability.suggester.answering import Suggestion
from accountability.suggester.api import BESIDE, NoteShape, notes_told
from audit import clock
from engagement.areas import office_of_street
from engagement.forms.asking import LONGEST
from engagement.responsible import Told, told
from people.api.describing import VISIBLE, says
from people.api.entering import PublicBrake
from people.api.errors import Refusal
from people.api.fields import CODE
from people.api.filtering import amiss
from people.api.resource import Answering

EXAMPLE = {
    "version": {"number": 1, "label": "参考清单（示例）", "in_force_from": "2019-11-21", "provisional": True},
    "none_fits": False, "fits": 0.93, "advice": "", "answers": [{
        "item": "ZHZF-02", "title": "露天烧烤整治", "part": "综合执法", "situation": "ZHZF-02-1", "words": ["烧烤"],
        "beside": ["近四周本街道经常反映"], "confidence": 0.9,
        "urgency": "normal", "legal_basis": "", "duties": [
            {
                "id": 12, "kind": "lead", "party": "unit", "unit": "QZ-17", "party_name": "区城市管理局",
                "text": "负责查处",
            },
        ],
        "limits": [{"phase": "result", "amount": 5, "unit": "working_day", "basis": "缺省"}],
        "contact": ["区城市管理局"],
    }],
    "functions": [{
        "code": "ZN-GJ-01", "title": "公积金缴存、提取和贷款", "part": "住房公积金", "kind": "answer", "unit": "QC-08",
        "unit_name": "市住房公积金中心", "amount": None, "time_unit": "", "answer": "请拨打12329", "words": ["公积金"],
        "beside": [], "confidence": 0.8,
    }],
    "notes": [{"one": "STHJ-07", "other": "ZHZF-02", "note": "只嫌油烟，归餐饮油烟；占道烧烤归露天烧烤"}],
}  # fmt: skip
WORDS = {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": VISIBLE}
CODED = {"type": "string", "pattern": CODE}
ASKED = [
    OpenApiParameter("q", WORDS, description=gettext_lazy("The matter in everyday words")),
    OpenApiParameter("situation", CODED, description=gettext_lazy("The code of a situation, in place of words")),
    OpenApiParameter("street", CODED, description=gettext_lazy("The code of the street, so that its office is named")),
]


class ListVersionShape(serializers.Serializer):
    number = serializers.IntegerField()
    label = serializers.CharField()
    in_force_from = serializers.DateField()
    provisional = serializers.BooleanField()


class WithinShape(serializers.Serializer):
    phase = serializers.ChoiceField(Phase.choices)
    amount = serializers.IntegerField()
    unit = serializers.ChoiceField(TimeUnit.choices)
    basis = serializers.CharField()


class AnswerShape(serializers.Serializer):
    item = serializers.CharField()
    title = serializers.CharField()
    part = serializers.CharField(help_text=gettext_lazy("The part of the list it stands in"))
    situation = serializers.CharField(allow_null=True)
    words = serializers.ListField(child=serializers.CharField(), help_text=gettext_lazy("The words that spoke for it"))
    beside = serializers.ListField(child=serializers.CharField(), help_text=BESIDE)
    confidence = serializers.FloatField(
        allow_null=True, help_text=gettext_lazy("How sure it is among all others, from 0 to 1; nothing for a situation")
    )
    urgency = serializers.ChoiceField(Urgency.choices)
    legal_basis = serializers.CharField()
    duties = DutyShape(many=True)
    limits = WithinShape(many=True)
    contact = serializers.ListField(child=serializers.CharField(), help_text=gettext_lazy("The units that lead"))


class FunctionShape(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    part = serializers.CharField()
    kind = serializers.ChoiceField(Function.Kind.choices)
    unit = serializers.CharField(allow_null=True)
    unit_name = serializers.CharField()
    amount = serializers.IntegerField(allow_null=True)
    time_unit = serializers.CharField()
    answer = serializers.CharField()
    words = serializers.ListField(child=serializers.CharField())
    beside = serializers.ListField(child=serializers.CharField(), help_text=BESIDE)
    confidence = serializers.FloatField(help_text=gettext_lazy("How sure it is among all others, from 0 to 1"))


class WhoShape(serializers.Serializer):
    about = gettext_lazy(
        "Who answers for a matter, word for word as the list in force says it; nobody where it is silent."
    )

    version = ListVersionShape(allow_null=True)
    none_fits = serializers.BooleanField(help_text=gettext_lazy("No item of the list seems to fit"))
    fits = serializers.FloatField(help_text=gettext_lazy("How sure it is that some item fits, from 0 to 1"))
    advice = serializers.CharField(help_text=gettext_lazy("What to do where nobody is named"))
    answers = AnswerShape(many=True)
    functions = FunctionShape(many=True, help_text=gettext_lazy("What departments do beyond the list"))
    notes = NoteShape(many=True)


class Who(Answering):
    about = gettext_lazy("Who is responsible for what: for anybody, without a token, so often a minute.")

    authentication_classes, permission_classes, throttle_classes = (), (), (PublicBrake,)

    @says(
        gettext_lazy("Who is responsible?"), example=EXAMPLE, parameters=ASKED, responses=WhoShape, operation_id="who"
    )
    def get(self, request: Request) -> Response:
        asked = _asked(request)
        answer, rows = told(clock.now(), **asked)
        return Response(_shape(answer, rows))


def _asked(request: Request) -> dict[str, str]:
    """Words or a situation, well written; else a refusal that names the field."""
    wrong = {name: [fault] for name, fault in amiss(request, {"q", "situation", "street"})}
    if wrong:
        raise exceptions.ValidationError(wrong)
    said = request.query_params
    words = serializers.CharField(max_length=LONGEST, required=False, default="", allow_blank=True)
    code = serializers.RegexField(CODE, required=False, default="", allow_blank=True)
    fields = {"words": ("q", words), "situation": ("situation", code), "street": ("street", code)}
    asked = {name: _clean(field, key, said.get(key, "")) for name, (key, field) in fields.items()}
    if not asked["words"] and not asked["situation"]:
        raise Refusal(400, "blank", _("Say what it is about: words as q, or a situation."), "q")
    if asked["street"] and office_of_street(asked["street"]) is None:
        raise Refusal(
            422, "unknown_street", _("There is no such street. Look at /api/v1/areas/?kind=street."), "street"
        )
    return asked


def _clean(field: serializers.Field, name: str, value: str) -> str:
    try:
        return str(field.run_validation(value))
    except exceptions.ValidationError as wrong:
        raise exceptions.ValidationError({name: wrong.detail}) from wrong


def _shape(answer: Answer, rows: list[Told]) -> dict[str, Any]:
    version = answer.version
    advice = _("The list names nobody, and that does not make it the street's. Report it or ring 12345.")
    return {
        "version": version and {
            "number": version.number, "label": version.label, "in_force_from": version.in_force_from.isoformat(),
            "provisional": version.reference,
        },
        "none_fits": answer.none_fits, "fits": round(answer.suggested.fits, 3),
        "advice": advice if answer.silent else "", "answers": [_one(row) for row in rows],
        "functions": [_function(one) for one in answer.beyond], "notes": notes_told(answer.suggested),
    }  # fmt: skip


def _function(one: Suggestion) -> dict[str, Any]:
    row = one.function
    assert row is not None
    return {
        "code": row.code, "title": row.title, "part": row.area, "kind": row.kind,
        "unit": row.unit.code if row.unit else None, "unit_name": row.unit.name if row.unit else "",
        "amount": row.amount, "time_unit": row.time_unit, "answer": row.answer, "words": list(one.words),
        "beside": [why.words for why in one.beside], "confidence": round(one.confidence, 3),
    }  # fmt: skip


def _one(row: Told) -> dict[str, Any]:
    said, situation, duty = row.found.said, row.found.situation, DutyShape()
    named = [
        {**duty.to_representation(owed.duty), "party_name": owed.name, "unit": owed.unit.code if owed.unit else None}
        for owed in (*row.leads, *row.supports)
    ]
    limits = [
        {"phase": one.limit.phase, "amount": one.limit.amount, "unit": one.limit.unit, "basis": one.limit.basis}
        for one in row.limits
    ]
    return {
        "item": said.item.code, "title": said.title, "part": said.area,
        "situation": situation.code if situation else None, "words": list(row.found.words),
        "beside": [why.words for why in row.found.beside],
        "confidence": round(row.found.suggestion.confidence, 3) if row.found.suggestion else None,
        "urgency": str(row.urgency), "legal_basis": said.legal_basis, "duties": named, "limits": limits,
        "contact": [owed.name for owed in row.leads],
    }  # fmt: skip
