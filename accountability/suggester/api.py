"""What departments do beyond the list, and the shape of what a text suggests, as programs read them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accountability.models import Function, FunctionList
from accountability.suggester.answering import Suggested, Suggestion
from audit import clock
from people.api.describing import reads
from people.api.resource import Readable

FUNCTION = {
    "code": "ZN-JY-01", "version": 1, "part": "教育体育", "title": "中小学入学、学位和划片", "kind": "handle",
    "unit": "QZ-11", "amount": 10, "time_unit": "working_day", "answer": "", "words": ["入学", "学位"],
    "provisional": True,
}  # fmt: skip
ANSWERED = {
    "none_fits": False, "fits": 0.93,
    "suggestions": [{
        "code": "ZHZF-01", "title": "占道经营和店外经营治理", "beyond": False, "confidence": 0.71,
        "words": ["占道", "摊位"], "beside": ["近四周本街道经常反映"], "unit": None, "answer": "",
    }],
    "notes": [{"one": "STHJ-07", "other": "ZHZF-01", "note": "只嫌吵、没占道，归社会生活噪声"}],
}  # fmt: skip


BESIDE = _("What else spoke for it, in sentences: what is common at its place, the time, a ruling")


class CatalogueShape(serializers.Serializer):
    about = _("A matter that no item of the list holds: a unit handles it within a limit, or it is answered at once.")

    code = serializers.CharField()
    version = serializers.IntegerField(help_text=_("The number of the version of the functions"))
    part = serializers.CharField(help_text=_("The part of the list it stands in"))
    title = serializers.CharField()
    kind = serializers.ChoiceField(Function.Kind.choices)
    unit = serializers.CharField(allow_null=True)
    amount = serializers.IntegerField(allow_null=True)
    time_unit = serializers.CharField(help_text=_("As limits count it, as in `working_day`"))
    answer = serializers.CharField()
    words = serializers.ListField(child=serializers.CharField())
    provisional = serializers.BooleanField()

    def to_representation(self, one: Function) -> dict[str, Any]:
        return {
            "code": one.code, "version": one.version.number, "part": one.area, "title": one.title, "kind": one.kind,
            "unit": one.unit.code if one.unit else None, "amount": one.amount, "time_unit": one.time_unit,
            "answer": one.answer, "words": one.words.split(), "provisional": one.version.reference,
        }  # fmt: skip


@reads(_("What departments do beyond the list"), _("One function of a department"), example=FUNCTION)
class Functions(Readable):
    about = _("The functions in force today: asked after the items of the list, before a person decides.")

    queryset = Function.objects.none()
    serializer_class = CatalogueShape
    keyset, lookup_field = "code", "code"

    def get_queryset(self) -> QuerySet[Function]:
        version = FunctionList.objects.in_force(localdate(clock.now()))
        return Function.objects.filter(version=version).select_related("unit", "version")


class SuggestionShape(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    beyond = serializers.BooleanField(help_text=_("A function beyond the list, not an item of it"))
    confidence = serializers.FloatField(help_text=_("How sure it is among all others, from 0 to 1"))
    words = serializers.ListField(child=serializers.CharField(), help_text=_("The words that spoke for it"))
    beside = serializers.ListField(child=serializers.CharField(), help_text=BESIDE)
    unit = serializers.CharField(allow_null=True, help_text=_("Of a function: the code of the unit whose it is"))
    answer = serializers.CharField(help_text=_("Of a function: what can be answered at once"))


class NoteShape(serializers.Serializer):
    one = serializers.CharField()
    other = serializers.CharField()
    note = serializers.CharField(help_text=_("Which of the two applies when"))


class SuggestedShape(serializers.Serializer):
    about = _("At most three, the best first; whether the list holds it at all; and which of two neighbours applies.")

    none_fits = serializers.BooleanField(help_text=_("No item of the list seems to fit"))
    fits = serializers.FloatField(help_text=_("How sure it is that some item fits, from 0 to 1"))
    suggestions = SuggestionShape(many=True)
    notes = NoteShape(many=True)


def told(found: Suggested) -> dict[str, Any]:
    return {
        "none_fits": found.none_fits, "fits": round(found.fits, 3),
        "suggestions": [_told(one) for one in found.found], "notes": notes_told(found),
    }  # fmt: skip


def notes_told(found: Suggested) -> list[dict[str, str]]:
    return [{"one": note.one, "other": note.other, "note": note.note} for note in found.notes]


def _told(one: Suggestion) -> dict[str, Any]:
    unit = one.function.unit if one.function else None
    return {
        "code": one.code, "title": one.title, "beyond": one.function is not None,
        "confidence": round(one.confidence, 3), "words": list(one.words), "beside": [why.words for why in one.beside],
        "unit": unit.code if unit else None, "answer": one.function.answer if one.function else "",
    }  # fmt: skip
