"""What a text suggests, as programs ask it: by its words, beside them by its place and time."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from accountability.duties import version_on
from accountability.suggester.answering import suggested
from accountability.suggester.api import ANSWERED, SuggestedShape, told
from accountability.suggester.beside import NOWHERE
from cases.scene import scene_of
from grids.api import ByStanding
from grids.models import Area
from people.api.describing import says
from people.api.errors import Refusal
from people.api.fields import Body, Code, Words


class SuggestBody(Body):
    about = gettext_lazy("What somebody says is wrong, and where. Nothing of it is kept.")

    summary = Words(max_length=200)
    words = Words(max_length=2000, required=False, allow_blank=True)
    area = Code(
        required=False,
        help_text=gettext_lazy("The code of the smallest area known; with it place and time speak beside the words"),
    )


class Suggest(ByStanding):
    about = gettext_lazy("Which items of the list, or functions beyond it, the words suggest.")

    @says(
        gettext_lazy("Suggest where it belongs"), sent={"summary": "小区北门有摊位占道", "area": "370102001"},
        example=ANSWERED, request=SuggestBody, responses={200: SuggestedShape}, operation_id="suggest",
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        body = SuggestBody(data=request.data)
        body.is_valid(raise_exception=True)
        said, day = body.validated_data, localdate(self.at)
        scene = scene_of(_known(said["area"]), self.at) if "area" in said else NOWHERE
        texts = [said["summary"], said.get("words", "")]
        return Response(told(suggested(texts, version_on(day), day, scene)))


def _known(code: str) -> str:
    if not Area.objects.filter(code=code).exists():
        raise Refusal(422, "unknown_area", _("There is no such area. Look at /api/v1/areas/."), "area")
    return code
