"""Every address of the API, and its description."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from accountability.api import Categories, Items, Situations
from assessment.api import Marks
from cases.api.moving import doors
from cases.api.reading import Cases, Clocks, Steps, Summonses, Whistles
from engagement.api import CallsBack, Reports
from grids.api import Areas
from people.api.units import Units

router = SimpleRouter()
router.register("areas", Areas, "area")
router.register("units", Units, "unit")
router.register("categories", Categories, "category")
router.register("items", Items, "item")
router.register("situations", Situations, "situation")
router.register("cases", Cases, "case")
router.register("whistles", Whistles, "whistle")
router.register("summonses", Summonses, "summons")
router.register("steps", Steps, "step")
router.register("clocks", Clocks, "clock")
router.register("marks", Marks, "mark")

# Under our policy nothing stands inline, so the page's script is an address of its own.
docs = SpectacularSwaggerSplitView.as_view(url_name="api:schema", template_name="liixia/api_docs.html")

urlpatterns = [
    path("v1/", include([
        path("reports/", Reports.as_view(), name="reports"),
        path("cases/<str:number>/call-back/", CallsBack.as_view(), name="call-back"),
        *doors(),
        *router.urls,
    ])),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
]  # fmt: skip
app_name = "api"
