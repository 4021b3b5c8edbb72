"""What programs send to pass an inspection."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from audit.kept import Kept
from cases.models import Case, Verb
from files.models import Photo, PhotoState
from people.api.fields import Body, Words

PHOTO = {"required": False, "max_length": 36}


class Pass(Body):
    about = _("Of a case that has photos from before, with the pair: both photos hang on this case already.")

    note = Words(max_length=1000)
    before = Words(help_text=_("The id of the photo that shows how it was"), **PHOTO)
    after = Words(help_text=_("The id of the photo that shows how it is now"), **PHOTO)
    why = Words(
        max_length=300,
        required=False,
        allow_blank=True,
        help_text=_("Where the second photo is the unit's own, or was taken far off"),
    )


class PhotoShape(serializers.Serializer):
    about = _("One photo of a case, with the step that it came with.")

    id = serializers.UUIDField()
    step = serializers.IntegerField(allow_null=True, help_text=_("Empty where it was sent later by who reported it"))
    state = serializers.ChoiceField(PhotoState.choices)


def photos_of(case: Case) -> list[dict[str, Any]]:
    """In the order in which they came."""
    return [{"id": str(pk), "step": step, "state": state} for pk, step, state in _photos(case=case.pk)]


@Kept
def _photos(case: int) -> QuerySet[Photo]:
    return Photo.objects.of("case", case).values_list("pk", "step_id", "state")


SENT_OF_PASSING: dict[Verb, Any] = {Verb.PASS: {"note": "晚八点通行正常"}}
