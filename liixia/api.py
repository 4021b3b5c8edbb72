"""Every address of the API, and its description."""

from functools import lru_cache
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import include, path
from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from accountability.api import Categories, Items, Situations, Versions
from accountability.changing.api import Changes
from accountability.suggester.api import Functions
from admission.api.handed import Permits, Tasks
from admission.api.moving import doors as doors_of_admission
from admission.api.reading import Applications, Pledges
from assessment.api import Marks
from cases.api.joint import JointActions
from cases.api.moving import doors
from cases.api.reading import Cases, Clocks, Steps, Summonses, Whistles
from cases.api.suggesting import Suggest
from engagement.api import CallsBack, Reports
from engagement.who_api import Who
from grids.api import Areas
from people.api.units import Units

router = SimpleRouter()
router.register("areas", Areas, "area")
router.register("units", Units, "unit")
router.register("categories", Categories, "category")
router.register("items", Items, "item")
router.register("list-versions", Versions, "list-version")
router.register("situations", Situations, "situation")
router.register("functions", Functions, "function")
router.register("cases", Cases, "case")
router.register("whistles", Whistles, "whistle")
router.register("joint-actions", JointActions, "joint")
router.register("summonses", Summonses, "summons")
router.register("steps", Steps, "step")
router.register("clocks", Clocks, "clock")
router.register("changes", Changes, "change")
router.register("marks", Marks, "mark")
router.register("applications", Applications, "application")
router.register("permits", Permits, "permit")
router.register("tasks", Tasks, "task")
router.register("pledges", Pledges, "pledge")


@extend_schema(exclude=True)
class NothingHere(APIView):
    """Every other address: no page is looked for, and no slash put behind it, whatever was sent there."""

    authentication_classes, permission_classes = (), ()

    def initial(self, request: Request, *args: Any, **named: Any) -> None:
        raise Http404


class Description(SpectacularAPIView):
    """The same for everybody: put together once for each language and form, which takes a second or two."""

    def _get_schema_response(self, request: Request) -> HttpResponse:
        kind = type(request.accepted_renderer)
        media = f"{kind.media_type}; charset={kind.charset}" if kind.charset else kind.media_type
        told = {"Content-Disposition": f'inline; filename="{self._get_filename(request, "")}"'}
        return HttpResponse(_described(get_language() or "", kind), content_type=media, headers=told)


@lru_cache(16)
def _described(language: str, kind: type[BaseRenderer]) -> bytes:
    return kind().render(Description.generator_class().get_schema(request=None, public=True))


# Under our policy nothing stands inline, so the page's script is an address of its own.
docs = SpectacularSwaggerSplitView.as_view(url_name="api:schema", template_name="liixia/api_docs.html")

urlpatterns = [
    path("v1/", include([
        path("reports/", Reports.as_view(), name="reports"),
        path("who/", Who.as_view(), name="who"),
        path("suggest/", Suggest.as_view(), name="suggest"),
        path("cases/<str:number>/call-back/", CallsBack.as_view(), name="call-back"),
        *doors(),
        *doors_of_admission(),
        *router.urls,
    ])),
    path("schema/", Description.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    path("<path:anything>", NothingHere.as_view(), name="nothing"),
]  # fmt: skip
app_name = "api"
